"""Reads one entry by its shape: types every scalar, collects every mistake, keeps every place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from triage.kernel.diagnostics import DiagnosticBag, Span, did_you_mean, nearest, one_line
from triage.protocol.shapes import Key, Shape
from triage.protocol.source import Entries, Listing, Node, Scalar, kind_of

ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?", re.ASCII)
INTEGER = re.compile(r"\d{1,5}", re.ASCII)  # 99,999 days ago is still a date; ten times as many is none
FLAGS = {"yes": True, "no": False}
SHOWN_CHARS_MAX = 40  # as much of a value as a diagnostic shows
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One read entry: typed values and raw nodes by key, where each stands, and the keys that were misspelt."""

    values: dict[str, object]
    nodes: dict[str, Node]
    span: Span
    meant: frozenset[str] = frozenset()

    def text(self, key: str, default: str = "") -> str:
        """Return a text or an id."""
        return cast(str, self.values.get(key, default))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return cast("tuple[str, ...]", self.values.get(key, ()))

    def flag(self, key: str) -> bool:
        """Return a yes-or-no flag; absent means no."""
        return bool(self.values.get(key, False))

    def value(self, key: str, of: type[_T]) -> _T | None:
        """Return a number, an integer or a date, if it was given and could be read."""
        found = self.values.get(key)
        return found if isinstance(found, of) else None

    def lost(self, key: str) -> bool:
        """Whether the author wrote this key, but it could not be read; the mistake is recorded already."""
        return key in self.meant or (key in self.nodes and key not in self.values)

    def place(self, key: str) -> Span:
        """Return where a key's value stands, or the entry if the key is absent."""
        node = self.nodes.get(key)
        return node.span if node is not None else self.span


def read_entry(node: Node, shape: Shape, bag: DiagnosticBag) -> Entry | None:
    """Read a mapping by its shape; None if it is no mapping. Mistakes inside are recorded and left out."""
    if not isinstance(node, Entries):
        bag.add(node.span, "T103", what=shape.what, wanted="a mapping", got=kind_of(node))
        return None
    values: dict[str, object] = {}
    nodes: dict[str, Node] = {}
    for key, value in node.items:
        nodes[key.text] = value
        wanted = shape.keys.get(key.text)
        if wanted is None:
            bag.add(key.span, "T101", key=key.text, what=shape.what, hint=did_you_mean(key.text, shape.keys))
            continue
        read = _read_value(value, wanted, f"'{key.text}'", bag)
        if read is not None:
            values[key.text] = read
    guesses = {nearest(key, shape.keys) for key in nodes if key not in shape.keys}
    meant = frozenset(guess for guess in guesses if guess is not None and guess not in nodes)
    _missing(node, shape, meant, bag)
    return Entry(values, nodes, node.span, meant)


def _missing(node: Entries, shape: Shape, meant: frozenset[str], bag: DiagnosticBag) -> None:
    """Record each missing key where it should be added: at the key before it, as the shape orders them."""
    places = {key.text: key.span for key, _ in node.items}
    where = node.span
    for name, wanted in shape.keys.items():
        where = places.get(name, where)
        if wanted.required and name not in places and name not in meant:
            bag.add(where, "T102", what=shape.what, key=name)


def read_list(node: Node | None, shape: Shape, bag: DiagnosticBag) -> list[Entry]:
    """Read a list of entries of one shape, leaving out what cannot be read."""
    if node is None:
        return []
    if not isinstance(node, Listing):
        bag.add(node.span, "T103", what="this file", wanted="a list", got=kind_of(node))
        return []
    return [entry for item in node.items if (entry := read_entry(item, shape, bag)) is not None]


def entries_of(node: Node | None) -> Iterator[tuple[Scalar, Node]]:
    """Yield the items of a mapping, or nothing."""
    if isinstance(node, Entries):
        yield from node.items


def _read_value(node: Node, key: Key, what: str, bag: DiagnosticBag) -> object | None:
    if key.form in ("condition", "shape"):
        return node
    if key.form == "mapping":
        return _expect(node, Entries, what, "a mapping", bag)
    if key.form in ("texts", "words"):
        return _read_texts(node, key, what, bag)
    scalar = _expect(node, Scalar, what, "a text", bag)
    return None if scalar is None else _read_scalar(scalar, key, what, bag)


def _expect(node: Node, kind: type[_T], what: str, wanted: str, bag: DiagnosticBag) -> _T | None:
    if isinstance(node, kind):
        return node
    bag.add(node.span, "T103", what=what, wanted=wanted, got=kind_of(node))
    return None


def _read_texts(node: Node, key: Key, what: str, bag: DiagnosticBag) -> tuple[str, ...] | None:
    listing = _expect(node, Listing, what, "a list", bag)
    if listing is None:
        return None
    one = Key("word" if key.form == "words" else "text", among=key.among)
    read = (_read_value(item, one, what, bag) for item in listing.items)
    return tuple(cast(str, text) for text in read if text is not None)


def _read_scalar(scalar: Scalar, key: Key, what: str, bag: DiagnosticBag) -> object | None:
    if key.form == "text":
        return _read_text(scalar, what, bag)
    if key.form == "word":
        return _read_word(scalar, key.among, bag)
    reader: dict[str, Callable[[Scalar, DiagnosticBag], object | None]] = {
        "id": read_id,
        "flag": _read_flag,
        "number": read_number,
        "integer": _read_integer,
        "date": _read_date,
    }
    return reader[key.form](scalar, bag)


def read_id(scalar: Scalar, bag: DiagnosticBag) -> str | None:
    """Return an id, or None after recording that it follows another grammar."""
    if ID.fullmatch(scalar.text):
        return scalar.text
    bag.add(scalar.span, "T105", value=shown(scalar.text))
    return None


def read_number(scalar: Scalar, bag: DiagnosticBag) -> float | None:
    """Return a number written in digits, or None after recording that it is none."""
    if NUMBER.fullmatch(scalar.text):
        return float(scalar.text)
    bag.add(scalar.span, "T107", value=shown(scalar.text), wanted="a number such as 38.5")
    return None


def shown(text: str) -> str:
    """Cut a value so that a diagnostic stays one readable line."""
    return one_line(text, SHOWN_CHARS_MAX)


def _read_text(scalar: Scalar, what: str, bag: DiagnosticBag) -> str | None:
    if scalar.text.strip():
        return scalar.text.strip()
    bag.add(scalar.span, "T109", what=what)
    return None


def _read_word(scalar: Scalar, among: tuple[str, ...], bag: DiagnosticBag) -> str | None:
    if scalar.text in among:
        return scalar.text
    wanted = f"one of {', '.join(among)}" if len(among) > 1 else f"'{among[0]}'"
    bag.add(scalar.span, "T104", value=shown(scalar.text), wanted=wanted, hint=did_you_mean(scalar.text, among))
    return None


def _read_flag(scalar: Scalar, bag: DiagnosticBag) -> bool | None:
    if scalar.text in FLAGS:
        return FLAGS[scalar.text]
    bag.add(scalar.span, "T110", value=shown(scalar.text))
    return None


def _read_integer(scalar: Scalar, bag: DiagnosticBag) -> int | None:
    if INTEGER.fullmatch(scalar.text):
        return int(scalar.text)
    bag.add(scalar.span, "T107", value=shown(scalar.text), wanted="a whole number of at most 5 digits")
    return None


def _read_date(scalar: Scalar, bag: DiagnosticBag) -> date | None:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", scalar.text, re.ASCII):
            return date.fromisoformat(scalar.text)
    except ValueError:
        pass
    bag.add(scalar.span, "T108", value=shown(scalar.text))
    return None
