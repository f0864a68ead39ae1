"""How long an interview may be; the figures over 2,000 callers are measured by the command, not here."""

from pathlib import Path

import pytest

from tests.shipped import PROTOCOL
from triage.decision.intake import read_answers
from triage.verify.cases import AT
from triage.verify.lengths import simulate, summed_up, walk
from triage.verify.vignettes import load

CALM: dict[str, object] = {"age": 45, "ms_diagnosis": "confirmed", "temperature": 36.8, "last_dose": "2026-11-01"}
PEOPLE = load(Path(__file__).resolve().parents[2] / "rules" / "ms" / "vignettes", PROTOCOL)


@pytest.mark.parametrize("treatment", ["none", "interferon", "s1p", "natalizumab", "anti_cd20", "alemtuzumab"])
def test_at_most_28_questions_where_nothing_is_wrong(treatment: str) -> None:
    answers = read_answers(PROTOCOL, {**CALM, "ms_treatment": treatment}, AT).answers
    path = walk(PROTOCOL, answers)
    assert path.label == "self_care"
    assert path.questions <= 28


def test_the_same_seed_gives_the_same_callers() -> None:
    first, second = (list(simulate(PROTOCOL, PEOPLE[:8], callers=6, seed=3)) for _ in range(2))
    assert first == second
    assert summed_up(first)[0].callers == len(first)
