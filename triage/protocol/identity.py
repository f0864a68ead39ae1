"""What a protocol is called: id, version, and a hash of everything that can change a result or a word of it."""

import hashlib
import json

from triage.protocol.models import Protocol

# where a rule stands and how it is tested do not change what it says; a change of the program is its version's matter
UNHASHED = {"place", "cases", "hash", "screen"}


def content_hash(protocol: Protocol) -> str:
    """Return the SHA-256 of the protocol's meaning and words, as 64 hexadecimal digits."""
    content = _without(protocol.model_dump(mode="json"))
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _without(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without(inner) for key, inner in value.items() if key not in UNHASHED}
    if isinstance(value, list):
        return [_without(inner) for inner in value]
    return value
