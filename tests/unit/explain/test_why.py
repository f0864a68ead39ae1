"""Why a rule holds, nearly holds or does not: the clause that decided, and the answer it read."""

import pytest

from tests.shipped import AT, PROTOCOL, REFERENCE
from tests.unit.explain.test_what_if import calm
from triage.decision.intake import read_answers
from triage.explain.as_lines import why_lines
from triage.explain.why import Reason, reasons
from triage.kernel.truth import NO, YES


def told(*, show_private: bool = True, **changed: object) -> dict[str, Reason]:
    answers = read_answers(PROTOCOL, calm(**changed), AT).answers
    found = reasons(PROTOCOL, answers, at=AT, engines=REFERENCE, locale="en-GB", show_private=show_private)
    return {each.rule.id: each for each in found}


def test_every_rule_is_told_once() -> None:
    assert set(told()) == {rule.id for rule in PROTOCOL.rules}


def test_a_rule_that_holds_names_the_answers_that_made_it_hold() -> None:
    found = told(stroke_signs="face", stroke_when="now_24h")["stroke_signs_last_day"]
    assert found.state == "held"
    assert all(clause.truth is YES for clause in found.clauses)
    said = [read.said for clause in found.clauses for read in clause.read]
    assert "One side of the face drooped" in said
    assert found.sources


def test_a_rule_that_nearly_holds_names_the_one_clause_that_fails() -> None:
    found = told(temperature=37.9)["fever_normal_immunity"]
    assert found.state == "nearly"
    (clause,) = found.clauses
    assert clause.truth is NO
    assert "37.9 °C" in [read.said for read in clause.read]


def test_what_was_only_denied_does_not_make_a_rule_nearly_hold() -> None:
    assert told()["sepsis"].state == "not"


def test_a_rule_whose_question_is_open_is_open() -> None:
    answers = {
        name: answer for name, answer in read_answers(PROTOCOL, calm(), AT).answers.items() if name != "cord_signs"
    }
    found = reasons(PROTOCOL, answers, at=AT, engines=REFERENCE, locale="en-GB")
    assert {each.rule.id: each.state for each in found}["cauda_equina_saddle"] == "open"


def test_a_private_answer_and_what_rests_on_it_are_not_told_unless_asked_for() -> None:
    private = {rule.id: rule.title for rule in PROTOCOL.rules if rule.private}
    found = told(show_private=False, mind_safety="plan")
    held = [each for name, each in found.items() if name in private]
    assert held
    assert all((each.state, each.clauses) == ("held", ()) for each in held)
    shown = " ".join(" ".join(why_lines(tuple(found.values()), everything=True)).split())
    labels = [
        option.label for each in PROTOCOL.questions if each.private for option in each.options if len(option.label) > 25
    ]
    assert not any(text in shown for text in [*private.values(), *labels])


@pytest.mark.parametrize("everything", [False, True], ids=["short", "everything"])
def test_the_text_tells_clause_answer_and_source(everything: bool) -> None:
    found = tuple(told().values())
    lines = why_lines(found, everything=everything)
    shown = " ".join(" ".join(lines).split())
    assert shown.startswith("These rules hold.")
    assert "watch_first_day" in shown
    assert "Read: What is new or worse? Numbness or tingling" in shown
    assert ("Add --all" in shown) is not everything
    assert max(map(len, lines)) <= 72
