"""What articles say on classes of medicine, what to watch for, and what is never stopped suddenly: a reader only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triage.companions.data import accept, closing, different, known_sources, read_tool, words, wrapped
from triage.kernel.diagnostics import DiagnosticBag, did_you_mean
from triage.kernel.errors import BadInput
from triage.protocol.models import Locale, Protocol, Source
from triage.protocol.reader import Entry, read_list
from triage.protocol.shapes import Key, Shape, optional
from triage.protocol.texts import fill, locale_of

TOOL = "medicines"
KINDS = ("never", "watch", "corrects", "says")  # cautions stand first
WORDS = "title intro classes class_line general says corrects watch never line sources seconds check"

LINE = Shape(
    "a line",
    {
        "brief": Key("texts"),
        "kind": Key("word", among=KINDS),
        "text": Key("text"),
        "sources": Key("texts"),
        "doubts": optional("texts"),
    },
)
CLASS = Shape("a class", {"id": Key("id"), "title": Key("text"), "names": Key("texts"), "lines": Key("shape")})
FILE = Shape("this file", {"words": Key("mapping"), "general": Key("shape"), "classes": Key("shape")})


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or two, what sort it is, and whose it is."""

    brief: tuple[str, ...]
    kind: str
    text: str
    sources: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MedicineClass:
    """One class, with the other names it goes by."""

    id: str
    title: str
    names: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything the file holds."""

    words: Mapping[str, str]
    general: tuple[Line, ...]
    classes: tuple[MedicineClass, ...]

    def named(self, name: str) -> MedicineClass:
        """Return a class by its id, its title or another of its names. Raises BadInput with the nearest."""
        known = {each: found for found in self.classes for each in _names(found)}
        tidy = _tidy(name)
        if tidy in known:
            return known[tidy]
        hint = did_you_mean(tidy, known) or f"; classes: {', '.join(each.id for each in self.classes)}"
        raise BadInput(f"no medicine '{name.strip()[:30]}'{hint}")


def load(protocol: Protocol) -> Reader:
    """Read the classes. Raises BadInput if there are none and ProtocolRejected with every mistake."""
    bag = DiagnosticBag()
    entry = read_tool(protocol, TOOL, FILE, bag)
    classes = read_list(entry.nodes.get("classes"), CLASS, bag)
    different(classes, bag)
    held = Reader(
        words(entry, WORDS, bag),
        _lines(entry, "general", protocol, bag),
        tuple(
            MedicineClass(
                each.text("id"), each.text("title"), each.texts("names"), _lines(each, "lines", protocol, bag)
            )
            for each in classes
        ),
    )
    accept(bag)
    return held


def as_text(held: Reader, name: str | None, protocol: Protocol, locale: str) -> str:
    """Return the list of classes, or one class's page; the warnings stand before what is said for it."""
    place = locale_of(protocol, locale)
    lines = [held.words["title"], "", *wrapped(held.words["intro"]), ""]
    if name is None:
        lines += [*wrapped(held.words["classes"]), *_listed(held), "", held.words["general"]]
        told = held.general
    else:
        found = held.named(name)
        lines += [found.title]
        told = found.lines
    ordered = [each for kind in KINDS for each in told if each.kind == kind]
    numbers = {source: n for n, source in enumerate(dict.fromkeys(s for each in ordered for s in each.sources), 1)}
    for kind in KINDS:
        group = [each for each in ordered if each.kind == kind]
        lines += ["", held.words[kind]] if group else []
        lines += [line for each in group for line in wrapped(_told(held, each, numbers, place), hang="- ")]
    lines += ["", held.words["sources"], *_cited(numbers, protocol), *wrapped(held.words["seconds"])]
    return "\n".join([*lines, "", *wrapped(held.words["check"]), *closing(protocol, locale)])


def _listed(held: Reader) -> list[str]:
    told = (held.words["class_line"].format(id=each.id, title=each.title) for each in held.classes)
    return [line for text in told for line in wrapped(text, hang="- ")]


def _told(held: Reader, line: Line, numbers: Mapping[str, int], place: Locale) -> str:
    """Return a line with the numbers of its sources."""
    shown = ", ".join(str(numbers[source]) for source in line.sources)
    return held.words["line"].format(text=fill(line.text, place), numbers=shown)


def _cited(numbers: Mapping[str, int], protocol: Protocol) -> list[str]:
    """Return the sources by number; a mark says that only a copy of one was read."""
    known = {each.id: each for each in protocol.sources}
    return [line for name, n in numbers.items() for line in wrapped(_source(known[name]), hang=f"{n}. ")]


def _source(source: Source) -> str:
    named = source.publisher if source.title == "-" else f"{source.publisher}, {source.title}"
    return f"{named} *" if source.mark == "second_hand" else named


def _names(each: MedicineClass) -> Sequence[str]:
    return [_tidy(name) for name in (each.id, each.title, *each.names)]


def _tidy(name: str) -> str:
    return "_".join(name.lower().replace("-", " ").split())


def _lines(entry: Entry, key: str, protocol: Protocol, bag: DiagnosticBag) -> tuple[Line, ...]:
    read = read_list(entry.nodes.get(key), LINE, bag)
    for each in read:
        known_sources(each, protocol, bag)
    return tuple(
        Line(each.texts("brief"), each.text("kind"), each.text("text"), each.texts("sources"), each.texts("doubts"))
        for each in read
    )
