"""A small protocol of another topic, 65 lines of YAML, on the same engines."""

from datetime import UTC, datetime
from pathlib import Path

from triage import assess, load_protocol

protocol = load_protocol(str(Path(__file__).parent / "nosebleed"))
at = datetime(2026, 11, 21, 10, tzinfo=UTC)
for answers in (
    {"danger_signs": "faint"},
    {"danger_signs": "none", "minutes": 20},
    {"danger_signs": "none", "minutes": 5},
):
    result = assess(protocol, answers, at=at)
    print(f"{result.disposition.value}: {result.headline} Engines agreed: {result.engines_agreed}")
