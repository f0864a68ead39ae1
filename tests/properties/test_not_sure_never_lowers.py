"""Doubt never lowers: 'not sure' or 'prefer not to say' in place of a denial never gives a lower label or time."""

import os
import random
from collections.abc import Callable, Iterable
from typing import cast

import pytest

from tests.people import CASES, Raw, completed, nothing_wrong, random_person, worked
from tests.shipped import PROTOCOL
from triage.decision.assessment import Assessment
from triage.kernel.answers import Word
from triage.kernel.scale import urgency_key

SEED = int(os.environ.get("TRIAGE_SEED", "1"))
PEOPLE = int(os.environ.get("TRIAGE_PEOPLE", "25"))  # set it to 1000 for a long run

KNOWN = [
    pytest.param(nothing_wrong(), id="a person with nothing wrong"),
    *(pytest.param(worked(case), id=f"worked case {cast('str', case['name'])}") for case in CASES),
]
RANDOM = [pytest.param(seed, id=f"random person {seed}") for seed in range(SEED, SEED + PEOPLE)]


def urgency(result: Assessment) -> tuple[int, int]:
    """Return how urgent a result is: by label first, then by time."""
    return urgency_key(result.disposition, result.within)


def denials(answers: Raw) -> list[str]:
    """Return the questions this person answered with the denial."""
    return [
        each.id for each in PROTOCOL.questions if each.denial and answers.get(each.id) in (each.denial, [each.denial])
    ]


def lowered_by_doubt(raw: Raw, words: Callable[[], Iterable[Word]]) -> list[str]:
    """Return each doubt, in place of a denial, that gives this person a lower result."""
    answers, before = completed(raw)
    found = []
    for name in denials(answers):
        for word in words():
            _, after = completed({**answers, name: word.value})
            if urgency(after) < urgency(before):
                told = [f"{each.disposition.value} {each.within.value}" for each in (before, after)]
                found.append(f"{name}: {word.value} turns {told[0]} into {told[1]}")
    return found


@pytest.mark.parametrize("raw", KNOWN)
def test_doubt_in_place_of_a_denial_never_lowers(raw: Raw) -> None:
    assert lowered_by_doubt(raw, lambda: Word) == []


@pytest.mark.parametrize("seed", RANDOM)
def test_doubt_never_lowers_a_random_person_either(seed: int) -> None:
    rng = random.Random(seed)
    # one of the two words for each denial, by chance: half the time for nearly as much
    assert lowered_by_doubt(random_person(seed), lambda: [rng.choice(list(Word))]) == []


def test_the_people_have_denials_to_doubt() -> None:
    answers, result = completed(nothing_wrong())
    assert result.disposition.value == "self_care"
    assert len(denials(answers)) >= 25
