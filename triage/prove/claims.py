"""What one protocol claims beyond what every protocol must hold: its hazards, exceptions and pairs, from one file."""

from dataclasses import dataclass
from pathlib import Path

from triage.kernel.diagnostics import DiagnosticBag, Span
from triage.kernel.errors import ProtocolRejected
from triage.protocol.conditions import Condition
from triage.protocol.models import Protocol
from triage.protocol.reader import Entry, read_entry, read_list
from triage.protocol.shapes import Key, Shape, optional
from triage.protocol.source import Listing, Node, parse, read_text, spoilt_lines
from triage.protocol.vocabulary import Vocabulary, read_condition
from triage.prove.planting import CHANGES, KINDS, Fault

FOLDER = "proofs"  # beside the protocols' folders

HAZARD = Shape("a hazard", {"id": Key("id"), "says": Key("text"), "when": Key("condition"), "brief": Key("texts")})
ENDING = Shape("an ending", {"says": Key("text"), "for": Key("condition"), "only_if": Key("condition")})
ASKED = Shape("a question to ask", {"questions": Key("texts"), "when": optional("condition"), "why": Key("text")})
INFECTION = Shape("'infection'", {"questions": Key("texts"), "none": Key("condition")})
APART = Shape("a prohibition", {"advice": Key("texts"), "never_when": optional("condition"), "why": Key("text")})
LOWERS = Shape(
    "an exception",
    {
        "question": Key("id"),
        "options": Key("texts"),
        "rules": optional("texts"),
        "when": optional("condition"),
        "then": optional("condition"),
        "why": Key("text"),
    },
)
MARKED = Shape("a marked rule", {"rule": Key("id"), "by": Key("texts"), "why": Key("text")})
FAULT = Shape(
    "a fault",
    {
        "id": Key("id"),
        "kind": Key("word", among=KINDS),
        "entry": Key("id"),
        "change": Key("word", among=CHANGES),
        "of": optional("id"),
        "old": optional("number"),
        "new": optional("number"),
        "options": optional("texts"),
        "part": optional("condition"),
        "to": optional("id"),
    },
)
CLAIMS = Shape(
    "the claims",
    {
        "hazards": Key("shape", shape=HAZARD),
        "dangers": optional("texts"),
        "asked": optional("shape", shape=ASKED),
        "calm_endings": optional("shape", shape=ENDING),
        "infection": optional("shape", shape=INFECTION),
        "advice_apart": optional("shape", shape=APART),
        "may_lower": optional("shape", shape=LOWERS),
        "accompanied": optional("shape", shape=MARKED),
        "subsumed": optional("shape", shape=MARKED),
        "faults": optional("shape", shape=FAULT),
    },
)


@dataclass(frozen=True, slots=True)
class Hazard:
    """Answers that are an emergency whatever else is answered."""

    id: str
    says: str
    when: Condition
    brief: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """People who may be told self-care only under a condition."""

    says: str
    those: Condition
    only_if: Condition


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions that are asked of everybody, or of everybody for whom a condition holds."""

    questions: tuple[str, ...]
    when: Condition | None
    why: str


@dataclass(frozen=True, slots=True)
class Infection:
    """The questions that tell of an infection, and the condition that there is none."""

    questions: tuple[str, ...]
    none: Condition


@dataclass(frozen=True, slots=True)
class Apart:
    """Advice blocks that never stand together, or never under a condition."""

    advice: tuple[str, ...]
    never_when: Condition | None
    why: str


@dataclass(frozen=True, slots=True)
class Excuse:
    """An answer that may lower, but only if one of these rules or a condition held before it, or one holds then."""

    question: str
    options: tuple[str, ...]
    rules: tuple[str, ...]
    when: Condition | None
    then: Condition | None
    why: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What is claimed; an exception stands with its reason in the file."""

    hazards: tuple[Hazard, ...] = ()
    dangers: frozenset[str] = frozenset()
    asked: tuple[Asked, ...] = ()
    endings: tuple[Ending, ...] = ()
    infection: Infection | None = None
    apart: tuple[Apart, ...] = ()
    may_lower: tuple[Excuse, ...] = ()
    accompanied: frozenset[str] = frozenset()
    subsumed: frozenset[tuple[str, str]] = frozenset()
    faults: tuple[Fault, ...] = ()


def file_of(folder: Path) -> Path:
    """Return where the claims of a protocol folder stand."""
    return folder.resolve().parent / FOLDER / f"{folder.resolve().name}.yaml"


def load(file: Path, protocol: Protocol) -> Claims:
    """Read the claims about a protocol; without a file there are none. Raises ProtocolRejected with every mistake."""
    if not file.exists():
        return Claims()
    bag = DiagnosticBag()
    text = read_text(file, file.name, bag)
    node = None if text is None or spoilt_lines(text, file.name, bag) else parse(text, file.name, bag)
    read = None if node is None else read_entry(node, CLAIMS, bag)
    found = Claims() if read is None else _claims(read, _vocabulary(protocol), bag)
    _known(found, protocol, Span(file.name, 1, 1), bag)
    if bag.found:
        raise ProtocolRejected(bag.in_order())
    return found


