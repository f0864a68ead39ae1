"""The clinical brief's own little language of conditions, read and evaluated without any of our code.

`e03 in {face, arm}`, `n01.new`, `t01 >= 38.0`, `unknown(hours)`, `count(e10 in {...}) >= 2`, names of derived facts,
`and`, `or`, `not`, brackets. Two-valued: a blank makes an atom false, and only `unknown` true.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.brief import Value

TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|(\w+\.[a-z_]\w*)|(\w+)|(>=|<=|[<>(){},]))")
COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class Holds:
    """At least `needed` of these options were chosen."""

    question: str
    options: tuple[str, ...]
    needed: int = 1


@dataclass(frozen=True)
class Figure:
    """A number compared with a bound."""

    name: str
    sign: str
    bound: float


@dataclass(frozen=True)
class Blank:
    """Nothing is known of a question or figure."""

    name: str


@dataclass(frozen=True)
class Fact:
    """A derived fact."""

    name: str


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Node"


@dataclass(frozen=True)
class And:
    """Both parts hold."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    """At least one part holds."""

    parts: tuple["Node", ...]


Node = Holds | Figure | Blank | Fact | Not | And | Or


def parse(text: str) -> Node:
    """Read one condition; what is left over is a mistake."""
    words = _Words(text)
    node = words.either()
    assert words.at_end, f"cannot read the rest of {text!r}"
    return node


class _Words:
    def __init__(self, text: str) -> None:
        self._words = list(_split(text))
        self._next = 0

    @property
    def at_end(self) -> bool:
        return self._next == len(self._words)

    def _peek(self) -> str:
        return "" if self.at_end else self._words[self._next]

    def _take(self, wanted: str = "") -> str:
        word = self._peek()
        assert word, f"{wanted or 'a word'} expected at the end"
        assert wanted in ("", word), f"{wanted} expected, not {word!r}"
        self._next += 1
        return word

    def either(self) -> Node:
        parts = [self._both()]
        while self._peek() == "or":
            self._take()
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _both(self) -> Node:
        parts = [self._one()]
        while self._peek() == "and":
            self._take()
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self) -> Node:
        match self._take():
            case "not":
                return Not(self._one())
            case "(":
                node = self.either()
                self._take(")")
                return node
            case "unknown":
                return Blank(self._in_brackets())
            case "count":
                return self._count()
            case word:
                return self._atom(word)

    def _atom(self, word: str) -> Node:
        if "." in word:
            question, option = word.split(".")
            return Holds(question, (option,))
        if self._peek() in COMPARE:
            return Figure(word, self._take(), float(self._take()))
        return self._set(word) if self._peek() == "in" else Fact(word)

    def _set(self, question: str) -> Holds:
        self._take("in")
        self._take("{")
        options = [self._take()]
        while self._peek() == ",":
            self._take()
            options.append(self._take())
        self._take("}")
        return Holds(question, tuple(options))

    def _count(self) -> Holds:
        self._take("(")
        found = self._set(self._take())
        self._take(")")
        self._take(">=")
        return Holds(found.question, found.options, int(self._take()))

    def _in_brackets(self) -> str:
        self._take("(")
        name = self._take()
        self._take(")")
        return name


def _split(text: str) -> Iterator[str]:
    place = 0
    while place < len(text.rstrip()):
        found = TOKEN.match(text, place)
        assert found, f"cannot read {text[place:]!r}"
        yield found.group(found.lastindex or 0)
        place = found.end()


class Person:
    """One set of answers in the brief's codes, and which derived facts hold for it."""

    def __init__(self, answers: Mapping[str, Value], facts: Mapping[str, Node]) -> None:
        """Keep the answers; nothing is worked out before it is asked for."""
        self._answers = answers
        self._facts = facts
        self._known: dict[str, bool] = {}

    def holds(self, node: Node) -> bool:
        """Return whether a condition holds."""
        match node:
            case Or():
                return any(self.holds(part) for part in node.parts)
            case And():
                return all(self.holds(part) for part in node.parts)
            case Not():
                return not self.holds(node.part)
            case Fact():
                return self._fact(node.name)
            case Blank():
                return self._answers.get(node.name) is None
            case Figure():
                value = self._answers.get(node.name)
                return isinstance(value, int | float) and COMPARE[node.sign](value, node.bound)
            case Holds():
                return len(self._chosen(node.question).intersection(node.options)) >= node.needed

    def _fact(self, name: str) -> bool:
        if name not in self._known:
            self._known[name] = self.holds(self._facts[name])
        return self._known[name]

    def _chosen(self, question: str) -> frozenset[str]:
        value = self._answers.get(question)
        if value is None or isinstance(value, int | float):
            return frozenset()
        return frozenset((value,) if isinstance(value, str) else value)
