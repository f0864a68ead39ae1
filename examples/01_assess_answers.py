"""One person's answers in, what to do out."""

from datetime import UTC, datetime

from triage import assess, load_protocol

at = datetime(2026, 11, 21, 10, tzinfo=UTC)
answers = {
    "symptom_change": "new",
    "symptoms": ["weak"],
    "onset": "2026-11-19T10:00:00+00:00",
    "onset_speed": "days",
    "pattern": "constant",
    "course": "worse",
    "effect_on_tasks": "some",
    "last_relapse": "2026-05-01",
}
result = assess(load_protocol("ms"), answers, at=at, locale="en-GB")
print(result.disposition.value, result.within.value, "complete" if result.complete else "not complete")
for action in result.actions:
    print(f"- {action.do} ({', '.join(action.rules)})")
