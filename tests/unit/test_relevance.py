"""Which questions are still worth asking: those that can change the label, a time, a door or a modifier."""

from collections.abc import Mapping

import pytest

from tests.shipped import AT
from tests.small import compared, finding, measure, modifier, picked, protocol, question, rule
from triage.decision.relevance import in_order, open_questions
from triage.engines.base import Valuation
from triage.engines.reference import Reference
from triage.engines.sheet import sheet_of
from triage.kernel.answers import NOT_SURE, Answer
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.conditions import All, Any, Count, Named, Not, Unknown
from triage.protocol.models import Effect, Protocol, Rule

EMERGENCY, RELAPSE = Disposition.EMERGENCY, Disposition.POSSIBLE_RELAPSE
CONTACT, SELF_CARE = Disposition.CONTACT_NEUROLOGIST, Disposition.SELF_CARE
NOW, SAME_DAY, DAYS_2, DAYS_14, ROUTINE = TimeFrame
SIGN, NONE = Answer(chosen=frozenset({"sign"})), Answer(chosen=frozenset({"none"}))


def still_open(small: Protocol, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return what is still open."""
    sheet = sheet_of(small, answers, AT, Valuation.AS_SAID)
    return open_questions(small, sheet, Reference(small).evaluate(sheet), answers)


def after(held: Rule, other: Rule) -> tuple[str, ...]:
    """Return what is open when one rule, on question `held`, holds and another one, on question `other`, may hold."""
    small = protocol(questions=(question("held"), question("other")), rules=(held, other))
    return still_open(small, {"held": SIGN})


def on(name: str, then: Disposition, within: TimeFrame, door: str = "ms_team") -> Rule:
    """Return a rule on one question."""
    return rule(name, picked(name), then=then, within=within, door=door)


@pytest.mark.parametrize(
    ("held", "other", "is_asked"),
    [
        pytest.param(on("held", CONTACT, SAME_DAY), on("other", EMERGENCY, NOW), True, id="a higher label"),
        pytest.param(on("held", RELAPSE, DAYS_2), on("other", CONTACT, SAME_DAY), True, id="a lower label, but sooner"),
        pytest.param(
            on("held", RELAPSE, DAYS_2), on("other", CONTACT, DAYS_14, "advice_line"), True, id="another door"
        ),
        pytest.param(
            on("held", RELAPSE, DAYS_2), on("other", CONTACT, DAYS_14), False, id="later, through the same door"
        ),
        pytest.param(on("held", RELAPSE, DAYS_2), on("other", RELAPSE, DAYS_2), False, id="no sooner and no higher"),
        pytest.param(on("held", CONTACT, DAYS_14), on("other", SELF_CARE, NOW), False, id="self-care beside contact"),
        pytest.param(on("held", SELF_CARE, ROUTINE), on("other", SELF_CARE, DAYS_2), True, id="a sooner re-check"),
        pytest.param(on("held", SELF_CARE, DAYS_2), on("other", SELF_CARE, ROUTINE), False, id="a later re-check"),
        pytest.param(on("held", EMERGENCY, NOW), on("other", EMERGENCY, NOW), False, id="nothing after an emergency"),
    ],
)
def test_a_question_is_asked_if_its_rule_can_change_the_result(held: Rule, other: Rule, is_asked: bool) -> None:
    assert after(held, other) == (("other",) if is_asked else ())


MIXED = protocol(
    questions=(
        question("gate"),
        question("detail", ask_if=picked("gate"), when_skipped="none"),
        question("nurse", handover=True),
        question("unused"),
        question("start", (), kind="moment"),
    ),
    measures=(measure("hours", "hours_since", "start"),),
    findings=(finding("found", picked("detail")),),
    rules=(
        rule("by_detail", Named(finding="found")),
        rule("by_nurse", picked("nurse")),
        rule("by_hours", compared("hours", "over", 24), then=RELAPSE),
    ),
)


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        pytest.param({}, ("gate", "start"), id="the gate before its detail, and the question behind a measure"),
        pytest.param({"gate": SIGN}, ("detail", "start"), id="the detail once its gate is ticked"),
        pytest.param({"gate": NONE}, ("start",), id="not the detail of what was denied"),
        pytest.param({"gate": SIGN, "detail": NOT_SURE, "start": NOT_SURE}, (), id="nothing twice, also after a doubt"),
    ],
)
def test_only_askable_questions_behind_an_open_condition_are_asked(
    answers: dict[str, Answer], wanted: tuple[str, ...]
) -> None:
    assert still_open(MIXED, answers) == wanted


A, B = picked("a"), picked("b")


@pytest.mark.parametrize(
    ("when", "answers", "wanted"),
    [
        pytest.param(All(of=(A, B)), {"a": NONE}, (), id="an 'all' that has failed asks no more"),
        pytest.param(All(of=(A, B)), {"a": SIGN}, ("b",), id="an 'all' that may hold asks the rest"),
        pytest.param(Any(of=(A, B)), {"a": NONE}, ("b",), id="an 'any' asks on until one part holds"),
        pytest.param(Any(of=(A, B)), {"a": SIGN}, (), id="an 'any' that holds asks no more"),
        pytest.param(Not(of=A), {}, ("a",), id="a 'not' asks what it denies"),
        pytest.param(Count(at_least=2, of=(A, B)), {"a": NONE}, (), id="a count that cannot be reached asks no more"),
        pytest.param(Count(at_least=2, of=(A, B)), {"a": SIGN}, ("b",), id="a count that can be reached asks on"),
        pytest.param(Unknown(subject="a"), {}, ("a",), id="a test for doubt asks its question"),
    ],
)
def test_a_question_is_dropped_once_its_condition_is_settled(
    when: All | Any | Not | Count | Unknown, answers: dict[str, Answer], wanted: tuple[str, ...]
) -> None:
    small = protocol(questions=(question("a"), question("b")), rules=(rule("it", when),))
    assert still_open(small, answers) == wanted


@pytest.mark.parametrize(
    ("then", "wanted"),
    [
        pytest.param(CONTACT, ("circumstance",), id="a time that it could move"),
        pytest.param(SELF_CARE, (), id="not for self-care, which no modifier moves"),
    ],
)
def test_a_modifier_s_question_is_asked_once_there_is_something_to_modify(
    then: Disposition, wanted: tuple[str, ...]
) -> None:
    small = protocol(
        questions=(question("held"), question("circumstance")),
        rules=(on("held", then, ROUTINE),),
        modifiers=(modifier("sooner", picked("circumstance"), Effect(kind="step_sooner")),),
    )
    assert still_open(small, {"held": SIGN}) == wanted


def test_questions_come_by_section_and_then_as_written() -> None:
    small = protocol(questions=(question("late", section="safety"), question("first"), question("second")))
    assert [each.id for each in in_order(small)] == ["first", "second", "late"]
