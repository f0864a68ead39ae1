"""Reading one answers file or standard input, with a limit and one clear line for every mistake."""

import json
import sys
from pathlib import Path

from triage.kernel.diagnostics import DiagnosticBag
from triage.kernel.errors import BadInput
from triage.protocol.source import Entries, Listing, Node, Scalar, parse

INPUT_BYTES_MAX = 1_000_000  # a full answers file is about 5 kB


def read_bytes(name: str) -> bytes:
    """Return the content of a file, or of standard input for `-`. Raises BadInput."""
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(INPUT_BYTES_MAX + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(INPUT_BYTES_MAX + 1)
    except OSError as error:
        raise BadInput(f"{name}: cannot be read: {(error.strerror or 'unknown reason').lower()}") from None
    if len(raw) > INPUT_BYTES_MAX:
        raise BadInput(f"{_shown(name)}: larger than {INPUT_BYTES_MAX:,} bytes; this is no answers file")
    if not raw.strip():
        raise BadInput(f"{_shown(name)}: empty; write an object with 'answers'")
    return raw


def read_document(name: str) -> dict[str, object]:
    """Return an answers file, JSON or YAML, as a mapping. Raises BadInput."""
    try:
        text = read_bytes(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{_shown(name)}: not text in UTF-8; save it as UTF-8") from None
    looks_json = text.lstrip()[:1] in ("{", "[")
    document = _json(text, name) if looks_json else _yaml(text, name)
    if not isinstance(document, dict):
        raise BadInput(f'{_shown(name)}: should be an object such as {{"answers": {{...}}}}')
    return document


def _shown(name: str) -> str:
    return "standard input" if name == "-" else name


def _json(text: str, name: str) -> object:
    def no_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
        seen: dict[str, object] = {}
        for key, value in pairs:
            if key in seen:
                raise BadInput(f"{_shown(name)}: '{key[:30]}' stands twice; keep one")
            seen[key] = value
        return seen

    try:
        return json.loads(text, object_pairs_hook=no_repeats)
    except json.JSONDecodeError as error:
        yaml = _yaml(text, name, quiet=True)
        if yaml is not None:
            return yaml
        raise BadInput(f"{_shown(name)}:{error.lineno}:{error.colno}: not JSON: {error.msg.lower()}") from None
    except (RecursionError, ValueError):
        raise BadInput(f"{_shown(name)}: not JSON that can be read") from None


def _yaml(text: str, name: str, *, quiet: bool = False) -> object:
    bag = DiagnosticBag()
    node = parse(text, _shown(name), bag)
    if node is None or bag.has_errors:
        if quiet:
            return None
        raise BadInput(str(bag.in_order()[0]) if bag.has_errors else f"{_shown(name)}: empty")
    return _plain(node)


def _plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listing):
        return [_plain(item) for item in node.items]
    assert isinstance(node, Entries)
    return {key.text: _plain(value) for key, value in node.items}
