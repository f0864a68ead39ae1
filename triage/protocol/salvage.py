"""Reads a broken list file entry by entry, so that one mistake does not hide the others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from triage.kernel.diagnostics import DiagnosticBag, Span
from triage.protocol.source import Listing, Node, parse

START = re.compile(r"-(?=\s|$)")
NO_CONTENT = re.compile(r"\s*(#.*|---\s*)?")
ENTRIES_MAX = 5_000  # ten times the longest shipped file; more is no author's file and is not worth the time


@dataclass(slots=True)
class Salvaged:
    """The entries that could be read, and the bare text of those that could not."""

    items: list[Node] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def listing(self, name: str) -> Listing:
        """Return what could be read as one list."""
        return Listing(tuple(self.items), Span(name, 1, 1))


def salvage(text: str, name: str, spoilt: frozenset[int], bag: DiagnosticBag) -> Salvaged:
    """Parse each entry on its own, recording the mistake of each broken one; spoilt lines are recorded already."""
    saved = Salvaged()
    for first, lines in list(_pieces(text))[:ENTRIES_MAX]:
        piece = "\n".join(lines)
        node = None
        if spoilt.isdisjoint(range(first, first + len(lines))):
            node = parse(piece, name, bag, first_line=first)
        if isinstance(node, Listing):
            saved.items += node.items
        else:
            saved.lost.append(piece)
    return saved


def _pieces(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each entry's first line number and lines; what stands before the first entry only if it is content."""
    first, lines = 1, list[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        if START.match(line):
            if any(not NO_CONTENT.fullmatch(each) for each in lines):
                yield first, lines
            first, lines = number, []
        lines.append(line)
    if any(not NO_CONTENT.fullmatch(each) for each in lines):
        yield first, lines
