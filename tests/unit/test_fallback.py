"""When something breaks: the person gets the fixed advice or the more urgent reading, never less, never a traceback."""

from collections.abc import Callable

import pytest

from tests.people import nothing_wrong
from tests.shipped import AT, PROTOCOL, REFERENCE
from triage.decision import actions, advice, evidence
from triage.decision import assess as assess_module
from triage.decision.assess import assess
from triage.decision.assessment import Assessment
from triage.engines.base import Engine, Sheet, Truths, Valuation
from triage.engines.choice import Missing, engines_for
from triage.engines.crosscheck import run
from triage.engines.reference import Reference
from triage.interview.session import Interview
from triage.kernel.errors import EngineVoid, NoSafeAnswer
from triage.kernel.scale import Disposition, urgency_key
from triage.kernel.truth import NO, YES, Truth

STROKE = {"stroke_signs": ["face"], "stroke_when": "now_24h"}
EMPTY = Sheet(Valuation.AS_SAID, {}, {})
SECRET = "what the person told us"  # an answer must never come out in a message


class Breaks:
    """An engine that fails."""

    name = "breaks"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def evaluate(self, sheet: Sheet) -> Truths:
        raise self.error


class Says:
    """An engine that reads like the reference but for some names."""

    name = "says"

    def __init__(self, **truths: Truth) -> None:
        self.truths = {name.replace("__", ":"): truth for name, truth in truths.items()}

    def evaluate(self, sheet: Sheet) -> Truths:
        return {**REFERENCE[0].evaluate(sheet), **self.truths}


class SaysNothing:
    """An engine whose reading lacks every name."""

    name = "says nothing"

    def evaluate(self, sheet: Sheet) -> Truths:
        return {}


def judged(raw: dict[str, object], *engines: Engine) -> Assessment:
    """Assess with these engines."""
    return assess(PROTOCOL, raw, at=AT, engines=engines)


def has_the_fixed_advice(result: Assessment) -> bool:
    """Whether the protocol's own fallback stands, and the result says that it is one."""
    fixed = PROTOCOL.dispositions.fallback
    return (
        result.failed
        and result.possible is Disposition.EMERGENCY
        and not result.complete
        and (fixed.within, fixed.door) in [(action.within, action.door) for action in result.actions]
        and bool(result.safety_net)
    )


def is_the_fixed_advice(result: Assessment) -> bool:
    """Whether nothing but the protocol's own fallback stands."""
    alone = len(result.actions) == 1 and result.disposition is Disposition.NOT_FINISHED
    return alone and has_the_fixed_advice(result)


FAILURES = [
    pytest.param(EngineVoid("no compiler"), id="an engine that is void"),
    pytest.param(ValueError(SECRET), id="an engine that raises"),
    pytest.param(MemoryError(), id="an engine that runs out of memory"),
    pytest.param(RecursionError(), id="an engine that recurses too deep"),
]


@pytest.mark.parametrize("error", FAILURES)
def test_one_engine_that_fails_leaves_the_other_one_and_is_told(error: Exception) -> None:
    alone = judged({**STROKE}, *REFERENCE)
    result = judged({**STROKE}, REFERENCE[0], Breaks(error))
    assert (result.disposition, result.actions) == (alone.disposition, alone.actions)
    assert result.engines == ("reference",)
    assert (result.engines_agreed, result.engines_differed, result.failed) == (False, False, False)
    assert "breaks" in result.engines_note
    assert SECRET not in result.engines_note


@pytest.mark.parametrize("error", FAILURES)
@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(STROKE, id="a stroke"),
        pytest.param({}, id="no answers"),
        pytest.param(nothing_wrong(), id="nothing wrong"),
    ],
)
def test_no_engine_left_gives_the_fixed_advice(error: Exception, raw: dict[str, object]) -> None:
    result = judged(raw, Breaks(error), Breaks(error))
    assert is_the_fixed_advice(result)
    assert SECRET not in result.model_dump_json()


def test_crosscheck_refuses_to_decide_without_a_reading() -> None:
    with pytest.raises(NoSafeAnswer, match="breaks: ValueError"):
        run([Breaks(ValueError(SECRET))], EMPTY)


@pytest.mark.parametrize(
    ("raw", "other", "label"),
    [
        pytest.param(
            nothing_wrong(), Says(rule__blue_lips=YES), Disposition.EMERGENCY, id="the second engine sees an emergency"
        ),
        pytest.param(
            STROKE,
            Says(rule__stroke_signs_last_day=NO),
            Disposition.EMERGENCY,
            id="only the first engine sees the stroke",
        ),
        pytest.param(
            nothing_wrong(),
            Says(rule__leg_clot_signs=YES),
            Disposition.CONTACT_NEUROLOGIST,
            id="the second engine sees something for today",
        ),
    ],
)
def test_where_engines_differ_the_more_urgent_stands_and_the_result_says_so(
    raw: dict[str, object], other: Engine, label: Disposition
) -> None:
    for engines in ((REFERENCE[0], other), (other, REFERENCE[0])):
        result = judged(raw, *engines)
        assert result.disposition is label
        assert (result.engines_differed, result.engines_agreed, result.failed) == (True, False, False)
        assert "differ" in result.engines_note


