"""How much of the clinical brief a protocol holds: each of the brief's codes is either on an entry or missing."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from triage.kernel.errors import BadInput
from triage.protocol.models import Protocol

FILE = "brief_codes.json"  # the codes of the brief by kind, beside the protocol that is made from it


def codes_of(protocol: Protocol) -> Mapping[str, frozenset[str]]:
    """Return the brief's codes that the entries of a protocol carry, by kind."""
    measured = _codes(protocol.measures)
    return {
        "rules": _codes(protocol.rules),
        "modifiers": _codes(protocol.modifiers),
        "questions": _codes(protocol.questions) | measured,
        "options": _codes(option for question in protocol.questions for option in question.options),
        "findings": _codes(protocol.findings) | measured,
        "blocks": _codes(protocol.advice),
        "safety nets": _codes(protocol.safety_nets),
        "sources": frozenset(source.brief for source in protocol.sources),
    }


def missing(protocol: Protocol, folder: Path) -> Mapping[str, tuple[int, tuple[str, ...]]]:
    """Return for each kind how many codes the brief has, and which of them no entry carries. Raises BadInput."""
    try:
        wanted = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"{folder.name}/{FILE}: cannot be read; it lists the brief's codes by kind") from error
    found = codes_of(protocol)
    return {kind: (len(codes), tuple(sorted(set(codes) - found[kind]))) for kind, codes in wanted.items()}


def _codes(entries: Iterable[object]) -> frozenset[str]:
    return frozenset(code for entry in entries for code in getattr(entry, "brief", ()))
