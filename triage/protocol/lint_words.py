"""Checks of what a protocol cites and of every word a person may read."""

import re
from collections.abc import Collection, Iterator

from triage.kernel.diagnostics import DiagnosticBag, Span, did_you_mean
from triage.protocol.models import Advice, Modifier, Protocol, Rule, SafetyNet, Threshold
from triage.protocol.raw import Raw
from triage.protocol.reader import Entry
from triage.protocol.source import Entries, Listing, Node, Scalar

BRACED = re.compile(r"\{[^{}]*\}|[{}]")
DOOR = re.compile(r"\{([a-z_]+)\}")  # what texts.fill replaces
FIGURE = re.compile(r"\{temperature:-?\d{1,3}(\.\d{1,2})?\}")
PHONE = re.compile(r"\+?\d(?:[ ()/-]?\d){6,}|(?<=\b[Cc]all )\d{3,}|(?<=\b[Rr]ing )\d{3,}|(?<=\b[Dd]ial )\d{3,}")
SERVICE = re.compile(r"(?<!\w)(?:\d[\d ]*\d{2}|[A-Z]&[A-Z]|[A-Z]{2,})(?!\w)")

RECALLED = "general_knowledge"  # the basis, the mark, and the source that names no document
Reviewed = Rule | Modifier | Advice | SafetyNet

# The keys whose texts a person may read; inside them, the keys that hold no text.
READ_BY_PEOPLE = {
    "questions": ("ask", "say_on_phone", "why", "help", "options", "carer"),
    "rules": ("title", "say", "because", "carer"),
    "modifiers": ("title", "effects", "carer"),
    "advice": ("title", "text", "cautions", "carer"),
    "safety_nets": ("text", "carer"),
    "contradictions": ("say", "carer"),
    "glossary": ("meaning", "carer"),
}
HEAD_TEXTS = ("at_start", "carer", "scope", "not_for", "not_asked_yet", "sections")
NO_TEXT = frozenset({"brief", "for", "tags", "labels", "within", "door", "id"})


def check(protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    """Record what leads to no source or door, and what a text must not say."""
    _citations(protocol, raw, bag)
    _doors(protocol, raw, bag)
    _texts(protocol, raw, bag)
    for key, entries in (("text", raw.lists["advice"]), ("labels", raw.lists["safety_nets"])):
        for entry in entries:
            if key in entry.values and not entry.texts(key) and not entry.lost(key):
                bag.add(entry.place(key), "T109", what=f"'{key}'")


def _citations(protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    marks = {source.id: source.mark for source in protocol.sources}
    reviewed: list[Reviewed] = [*protocol.rules, *protocol.modifiers, *protocol.advice, *protocol.safety_nets]
    cited: list[Reviewed | Threshold] = [*reviewed, *protocol.thresholds]
    for each in cited:
        entry = raw.entry(each.place)
        if not each.sources and _is_empty(entry, "sources"):
            bag.add(entry.place("sources"), "T122", id=each.id)
        for source in each.sources:
            if source not in marks and not raw.gaps.excuse(source, "sources"):
                where = raw.spot(each.place, "sources", source)
                bag.add(where, "T116", name=source, hint=did_you_mean(source, marks))
    for one in reviewed:
        entry = raw.entry(one.place)
        if "basis" in entry.values and one.sources and all(source in marks for source in one.sources):
            _basis(one, {marks[source] for source in one.sources}, entry, bag)


def _is_empty(entry: Entry, key: str) -> bool:
    node = entry.nodes.get(key)
    return isinstance(node, Listing) and not node.items


def _basis(one: Reviewed, marks: set[str], entry: Entry, bag: DiagnosticBag) -> None:
    if marks == {RECALLED} and one.basis != RECALLED:
        bag.add(entry.place("basis"), "T129", id=one.id)
    if marks != {RECALLED} and one.basis == RECALLED:
        bag.add(entry.place("basis"), "T130", id=one.id)


def _doors(protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    known = {door for locale in protocol.locales for door in locale.doors}
    if "doors" in raw.gaps.blind:
        return
    for entry, locale in zip(raw.locales, protocol.locales, strict=True):
        for door in sorted(known - set(locale.doors)):
            bag.add(entry.place("doors"), "T135", locale=locale.id, door=door)
    for rule in protocol.rules:
        _door(rule.door, raw.spot(rule.place, "door"), known, bag)
    for node in raw.dispositions.nodes.values() if raw.dispositions else ():
        for key, value in node.items if isinstance(node, Entries) else ():
            if key.text == "door" and isinstance(value, Scalar):
                _door(value.text, value.span, known, bag)


def _door(name: str, where: Span, known: Collection[str], bag: DiagnosticBag) -> None:
    if name and name not in known:
        bag.add(where, "T117", name=name, hint=did_you_mean(name, known))


def _texts(protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    doors = {door for locale in protocol.locales for door in locale.doors}
    services = _services(protocol)
    for text in people_read(raw):
        _placeholders(text, doors, raw, bag)
        plain = BRACED.sub("", text.text)
        found = PHONE.search(plain) or (services.search(plain) if services else None)
        if found:
            bag.add(text.span, "T128", text=found.group(0))
    for locale in raw.locales:
        for text in _scalars(locale.nodes.get("doors")):
            if any(each != "{by}" for each in BRACED.findall(text.text)):
                bag.add(text.span, "T146")


def _placeholders(text: Scalar, doors: Collection[str], raw: Raw, bag: DiagnosticBag) -> None:
    for braced in BRACED.findall(text.text):
        named = DOOR.fullmatch(braced)
        if FIGURE.fullmatch(braced) or (named and (named.group(1) in doors or "doors" in raw.gaps.blind)):
            continue
        if len(braced) == 1:
            bag.add(text.span, "T147", brace=braced)
        else:
            bag.add(text.span, "T127", name=braced[1:-1], hint=did_you_mean(braced[1:-1], doors))


def people_read(raw: Raw) -> Iterator[Scalar]:
    """Yield every text of the protocol that a person may read, where it stands; the words of places left out."""
    for kind, keys in READ_BY_PEOPLE.items():
        for entry in raw.lists[kind]:
            for key in keys:
                yield from _scalars(entry.nodes.get(key))
    if raw.head is not None:
        for key in HEAD_TEXTS:
            yield from _scalars(raw.head.nodes.get(key))
    if raw.dispositions is not None:
        for node in raw.dispositions.nodes.values():
            yield from _scalars(node)


def _scalars(node: Node | None) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Listing():
            for item in node.items:
                yield from _scalars(item)
        case Entries():
            for key, value in node.items:
                if key.text not in NO_TEXT:
                    yield from _scalars(value)
        case None:
            return


def _services(protocol: Protocol) -> re.Pattern[str] | None:
    """Numbers and abbreviations that places use as names of services: they must stand nowhere else.

    What the protocol's own title says is its topic, not a service.
    """
    names = (door.name for locale in protocol.locales for door in locale.doors.values())
    words = {word for name in names for word in SERVICE.findall(name)} - set(SERVICE.findall(protocol.title))
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(words))) if words else None
