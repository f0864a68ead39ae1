"""Builds the parts that hold no condition: headings, bounds, citations, effects, fixed words and places."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, cast

from triage.kernel.diagnostics import DiagnosticBag, Span, did_you_mean, nearest
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol import models
from triage.protocol.reader import Entry, entries_of, read_entry, read_id, shown
from triage.protocol.shapes import (
    ALL_LABELS,
    CARER_DOOR,
    DOOR,
    FIXED_ACTION,
    FLOOR,
    LABEL_TEXT,
    SCREEN,
    SECTION,
    STEP,
    TIMES,
    Shape,
)
from triage.protocol.source import Entries, Listing, Node, Scalar, kind_of

SOMEDAY = date(2000, 1, 1)  # stands in for a date that could not be read; the protocol is rejected anyway
Counting = Literal["hours_since", "days_since", "highest", "biggest_rise", "count_not_sure"]
Mark = Literal["read", "second_hand", "general_knowledge"]
Degrees = Literal["celsius", "fahrenheit"]


def place(span: Span) -> models.Place:
    """Return a span as part of the representation."""
    return models.Place(file=span.file, line=span.line, column=span.column)


def date_of(entry: Entry, key: str) -> date:
    """Return a date, or the stand-in if it could not be read."""
    return entry.value(key, date) or SOMEDAY


def sections(head: Entry, bag: DiagnosticBag) -> tuple[models.Section, ...]:
    """Return the protocol's headings in order."""
    node = head.nodes.get("sections")
    if node is None:
        return ()
    if not isinstance(node, Listing) or not node.items:
        bag.add(node.span, "T103", what="'sections'", wanted="a list of sections", got=kind_of(node))
        return ()
    read = [entry for item in node.items if (entry := read_entry(item, SECTION, bag)) is not None]
    seen: dict[str, Entry] = {}
    for entry in read:
        name = entry.text("id")
        if name in seen:
            bag.add(entry.place("id"), "T106", id=name, other=seen[name].place("id"))
        elif name:
            seen[name] = entry
    return tuple(
        models.Section(id=entry.text("id"), title=entry.text("title"), count_left=entry.flag("count_left"))
        for entry in read
    )


def effects(entry: Entry, bag: DiagnosticBag) -> tuple[models.Effect, ...]:
    """Return what a modifier does."""
    node = entry.nodes.get("effects")
    if node is None:
        return ()
    if not isinstance(node, Listing) or not node.items:
        bag.add(node.span, "T103", what="'effects'", wanted="a list of effects", got=kind_of(node))
        return ()
    read = (_effect(item, bag) for item in node.items)
    return tuple(effect for effect in read if effect is not None)


def _effect(node: Node, bag: DiagnosticBag) -> models.Effect | None:
    if not isinstance(node, Entries) or len(node.items) != 1:
        got = f"{len(node.items)} keys" if isinstance(node, Entries) else kind_of(node)
        bag.add(node.span, "T103", what="an effect", wanted="one of step_sooner, floor, advice", got=got)
        return None
    key, value = node.items[0]
    if key.text == "advice":
        return _advice(value, bag)
    if key.text == "step_sooner":
        bare = isinstance(value, Scalar) and not value.text  # a step for everything needs no more words
        step = None if bare else read_entry(value, STEP, bag)
        return models.Effect(kind="step_sooner", tags=step.texts("tags") if step else (), labels=labels_of(step))
    if key.text == "floor":
        floor = read_entry(value, FLOOR, bag) or Entry({}, {}, value.span)
        within = TimeFrame(floor.text("within", "now"))
        return models.Effect(kind="floor", within=within, tags=floor.texts("tags"), labels=labels_of(floor))
    bag.add(key.span, "T124", name=shown(key.text))
    return None


def _advice(node: Node, bag: DiagnosticBag) -> models.Effect | None:
    if not isinstance(node, Scalar):
        bag.add(node.span, "T103", what="'advice'", wanted="a text", got=kind_of(node))
        return None
    if not node.text.strip():
        bag.add(node.span, "T109", what="'advice'")
        return None
    return models.Effect(kind="advice", text=node.text.strip())


def labels_of(entry: Entry | None) -> tuple[Disposition, ...]:
    """Return the labels an entry is meant for; none means no limit."""
    return tuple(Disposition(label) for label in entry.texts("labels")) if entry is not None else ()


def measure(entry: Entry) -> models.Measure:
    """Return a figure worked out from answers."""
    return models.Measure(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        meaning=entry.text("meaning"),
        measure=cast(Counting, entry.text("measure", "hours_since")),
        source=entry.text("from") or None,
        against=entry.text("against") or None,
        sections=entry.texts("sections"),
        place=place(entry.span),
    )


def threshold(entry: Entry) -> models.Threshold:
    """Return a named bound."""
    return models.Threshold(
        id=entry.text("id"),
        value=entry.value("value", float) or 0.0,
        unit=entry.text("unit"),
        meaning=entry.text("meaning"),
        basis=entry.text("basis"),
        sources=entry.texts("sources"),
        since=date_of(entry, "since"),
        note=entry.text("note"),
        place=place(entry.span),
    )


def source(entry: Entry) -> models.Source:
    """Return one citation."""
    fields = {key: entry.text(key) for key in ("id", "brief", "publisher", "title", "year", "part", "where")}
    mark = cast(Mark, entry.text("mark", "read"))
    return models.Source(mark=mark, place=place(entry.span), **fields)


