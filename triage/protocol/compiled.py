"""A protocol compiled when the package is built, so that a check starts without reading YAML.

The compiled file is used only if it was made from exactly these source files by exactly these models; otherwise it is
ignored. Nothing is ever written on the person's machine.
"""

import hashlib
from pathlib import Path

from triage.protocol import conditions, models, words
from triage.protocol.models import Protocol

_DIGEST_LENGTH = 64


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of a protocol's files and of the models that read them, as hexadecimal digits."""
    total = hashlib.sha256()
    for module in (models, conditions, words):
        total.update(Path(module.__file__ or "").read_bytes())
    for file in sorted((*folder.rglob("*.yaml"), *folder.rglob("*.po"))):
        total.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def text_of(protocol: Protocol, folder: Path) -> str:
    """Return the compiled file: the digest of its sources, the digest of its payload, and the payload."""
    payload = protocol.model_dump_json()
    return f"{digest_of(folder)}\n{_payload_digest(payload)}\n{payload}"


def name_of(language: str) -> str:
    """Return the name of the compiled file of one language."""
    return f"compiled.{language}.json"


def read(folder: Path, language: str) -> Protocol | None:
    """Return the compiled protocol of a folder, or None if there is none or it does not fit its sources."""
    try:
        sources, payload_digest, payload = (folder / name_of(language)).read_text(encoding="utf-8").split("\n", 2)
        if len(sources) != _DIGEST_LENGTH or sources != digest_of(folder) or payload_digest != _payload_digest(payload):
            return None
        return Protocol.model_validate_json(payload)
    except (OSError, ValueError):  # pydantic's ValidationError and UnicodeDecodeError are ValueErrors
        return None


def _payload_digest(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()
