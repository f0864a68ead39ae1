"""Checks that everything which speaks to the person has been written for a carer too."""

import re
from collections.abc import Iterator

from triage.kernel.diagnostics import DiagnosticBag, Span
from triage.protocol.models import Protocol
from triage.protocol.raw import Raw
from triage.protocol.reader import Entry
from triage.protocol.source import Entries, Listing, Node, Scalar

PERSONAL = re.compile(r"(?<![\w'])(?:you|your|yours|yourself|i|i'm|i've|me|my|mine|myself)(?![\w])", re.IGNORECASE)
FIRST_PERSON = re.compile(r"(?<![\w'])(?:I|I'm|I've|me|my|mine|myself)(?![\w.])")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'(?!\w)")  # what the carer is told to say aloud may say 'I'
# The keys of each kind of entry whose words differ by who reads them.
SPOKEN = {
    "questions": ("ask", "why", "help"),
    "rules": ("title", "say", "because"),
    "advice": ("title", "text", "cautions"),
    "safety_nets": ("text",),
    "contradictions": ("say",),
    "glossary": ("meaning",),
}
ANSWERED = re.compile(r"\b[Yy]ou (?:also )?(?:said|gave|ticked|chose|told us)\b")  # true of whoever gave the answers
UNSPOKEN = {"carer", "times", "within", "door", "fallback"}  # the fallback is read when no voice is known


def check(protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    """Record what a carer would read as if it were about them; only if the protocol says it speaks to carers."""
    if not protocol.speaks_to_carers:
        return
    for place, text, carer in _pairs(raw):
        if carer is None and any(PERSONAL.search(ANSWERED.sub("", each.text)) for each in _scalars(text)):
            bag.add(place, "T149")
        for each in _scalars(carer):
            found = FIRST_PERSON.search(QUOTED.sub("", each.text))
            if found:
                bag.add(each.span, "T150", word=found.group(0))


def _pairs(raw: Raw) -> Iterator[tuple[Span, Node, Node | None]]:
    """Yield each text that people read: where it stands, the person's words, the carer's if there are any."""
    for kind, keys in SPOKEN.items():
        for entry in raw.lists[kind]:
            yield from _of_entry(entry, keys)
    yield from _parts_of_entries(raw)
    for locale in raw.locales:
        for _, door in _items(locale.nodes.get("doors")):
            for key in ("name", "do"):
                yield from _inner(door, key, _key(_key(door, "carer"), key))
    if raw.head is not None:
        yield from _of_entry(raw.head, ("at_start",))
    if raw.dispositions is not None:
        yield from _fixed(raw.dispositions)


def _parts_of_entries(raw: Raw) -> Iterator[tuple[Span, Node, Node | None]]:
    for entry in raw.lists["questions"]:
        for _, option in _items(entry.nodes.get("options")):
            yield from _inner(option, "label", _key(option, "carer"))
    for entry in raw.lists["modifiers"]:
        effects = entry.nodes.get("effects")
        for effect in effects.items if isinstance(effects, Listing) else ():
            yield from _inner(effect, "advice", entry.nodes.get("carer"))


def _of_entry(entry: Entry, keys: tuple[str, ...]) -> Iterator[tuple[Span, Node, Node | None]]:
    carer = entry.nodes.get("carer")
    for key in keys:
        if key in entry.nodes:
            words = _key(carer, key) if isinstance(carer, Entries) else carer
            yield entry.place(key), entry.nodes[key], words


def _inner(node: Node, key: str, carer: Node | None) -> Iterator[tuple[Span, Node, Node | None]]:
    text = _key(node, key)
    if text is not None:
        yield text.span, text, carer


def _fixed(entry: Entry) -> Iterator[tuple[Span, Node, Node | None]]:
    carer = {key.text: value for key, value in _items(entry.nodes.get("carer"))}

    def walk(node: Node, path: str) -> Iterator[tuple[Span, Node, Node | None]]:
        if isinstance(node, Entries) and path not in carer:
            for key, value in node.items:
                if key.text not in UNSPOKEN:
                    yield from walk(value, f"{path}.{key.text}")
        else:
            yield node.span, node, carer.get(path)

    for name, node in entry.nodes.items():
        if name not in UNSPOKEN:
            yield from walk(node, name)


def _items(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    return node.items if isinstance(node, Entries) else ()


def _key(node: Node | None, name: str) -> Node | None:
    return next((value for key, value in _items(node) if key.text == name), None)


def _scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    for item in node.items if isinstance(node, Listing) else ():
        yield from _scalars(item)
    for _, value in _items(node):
        yield from _scalars(value)