def test_two_engines_that_agree_say_so() -> None:
    result = judged({**STROKE}, Reference(PROTOCOL), Reference(PROTOCOL))
    assert (result.engines_agreed, result.engines_differed, result.engines_note) == (True, False, "")


def test_an_engine_that_leaves_out_every_name_never_lowers_a_result() -> None:
    result = judged({**STROKE}, REFERENCE[0], SaysNothing())
    assert result.failed or result.disposition is Disposition.EMERGENCY


PLACES: list[tuple[object, str]] = [
    (assess_module, "actions_of"),
    (assess_module, "range_of"),
    (assess_module, "given_label"),
    (actions, "_action"),
    (advice, "blocks"),
    (advice, "safety_net"),
    (advice, "of_modifiers"),
    (evidence.Evidence, "of"),
]
PEOPLE = [
    pytest.param({"medicines": ["baclofen"], "relaxant_signs": ["stopped"]}, id="a same-day result"),
    pytest.param({**STROKE}, id="an emergency"),
    pytest.param({"stroke_signs": ["face"]}, id="an emergency with its question still open"),
    pytest.param({}, id="nothing answered"),
]


def fails(*_: object, **__: object) -> object:
    """Break."""
    raise KeyError(SECRET)


@pytest.mark.parametrize(
    ("home", "name"),
    [pytest.param(home, name, id=f"{getattr(home, '__name__', home)}.{name}") for home, name in PLACES],
)
@pytest.mark.parametrize("raw", PEOPLE)
def test_if_only_the_words_break_the_fixed_advice_stands_and_never_a_lower_result(
    monkeypatch: pytest.MonkeyPatch, home: object, name: str, raw: dict[str, object]
) -> None:
    whole = judged(raw, *REFERENCE)
    monkeypatch.setattr(home, name, fails)
    result = judged(raw, *REFERENCE)
    assert has_the_fixed_advice(result) or result == whole  # what was never called cannot break
    assert urgency(result) >= urgency(whole)
    assert {action.door for action in whole.actions} <= {action.door for action in result.actions}
    assert SECRET not in result.model_dump_json()


@pytest.mark.parametrize("name", ["sheet_of", "run", "outcome_of", "open_questions", "look"])
@pytest.mark.parametrize("raw", PEOPLE)
def test_if_the_decision_breaks_nothing_but_the_fixed_advice_stands(
    monkeypatch: pytest.MonkeyPatch, name: str, raw: dict[str, object]
) -> None:
    monkeypatch.setattr(assess_module, name, fails)
    result = judged(raw, *REFERENCE)
    assert is_the_fixed_advice(result)
    assert SECRET not in result.model_dump_json()


def test_a_broken_self_care_result_is_not_shown_as_self_care(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged(nothing_wrong(), *REFERENCE).disposition is Disposition.SELF_CARE
    monkeypatch.setattr(advice, "blocks", fails)
    assert is_the_fixed_advice(judged(nothing_wrong(), *REFERENCE))


def urgency(result: Assessment) -> tuple[int, int]:
    """Return how urgent a result is."""
    return urgency_key(result.disposition, result.within)


def test_an_interview_whose_decision_breaks_ends_with_the_fixed_advice() -> None:
    interview = Interview(PROTOCOL, at=AT, engines=(Breaks(ValueError(SECRET)),))
    assert interview.finished
    assert is_the_fixed_advice(interview.result)
    assert is_the_fixed_advice(interview.stop().result)


@pytest.mark.parametrize(
    "move",
    [
        pytest.param(lambda interview: interview.answer("none"), id="answering"),
        pytest.param(lambda interview: interview.back(), id="going back"),
        pytest.param(lambda interview: interview.stop(), id="leaving"),
    ],
)
def test_an_interview_that_breaks_on_the_way_ends_with_the_fixed_advice(
    monkeypatch: pytest.MonkeyPatch, move: Callable[[Interview], Interview]
) -> None:
    interview = Interview(PROTOCOL, at=AT, engines=REFERENCE).answer("none").answer("none")
    monkeypatch.setattr("triage.decision.assess.sheet_of", fails)
    monkeypatch.setattr("triage.interview.machine.sheet_of", fails)
    ended = move(interview)
    assert ended.finished
    assert is_the_fixed_advice(ended.result)


def test_a_missing_second_engine_is_told_and_does_not_decide() -> None:
    result = judged({**STROKE}, REFERENCE[0], Missing("durable", "it is not installed"))
    assert result.disposition is Disposition.EMERGENCY
    assert "durable: it is not installed" in result.engines_note
    assert not result.engines_agreed


def test_a_second_engine_that_cannot_be_built_is_missing_not_fatal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.engines.durable.available", lambda: None)
    monkeypatch.setattr("triage.engines.durable.Durable", fails)
    first, second = engines_for(PROTOCOL.model_copy())  # a copy: engines are kept for each protocol
    assert (first.name, second.name) == ("reference", "durable")
    with pytest.raises(EngineVoid, match="could not be built"):
        second.evaluate(EMPTY)
