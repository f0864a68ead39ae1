"""The data that tells kinds of spasm apart: questions, kinds, causes, and what each answer says to the protocol."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from triage.companions.data import accept, different, known, known_sources, read_tool, words
from triage.decision.intake import read_answer
from triage.kernel.answers import Word
from triage.kernel.diagnostics import DiagnosticBag, did_you_mean
from triage.kernel.errors import BadInput
from triage.protocol.conditions import Condition
from triage.protocol.models import Protocol, Question
from triage.protocol.reader import Entry, entries_of, read_entry, read_list
from triage.protocol.shapes import Key, Shape, optional
from triage.protocol.source import Listing, Node, Scalar
from triage.protocol.vocabulary import Vocabulary, read_condition

TOOL = "spasm_kind"
NONE = "none"
WORDS = (
    "title none not_sure no_danger flags flags_no_ms what_fits could_be nothing_fits clue how_sure about causes "
    "cause_named causes_first checks at_visit next sources check"
)

OPTION = Shape("an option", {"label": Key("text"), "means": optional("mapping")})
QUESTION = Shape(
    "a question",
    {
        "id": Key("id"),
        "ask": Key("text"),
        "help": optional("text"),
        "several": optional("flag"),
        "none": optional("flag"),
        "danger": optional("flag"),
        "scope": optional("flag"),
        "when": optional("condition"),
        "also": optional("mapping"),
        "options": Key("mapping"),
        "in_doubt": optional("mapping"),
    },
)
LINE = Shape(
    "a line", {"brief": Key("texts"), "text": Key("text"), "sources": Key("texts"), "doubts": optional("texts")}
)
KIND = Shape(
    "a kind",
    {
        "id": Key("id"),
        "brief": Key("texts"),
        "name": Key("text"),
        "text": Key("text"),
        "fits": optional("condition"),
        "could": optional("condition"),
        "sources": Key("texts"),
        "doubts": optional("texts"),
    },
)
CAUSES = Shape(
    "a group of causes",
    {
        "id": Key("id"),
        "brief": Key("texts"),
        "name": Key("text"),
        "named": optional("condition"),
        "kinds": Key("texts"),
        "items": Key("texts"),
        "checks": Key("text"),
        "sources": Key("texts"),
        "doubts": optional("texts"),
    },
)
FILE = Shape(
    "this file",
    {
        "words": Key("mapping"),
        "opening": Key("texts"),
        "questions": Key("shape"),
        "kinds": Key("shape"),
        "about": Key("shape"),
        "causes": Key("shape"),
        "visit": Key("shape"),
        "next": Key("shape"),
    },
)

Said = Mapping[str, tuple[str, ...]]  # option ids by question; `none` or `not_sure` stand alone
Means = Mapping[str, tuple[str, ...]]  # raw answers to the protocol's questions


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of this tool; `options` are labels by id, `means` what each option says to the protocol.

    A `danger` question lists danger signs; a `scope` question asks whether the check is made for this person.
    """

    id: str
    ask: str
    help: str
    several: bool
    none: bool
    danger: bool
    scope: bool
    when: Condition | None
    options: Mapping[str, str]
    means: Mapping[str, Means]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or two with its rows of the brief and its sources."""

    brief: tuple[str, ...]
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of spasm: its clues, when it fits best, and when it could also be."""

    id: str
    brief: tuple[str, ...]
    name: str
    text: str
    fits: Condition | None
    could: Condition | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Causes:
    """One group of causes other than MS, the kinds it goes with, and what a clinician would check.

    `named` holds if the person's own answers name it; it then stands first.
    """

    id: str
    brief: tuple[str, ...]
    name: str
    named: Condition | None
    kinds: tuple[str, ...]
    items: tuple[str, ...]
    checks: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything the file holds."""

    words: Mapping[str, str]
    opening: tuple[str, ...]
    questions: tuple[Asked, ...]
    kinds: tuple[Kind, ...]
    about: tuple[Line, ...]
    causes: tuple[Causes, ...]
    visit: tuple[Line, ...]
    next: tuple[Line, ...]


def load(protocol: Protocol) -> Decision:
    """Read the decision. Raises BadInput if there is none and ProtocolRejected with every mistake."""
    bag = DiagnosticBag()
    entry = read_tool(protocol, TOOL, FILE, bag)
    asked = read_list(entry.nodes.get("questions"), QUESTION, bag)
    names = _vocabulary(asked)
    kinds = read_list(entry.nodes.get("kinds"), KIND, bag)
    causes = read_list(entry.nodes.get("causes"), CAUSES, bag)
    lines = {key: read_list(entry.nodes.get(key), LINE, bag) for key in ("about", "visit", "next")}
    different((*asked, *kinds, *causes), bag)
    for each in (*kinds, *causes, *(line for group in lines.values() for line in group)):
        known_sources(each, protocol, bag)
    for each in causes:
        known(each, "kinds", "T112", (kind.text("id") for kind in kinds), bag, sort="kind")
    held = Decision(
        words=words(entry, WORDS, bag),
        opening=entry.texts("opening"),
        questions=tuple(_question(each, names, protocol, bag) for each in asked),
        kinds=tuple(_kind(each, names, bag) for each in kinds),
        about=_lines(lines["about"]),
        causes=tuple(_causes(each, names, bag) for each in causes),
        visit=_lines(lines["visit"]),
        next=_lines(lines["next"]),
    )
    accept(bag)
    return held


def _vocabulary(asked: Sequence[Entry]) -> Vocabulary:
    options = {}
    for each in asked:
        given = {name.text for name, _ in entries_of(each.nodes.get("options"))}
        options[each.text("id")] = frozenset(given | ({NONE} if each.flag("none") else set()))
    kinds = {each.text("id"): "many" if each.flag("several") else "choice" for each in asked}
    return Vocabulary(kinds=kinds, options=options, measures=frozenset(), thresholds={}, findings=frozenset())


def _question(entry: Entry, names: Vocabulary, protocol: Protocol, bag: DiagnosticBag) -> Asked:
    labels, means = {}, {}
    also = _means(entry.nodes.get("also"), protocol, bag)
    for name, node in entries_of(entry.nodes.get("options")):
        option = read_entry(node, OPTION, bag)
        if option is not None:
            labels[name.text] = option.text("label")
            means[name.text] = {**also, **_means(option.nodes.get("means"), protocol, bag)}
    means[Word.NOT_SURE.value] = {**also, **_means(entry.nodes.get("in_doubt"), protocol, bag)}
    return Asked(
        id=entry.text("id"),
        ask=entry.text("ask"),
        help=entry.text("help"),
        several=entry.flag("several"),
        none=entry.flag("none"),
        danger=entry.flag("danger"),
        scope=entry.flag("scope"),
        when=_condition(entry, "when", names, bag),
        options=labels,
        means=means,
    )


def _means(node: Node | None, protocol: Protocol, bag: DiagnosticBag) -> dict[str, tuple[str, ...]]:
    """Return what an answer says to the protocol, after trying it on each of its questions."""
    questions = {question.id: question for question in protocol.questions}
    means: dict[str, tuple[str, ...]] = {}
    for name, value in entries_of(node):
        listed = value.items if isinstance(value, Listing) else (value,)
        texts = tuple(item.text for item in listed if isinstance(item, Scalar))
        if name.text not in questions:
            bag.add(name.span, "T112", sort="question", name=name.text, hint=did_you_mean(name.text, questions))
        elif _usable(questions[name.text], texts, value, bag):
            means[name.text] = texts
    return means


def _usable(question: Question, texts: tuple[str, ...], node: Node, bag: DiagnosticBag) -> bool:
    try:
        read_answer(question, texts[0] if len(texts) == 1 else list(texts), datetime.fromtimestamp(0, UTC))
    except BadInput as error:
        bag.add(node.span, "T160", id=question.id, why=error)
        return False
    return True


def _condition(entry: Entry, key: str, names: Vocabulary, bag: DiagnosticBag) -> Condition | None:
    node = entry.nodes.get(key)
    return None if node is None else read_condition(node, names, bag)


def _kind(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> Kind:
    fits, could = _condition(entry, "fits", names, bag), _condition(entry, "could", names, bag)
    name, text = entry.text("name"), entry.text("text")
    return Kind(entry.text("id"), entry.texts("brief"), name, text, fits, could, entry.texts("sources"))


def _causes(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> Causes:
    return Causes(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        name=entry.text("name"),
        named=_condition(entry, "named", names, bag),
        kinds=entry.texts("kinds"),
        items=entry.texts("items"),
        checks=entry.text("checks"),
        sources=entry.texts("sources"),
    )


def _lines(entries: Sequence[Entry]) -> tuple[Line, ...]:
    return tuple(Line(each.texts("brief"), each.text("text"), each.texts("sources")) for each in entries)