def _vocabulary(protocol: Protocol) -> Vocabulary:
    return Vocabulary(
        kinds={each.id: each.kind for each in protocol.questions},
        options={each.id: frozenset(option.id for option in each.options) for each in protocol.questions},
        measures=frozenset(each.id for each in protocol.measures),
        thresholds={each.id: each.value for each in protocol.thresholds},
        findings=frozenset(each.id for each in protocol.findings),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the lists of the file; mistakes go into the bag."""

    read: Entry
    names: Vocabulary
    bag: DiagnosticBag

    def entries(self, key: str, shape: Shape) -> list[Entry]:
        """Return the entries of one list that have all they need."""
        found = read_list(_listing(self.read.nodes.get(key)), shape, self.bag)
        return [each for each in found if all(name in each.nodes for name, key in shape.keys.items() if key.required)]

    def condition(self, entry: Entry, key: str) -> Condition:
        """Return a condition that must be there."""
        return read_condition(entry.nodes[key], self.names, self.bag)

    def optionally(self, entry: Entry, key: str) -> Condition | None:
        """Return a condition that may be left out."""
        return self.condition(entry, key) if key in entry.nodes else None

    def hazard(self, each: Entry) -> Hazard:
        return Hazard(each.text("id"), each.text("says"), self.condition(each, "when"), each.texts("brief"))

    def asked(self, each: Entry) -> Asked:
        return Asked(each.texts("questions"), self.optionally(each, "when"), each.text("why"))

    def ending(self, each: Entry) -> Ending:
        return Ending(each.text("says"), self.condition(each, "for"), self.condition(each, "only_if"))

    def apart(self, each: Entry) -> Apart:
        return Apart(each.texts("advice"), self.optionally(each, "never_when"), each.text("why"))

    def infection(self) -> Infection | None:
        node = self.read.nodes.get("infection")
        told = None if node is None else read_entry(node, INFECTION, self.bag)
        if told is None or "none" not in told.nodes:
            return None
        return Infection(told.texts("questions"), self.condition(told, "none"))

    def excuse(self, each: Entry) -> Excuse:
        before, then = self.optionally(each, "when"), self.optionally(each, "then")
        return Excuse(each.text("question"), each.texts("options"), each.texts("rules"), before, then, each.text("why"))

    def fault(self, each: Entry) -> Fault:
        return Fault(
            each.text("id"),
            each.text("kind"),
            each.text("entry"),
            each.text("change"),
            of=each.text("of"),
            old=each.value("old", float) or 0.0,
            new=each.value("new", float) or 0.0,
            options=each.texts("options"),
            part=self.optionally(each, "part"),
            to=each.text("to"),
        )


def _claims(read: Entry, names: Vocabulary, bag: DiagnosticBag) -> Claims:
    reader = _Reader(read, names, bag)
    subsumed = [(each.text("rule"), each.texts("by")) for each in reader.entries("subsumed", MARKED)]
    return Claims(
        hazards=tuple(map(reader.hazard, reader.entries("hazards", HAZARD))),
        dangers=frozenset(read.texts("dangers")),
        asked=tuple(map(reader.asked, reader.entries("asked", ASKED))),
        endings=tuple(map(reader.ending, reader.entries("calm_endings", ENDING))),
        infection=reader.infection(),
        apart=tuple(map(reader.apart, reader.entries("advice_apart", APART))),
        may_lower=tuple(map(reader.excuse, reader.entries("may_lower", LOWERS))),
        accompanied=frozenset(each.text("rule") for each in reader.entries("accompanied", MARKED)),
        subsumed=frozenset((rule, other) for rule, others in subsumed for other in others),
        faults=tuple(map(reader.fault, reader.entries("faults", FAULT))),
    )


def _listing(node: Node | None) -> Node | None:
    return node if node is None or isinstance(node, Listing) else Listing((node,), node.span)


def _known(found: Claims, protocol: Protocol, place: Span, bag: DiagnosticBag) -> None:
    """Record every rule, advice block or question that the claims name and the protocol has not."""
    rules, blocks = {each.id for each in protocol.rules}, {each.id for each in protocol.advice}
    questions = {each.id for each in protocol.questions}
    named = [("rule", name, rules) for name in found.accompanied | {each for pair in found.subsumed for each in pair}]
    named += [("advice block", name, blocks) for each in found.apart for name in each.advice]
    named += [("question", each.question, questions) for each in found.may_lower]
    named += [("question", name, questions) for name in found.dangers]
    named += [("question", name, questions) for each in found.asked for name in each.questions]
    named += [("rule", name, rules) for each in found.may_lower for name in each.rules]
    named += [("question", name, questions) for name in (found.infection.questions if found.infection else ())]
    for sort, name, known in sorted(named, key=lambda each: each[:2]):
        if name not in known:
            bag.add(place, "T112", sort=sort, name=name, hint="")
