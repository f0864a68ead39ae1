"""Faults put in on purpose: that they are put in, and that an unsafe ending is noticed."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.people import nothing_wrong
from tests.shipped import AT, PROTOCOL, REFERENCE
from triage.cli.whole_runs import Disk, Whole
from triage.decision.intake import read_answers
from triage.interview.session import Interview
from triage.interview.state import InterviewState
from triage.kernel.scale import Disposition
from triage.protocol.models import Protocol
from triage.verify import simulate as simulation
from triage.verify.inject import Told, inject_everywhere, problem
from triage.verify.interval import order_does_not_matter, random_person, unknown_is_never_lost
from triage.verify.simulate import _Encounter, simulate

EMERGENCY, SELF_CARE = Disposition.EMERGENCY, Disposition.SELF_CARE
STROKE = {"stroke_signs": ["speech"], "stroke_when": "now_24h"}


def told(
    label: Disposition | None, *, fixed: bool = False, text: str = "Call", least: Disposition | None = None
) -> Told:
    return Told(label, fixed=fixed, text=text, least=least)


@pytest.mark.parametrize(
    ("after", "wrong"),
    [
        pytest.param(told(EMERGENCY), "", id="the emergency that was found"),
        pytest.param(told(Disposition.NOT_FINISHED, fixed=True), "", id="the fixed advice"),
        pytest.param(told(SELF_CARE), "self_care instead of emergency", id="a lower label"),
        pytest.param(told(SELF_CARE, least=SELF_CARE), "", id="as much as was known when it broke"),
        pytest.param(told(EMERGENCY, text=" \n"), "nothing was told", id="an empty report"),
        pytest.param(told(None), "nothing was told", id="no label"),
        pytest.param(
            Told(None, fixed=False, text="", fault="it broke"), "it broke", id="an exception that came through"
        ),
    ],
)
def test_an_ending_is_safe_or_says_what_is_wrong(after: Told, wrong: str) -> None:
    assert problem(after, told(EMERGENCY)) == wrong


def test_a_fault_is_put_in_at_each_place_once() -> None:
    one_run = Whole(PROTOCOL, REFERENCE, Path()).of_interview(read_answers(PROTOCOL, STROKE, AT).answers)
    found = list(inject_everywhere([("stroke", one_run)], ("triage.engines",), every=9))
    assert len(found) == len({each.site for each in found}) > 3
    assert not [str(each.site) for each in found if each.problem]


@pytest.mark.parametrize("as_format", ["text", "json"])
def test_a_whole_run_tells_its_label(as_format: str, tmp_path: Path) -> None:
    whole = Whole(PROTOCOL, REFERENCE, tmp_path)
    assert whole.of_file(STROKE, as_format)().label is EMERGENCY
    assert whole.of_file(nothing_wrong(), as_format)().label is not EMERGENCY


# ----------------------------------------------------------------------------------------------------------- simulation


def kept(tmp_path: Path) -> Callable[[random.Random], Disk]:
    return lambda rng: Disk(tmp_path / "check.json", rng)


def test_encounters_with_faults_keep_every_promise_and_can_be_played_again(tmp_path: Path) -> None:
    people = [read_answers(PROTOCOL, nothing_wrong(), AT).answers]
    first = simulate(PROTOCOL, people, kept(tmp_path), encounters=6, seed=7)
    assert first.broken == ()
    assert simulate(PROTOCOL, people, kept(tmp_path), encounters=6, seed=7) == first
    assert sum(first.endings.values()) == 6


class Forgetful(Disk):
    """Promises to keep answers and keeps none."""

    def load(self, protocol: Protocol) -> InterviewState | None:
        return InterviewState()

    def keep(self, interview: Interview) -> bool:
        return True


def test_a_disk_that_forgets_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(simulation.SHARES, "save", 1.0)
    found = simulate(PROTOCOL, [], lambda rng: Forgetful(tmp_path / "x", rng), encounters=1, seed=1)
    assert any("promised" in each for each in found.broken)


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        pytest.param({}, [], id="the result as it is"),
        pytest.param(
            {"disposition": SELF_CARE}, ["outside its own range", "self-care before", "holds"], id="a lower label"
        ),
        pytest.param({"actions": ()}, ["nothing to do"], id="no action"),
        pytest.param({"safety_net": (), "emergency_screen": ()}, ["without a safety net"], id="no safety net"),
    ],
)
def test_a_broken_promise_is_noticed(changed: dict[str, object], broken: list[str], tmp_path: Path) -> None:
    encounter = _Encounter(PROTOCOL, [], Disk(tmp_path / "x", random.Random(1)), random.Random(1))
    interview = Interview(PROTOCOL, AT, engines=REFERENCE)
    while (view := interview.prompt) is not None:
        interview = interview.answer(STROKE.get(view.question.id, view.question.denial))
    found = list(encounter._tells(interview, interview.result.model_copy(update=changed)))
    assert len(found) == len(broken)
    assert all(words in each for words, each in zip(broken, found, strict=True))


# ------------------------------------------------------------------------------------------------- unknown and order


def test_what_is_unknown_is_never_lost() -> None:
    assert unknown_is_never_lost(PROTOCOL, sets=4, completions=4, seed=3).wrong == ()


def test_order_does_not_matter() -> None:
    assert order_does_not_matter(PROTOCOL, encounters=4, seed=3).wrong == ()


def test_random_people_are_the_same_from_the_same_seed() -> None:
    assert random_person(PROTOCOL, random.Random(5)) == random_person(PROTOCOL, random.Random(5))