def carer_words(entry: Entry, shape: Shape, bag: DiagnosticBag) -> models.Wording:
    """Return the words for someone who answers for the person, by the key they stand in for."""
    node = entry.nodes.get("carer")
    read = None if node is None else read_entry(node, shape, bag)
    return {} if read is None else {key: cast(str | tuple[str, ...], read.values[key]) for key in read.values}


def term(entry: Entry) -> models.Term:
    """Return one word of the glossary."""
    return models.Term(
        id=entry.text("id"),
        words=entry.texts("words"),
        meaning=entry.text("meaning"),
        carer=entry.text("carer"),
        place=place(entry.span),
    )


def _shaped(entry: Entry, key: str, shape: Shape, bag: DiagnosticBag) -> Entry:
    """Return an inner entry, or an empty one if it is missing or no mapping."""
    node = entry.nodes.get(key)
    read = None if node is None else read_entry(node, shape, bag)
    return read or Entry({}, {}, entry.span)


def _fixed(entry: Entry, key: str, bag: DiagnosticBag) -> models.FixedAction:
    read = _shaped(entry, key, FIXED_ACTION, bag)
    return models.FixedAction(
        within=TimeFrame(read.text("within", "now")),
        door=read.text("door"),
        say=read.text("say"),
        because=read.text("because"),
        emergency=read.text("emergency"),
    )


def _text_map(entry: Entry, key: str, bag: DiagnosticBag) -> dict[str, str]:
    texts = {}
    for name, value in entries_of(entry.nodes.get(key)):
        if not isinstance(value, Scalar):
            bag.add(value.span, "T103", what=f"'{name.text}'", wanted="a text", got=kind_of(value))
        elif not value.text.strip():
            bag.add(value.span, "T109", what=f"'{name.text}'")
        texts[name.text] = value.text if isinstance(value, Scalar) else ""
    return texts


def _named(entry: Entry, key: str, known: tuple[str, ...], bag: DiagnosticBag) -> Iterator[tuple[str, Node]]:
    """Yield what stands under each known name; record what is unknown and what is missing."""
    if not isinstance(entry.nodes.get(key), Entries):
        return
    seen: dict[str | None, Span] = {}
    for name, node in entries_of(entry.nodes[key]):
        seen[name.text if name.text in known else nearest(name.text, known)] = name.span
        if name.text in known:
            yield name.text, node
        else:
            bag.add(name.span, "T101", key=shown(name.text), what=f"'{key}'", hint=did_you_mean(name.text, known))
    where = entry.place(key)
    for each in known:
        where = seen.get(each, where)
        if each not in seen:
            bag.add(where, "T102", what=f"'{key}'", key=each)


def _fixed_carer_words(entry: Entry, bag: DiagnosticBag) -> models.Wording:
    """Return the carer's words for fixed texts: a path such as `labels.self_care.lead`, and a text or a list."""
    wording: models.Wording = {}
    for name, node in entries_of(entry.nodes.get("carer")):
        listed = node.items if isinstance(node, Listing) else (node,)
        texts = tuple(each.text.strip() for each in listed if isinstance(each, Scalar) and each.text.strip())
        if len(texts) != len(listed):
            bag.add(node.span, "T103", what=f"'{name.text}'", wanted="a text or a list of texts", got=kind_of(node))
        elif not is_fixed_text(name.text, entry):
            bag.add(name.span, "T148", path=shown(name.text))
        else:
            wording[name.text] = texts if isinstance(node, Listing) else texts[0]
    return wording


def is_fixed_text(path: str, entry: Entry) -> bool:
    """Whether a path leads to a text of the dispositions; the emergency screen is named without its inner key."""
    first, *rest = path.split(".")
    node = entry.nodes.get(first)
    for step in rest:
        node = next((value for key, value in entries_of(node) if key.text == step), None)
    return node is not None


def dispositions(entry: Entry, bag: DiagnosticBag) -> models.Dispositions:
    """Return the fixed words of a protocol."""
    labels = {}
    for name, node in _named(entry, "labels", ALL_LABELS, bag):
        if (read := read_entry(node, LABEL_TEXT, bag)) is not None:
            labels[name] = models.LabelText(title=read.text("title"), lead=read.text("lead"))
    for _ in _named(entry, "times", TIMES, bag):
        continue
    screen = _shaped(entry, "emergency_screen", SCREEN, bag)
    return models.Dispositions(
        labels=labels,
        times=_text_map(entry, "times", bag),
        unfinished=_fixed(entry, "unfinished", bag),
        unsafe_doubt=_fixed(entry, "unsafe_doubt", bag),
        nothing_found=_fixed(entry, "nothing_found", bag),
        fallback=_fixed(entry, "fallback", bag),
        emergency_screen=screen.texts("text"),
        notices=_text_map(entry, "notices", bag),
        intro=entry.texts("intro"),
        stopped=entry.text("stopped"),
        carer=_fixed_carer_words(entry, bag),
    )


def locale(entry: Entry, bag: DiagnosticBag) -> models.Locale:
    """Return one place's doors, numbers and units."""
    doors = {}
    for key, node in entries_of(entry.nodes.get("doors")):
        read_id(key, bag)
        read = read_entry(node, DOOR, bag) or Entry({}, {}, node.span)
        doors[key.text] = models.Door(
            name=read.text("name"),
            title=read.text("title"),
            do=read.text("do"),
            carer=carer_words(read, CARER_DOOR, bag),
        )
    return models.Locale(
        id=entry.text("id"),
        language=entry.text("language"),
        title=entry.text("title"),
        temperature=cast(Degrees, entry.text("temperature", "celsius")),
        doors=doors,
    )
