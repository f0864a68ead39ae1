"""The plain-language check: each rule catches a seeded bad text and lets a near miss pass; ours are plain."""

from typing import Literal

import pytest

from tests import small
from tests.shipped import PROTOCOL
from triage.protocol.models import Option, Protocol, Rule, Term
from triage.verify.plain import findings
from triage.verify.plain_codes import PLAIN
from triage.verify.plain_texts import shown_texts
from triage.verify.plain_words import alternatives, language, whole

LONG = "Ring them today and tell them what has changed since last week, when it began, and what you can do"
ASK_IF = small.picked("other_question")


def found(protocol: Protocol) -> list[str]:
    """Return the codes found in our own entries, not in the shipped words around them."""
    return [each.code for each in findings(protocol) if each.span.file == small.PLACE.file]


def saying(text: str) -> Protocol:
    rule = small.rule("seeded", small.picked("seen")).model_copy(update={"say": text})
    return small.protocol(questions=(small.question("seen"),), rules=(rule,))


def asking(
    text: str, kind: Literal["choice", "yes_no"] = "choice", *, guarded: bool = False, **more: object
) -> Protocol:
    question = small.question("seen", ("yes", "no"), kind=kind, ask_if=ASK_IF if guarded else None)
    return small.protocol(questions=(question.model_copy(update={"ask": text, **more}),))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(f"{LONG} now.", ["L201"], id="21 words are too many"),
        pytest.param(f"{LONG}.", [], id="20 words are not"),
        pytest.param(f"Rest. {LONG}. Then ring again.", [], id="short sentences may follow each other"),
        pytest.param(f"{LONG} {{ambulance}}.", ["L201"], id="a service counts as a word"),
        pytest.param("It is not unusual to feel worse.", ["L202"], id="not unusual says no twice"),
        pytest.param("Do not stop it unless you are told to.", ["L202"], id="do not ... unless says no twice"),
        pytest.param("Don\N{RIGHT SINGLE QUOTATION MARK}t go without help.", ["L202"], id="don't ... without, too"),
        pytest.param("Do not drive if you cannot see.", [], id="two noes in two clauses are two facts"),
        pytest.param("No fever, no pain and no rash.", [], id="a list of what is not there is no double negative"),
        pytest.param("This is idiopathic myelitis.", ["L205"], id="a hard word without a meaning"),
        pytest.param("This could be a spasm.", [], id="a hard word that the glossary explains"),
        pytest.param("Splashes of water are fine.", [], id="a word that begins like another"),
        pytest.param("You can just rest.", ["L207"], id="just belittles"),
        pytest.param("You can simply rest.", ["L207"], id="simply belittles"),
        pytest.param("The patient rests.", ["L207"], id="the patient is you"),
        pytest.param("It is only fair to adjust the strap.", [], id="adjust is another word"),
        pytest.param("You have a relapse.", ["L208"], id="nobody is told what they have"),
        pytest.param("This is probably an infection.", ["L208"], id="nor with a probably"),
        pytest.param("You do not have a clot.", ["L208"], id="nor what they do not have"),
        pytest.param("This could be a relapse.", [], id="what it could be may be said"),
        pytest.param("If you have an infection, rest.", [], id="an if tells nobody anything"),
        pytest.param("Say that you have MS.", [], id="what a person knows they have may be said"),
        pytest.param("It happens to 1 in 10 people.", ["L209"], id="a chance as a share"),
        pytest.param("It helps 60% of people.", ["L209"], id="a chance as a percentage"),
        pytest.param("Ring if the pain is 8 out of 10.", [], id="a point on a scale is no chance"),
        pytest.param("Rest for two days.", ["L210"], id="a number in letters"),
        pytest.param("Rest for 2 days. Sit on one chair.", [], id="digits, and the word one"),
    ],
)
def test_what_a_text_may_say(text: str, codes: list[str]) -> None:
    assert found(saying(text)) == codes


@pytest.mark.parametrize(
    ("ask", "codes"),
    [
        pytest.param("How are you? Where does it hurt?", ["L204"], id="two question marks"),
        pytest.param("Are you ill, or have you had a baby?", ["L204"], id="a second verb after or"),
        pytest.param("Where and when did it start?", ["L204"], id="a second question word after and"),
        pytest.param("Did you fall or trip in the last 3 weeks?", [], id="two words for one thing"),
        pytest.param("Do you take or use any of these?", [], id="a list asks about each of its lines"),
        pytest.param("You ticked 'very sleepy'. Which is it?", [], id="a statement may come before the question"),
    ],
)
def test_one_question_at_a_time(ask: str, codes: list[str]) -> None:
    assert found(asking(ask)) == codes


