"""Doubts make a range: what holds whatever they turn out to be, what is given, and what is still possible."""

from datetime import UTC, datetime

from triage import assess, load_protocol

protocol = load_protocol("ms")
at = datetime(2026, 11, 21, 10, tzinfo=UTC)
for told in ("none", "fast_breathing", "not_sure"):
    result = assess(protocol, {"very_unwell": told}, at=at)
    print(f"{told}: {result.confirmed.value} <= {result.disposition.value} <= {result.possible.value}")
