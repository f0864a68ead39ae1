"""The words the diary reads and says, from its data file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from triage.companions.data import accept, different, known, known_sources, read_tool
from triage.kernel.diagnostics import DiagnosticBag, did_you_mean
from triage.protocol.models import Protocol
from triage.protocol.reader import Entry, entries_of, read_list
from triage.protocol.shapes import Key, Shape, optional
from triage.protocol.source import Scalar
from triage.protocol.words import forms
from triage.record.entries import KINDS, Known, Scores
from triage.record.entries import Entry as Written

TOOL = "diary"
NAMED = {"id": Key("id"), "label": Key("text"), "forms": Key("texts")}
WORD = Shape("a word of the diary", {**NAMED, "check": optional("flag")})
PLACE = Shape("a place on the body", {**NAMED, "scored": optional("flag")})
PAIR = Shape("a word for two places", {"id": Key("id"), "of": Key("texts"), "forms": Key("texts")})
CHANGE = Shape("a change", {**NAMED, "check": optional("flag"), "of": Key("word", among=("symptom", "medicine"))})
UNIT = Shape("a unit of time", {"id": Key("id"), "minutes": Key("number"), "forms": Key("texts")})
MEASURE = Shape(
    "a figure",
    {**NAMED, "unit": Key("text"), "low": Key("number"), "high": Key("number"), "check": optional("flag")},
)
WINDOWS = Shape(
    "the windows",
    {"change_days": Key("integer"), "score_now_hours": Key("integer"), "score_usual_days": Key("integer")},
)
LISTS = ("fillers", "sleep_broken", "sleep_good", "nights", "now", "usual", "note", "unsure", "measure_units")
FILE = Shape(
    "this file",
    {
        "sources": Key("texts"),
        "windows": Key("mapping"),
        "kinds": Key("shape", shape=WORD),
        "places": Key("shape", shape=PLACE),
        "pairs": Key("shape", shape=PAIR),
        "triggers": Key("shape", shape=WORD),
        "symptoms": Key("shape", shape=WORD),
        "changes": Key("shape", shape=CHANGE),
        "measures": Key("shape", shape=MEASURE),
        "units": Key("shape", shape=UNIT),
        **{name: Key("texts") for name in LISTS},
        "words": Key("mapping"),
    },
)

Labels = Mapping[str, str]
Forms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that can be written down, with its unit and what it can be at most and at least."""

    label: str
    unit: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Book:
    """What the diary knows: labels by id, and what each typed form stands for."""

    kinds: Labels
    places: Labels
    scored: tuple[str, ...]
    triggers: Labels
    symptoms: Labels
    changes: Mapping[str, Labels]
    measures: Mapping[str, Measure]
    to_check: frozenset[str]
    read_kinds: Mapping[str, str]
    read_places: Forms
    read_triggers: Forms
    read_symptoms: Forms
    read_changes: Mapping[str, Forms]
    read_measures: Forms
    units: Mapping[str, float]
    lists: Mapping[str, frozenset[str]]
    windows: Mapping[str, int]
    words: Labels

    def say(self, word: str, **details: object) -> str:
        """Return one of the diary's own sentences."""
        return self.words[word].format(**details)

    def some(self, word: str, among: Iterable[str]) -> str:
        """Return labels in a row."""
        labels = getattr(self, word)
        return ", ".join(labels.get(name, name) for name in among)

    @property
    def weekdays(self) -> tuple[str, ...]:
        """The names of the days, from Monday."""
        return forms(self.words["weekdays"])

    @property
    def known(self) -> Known:
        """What an entry may name."""
        changes = {kind: frozenset(labels) for kind, labels in self.changes.items()}
        measures = {name: (each.low, each.high) for name, each in self.measures.items()}
        return Known(frozenset(self.places), frozenset(self.triggers), frozenset(self.symptoms), changes, measures)

    def is_for_the_check(self, entry: Written) -> bool:
        """Whether the data file says that the whole check should be named beside such an entry."""
        return not self.to_check.isdisjoint((*entry.triggers, entry.change, entry.name))

    def told(self, entry: Written) -> str:
        """Return an entry in words, as it was understood.

        The same sentence answers 'triage diary add' and stands in the list.
        """
        parts = [self.kinds[entry.kind], *_PARTS[entry.kind](self, entry)]
        if entry.note:
            parts.append(self.say("noted", note=entry.note))
        return f"{', '.join(part for part in parts if part)} ({self.when(entry)})"

    def when(self, entry: Written) -> str:
        """Return the time of an entry as a person writes it."""
        return f"{entry.at:%Y-%m-%d %H:%M}"

    def scores(self, scores: Scores) -> str:
        """Return scores by place."""
        return ", ".join(self.say("limb_score", limb=self.places.get(limb, limb), score=each) for limb, each in scores)


def _spasm(book: Book, entry: Written) -> list[str]:
    parts = [book.some("places", entry.limbs), _strength(book, entry)]
    if entry.minutes is not None:
        short = 0 < entry.minutes < 1
        parts.append(book.say("seconds") if short else book.say("minutes", figure=f"{entry.minutes:g}"))
    if entry.triggers:
        parts.append(book.say("after", triggers=book.some("triggers", entry.triggers)))
    return parts


