"""Reading the data of a companion tool, and what every page of such a tool says at its end."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Protocol as Interface

from triage.kernel.diagnostics import DiagnosticBag, did_you_mean
from triage.kernel.errors import BadInput, ProtocolRejected
from triage.protocol.library import folder_of
from triage.protocol.models import Protocol
from triage.protocol.reader import Entry, read_entry
from triage.protocol.shapes import Key, Shape
from triage.protocol.source import Listing, Scalar, parse, read_text, spoilt_lines
from triage.protocol.texts import fill, locale_of

FOLDER = "companions"  # inside a protocol's folder
WIDTH = 72  # shared/product/conventions.md section 2
SHOWN_CHARS_MAX = 30  # how much of a wrong name is repeated in a message


class Sourced(Interface):
    """Anything that names its sources."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of its sources."""
        ...


def read_tool(protocol: Protocol, name: str, shape: Shape, bag: DiagnosticBag) -> Entry:
    """Read one tool's file. Raises BadInput if it is not there and ProtocolRejected if nothing of it can be read."""
    file = folder_of(protocol.id) / FOLDER / f"{name}.yaml"
    if not file.is_file():
        raise BadInput(f"the protocol '{protocol.id}' has no data for this tool ({FOLDER}/{file.name})")
    shown = f"{FOLDER}/{file.name}"
    text = read_text(file, shown, bag)
    node = None if text is None or spoilt_lines(text, shown, bag) else parse(text, shown, bag)
    entry = None if node is None else read_entry(node, shape, bag)
    if entry is None:
        raise ProtocolRejected(bag.in_order())
    return entry


def accept(bag: DiagnosticBag) -> None:
    """Raise ProtocolRejected with every mistake found, if there is one."""
    if bag.found:
        raise ProtocolRejected(bag.in_order())


def known(entry: Entry, key: str, code: str, among: Iterable[str], bag: DiagnosticBag, **details: str) -> None:
    """Record every name under a key that does not exist, where it stands."""
    names = set(among)
    node = entry.nodes.get(key)
    for item in node.items if isinstance(node, Listing) else (node,):
        if isinstance(item, Scalar) and item.text not in names:
            bag.add(item.span, code, name=item.text, hint=did_you_mean(item.text, names), **details)


def known_sources(entry: Entry, protocol: Protocol, bag: DiagnosticBag) -> None:
    """Record every source that does not exist, and an entry that names none."""
    known(entry, "sources", "T116", (each.id for each in protocol.sources), bag)
    if not entry.texts("sources"):
        bag.add(entry.place("sources"), "T109", what="'sources'")


def different(entries: Sequence[Entry], bag: DiagnosticBag) -> None:
    """Record every id that is used twice."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.text("id"), entry)
        if first is not entry and entry.text("id"):
            bag.add(entry.place("id"), "T106", id=entry.text("id"), other=first.place("id"))


def mapping(entry: Entry, key: str, shape: Shape, bag: DiagnosticBag) -> dict[str, str]:
    """Return a mapping of texts by its shape, without what cannot be read."""
    node = entry.nodes.get(key)
    read = None if node is None else read_entry(node, shape, bag)
    return {} if read is None else {name: str(value) for name, value in read.values.items()}


def words(entry: Entry, names: str, bag: DiagnosticBag) -> dict[str, str]:
    """Return the texts under 'words'; every name of `names`, which spaces part, must be there, and no other."""
    return mapping(entry, "words", Shape("the words", {name: Key("text") for name in names.split()}), bag)


def chosen(name: str, among: Mapping[str, object] | Sequence[str], what: str) -> str:
    """Return a name typed by a person. Raises BadInput with the nearest one or the whole list."""
    tidy = "_".join(name.lower().split())
    if tidy in among:
        return tidy
    hint = did_you_mean(tidy, list(among))
    raise BadInput(f"no {what} '{name.strip()[:SHOWN_CHARS_MAX]}'{hint or '; known: ' + ', '.join(among)}")


def wrapped(text: str, *, hang: str = "", width: int = WIDTH) -> list[str]:
    """Return the text in lines; later ones are indented under what follows `hang`.

    >>> wrapped("One side of the face drooped", hang="1. ", width=20)
    ['1. One side of the', '   face drooped']
    """
    return wrap(text, width, initial_indent=hang, subsequent_indent=" " * len(hang), break_on_hyphens=False)


def all_sources(*groups: Iterable[Sourced]) -> list[str]:
    """Return the ids of everybody's sources."""
    return [name for group in groups for each in group for name in each.sources]


def sources_line(protocol: Protocol, names: Iterable[str]) -> str:
    """Return the publishers and titles of sources, each once, in the protocol's order."""
    wanted = set(names)
    cited = [each for each in protocol.sources if each.id in wanted]
    return "; ".join(f"{each.publisher}, {each.title}" if each.title != "-" else each.publisher for each in cited)


def closing(protocol: Protocol, locale: str) -> list[str]:
    """Return the last lines of every page: what it is not, and which version of the texts it shows."""
    notice = fill(protocol.dispositions.notices.get("not_reviewed", ""), locale_of(protocol, locale))
    return [
        "",
        *wrapped(notice),
        *wrapped(f"{protocol.title}. {protocol.id} {protocol.version}, {protocol.hash[:12]}."),
    ]
