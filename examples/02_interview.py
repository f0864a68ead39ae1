"""The interview as a value: each answer gives the next one, and an emergency ends it at once."""

from datetime import UTC, datetime

from triage import Interview, load_protocol

said = {"stroke_signs": ["speech"], "stroke_when": "gone_24h"}
interview = Interview(load_protocol("ms"), at=datetime(2026, 11, 21, 10, tzinfo=UTC), locale="en-GB")
while interview.prompt is not None:
    question = interview.prompt.question
    answer = said.get(question.id, question.denial)
    print(f"Question {interview.prompt.number}: {question.id} -> {answer}")
    interview = interview.answer(answer)
print(interview.result.headline)
