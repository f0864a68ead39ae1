"""Made-up people for the pages: with spasms, with all there is to tell, in an emergency, stopped early."""

from dataclasses import dataclass

from tests.people import Raw, completed, judge, nothing_wrong
from tests.shipped import AT, PROTOCOL, QUESTIONS
from triage.decision.assessment import Assessment
from triage.decision.intake import read_answers
from triage.kernel.answers import Answer
from triage.kernel.scale import Disposition


@dataclass(frozen=True, slots=True)
class Someone:
    """A person's answers as a file writes them and as they are read, and their result."""

    raw: Raw
    result: Assessment

    @property
    def answers(self) -> dict[str, Answer]:
        return dict(read_answers(PROTOCOL, self.raw, AT).answers)


def with_answers(**more: object) -> Someone:
    """Return the person with nothing wrong but these answers, asked until nothing is open."""
    return Someone(*completed({**nothing_wrong(), **more}))


def every(question: str, *without: str) -> list[str]:
    """Return every answer of a question but the one that denies."""
    denial = QUESTIONS[question].denial
    return [option.id for option in QUESTIONS[question].options if option.id not in (denial, *without)]


STIFF = with_answers(
    muscle_signs=["stiff", "sudden"],
    body_check=["muscles", "set_off"],
    stiffness_now={"right_arm": 1, "left_arm": 0, "right_leg": 4, "left_leg": 3},
    stiffness_usual={"right_arm": 1, "left_arm": 0, "right_leg": 3, "left_leg": 3},
    pain_score=2,
    triggers=["immobile", "dry", "caffeine"],
    spasm_effects=["walk", "sleep"],
    heat="no",
    spasm_weeks=4,
)
MOST = with_answers(
    muscle_signs=["stiff", "sudden", "clonus", "flicker", "tonic"],
    body_check=every("body_check"),
    triggers=every("triggers", "injury"),
    medicines=every("medicines"),
    conditions=every("conditions"),
    spasm_effects=every("spasm_effects"),
    stiffness_now={"right_arm": 10, "left_arm": 9, "right_leg": 8, "left_leg": 7},
    stiffness_usual={"right_arm": 0, "left_arm": 1, "right_leg": 2, "left_leg": 3},
    symptom_change="both",
    symptoms=["weak", "balance", "spasm", "numb", "band", "pain", "bladder", "bowel", "sex", "thinking", "fatigue"],
    onset="2026-11-18T20:00",
    where=every("where"),
    last_relapse="2025-03-02",
    last_dose="2026-11-01",
    ms_treatment="anti_cd20",
    ms_type="secondary",
    heat="yes",
    falls="near",
    low_mood="yes",
    pain_score=6,
    broken_sleep_days=20,
    spasm_weeks=30,
)
EMERGENCY = Someone(*completed({**nothing_wrong(), "chest_and_fits": "crushing", "muscle_signs": ["stiff"]}))
STOPPED = Someone({"urgent_now": "none"}, judge({"urgent_now": "none"}))

assert STIFF.result.complete
assert MOST.result.disposition is not Disposition.EMERGENCY, [r.id for r in MOST.result.rules if r.truth == "yes"]
assert EMERGENCY.result.disposition is Disposition.EMERGENCY