def _strength(book: Book, entry: Written) -> str:
    return "" if entry.severity is None else book.say("out_of_ten", figure=entry.severity)


def _symptom(book: Book, entry: Written) -> list[str]:
    name, change = book.symptoms.get(entry.name, entry.name), book.changes["symptom"].get(entry.change, entry.change)
    return [name, change, book.some("places", entry.limbs), _strength(book, entry)]


def _trigger(book: Book, entry: Written) -> list[str]:
    return [book.some("triggers", entry.triggers)]


def _medicine(book: Book, entry: Written) -> list[str]:
    return [entry.name, book.changes["medicine"].get(entry.change, entry.change), entry.detail]


def _sleep(book: Book, entry: Written) -> list[str]:
    if not entry.nights:
        return [book.say("nights_none")]
    return [book.say("nights_one") if entry.nights == 1 else book.say("nights_some", figure=entry.nights)]


def _score(book: Book, entry: Written) -> list[str]:
    usual = book.say("usual_scores", scores=book.scores(entry.usual)) if entry.usual else ""
    return [book.say("now_scores", scores=book.scores(entry.now)), usual]


def _measure(book: Book, entry: Written) -> list[str]:
    known = book.measures.get(entry.name, Measure(entry.name, "", 0, 0))
    return [book.say("measured", label=known.label, figure=f"{entry.value:g}", unit=known.unit).strip()]


_PARTS = {
    "spasm": _spasm,
    "symptom": _symptom,
    "trigger": _trigger,
    "medicine": _medicine,
    "sleep": _sleep,
    "score": _score,
    "measure": _measure,
}


# -------------------------------------------------------------------------------------------------------------- reading


def load(protocol: Protocol) -> Book:
    """Return the words written for a protocol. Raises ProtocolRejected with every mistake of the file."""
    bag = DiagnosticBag()
    entry = read_tool(protocol, TOOL, FILE, bag)
    lists = {name: read_list(entry.nodes.get(name), FILE.keys[name].shape or WORD, bag) for name in _TABLES}
    known_sources(entry, protocol, bag)
    _check(lists, protocol, bag)
    accept(bag)
    places, changes = lists["places"], lists["changes"]
    pairs = {form: each.texts("of") for each in lists["pairs"] for form in each.texts("forms")}
    by_kind = {kind: [each for each in changes if each.text("of") == kind] for kind in ("symptom", "medicine")}
    windows = entries_of(entry.nodes.get("windows"))
    words = entries_of(entry.nodes.get("words"))
    return Book(
        kinds=_labels(lists["kinds"]),
        places=_labels(places),
        scored=tuple(each.text("id") for each in places if each.flag("scored")),
        triggers=_labels(lists["triggers"]),
        symptoms=_labels(lists["symptoms"]),
        changes={kind: _labels(found) for kind, found in by_kind.items()},
        measures={each.text("id"): _bounds(each) for each in lists["measures"]},
        to_check=frozenset(each.text("id") for found in lists.values() for each in found if each.flag("check")),
        read_kinds={form: each.text("id") for each in lists["kinds"] for form in each.texts("forms")},
        read_places={**_forms(places), **pairs},
        read_triggers=_forms(lists["triggers"]),
        read_symptoms=_forms(lists["symptoms"]),
        read_changes={kind: _forms(found) for kind, found in by_kind.items()},
        read_measures=_forms(lists["measures"]),
        units={form: each.value("minutes", float) or 0.0 for each in lists["units"] for form in each.texts("forms")},
        lists={name: frozenset(entry.texts(name)) for name in LISTS},
        windows={key.text: int(value.text) for key, value in windows if isinstance(value, Scalar)},
        words={key.text: value.text.strip() for key, value in words if isinstance(value, Scalar)},
    )


_TABLES = ("kinds", "places", "pairs", "triggers", "symptoms", "changes", "measures", "units")


def _bounds(entry: Entry) -> Measure:
    low, high = entry.value("low", float), entry.value("high", float)
    return Measure(entry.text("label"), entry.text("unit"), low or 0.0, high or 0.0)


def _labels(entries: Sequence[Entry]) -> dict[str, str]:
    return {each.text("id"): each.text("label") for each in entries}


def _forms(entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    return {form: (each.text("id"),) for each in entries for form in each.texts("forms")}


def _check(lists: Mapping[str, Sequence[Entry]], protocol: Protocol, bag: DiagnosticBag) -> None:
    """Record names that the questions and the other lists do not have."""
    for name, entries in lists.items():
        if name != "changes":  # two kinds of entry may share a word for a change
            different(entries, bag)
    options = {question.id: [each.id for each in question.options] for question in protocol.questions}
    scored = [each for each in lists["places"] if each.flag("scored")]
    for entries, among in (
        (lists["symptoms"], options.get("symptoms", [])),
        (scored, options.get("stiffness_now", [])),
        (lists["kinds"], KINDS),
    ):
        for each in entries:
            if each.text("id") not in among:
                hint = did_you_mean(each.text("id"), among)
                bag.add(each.place("id"), "T112", sort="option", name=each.text("id"), hint=hint)
    for pair in lists["pairs"]:
        known(pair, "of", "T112", _labels(lists["places"]), bag, sort="place")
