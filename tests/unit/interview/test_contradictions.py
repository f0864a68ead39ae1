"""Answers that do not fit together: each pair of the shipped protocol can be reached, and a near miss is let be."""

import pytest

from tests.shipped import PROTOCOL
from tests.unit.interview.walking import answered, begun, read_back

Answers = dict[str, object]
NEW: Answers = {"symptom_change": "new"}
MUSCLES: Answers = {"body_check": "muscles", "muscle_signs": "sudden"}
ON_BACLOFEN: Answers = {"medicines": "baclofen"}

PAIRS: dict[str, tuple[Answers, Answers]] = {
    "bladder_changed_and_not": ({**NEW, "symptoms": "bladder"}, {"body_check": "bladder", "bladder": "urgency"}),
    "bladder_sign_and_normal": ({"body_check": "bladder", "bladder": "normal"}, {"bladder": "hard"}),
    "bowel_changed_and_not": ({**NEW, "symptoms": "bowel"}, {"body_check": "bowels", "bowels": "no_3d"}),
    "bowel_sign_and_normal": ({"body_check": "bowels", "bowels": "normal"}, {"bowels": "no_3d"}),
    "spasms_and_no_muscle_sign": ({**NEW, "symptoms": "spasm"}, MUSCLES),
    "muscle_sign_and_none": ({"body_check": "muscles", "muscle_signs": "none"}, {"muscle_signs": "sudden"}),
    "skin_sign_and_none": ({"body_check": "skin", "skin": "none"}, {"skin": "patch"}),
    "no_change_and_stiffer": (
        {"symptom_change": "usual", **ON_BACLOFEN, "relaxant_signs": "sudden_stiff"},
        {"symptom_change": "worse", "symptoms": "balance"},
    ),
    "no_change_and_stiffness_up": ({"symptom_change": "usual", **MUSCLES, "stiffness_now": 3}, {"stiffness_now": 2}),
    "no_change_and_new_limb_sign": (
        {"symptom_change": "none", **MUSCLES, "spasm_limb_signs": "new_numb"},
        {"spasm_limb_signs": "wasting"},
    ),
    "no_change_and_new_bladder_rush": (
        {"symptom_change": "usual", "body_check": "bladder", "bladder": "urgency"},
        {"bladder": "hard"},
    ),
    "no_change_and_slow_change": ({"symptom_change": "usual", "slow_change": "words"}, {"slow_change": "none"}),
    "started_lately_and_slowly": (
        {**NEW, "symptoms": "balance", "onset": "2026-11-10T08:00:00+00:00", "onset_speed": "months"},
        {"onset": "2026-06-10T08:00:00+00:00"},
    ),
    "gone_and_still_there": ({**NEW, "symptoms": "balance", "pattern": "gone", "course": "same"}, {"course": "gone"}),
    "gone_after_cooling_and_constant": (
        {**NEW, "symptoms": "balance", "onset": "2026-11-21T06:00:00+00:00", "heat": "yes", "after_cooling": "gone_1h"},
        {"after_cooling": "still"},
    ),
    "sight_and_no_eye_sign": ({**NEW, "symptoms": "double", "eye_signs": "none"}, {"eye_signs": "double"}),
    "pain_and_no_pain": ({**NEW, "symptoms": "pain", "pain_score": 0}, {"pain_score": 1}),
    "cannot_manage_and_can_cope": (
        {**NEW, "symptoms": "balance", "effect_on_tasks": "unsafe", "can_cope": "yes"},
        {"wellbeing": "coping", "can_cope": "no"},
    ),
    "pump_sign_and_no_pump": ({**ON_BACLOFEN, "relaxant_signs": "pump_alarm"}, {"medicines": ["baclofen", "pump"]}),
    "usual_fit_and_no_epilepsy": ({"chest_and_fits": "blackout", "fits": "usual_fit"}, {"conditions": "epilepsy"}),
    "blocked_catheter_and_no_catheter": (
        {"body_check": "bladder", "bladder": "blocked_cath"},
        {"conditions": "catheter"},
    ),
    "treatment_stopped_and_none": (
        {"medicine_check": "changed", "medicine_changes": "stopped_dmt"},
        {"ms_treatment": "fumarate"},
    ),
    "new_medicine_and_no_change": (
        {"body_check": "set_off", "triggers": "new_med"},
        {"medicine_check": "changed", "medicine_changes": "new_4w"},
    ),
    "treated_and_never_asked": (
        {"infection_signs": "cough", "antibiotics": "no_better"},
        {"wellbeing": "asked", "asked_before": "waiting"},
    ),
    "feverish_and_normal_temperature": ({"infection_signs": "feverish", "temperature": 36.6}, {"temperature": 37.0}),
    "fell_and_no_fall": ({"fall_injury": "fall_ok"}, {"body_check": "falls", "falls": "one"}),
}


def test_every_contradiction_of_the_protocol_has_a_row() -> None:
    assert set(PAIRS) == {each.id for each in PROTOCOL.contradictions}


@pytest.mark.parametrize("name", PAIRS)
def test_it_is_read_back_once_and_a_near_miss_is_not(name: str) -> None:
    holds, miss = PAIRS[name]
    assert read_back(begun(), **holds).count(name) == 1
    assert name not in read_back(begun(), **{**holds, **miss})


@pytest.mark.parametrize("each", PROTOCOL.contradictions, ids=lambda each: str(each.id))
def test_it_names_at_least_two_answers_and_no_private_one(each: object) -> None:
    private = {question.id for question in PROTOCOL.questions if question.private}
    assert len(each.questions) >= 2  # type: ignore[attr-defined]
    assert not private.intersection(each.questions)  # type: ignore[attr-defined]


def test_keeping_both_lets_the_result_say_so() -> None:
    interview = answered(begun(), **{**NEW, "symptoms": "pain", "pain_score": 0})
    notice = PROTOCOL.dispositions.notices["answers_disagree"]
    while interview.disagreement is not None:
        interview = interview.keep()
    assert notice in interview.confirm().result.notices


def test_changing_one_answer_settles_it_and_goes_on_to_the_review() -> None:
    interview = answered(begun(), **{**NEW, "symptoms": "pain", "pain_score": 0})
    while interview.disagreement is not None and interview.disagreement.id != "pain_and_no_pain":
        interview = interview.keep()
    changed = answered(interview.change("pain_score").answer(4))
    while changed.disagreement is not None:
        changed = answered(changed.keep())
    assert changed.review is not None
    assert PROTOCOL.dispositions.notices["answers_disagree"] not in changed.confirm().result.notices


def test_nothing_is_read_back_before_an_emergency() -> None:
    interview = begun().answer("none")
    while interview.prompt is not None and interview.prompt.question.id != "stroke_signs":
        interview = interview.answer("none")
    interview = interview.answer("face").answer("now_24h")
    assert interview.finished
    assert interview.result.disposition == "emergency"
