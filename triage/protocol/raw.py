"""Everything read from a protocol's files before names are resolved, and where each part of it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from triage.kernel.diagnostics import Span
from triage.protocol.gaps import Gaps
from triage.protocol.models import Place
from triage.protocol.reader import Entry
from triage.protocol.source import Entries, Listing, Scalar

UNNAMED = "unnamed"  # stands in for the id of an entry that has none; the protocol is rejected anyway


@dataclass(slots=True)
class Raw:
    """The read entries by kind, and what could not be read."""

    head: Entry | None = None
    dispositions: Entry | None = None
    lists: dict[str, list[Entry]] = field(default_factory=dict)
    locales: list[Entry] = field(default_factory=list)
    gaps: Gaps = field(default_factory=Gaps)
    _entries: dict[Span, Entry] = field(default_factory=dict)

    def index(self) -> None:
        """Make every entry of a list findable by its place."""
        self._entries = {entry.span: entry for entries in self.lists.values() for entry in entries}

    def entry(self, place: Place) -> Entry:
        """Return the entry that stands at a place of the model."""
        return self._entries[span_of(place)]

    def spot(self, place: Place, key: str, item: str = "") -> Span:
        """Return where a key's value stands, or one text inside it, or the entry if the key is absent."""
        return spot(self.entry(place), key, item)

    def fixed_entries(self) -> Iterator[Entry]:
        """Yield the entries that stand alone in a file."""
        yield from (entry for entry in (self.head, self.dispositions, *self.locales) if entry is not None)


def span_of(place: Place) -> Span:
    """Return a place of the model as a span."""
    return Span(place.file, place.line, place.column)


def spot(entry: Entry, key: str, item: str = "") -> Span:
    """Return where a key's value stands, or one text or inner key of it, or the entry if the key is absent."""
    node = entry.nodes.get(key)
    inner: tuple[object, ...] = ()
    if isinstance(node, Listing):
        inner = node.items
    if isinstance(node, Entries):
        inner = tuple(name for name, _ in node.items)
    found = (each.span for each in inner if isinstance(each, Scalar) and each.text.strip() == item)
    return next(found, entry.place(key))
