"""What an article says sets off spasms: its table and its box for people with MS beside everyone, as written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from triage.companions.data import accept, different, known, known_sources, mapping, read_tool, words
from triage.kernel.diagnostics import DiagnosticBag
from triage.protocol.models import Protocol
from triage.protocol.reader import Entry, entries_of, read_list
from triage.protocol.shapes import Key, Shape, optional
from triage.protocol.source import Scalar

TOOL = "triggers"
FIGURE = re.compile(r"(under )?(\d{1,2}|100)", re.ASCII)
WORDS = (
    "title chart with_ms everyone trigger no_figure under figure table key not_in_chart box box_other "
    "box_other_everyone box_not_for_ms box_missing box_only_ms box_only_everyone box_agrees no_number no_number_ms "
    "no_number_everyone about sources ask intro more picked first to_try caution more_in_ms named_for_ms "
    "named_for_everyone figures only_named box_figure_ms box_figure_everyone no_cause not_proof nothing_picked check "
    "none not_sure"
)

PAIR = Shape("the figures", {"ms": optional("text"), "everyone": optional("text")})
BAND = Shape("a band", {"from": Key("integer"), "word": Key("text")})
NOTE = Shape(
    "a note",
    {
        "id": Key("id"),
        "brief": Key("texts"),
        "text": Key("text"),
        "sources": Key("texts"),
        "doubts": optional("texts"),
    },
)
TRIGGER = Shape(
    "a trigger",
    {
        "id": Key("id"),
        "brief": Key("texts"),
        "name": Key("text"),
        "pick": optional("text"),
        "table": optional("mapping"),
        "box": optional("mapping"),
        "named_for": optional("word", "ms", "everyone"),
        "more": optional("text"),
        "tip": optional("text"),
        "check": optional("text"),
        "blocks": Key("texts"),
        "sources": Key("texts"),
        "doubts": optional("texts"),
    },
)
FILE = Shape(
    "this file",
    {
        "words": Key("mapping"),
        "opening": Key("texts"),
        "bands": Key("shape"),
        "notes": Key("shape"),
        "triggers": Key("shape"),
    },
)

Group = Literal["ms", "everyone"]
GROUPS: tuple[Group, ...] = ("ms", "everyone")


@dataclass(frozen=True, slots=True)
class Figure:
    """So many people out of 100; `under` says that the source gives only a bound."""

    value: int
    under: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about the figures, with the rows of the brief it comes from."""

    id: str
    brief: tuple[str, ...]
    text: str
    sources: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger; `table` and `box` hold what the article gives for each group, which may be nothing.

    `named_for` says for whom it is named where nothing can be compared. `check` stands before anything to try.
    """

    id: str
    brief: tuple[str, ...]
    name: str
    pick: str
    table: Mapping[Group, Figure]
    box: Mapping[Group, Figure]
    named_for: str
    more: str
    tip: str
    check: str
    blocks: tuple[str, ...]
    sources: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def compared(self) -> bool:
        """Whether the table has a figure for both groups."""
        return len(self.table) == len(GROUPS)

    @property
    def more_in_ms(self) -> bool:
        """Whether the table names it more often for people with MS."""
        return self.compared and self.table["ms"].value > self.table["everyone"].value


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything the file holds."""

    words: Mapping[str, str]
    opening: tuple[str, ...]
    bands: tuple[tuple[int, str], ...]
    notes: tuple[Note, ...]
    triggers: tuple[Trigger, ...]

    def shown(self, figure: Figure) -> str:
        """Return a figure as a page shows it, without its band."""
        return self.words["under"].format(figure=figure.value) if figure.under else str(figure.value)

    def band(self, figure: Figure) -> str:
        """Return our own word for how high a figure is; a bound counts as what lies below it."""
        value = figure.value - figure.under
        return [word for start, word in self.bands if start <= value][-1]


def load(protocol: Protocol) -> Comparison:
    """Read the comparison. Raises BadInput if there is none and ProtocolRejected with every mistake."""
    bag = DiagnosticBag()
    entry = read_tool(protocol, TOOL, FILE, bag)
    given = read_list(entry.nodes.get("bands"), BAND, bag)
    bands = tuple((each.value("from", int) or 0, each.text("word")) for each in given)
    notes = read_list(entry.nodes.get("notes"), NOTE, bag)
    triggers = read_list(entry.nodes.get("triggers"), TRIGGER, bag)
    different((*notes, *triggers), bag)
    for each in (*notes, *triggers):
        known_sources(each, protocol, bag)
    read = tuple(_trigger(each, protocol, bag) for each in triggers)
    held = words(entry, WORDS, bag)
    accept(bag)
    return Comparison(held, entry.texts("opening"), bands, tuple(_note(each) for each in notes), read)


def _note(entry: Entry) -> Note:
    return Note(
        entry.text("id"), entry.texts("brief"), entry.text("text"), entry.texts("sources"), entry.texts("doubts")
    )


def _trigger(entry: Entry, protocol: Protocol, bag: DiagnosticBag) -> Trigger:
    known(entry, "blocks", "T112", (block.id for block in protocol.advice), bag, sort="advice block")
    table, box = _figures(entry, "table", bag), _figures(entry, "box", bag)
    if len(table) < len(GROUPS) and not entry.text("named_for"):
        bag.add(entry.span, "T102", what=f"trigger '{entry.text('id')}' without both figures", key="named_for")
    return Trigger(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        name=entry.text("name"),
        pick=entry.text("pick") or entry.text("name"),
        table=table,
        box=box,
        named_for=entry.text("named_for"),
        more=entry.text("more"),
        tip=entry.text("tip"),
        check=entry.text("check"),
        blocks=entry.texts("blocks"),
        sources=entry.texts("sources"),
        doubts=entry.texts("doubts"),
    )


def _figures(entry: Entry, key: str, bag: DiagnosticBag) -> dict[Group, Figure]:
    mapping(entry, key, PAIR, bag)  # records what is misspelt
    given = {name.text: node for name, node in entries_of(entry.nodes.get(key))}
    read = {group: _figure(given[group], bag) for group in GROUPS if group in given}
    return {group: figure for group, figure in read.items() if figure is not None}


def _figure(node: object, bag: DiagnosticBag) -> Figure | None:
    found = FIGURE.fullmatch(node.text) if isinstance(node, Scalar) else None
    if found is None:
        if isinstance(node, Scalar):
            bag.add(node.span, "T107", value=node.text[:20], wanted="people out of 100, such as 54 or 'under 5'")
        return None
    return Figure(int(found[2]), under=found[1] is not None)
