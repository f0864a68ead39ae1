"""Positioned reader of YAML: the only importer of yaml.

Every scalar stays text; our own schema types it, so YAML's guesses (`yes`, `NO`, `1:30`) never matter. Anchors,
aliases,
tags, repeated keys and second documents are refused.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from triage.kernel.diagnostics import DiagnosticBag, Span

FILE_BYTES_MAX = 2_000_000  # the whole shipped protocol is under 1 MB
DEPTH_MAX = 40  # conditions nest about 6 deep; 40 stops a bomb, not an author


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Listing:
    """A YAML sequence."""

    items: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Entries:
    """A YAML mapping, in file order; keys are texts and unique."""

    items: "tuple[tuple[Scalar, Node], ...]"
    span: Span


Node = Scalar | Listing | Entries


class _Refused(Exception):
    """The document cannot be read further; the reason is already in the bag."""


def kind_of(node: Node) -> str:
    """Return what an author would call this shape."""
    return {Scalar: "a text", Listing: "a list", Entries: "a mapping"}[type(node)]


def read_text(path: Path, name: str, bag: DiagnosticBag) -> str | None:
    """Return a file's text, or None after recording why it cannot be read."""
    start = Span(name, 1, 1)
    try:
        raw = path.read_bytes()
    except OSError as error:
        bag.add(start, "P001", path=name, why=(error.strerror or "unknown reason").lower())
        return None
    return decode(raw, name, bag)


def decode(raw: bytes, name: str, bag: DiagnosticBag) -> str | None:
    """Return the bytes as text, or None after recording what is wrong with them."""
    start = Span(name, 1, 1)
    if len(raw) > FILE_BYTES_MAX:
        bag.add(start, "P003", limit=FILE_BYTES_MAX)
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        bag.add(start, "P002")
        return None
    return text if _characters_allowed(text, name, bag) else None


def _characters_allowed(text: str, name: str, bag: DiagnosticBag) -> bool:
    allowed = True
    for number, line in enumerate(text.split("\n"), start=1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            bag.add(Span(name, number, indent.index("\t") + 1), "P006")
            allowed = False
        for column, char in enumerate(line, start=1):
            if not char.isprintable() and char not in "\t\r":
                bag.add(Span(name, number, column), "P013", char=f"U+{ord(char):04X}")
                allowed = False
                break
    return allowed


def parse(text: str, name: str, bag: DiagnosticBag) -> Node | None:
    """Return the document as positioned nodes, or None after recording the mistake."""
    try:
        root = _Builder(text, name, bag).document()
    except _Refused:
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Span(name, mark.line + 1, mark.column + 1) if mark else Span(name, 1, 1)
        bag.add(place, "P005", why=getattr(error, "problem", None) or "the text cannot be understood")
        return None
    except (RecursionError, ValueError):  # libyaml raises ValueError for some broken escapes
        bag.add(Span(name, 1, 1), "P005", why="the text cannot be understood")
        return None
    if root is None:
        bag.add(Span(name, 1, 1), "P004")
    return root


class _Builder:
    """Builds nodes from YAML events, so that anchors and aliases are seen before they are followed."""

    def __init__(self, text: str, name: str, bag: DiagnosticBag) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events = yaml.parse(text, Loader=loader)
        self._name = name
        self._bag = bag

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "P011")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, depth=0)
        empty = isinstance(root, Scalar) and not root.text
        return None if empty or (isinstance(root, Listing | Entries) and not root.items) else root

    def _span(self, event: yaml.Event) -> Span:
        return Span(self._name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse(self, event: yaml.Event, code: str, **details: object) -> None:
        self._bag.add(self._span(event), code, **details)
        raise _Refused

    def _node(self, event: yaml.Event, *, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._refuse(event, "P007")
        if event.tag and not isinstance(event, yaml.ScalarEvent) or (event.tag and event.tag != "!"):
            self._refuse(event, "P008")
        if depth > DEPTH_MAX:
            self._refuse(event, "P010", limit=DEPTH_MAX)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, self._span(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._listing(event, depth)
        return self._entries(event, depth)

    def _listing(self, start: yaml.Event, depth: int) -> Listing:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth=depth + 1))
        return Listing(tuple(items), self._span(start))

    def _entries(self, start: yaml.Event, depth: int) -> Entries:
        items: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth=depth + 1)
            value = self._node(next(self._events), depth=depth + 1)
            if not isinstance(key, Scalar):
                self._bag.add(key.span, "T103", what="a key", wanted="a text", got=kind_of(key))
            elif key.text in seen:
                self._bag.add(key.span, "P009", key=key.text)
            else:
                seen.add(key.text)
                items.append((key, value))
        return Entries(tuple(items), self._span(start))