@pytest.mark.parametrize(
    ("ask", "codes"),
    [
        pytest.param("Is it better or worse?", ["L206"], id="neither yes nor no"),
        pytest.param("When you are hot, is it better or worse?", ["L206"], id="nor after a side clause"),
        pytest.param("Is it like what you get when you are hot, tired or ill?", [], id="a list inside a side clause"),
        pytest.param("Did you get hot (bath or sun)?", [], id="examples in brackets"),
        pytest.param("Is any of these true: fever, cough or rash?", [], id="a list of one kind after 'any of'"),
        pytest.param("Do you usually sleep well?", ["L206"], id="sometimes is an answer too"),
        pytest.param("Does your baby sleep well?", ["L206"], id="not everyone has a baby"),
        pytest.param("Does your new pump beep?", ["L206"], id="not everyone has a pump"),
        pytest.param("Does your back hurt?", [], id="everyone has a back"),
        pytest.param("Can you not walk?", ["L203"], id="a no to a no"),
        pytest.param("Can you walk?", [], id="a plain question"),
    ],
)
def test_a_yes_or_no_question_has_two_answers(ask: str, codes: list[str]) -> None:
    assert found(asking(ask, "yes_no")) == codes


def test_a_choice_may_offer_alternatives_and_a_guarded_question_may_name_a_pump() -> None:
    assert found(asking("Is it better or worse?")) == []
    assert found(asking("Does your pump beep?", "yes_no", guarded=True)) == []


def test_a_label_may_be_a_list_but_not_hard() -> None:
    label = "Both legs newly weak; or feeling lost that spreads up the body; or a little weaker but can walk as usual"
    assert found(asking("Which is it?", options=(Option(id="yes", label=f"{label} as before"),))) == []
    assert found(asking("Which is it?", options=(Option(id="yes", label="Paroxysmal"),))) == ["L205"]


def test_a_carers_words_are_read_too() -> None:
    ask = {"ask": "Are they ill, or have they had a baby?"}
    assert found(asking("Which is it?", carer=ask)) == ["L204"]
    said = next(each for each in findings(asking("Which is it?", carer=ask)) if each.span.file == "test")
    assert str(said).startswith("test:1:1: L204 question seen, ask, for a carer: 'or have' opens a second question; ")


def test_a_meaning_is_a_text_like_any_other() -> None:
    term = Term(id="clonus", words=("clonus",), meaning="Paroxysmal jerks.", place=small.PLACE)
    protocol = saying("Rest.").model_copy(update={"glossary": (*PROTOCOL.glossary, term)})
    assert found(protocol) == ["L205"]


def test_a_protocol_in_a_language_without_word_lists_does_not_pass_unread() -> None:
    assert [each.code for each in findings(PROTOCOL.model_copy(update={"language": "xx"}))] == ["L200"]


def test_every_code_is_tried_here() -> None:
    marks = [mark for test in (test_what_a_text_may_say, test_one_question_at_a_time) for mark in marks_of(test)]
    marks += marks_of(test_a_yes_or_no_question_has_two_answers)
    assert {code for codes in marks for code in codes} | {"L200"} == set(PLAIN)


def marks_of(test: object) -> list[list[str]]:
    return [row.values[1] for mark in test.pytestmark for row in mark.args[1]]  # type: ignore[attr-defined]


def test_every_patient_text_is_read() -> None:
    parts = {each.part for each in shown_texts(PROTOCOL)}
    wanted: list[Rule] = list(PROTOCOL.rules)
    assert {f"rule {rule.id}, {key}" for rule in wanted for key in ("title", "say", "because")} <= parts
    assert {f"question {each.id}, {key}" for each in PROTOCOL.questions for key in ("ask", "why", "help")} <= parts
    assert {"labels.emergency.lead", "notices.top_line", "intro.1", "fallback.emergency", "stopped"} <= parts


def test_a_meaning_has_at_most_two_sentences_and_its_words_lead_to_one_term() -> None:
    forms = [form.lower() for term in PROTOCOL.glossary for form in term.words]
    assert sorted(forms) == sorted(set(forms))
    assert [term.id for term in PROTOCOL.glossary if term.meaning.count(". ") > 1] == []


def test_the_words_of_the_language_can_be_read() -> None:
    words = language("en-GB")
    assert words is not None
    assert words.sentence_words_max == 20
    assert whole(alternatives(("relaps*", "# in #"))).findall("Relapsing, 1 in 3, a prolapse") == [
        "Relapsing",
        "1 in 3",
    ]


def test_the_shipped_texts_are_plain() -> None:
    assert [str(each) for each in findings(PROTOCOL)] == []
