"""From answers and the clock to readings: what is skipped, what is open, and the figures worked out beforehand."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from tests.shipped import AT, PROTOCOL, REFERENCE
from tests.small import compared, finding, measure, picked, protocol, question
from triage.engines.base import NOTHING, OPEN, Reading, Sheet, Valuation
from triage.engines.sheet import read_answer, sheet_of, skipped
from triage.kernel.answers import DECLINED, NOT_SURE, Answer, Word
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.conditions import Any, Named, Unknown
from triage.protocol.models import Protocol

SIGN, NONE = Answer(chosen=frozenset({"sign"})), Answer(chosen=frozenset({"none"}))
UNSURE = Reading(word=Word.NOT_SURE)

GATED = protocol(
    questions=(
        question("gate"),
        question("detail", ask_if=Named(finding="opened"), when_skipped="none"),
        question("deeper", ask_if=picked("detail"), when_skipped="none"),
    ),
    findings=(finding("opened", Any(of=(picked("gate", "sign"), picked("gate", "not_sure")))),),
)


def as_said(small: Protocol, answers: Mapping[str, Answer]) -> Sheet:
    """Return the sheet as said."""
    return sheet_of(small, answers, AT, Valuation.AS_SAID)


@pytest.mark.parametrize(
    ("when_skipped", "reading"),
    [
        pytest.param("sign", Reading(chosen=frozenset({"sign"})), id="an option of its own"),
        pytest.param("none", Reading(chosen=frozenset({"none"})), id="none, where there is such an option"),
        pytest.param("never", NOTHING, id="never, where there is no such option"),
        pytest.param("unknown", UNSURE, id="unknown is a doubt"),
        pytest.param("not_sure", UNSURE, id="not sure"),
        pytest.param("declined", Reading(word=Word.DECLINED), id="declined"),
    ],
)
def test_a_skipped_question_reads_as_its_when_skipped(when_skipped: str, reading: Reading) -> None:
    assert skipped(question("detail", ask_if=picked("gate"), when_skipped=when_skipped)) == reading


@pytest.mark.parametrize(
    ("answers", "applies", "reading"),
    [
        pytest.param({}, UNKNOWN, OPEN, id="the gate is open, so the detail is too"),
        pytest.param({"detail": SIGN}, UNKNOWN, OPEN, id="the gate is open: an answer to the detail waits"),
        pytest.param({"gate": NONE}, NO, Reading(chosen=frozenset({"none"})), id="the gate is denied: skipped"),
        pytest.param(
            {"gate": NONE, "detail": SIGN}, NO, Reading(chosen=frozenset({"none"})), id="a skipped answer is set aside"
        ),
        pytest.param({"gate": SIGN}, YES, OPEN, id="the gate is ticked: the detail is asked"),
        pytest.param({"gate": NOT_SURE}, YES, OPEN, id="the gate names the doubt: the detail is asked"),
        pytest.param({"gate": SIGN, "detail": SIGN}, YES, Reading(chosen=frozenset({"sign"})), id="it was answered"),
    ],
)
def test_a_detail_applies_as_its_gate_says(answers: dict[str, Answer], applies: Truth, reading: Reading) -> None:
    sheet = as_said(GATED, answers)
    assert sheet.applies["detail"] is applies
    assert sheet.readings["detail"] == reading


def test_what_a_skipped_question_opens_is_skipped_too() -> None:
    sheet = as_said(GATED, {"gate": NONE, "detail": SIGN, "deeper": SIGN})
    assert sheet.applies["deeper"] is NO


def test_in_doubt_a_doubted_gate_leaves_its_detail_open() -> None:
    gate = protocol(questions=(question("gate"), question("detail", ask_if=picked("gate"))))
    said, doubt = (sheet_of(gate, {"gate": NOT_SURE}, AT, each) for each in Valuation)
    assert (said.applies["detail"], doubt.applies["detail"]) == (NO, UNKNOWN)


@pytest.mark.parametrize(
    ("answer", "reading"),
    [
        pytest.param(SIGN, Reading(chosen=frozenset({"sign"})), id="an option"),
        pytest.param(Answer(number=38.5), Reading(low=38.5, high=38.5), id="a number"),
        pytest.param(DECLINED, Reading(word=Word.DECLINED), id="a refusal"),
        pytest.param(Answer(moment=AT), NOTHING, id="a moment has no figure of its own"),
    ],
)
def test_an_answer_reads_as_it_was_given(answer: Answer, reading: Reading) -> None:
    assert read_answer(answer) == reading


CHANGED = picked("change")
MEASURED = protocol(
    questions=(
        question("change"),
        question("start", (), kind="moment", ask_if=CHANGED, when_skipped="unknown"),
        question("relapse", ("never",), kind="moment", ask_if=CHANGED, when_skipped="never"),
        question("now", ("arm", "leg"), kind="scale"),
        question("usual", ("arm", "leg"), kind="scale"),
    ),
    measures=(
        measure("hours", "hours_since", "start"),
        measure("days", "days_since", "relapse"),
        measure("top", "highest", "now"),
        measure("rise", "biggest_rise", "now", "usual"),
    ),
)


def limbs(arm: float, leg: float | None = None) -> Answer:
    """Return one figure a limb."""
    return Answer(numbers=(("arm", arm),) if leg is None else (("arm", arm), ("leg", leg)))


@pytest.mark.parametrize(
    ("answers", "name", "reading"),
    [
        pytest.param(
            {"change": SIGN, "start": Answer(moment=AT - timedelta(hours=30))},
            "hours",
            Reading(low=30, high=30),
            id="30 hours since the start",
        ),
        pytest.param(
            {"change": SIGN, "relapse": Answer(moment=AT - timedelta(days=12, hours=12))},
            "days",
            Reading(low=12.5, high=12.5),
            id="12 and a half days since the relapse",
        ),
        pytest.param({"change": SIGN}, "hours", OPEN, id="the start is not yet answered"),
        pytest.param({"change": SIGN, "start": NOT_SURE}, "hours", UNSURE, id="the start is not sure"),
        pytest.param({"change": NONE}, "hours", UNSURE, id="the start is skipped as unknown"),
        pytest.param(
            {"change": NONE, "start": Answer(moment=AT)},
            "hours",
            UNSURE,
            id="the start was set aside, so it counts no hours",
        ),
        pytest.param({"now": limbs(3, 7)}, "top", Reading(low=7, high=7), id="the stiffest limb"),
        pytest.param({"now": limbs(3, 7), "usual": limbs(1, 6)}, "rise", Reading(low=2, high=2), id="the biggest rise"),
        pytest.param({"now": limbs(3), "usual": limbs(5)}, "rise", Reading(low=-2, high=-2), id="a fall is no rise"),
        pytest.param(
            {"now": limbs(3, 9), "usual": limbs(1)}, "rise", Reading(low=2, high=2), id="a limb scored only once"
        ),
        pytest.param({"now": limbs(3), "usual": NOT_SURE}, "rise", UNSURE, id="the usual score is not sure"),
        pytest.param({"now": NOT_SURE, "usual": limbs(3)}, "rise", UNSURE, id="the score now is not sure"),
        pytest.param({"now": limbs(3)}, "rise", OPEN, id="the usual score is not yet answered"),
    ],
)
def test_a_measure_is_worked_out_from_the_answers(answers: dict[str, Answer], name: str, reading: Reading) -> None:
    assert as_said(MEASURED, answers).readings[name] == reading


def test_a_figure_written_in_a_case_stands_in_place_of_the_answers() -> None:
    sheet = sheet_of(MEASURED, {}, AT, Valuation.AS_SAID, {"hours": 5})
    assert sheet.readings["hours"] == Reading(low=5, high=5)


COUNTED = protocol(
    questions=(
        question("first"),
        question("second"),
        question("detail", ask_if=picked("first"), when_skipped="unknown"),
        question("elsewhere", section="safety"),
        question("for_the_nurse", handover=True),
    ),
    measures=(measure("doubts", "count_not_sure", sections=("emergency",)),),
)


@pytest.mark.parametrize(
    ("answers", "low", "high"),
    [
        pytest.param({}, 0, 3, id="nothing is answered: all may be doubts"),
        pytest.param({"first": NONE, "second": NONE}, 0, 0, id="no doubts; a skipped unknown was never asked"),
        pytest.param({"first": NOT_SURE, "second": NONE}, 1, 1, id="one not sure"),
        pytest.param({"first": SIGN, "second": DECLINED}, 1, 2, id="one declined, and the detail is open"),
        pytest.param({"first": SIGN, "second": NOT_SURE, "detail": DECLINED}, 2, 2, id="two doubts"),
        pytest.param(
            {"first": NONE, "second": NONE, "elsewhere": NOT_SURE, "for_the_nurse": NOT_SURE},
            0,
            0,
            id="another section and what is only for handover do not count",
        ),
    ],
)
def test_doubts_are_counted_and_may_grow_while_questions_are_open(
    answers: dict[str, Answer], low: float, high: float
) -> None:
    assert as_said(COUNTED, answers).readings["doubts"] == Reading(low=low, high=high)


@pytest.mark.parametrize("valuation", list(Valuation))
def test_a_condition_that_opens_a_question_may_read_a_measure(valuation: Valuation) -> None:
    small = protocol(
        questions=(
            question("start", (), kind="moment"),
            question("late", ask_if=Any(of=(compared("hours", "over", 24), Unknown(subject="hours")))),
        ),
        measures=(measure("hours", "hours_since", "start"),),
    )
    hours = {"start": Answer(moment=AT - timedelta(hours=25))}
    assert sheet_of(small, hours, AT, valuation).applies["late"] is YES
    assert sheet_of(small, {"start": NOT_SURE}, AT, valuation).applies["late"] is YES


@pytest.mark.parametrize(
    ("last_relapse", "open_window"),
    [
        pytest.param(NOT_SURE, YES, id="not sure when the last relapse was"),
        pytest.param(Answer(chosen=frozenset({"never"})), YES, id="never had a relapse before"),
        pytest.param(Answer(moment=AT - timedelta(days=31)), YES, id="31 days ago"),
        pytest.param(Answer(moment=AT - timedelta(days=29)), NO, id="29 days ago"),
    ],
)
def test_a_first_relapse_is_not_shut_out_by_the_30_day_window(last_relapse: Answer, open_window: Truth) -> None:
    answers = {"symptom_change": Answer(chosen=frozenset({"new"})), "last_relapse": last_relapse}
    sheet = sheet_of(PROTOCOL, answers, AT, Valuation.AS_SAID)
    assert REFERENCE[0].evaluate(sheet)["finding:relapse_window_open"] is open_window
