"""Doubt never lowers: a denial turned into 'not sure' or 'prefer not to say' never gives a lower label or a later time."""

import os
from typing import cast

import pytest

from tests.people import CASES, Raw, completed, nothing_wrong, random_person, worked
from tests.shipped import PROTOCOL
from triage.decision.assessment import Assessment
from triage.kernel.answers import Word
from triage.kernel.scale import urgency_key

SEED = int(os.environ.get("TRIAGE_SEED", "1"))
PEOPLE = int(os.environ.get("TRIAGE_PEOPLE", "25"))  # set it to 1000 for a long run

EVERYBODY = [
    pytest.param(nothing_wrong(), id="a person with nothing wrong"),
    *(pytest.param(worked(case), id=f"worked case {cast('str', case['name'])}") for case in CASES),
    *(pytest.param(random_person(seed), id=f"random person {seed}") for seed in range(SEED, SEED + PEOPLE)),
]


def urgency(result: Assessment) -> tuple[int, int]:
    """Return how urgent a result is: by label first, then by time."""
    return urgency_key(result.disposition, result.within)


def denials(answers: Raw) -> list[str]:
    """Return the questions this person answered with the denial."""
    return [each.id for each in PROTOCOL.questions if each.denial and answers.get(each.id) in (each.denial, [each.denial])]


@pytest.mark.parametrize("raw", EVERYBODY)
def test_doubt_in_place_of_a_denial_never_lowers(raw: Raw) -> None:
    answers, before = completed(raw)
    lowered = []
    for name in denials(answers):
        for word in Word:
            _, after = completed({**answers, name: word.value})
            if urgency(after) < urgency(before):
                lowered.append(f"{name}: {word.value} gives {after.disposition.value} {after.within.value}")
    assert lowered == [], f"was {before.disposition.value} {before.within.value}"


def test_the_people_have_denials_to_doubt() -> None:
    answers, result = completed(nothing_wrong())
    assert result.disposition.value == "self_care"
    assert len(denials(answers)) >= 25
