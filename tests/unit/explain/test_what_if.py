"""What would change a person's result: each claim is assessed again, and nothing tells anyone how long to wait."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from tests.shipped import AT, PROTOCOL, QUESTIONS, REFERENCE
from triage.decision.assess import assess, assess_answers
from triage.decision.evidence import raw_answer
from triage.decision.intake import read_answers
from triage.engines.choice import engines_for
from triage.explain.as_lines import what_if_lines
from triage.explain.changes import Person, changes, key_of
from triage.explain.what_if import NEAR_MAX, WhatIf, what_if
from triage.interview.session import Interview
from triage.kernel.answers import Answer
from triage.kernel.errors import NoSafeAnswer
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.library import folder_of
from triage.verify import vignettes

PEOPLE = {each.id: each for each in vignettes.load(folder_of("ms") / vignettes.FOLDER, PROTOCOL)}


NUMB: Mapping[str, object] = {
    "age": 44,
    "ms_diagnosis": "confirmed",
    "ms_type": "relapsing",
    "ms_treatment": "interferon",
    "symptom_change": "new",
    "symptoms": "numb",
    "onset": (AT - timedelta(hours=14)).isoformat(),
    "onset_speed": "hours",
    "pattern": "constant",
    "course": "same",
    "where": "one_arm",
    "effect_on_tasks": "none",
    "last_relapse": "never",
    "like_old_heat": "no",
    "temperature": 36.8,
    "private_now": "no",
}


def calm(**changed: object) -> dict[str, object]:
    """Return the answers of someone with one numb arm since yesterday evening and nothing else, changed as told."""
    said = {**NUMB, **changed}
    interview = Interview(PROTOCOL, at=AT, engines=REFERENCE)
    while interview.prompt is not None:
        question = interview.prompt.question
        interview = interview.answer(said.get(question.id, question.denial or "not_sure"))
    assert interview.state is not None
    return {name: raw_answer(answer) for name, answer in interview.state.answers.items()}


@cache
def searched(*changed: tuple[str, object], lowering: bool = False) -> WhatIf:
    """Return what would change the result of `calm`; searching takes a second, so each is searched once."""
    someone = person(calm(**dict(changed)))
    return what_if(someone, fast=someone, lowering=lowering)


def person(raw: Mapping[str, object]) -> Person:
    return Person(PROTOCOL, read_answers(PROTOCOL, raw, AT).answers, AT, REFERENCE)


def test_someone_in_the_first_day_is_told_when_it_becomes_a_call() -> None:
    found = searched()
    assert found.given is Disposition.SELF_CARE
    assert found.turning is not None
    assert found.turning.at == AT + timedelta(hours=10)
    assert found.turning.label is Disposition.POSSIBLE_RELAPSE
    again = assess(PROTOCOL, calm(), at=found.turning.at, engines=REFERENCE)
    before = assess(PROTOCOL, calm(), at=found.turning.at - timedelta(minutes=1), engines=REFERENCE)
    assert (before.disposition, again.disposition) == (Disposition.SELF_CARE, Disposition.POSSIBLE_RELAPSE)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"stroke_signs": "face", "stroke_when": "now_24h"}, id="an emergency"),
        pytest.param({"onset": (AT - timedelta(hours=30)).isoformat()}, id="a possible relapse"),
        pytest.param({"temperature": 38.4, "infection_signs": "feverish"}, id="a call within days"),
    ],
)
def test_nobody_above_self_care_is_told_how_long_they_could_wait(changed: dict[str, object]) -> None:
    found = searched(*changed.items())
    assert found.given.rank > Disposition.SELF_CARE.rank
    assert found.turning is None
    shown = " ".join(what_if_lines(found, person(calm(**changed)), "en-GB"))
    assert "still the same" not in shown
    assert "waiting" not in shown


def test_a_doubt_that_matters_is_worth_finding_out_and_settles_the_range() -> None:
    found = searched(("temperature", "not_sure"))
    assert found.low is not found.high
    assert {each.question for each in found.check} == {"temperature"}
    assert found.settle == ("temperature",)


def test_without_a_doubt_there_is_no_range_and_nothing_to_find_out() -> None:
    found = searched()
    assert (found.low, found.check, found.settle) == (found.high, (), ())


def test_what_stays_as_it_is_never_becomes_true() -> None:
    found = searched()
    assert found.near
    assert len(found.near) <= NEAR_MAX
    assert not any(QUESTIONS[each.question].lasting for each in found.near)


def test_a_person_is_never_told_what_would_lower_the_result() -> None:
    raw = calm(onset=(AT - timedelta(hours=30)).isoformat())
    late = ("onset", raw["onset"])
    assert searched(late).lower == ()
    lower = searched(late, lowering=True).lower
    assert lower
    base = key_of(person(raw).seen())
    assert all(each.key < base for each in lower)


@pytest.mark.parametrize("name", list(PEOPLE)[::20])
def test_every_change_comes_out_as_told_by_both_engines(name: str) -> None:
    answers = vignettes.filled(PEOPLE[name], PROTOCOL, REFERENCE)
    fast = Person(PROTOCOL, answers, AT, REFERENCE)
    found = what_if(replace(fast, engines=engines_for(PROTOCOL)), fast=fast)
    for each in (*found.check, *found.near):
        told = assess(
            PROTOCOL, {**fast.raw(), **Person(PROTOCOL, {each.question: each.answer}, AT, REFERENCE).raw()}, at=AT
        )
        assert (told.disposition, told.engines_differed) == (each.label, False), each.question


def test_a_search_that_does_not_hold_is_not_told() -> None:
    sick = person(calm(temperature=39.0, infection_signs="feverish", conditions="immune_other"))
    with pytest.raises(NoSafeAnswer):
        what_if(sick, fast=person(calm(temperature="not_sure")))


def test_one_change_is_one_answer() -> None:
    before = person(calm())
    for each in changes(before, ("stroke_signs", "temperature", "onset", "drives")):
        assert each.answer != before.answers.get(each.question)
        assert each.within in TimeFrame
        again = assess_answers(
            PROTOCOL, before.answering(each.question, _raw(each.answer)).answers, at=AT, engines=REFERENCE
        )
        assert again.disposition is each.label


def _raw(answer: Answer) -> str | float | tuple[str, ...]:
    if answer.moment is not None:
        return answer.moment.isoformat()
    return answer.number if answer.number is not None else tuple(sorted(answer.chosen))
