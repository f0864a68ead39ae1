"""The words of one language that the plain-language check looks for; they are data, in rules/plain."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from triage.kernel.diagnostics import DiagnosticBag
from triage.kernel.errors import BadInput
from triage.protocol.library import HOMES
from triage.protocol.source import Entries, Listing, Node, Scalar, parse, read_text

FOLDER = "plain"
SPECIAL = {"*": r"[\w-]*", "#": r"\d+", " ": r"\s+"}
LIMITS = ("sentence_words_max",)
LISTS = (
    "chances",
    "clause_starts",
    "degrees",
    "diagnoses",
    "fillers",
    "hard_words",
    "joiners",
    "lists_begin",
    "negatives",
    "not_everyone_has",
    "number_words",
    "possessives",
    "question_starts",
    "tells",
    "tells_unless",
)


@dataclass(frozen=True, slots=True)
class Language:
    """The limits and word lists of one language; `instead` says what to write in place of a word."""

    sentence_words_max: int
    lists: Mapping[str, str]
    instead: Mapping[str, str]

    def any_of(self, name: str) -> str:
        """Return the expression that matches one word of a list, inside brackets."""
        return self.lists[name]

    def found(self, name: str, text: str) -> list[re.Match[str]]:
        """Return where the words of a list stand in a text."""
        return list(whole(self.lists[name]).finditer(text))


@cache
def whole(expression: str) -> re.Pattern[str]:
    """Return a pattern that matches an expression between words, in any case."""
    return re.compile(rf"(?<!\w)(?:{expression})(?!\w)", re.IGNORECASE)


@cache
def alternatives(words: tuple[str, ...]) -> str:
    r"""Return an expression that matches any of the words; * stands for any letters and # for a number.

    >>> alternatives(("relaps*", "# in #"))
    '(?:relaps[\\w-]*|\\d+\\s+in\\s+\\d+)'
    """
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(_expression(word) for word in longest_first)})"


def _expression(word: str) -> str:
    return "".join(SPECIAL.get(char, re.escape(char)) for char in word)


@cache
def language(tag: str) -> Language | None:
    """Return the words of a language, or None if nobody has written them down.

    Raises BadInput if the file cannot be used.
    """
    file = f"{tag.partition('-')[0].lower()}.yaml"
    found = next((home / FOLDER / file for home in HOMES if (home / FOLDER / file).is_file()), None)
    return None if found is None else _read(found)


def _read(path: Path) -> Language:
    bag = DiagnosticBag()
    text = read_text(path, path.name, bag)
    node = None if text is None else parse(text, path.name, bag)
    if bag.has_errors or not isinstance(node, Entries):
        raise BadInput(f"the word lists in {path.name} cannot be read: {next(map(str, bag.found), 'no mapping')}")
    values = {key.text: value for key, value in node.items}
    missing = [key for key in (*LIMITS, *LISTS, "say_instead") if key not in values]
    if missing:
        raise BadInput(f"{path.name} has no {', '.join(missing)}; add them")
    return Language(
        sentence_words_max=int(_texts(values["sentence_words_max"])[0]),
        lists={name: alternatives(_texts(values[name])) for name in LISTS},
        instead=_pairs(values["say_instead"]),
    )


def _texts(node: Node) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        return (node.text,)
    items = node.items if isinstance(node, Listing) else ()
    return tuple(item.text for item in items if isinstance(item, Scalar))


def _pairs(node: Node) -> dict[str, str]:
    items = node.items if isinstance(node, Entries) else ()
    return {key.text: value.text for key, value in items if isinstance(value, Scalar)}
