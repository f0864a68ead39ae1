"""Red-flag triage for people with multiple sclerosis: one protocol, many readings.

>>> from datetime import UTC, datetime
>>> from triage import assess, load_protocol
>>> at = datetime(2026, 11, 21, 10, tzinfo=UTC)
>>> result = assess(load_protocol("ms"), {"stroke_signs": ["face"], "stroke_when": "now_24h"}, at=at)
>>> result.disposition.value, result.within.value
('emergency', 'now')
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triage.decision.assess import assess
    from triage.decision.assessment import Assessment
    from triage.engines.choice import engines_for
    from triage.interview.session import Interview
    from triage.kernel.errors import BadInput, ProtocolRejected, TriageError
    from triage.kernel.scale import Disposition, TimeFrame
    from triage.protocol.library import load_protocol
    from triage.protocol.models import Protocol

__version__ = "0.1.0"
__all__ = [
    "Assessment",
    "BadInput",
    "Disposition",
    "Interview",
    "Protocol",
    "ProtocolRejected",
    "TimeFrame",
    "TriageError",
    "assess",
    "engines_for",
    "load_protocol",
]

_HOMES = {
    "Assessment": "triage.decision.assessment",
    "BadInput": "triage.kernel.errors",
    "Disposition": "triage.kernel.scale",
    "Interview": "triage.interview.session",
    "Protocol": "triage.protocol.models",
    "ProtocolRejected": "triage.kernel.errors",
    "TimeFrame": "triage.kernel.scale",
    "TriageError": "triage.kernel.errors",
    "assess": "triage.decision.assess",
    "engines_for": "triage.engines.choice",
    "load_protocol": "triage.protocol.library",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `triage --version` starts at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'triage' has no attribute '{name}'")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
