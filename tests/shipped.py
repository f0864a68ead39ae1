"""The shipped protocol, loaded once, its reference engine, and the moment at which made-up people are assessed."""

from datetime import UTC, datetime

from triage.engines.base import Engine
from triage.engines.reference import Reference
from triage.protocol.library import load_protocol

PROTOCOL = load_protocol("ms")
QUESTIONS = {question.id: question for question in PROTOCOL.questions}
REFERENCE: tuple[Engine, ...] = (
    Reference(PROTOCOL),
)  # one engine: faster, and what the engines agree on is tested elsewhere
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
