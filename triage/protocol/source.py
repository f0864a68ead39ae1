"""Positioned reader of YAML: the only importer of yaml.

Every scalar stays text; our own schema types it, so YAML's guesses (`yes`, `NO`, `1:30`) never matter. Anchors,
aliases, tags, repeated keys and second documents are refused.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

import yaml

from triage.kernel.diagnostics import DiagnosticBag, Span

FILE_BYTES_MAX = 2_000_000  # the whole shipped protocol is under 1 MB
DEPTH_MAX = 40  # conditions nest about 6 deep; 40 stops a bomb, not an author

# What the YAML library says (its C and its Python half use other words), and what an author can do with it.
REASONS = (
    (
        "mapping values are not allowed",
        "a ': ' stands where none can be; mend the indentation, or put the text in quotes",
    ),
    ("unexpected end of stream", "a quote is opened here and never closed; close it"),
    ("unexpected document", "a quote is opened here and never closed; close it"),
    ("',' or ']'", "a '[' is opened here and not closed, or a comma is missing; mend the list"),
    ("',' or '}'", "a '{' is opened here and not closed, or a comma is missing; mend the mapping"),
    ("cannot start any token", "this character cannot begin a text; put the text in quotes"),
    ("escape", "this backslash is not understood; use single quotes or write two backslashes"),
    ("expected ':'", "a key is written with no ': ' after it; add it"),
    ("expected key", "this line does not fit the lines above; mend the indentation or the line before"),
    ("'-' indicator", "this line does not fit the list above; start it with '- ' or indent it"),
    ("<block end>", "this line does not fit the lines above; mend the indentation or the line before"),
    ("sequence entries are not allowed", "a '- ' stands where no list can be; put it on a line of its own"),
    ("document start", "this line does not fit the lines above; mend the indentation or the line before"),
)
OPENERS = ("quoted scalar", "flow sequence", "flow mapping")  # here the mistake is where it was opened


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
    match node:
        case Scalar():
            return "a text" if node.text else "nothing"
        case Listing():
            return "a list" if node.items else "an empty list"
        case Entries():
            return "a mapping" if node.items else "an empty mapping"
        case _:
            assert_never(node)


def read_text(path: Path, name: str, bag: DiagnosticBag) -> str | None:
    """Return a file's text, or None after recording why it cannot be read."""
    start = Span(name, 1, 1)
    try:
        if path.exists() and not path.is_file():
            bag.add(start, "P001", path=name, why="it is not a file")
            return None
        with path.open("rb") as file:
            raw = file.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        bag.add(start, "P001", path=name, why=(error.strerror or "unknown reason").lower())
        return None
    return decode(raw, name, bag)


def decode(raw: bytes, name: str, bag: DiagnosticBag) -> str | None:
    """Return the bytes as text, or None after recording what is wrong with them."""
    start = Span(name, 1, 1)
    if len(raw) > FILE_BYTES_MAX:
        bag.add(start, "P003", limit=f"{FILE_BYTES_MAX:,}")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        bag.add(Span(name, before.count(b"\n") + 1, error.start - before.rfind(b"\n")), "P002")
        return None


def spoilt_lines(text: str, name: str, bag: DiagnosticBag) -> frozenset[int]:
    """Return the numbers of the lines that hold a forbidden character, after recording each."""
    spoilt = set()
    for number, whole in enumerate(text.split("\n"), start=1):
        line = whole.removesuffix("\r")
        if line.isprintable():
            continue
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent:
            bag.add(Span(name, number, indent.index("\t") + 1), "P006")
            spoilt.add(number)
        hidden = next((at for at, char in enumerate(line) if not char.isprintable() and char != "\t"), None)
        if hidden is not None:
            bag.add(Span(name, number, hidden + 1), "P013", char=f"U+{ord(line[hidden]):04X}")
            spoilt.add(number)
    return frozenset(spoilt)


def parse(text: str, name: str, bag: DiagnosticBag, *, first_line: int = 1) -> Node | None:
    """Return the document as positioned nodes, or None after recording the mistake."""
    start = Span(name, first_line, 1)
    try:
        root = _Builder(text, start, bag).document()
    except _Refused:
        return None
    except yaml.MarkedYAMLError as error:
        bag.add(_place(error, start), "P005", why=_reason(error.problem))
        return None
    except (yaml.YAMLError, RecursionError, ValueError):  # libyaml raises ValueError for some broken escapes
        bag.add(start, "P005", why=_reason(None))
        return None
    if root is None:
        bag.add(start, "P004")
    return root


def _place(error: yaml.MarkedYAMLError, start: Span) -> Span:
    opened = any(word in (error.context or "") for word in OPENERS)
    mark = (error.context_mark if opened else None) or error.problem_mark
    return Span(start.file, start.line + mark.line, mark.column + 1) if mark else start


def _reason(problem: str | None) -> str:
    known = next((words for part, words in REASONS if part in (problem or "")), None)
    return known or f"{problem or 'the text cannot be understood'}; mend the line"


class _Builder:
    """Builds nodes from YAML events, so that anchors and aliases are seen before they are followed."""

    def __init__(self, text: str, start: Span, bag: DiagnosticBag) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events = yaml.parse(text, Loader=loader)
        self._start = start
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
        mark = event.start_mark
        return Span(self._start.file, self._start.line + mark.line, mark.column + 1) if mark else self._start

    def _refuse(self, event: yaml.Event, code: str) -> None:
        self._bag.add(self._span(event), code, limit=DEPTH_MAX)
        raise _Refused

    def _node(self, event: yaml.Event, *, depth: int) -> Node:
        if getattr(event, "anchor", None):  # an alias has one too
            self._refuse(event, "P007")
        if getattr(event, "tag", None):
            self._refuse(event, "P008")
        if depth > DEPTH_MAX:
            self._refuse(event, "P010")
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
                raise _Refused
            if key.text in seen:
                self._bag.add(key.span, "P009", key=key.text)
            else:
                seen.add(key.text)
                items.append((key, value))
        return Entries(tuple(items), self._span(start))
