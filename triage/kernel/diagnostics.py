"""What an author did wrong, where, and what to do about it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from triage.kernel.catalogue import CATALOGUE


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

    def add(self, span: Span, code: str, **details: object) -> None:
        """Record one mistake; the words come from the catalogue."""
        self.found.append(Diagnostic(span, code, CATALOGUE[code].template.format(**details)))

    @property
    def has_errors(self) -> bool:
        """Whether anything was recorded."""
        return bool(self.found)

    def in_order(self) -> tuple[Diagnostic, ...]:
        """Return the mistakes by file, line and column, each once."""
        return tuple(sorted(set(self.found)))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?`, or an empty text if nothing is near.

    >>> did_you_mean("becuase", ["because", "brief"])
    "; did you mean 'because'?"
    """
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""
