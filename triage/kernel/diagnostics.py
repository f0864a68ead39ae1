"""What an author did wrong, where, and what to do about it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from triage.kernel.catalogue import CATALOGUE

DETAIL_CHARS_MAX = 160  # a line of a terminal or two; longer values are cut so that a message stays readable
NAME_CHARS_MAX = 64  # the longest id; comparing longer words costs time and finds nothing


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a protocol file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """Show the place the way editors jump to."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One mistake: place, code, and one line that says what is wrong and what to do."""

    span: Span
    code: str
    message: str

    def __str__(self) -> str:
        """Show `file:line:col: CODE what is wrong; what to do`."""
        return f"{self.span}: {self.code} {self.message}"


@dataclass(slots=True)
class DiagnosticBag:
    """Collects mistakes so that one run shows them all."""

    found: list[Diagnostic] = field(default_factory=list)

    def add(self, span: Span, code: str, *, hint: str = "", **details: object) -> None:
        """Record one mistake; the words come from the catalogue.

        What a template says after `{hint}` is the remedy when there is no hint: a good guess needs no more words.
        """
        before, _, remedy = CATALOGUE[code].template.partition("{hint}")
        words = {key: one_line(str(detail)) for key, detail in details.items()}
        self.found.append(Diagnostic(span, code, before.format(**words) + (hint or remedy.format(**words))))

    def extend(self, other: "DiagnosticBag") -> None:
        """Take over what another bag holds."""
        self.found += other.found

    @property
    def has_errors(self) -> bool:
        """Whether anything was recorded."""
        return bool(self.found)

    def in_order(self) -> tuple[Diagnostic, ...]:
        """Return the mistakes by file, line and column, each once."""
        return tuple(sorted(set(self.found)))


def one_line(text: str, limit: int = DETAIL_CHARS_MAX) -> str:
    r"""Return a text that stays on one readable line, whatever an author wrote.

    >>> one_line("a\n  b\x07", limit=9)
    'a b?'
    >>> one_line("a very long text", limit=9)
    'a very...'
    """
    flat = " ".join(text[: 4 * limit].split())
    clean = "".join(char if char.isprintable() else "?" for char in flat)
    return clean if len(clean) <= limit else clean[: limit - 3] + "..."


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?`, or an empty text if nothing is near.

    >>> did_you_mean("becuase", ["because", "brief"])
    "; did you mean 'because'?"
    """
    near = nearest(name, known)
    return f"; did you mean '{one_line(near)}'?" if near else ""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that looks most like this one, or None if nothing is near."""
    near = difflib.get_close_matches(name[:NAME_CHARS_MAX], sorted(known), n=1, cutoff=0.6)
    return near[0] if near else None
