"""How a question looks as lines of text."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.shipped import PROTOCOL, QUESTIONS
from triage.frontends import lines
from triage.interview.glossary import terms_on
from triage.interview.prompts import PromptView, view_of
from triage.kernel.answers import NOT_SURE, Answer
from triage.protocol.models import Question
from triage.protocol.texts import locale_of

BRITISH = locale_of(PROTOCOL, "en-GB")


def view(name: str, *, number: int = 4, previous: str | None = None, given: Answer | None = None) -> PromptView:
    return view_of(
        PROTOCOL, QUESTIONS[name], BRITISH, number=number, previous_section=previous, still_open=9, given=given
    )


def test_a_block_is_section_notice_number_question_help_and_numbered_answers() -> None:
    shown = lines.question_lines(view("stroke_signs"), above=["Call 999 now."])
    assert shown[:7] == ["", "Section: Emergencies first", "", "Call 999 now.", "", "Question 4", shown[6]]
    assert shown[6] == lines.wrapped(QUESTIONS["stroke_signs"].ask)[0]
    assert "1. One side of the face drooped" in shown
    assert shown[-1] == "7. Not sure"


def test_the_section_is_named_only_when_it_is_new() -> None:
    assert not any(
        line.startswith("Section") for line in lines.question_lines(view("stroke_signs", previous="emergency"))
    )


@pytest.mark.parametrize(
    ("left", "heading"),
    [
        pytest.param(9, "Question 4, about 9 left", id="a reliable count is shown"),
        pytest.param(0, "Question 4", id="nothing left is not counted"),
        pytest.param(None, "Question 4", id="an unreliable count is not shown"),
    ],
)
def test_how_many_are_left(left: int | None, heading: str) -> None:
    assert heading in lines.question_lines(replace(view("drives"), about_left=left))


@pytest.mark.parametrize(
    ("name", "prompt"),
    [
        pytest.param("stroke_signs", 'Answer (1-7, several like "1 3 4", b back, ? why, q stop): ', id="many"),
        pytest.param("ms_diagnosis", "Answer (1-4, b back, ? why, q stop): ", id="one of several"),
        pytest.param("drives", "Answer (1-3, b back, ? why, q stop): ", id="yes or no"),
        pytest.param("temperature", 'Answer (34 to 43 °C, "not sure", b back, ? why, q stop): ', id="a number"),
        pytest.param("onset", "Answer (a time or 1, b back, ? why, q stop): ", id="a time"),
        pytest.param("last_relapse", "Answer (a day or 1-2, b back, ? why, q stop): ", id="a day"),
        pytest.param(
            "stiffness_now",
            'Answer (4 numbers like "0 2 3 5", 1 number for all, "not sure", b back,\n? why, q stop): ',
            id="a number for each limb",
        ),
    ],
)
def test_the_prompt_says_what_can_be_typed(name: str, prompt: str) -> None:
    assert lines.prompt_text(view(name)) == prompt


def test_the_first_question_has_nothing_to_go_back_to() -> None:
    assert "b back" not in lines.prompt_text(view("stroke_signs", number=1))


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        pytest.param("stroke_signs", Answer(chosen=frozenset({"face"})), "One side of the face drooped", id="a sign"),
        pytest.param("drives", NOT_SURE, "Not sure", id="a doubt"),
        pytest.param("temperature", Answer(number=38.4), "38.4 °C", id="a number with its unit"),
        pytest.param(
            "onset", Answer(moment=datetime(2026, 11, 20, 8, tzinfo=UTC)), "20 November 2026 08:00", id="a time"
        ),
        pytest.param("last_relapse", Answer(moment=datetime(2026, 11, 1, tzinfo=UTC)), "1 November 2026", id="a day"),
        pytest.param("last_relapse", Answer(chosen=frozenset({"never"})), "Never had a relapse", id="never"),
        pytest.param(
            "stiffness_now",
            Answer(numbers=(("left_leg", 5.0), ("right_arm", 0.0))),
            "Left leg 5; Right arm 0",
            id="limbs",
        ),
    ],
)
def test_an_earlier_answer_is_repeated_but_never_chosen(name: str, given: Answer, said: str) -> None:
    again = view(name, given=given)
    assert lines.question_lines(again)[-1] == f"You answered before: {said}"
    assert lines.prompt_text(again) == lines.prompt_text(view(name))
    assert lines.noted_lines(again, given) == [f"Noted: {said}"]


def test_a_private_answer_is_never_repeated() -> None:
    given = Answer(chosen=frozenset({"plan"}))
    shown = lines.question_lines(view("mind_safety", given=given))
    assert "private" in shown[-1]
    assert lines.noted_lines(view("mind_safety"), given) == ["Noted."]


def test_a_mistake_repeats_the_question_and_then_says_what_is_wrong() -> None:
    assert lines.problem_lines(view("drives"), "there is no answer 9") == [
        "",
        "Question 4, about 9 left",
        "Do you drive?",
        "Problem: there is no answer 9",
    ]


def test_why_stands_before_the_question_and_its_help() -> None:
    shown = lines.why_lines(view("skin"), above=["Call 999 now."])
    assert shown[1].startswith("Why we ask: ")
    assert "Call 999 now." in shown
    assert any(line.startswith("1. ") for line in shown)
    assert not any(line.startswith("Section") for line in shown)


def test_the_first_screen_says_when_to_call_then_what_this_is_then_what_to_have_ready() -> None:
    text = " ".join(lines.opening_lines(PROTOCOL, "en-GB"))
    order = ["Call 999 now if you cannot breathe", "This check helps adults", "have these ready", '"None of these"']
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    assert "{" not in text


def test_an_unknown_place_gets_the_neutral_number() -> None:
    assert "112" in " ".join(lines.opening_lines(PROTOCOL, "xx-YY")[:4])


@pytest.mark.parametrize(
    ("name", "count"),
    [
        pytest.param("stroke_signs", 1, id="an emergency question has the number to call above it"),
        pytest.param("mind_safety", 2, id="a private emergency question has a warning too"),
        pytest.param("safe_at_home", 1, id="a private question has the warning only"),
        pytest.param("drives", 0, id="another question has nothing above it"),
    ],
)
def test_what_stands_above_a_question(name: str, count: int) -> None:
    assert len(lines.notice_above(PROTOCOL, "en-GB", view(name))) == count


def test_a_protocol_without_notices_shows_none() -> None:
    bare = PROTOCOL.model_copy(update={"dispositions": PROTOCOL.dispositions.model_copy(update={"notices": {}})})
    assert lines.notice_above(bare, "en-GB", view("mind_safety")) == []
    assert lines.opening_lines(bare, "en-GB")[0].startswith("This check helps")


@pytest.mark.parametrize("width", [1, 20, 40, 72, 100])
@pytest.mark.parametrize("question", PROTOCOL.questions, ids=lambda question: str(question.id))
def test_no_line_is_wider_than_the_window(question: Question, width: int) -> None:
    shown = view(question.id)
    above = lines.notice_above(PROTOCOL, "en-GB", shown)
    drawn = [
        *lines.opening_lines(PROTOCOL, "en-GB", width),
        *lines.question_lines(shown, width, above=above),
        *lines.why_lines(shown, width),
        *lines.prompt_text(shown, width).rstrip().split("\n"),
    ]
    assert max(map(len, drawn)) <= max(width, lines.WIDTH_MIN)
    assert all(line.isprintable() for line in drawn)


def test_a_heading_stands_where_a_new_group_begins_and_numbers_go_on() -> None:
    shown = view("drives")
    grouped = tuple(
        replace(choice, group=name) for choice, name in zip(shown.choices, ("Road", "Road", ""), strict=True)
    )
    drawn = lines.question_lines(replace(shown, choices=grouped))
    assert drawn[-4:] == ["Road:", "1. Yes", "2. No", "3. Not sure"]


def test_the_words_of_the_screen_are_explained_after_why() -> None:
    shown = view("ms_treatment")
    terms = terms_on(shown, PROTOCOL, BRITISH)
    assert terms
    drawn = lines.why_lines(shown, terms=terms)
    assert any(line.startswith(f"{terms[0].word}: ") for line in drawn)
    assert terms_on(replace(shown, ask="xyz", help="", why="", choices=()), PROTOCOL, BRITISH) == ()
