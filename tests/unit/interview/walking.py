"""Walking through an interview of the shipped protocol with given answers; whatever else is asked is denied."""

from datetime import datetime

from tests.people import denied
from tests.shipped import AT, PROTOCOL, REFERENCE
from triage.interview.session import Interview

CALM: dict[str, object] = {
    "age": 45, "ms_diagnosis": "confirmed", "ms_type": "relapsing", "temperature": 37.2, "last_dose": "2026-11-01",
    "onset": "2026-11-10T08:00:00+00:00", "onset_speed": "days", "pattern": "constant", "course": "same",
    "where": "na", "effect_on_tasks": "some", "last_relapse": "never", "pain_score": 3, "stiffness_now": 1,
    "stiffness_usual": 1, "broken_sleep_days": 1, "spasm_weeks": 1, "spasm_review": "yes", "can_cope": "yes",
    "asked_before": "first", "private_now": "no", "like_old_heat": "no", "after_cooling": "still",
}  # fmt: skip


def begun(at: datetime = AT, **options: object) -> Interview:
    """Return an interview with its first question open and a review at its end."""
    return Interview(PROTOCOL, at=at, locale="en-GB", engines=REFERENCE, with_review=True, **options)  # type: ignore[arg-type]


def answered(interview: Interview, **answers: object) -> Interview:
    """Answer whatever is open until something else than a question is shown."""
    said = {**CALM, **answers}
    while interview.prompt is not None:
        question = interview.prompt.question
        interview = interview.answer(said.get(question.id, denied(question)))
    return interview


def read_back(interview: Interview, **answers: object) -> list[str]:
    """Return the contradictions that are read back on the way to the review or the result, keeping every answer."""
    found = []
    interview = answered(interview, **answers)
    while interview.disagreement is not None:
        found.append(interview.disagreement.id)
        interview = answered(interview.keep(), **answers)
    return found
