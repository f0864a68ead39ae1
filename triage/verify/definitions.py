"""One person under each published definition of a relapse, and which choice of the definitions moves the result.

The definitions are data, in rules/definitions; nothing here decides what a person is told to do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, cast

from triage.decision.evidence import Evidence
from triage.engines.base import OPEN, Sheet, Valuation
from triage.engines.sheet import sheet_of
from triage.kernel.answers import Answer
from triage.kernel.diagnostics import DiagnosticBag, Span, did_you_mean
from triage.kernel.errors import BadInput, ProtocolRejected
from triage.kernel.truth import UNKNOWN, YES, Truth, all_of
from triage.protocol.conditions import Chosen, Compare, Condition, Named, Unknown, leaves
from triage.protocol.library import HOMES
from triage.protocol.models import Protocol
from triage.protocol.reader import Entry, entries_of, read_entry, read_list
from triage.protocol.shapes import Key, Shape, optional
from triage.protocol.source import Scalar, parse, read_text, spoilt_lines
from triage.protocol.vocabulary import Vocabulary, read_condition

FOLDER = "definitions"
Kind = Literal["relapse", "signs", "opposite"]

CRITERION = Shape("a criterion", {"says": Key("text"), "choice": optional("id"), "when": Key("condition")})
DEFINITION = Shape(
    "a definition",
    {
        "id": Key("id"),
        "brief": Key("texts"),
        "name": Key("text"),
        "kind": Key("word", among=("relapse", "signs", "opposite")),
        "sources": Key("texts"),
        "note": optional("text"),
        "criteria": Key("shape", shape=CRITERION),
    },
)
NOT_HELD = Shape("a definition we do not hold", {"name": Key("text"), "why": Key("text")})
FILE = Shape(
    "this file",
    {
        "intro": Key("texts"),
        "choices": Key("mapping"),
        "definitions": Key("shape", shape=DEFINITION),
        "not_held": Key("shape", shape=NOT_HELD),
    },
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing a definition asks for; `choice` names what other definitions settle differently."""

    says: str
    when: Condition
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A published definition with its sources."""

    id: str
    name: str
    kind: Kind
    sources: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything one file holds; `not_held` names definitions whose words we do not have, and why."""

    intro: tuple[str, ...]
    choices: Mapping[str, str]
    definitions: tuple[Definition, ...]
    not_held: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A criterion for one person: the answers that decided it, and the questions that were not answered."""

    criterion: Criterion
    truth: Truth
    answers: Mapping[str, Answer]
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A definition for one person: met, not met, or open."""

    definition: Definition
    criteria: tuple[Checked, ...]

    @property
    def truth(self) -> Truth:
        """Whether every criterion holds."""
        return all_of(each.truth for each in self.criteria)


@dataclass(frozen=True, slots=True)
class Move:
    """One definition with one choice settled as another definition does, or left out: `says` is empty then."""

    definition: Definition
    choice: str
    says: str
    before: Truth
    after: Truth


def load(protocol: Protocol, homes: Sequence[Path] = HOMES) -> Definitions:
    """Return the definitions written for a protocol.

    Raises BadInput if there are none and ProtocolRejected with every mistake of the file.
    """
    files = [home / FOLDER / f"{protocol.id}.yaml" for home in homes]
    found = next((file for file in files if file.is_file()), None)
    if found is None:
        raise BadInput(f"no definitions are written for the protocol '{protocol.id}'")
    bag = DiagnosticBag()
    read = _read(found, protocol, bag)
    if read is None or bag.has_errors:
        raise ProtocolRejected(bag.in_order())
    return read


def _read(file: Path, protocol: Protocol, bag: DiagnosticBag) -> Definitions | None:
    name = f"{FOLDER}/{file.name}"
    text = read_text(file, name, bag)
    node = None if text is None or spoilt_lines(text, name, bag) else parse(text, name, bag)
    entry = None if node is None else read_entry(node, FILE, bag)
    if entry is None:
        return None
    pairs = entries_of(entry.nodes.get("choices"))
    choices = {key.text: value.text for key, value in pairs if isinstance(value, Scalar)}
    words = _vocabulary(protocol)
    defined = read_list(entry.nodes.get("definitions"), DEFINITION, bag)
    missing = read_list(entry.nodes.get("not_held"), NOT_HELD, bag)
    return Definitions(
        entry.texts("intro"),
        choices,
        tuple(_definition(each, choices, words, protocol, bag) for each in defined),
        tuple((each.text("name"), each.text("why")) for each in missing),
    )


def _vocabulary(protocol: Protocol) -> Vocabulary:
    return Vocabulary(
        kinds={question.id: question.kind for question in protocol.questions},
        options={question.id: frozenset(each.id for each in question.options) for question in protocol.questions},
        measures=frozenset(measure.id for measure in protocol.measures),
        thresholds={threshold.id: threshold.value for threshold in protocol.thresholds},
        findings=frozenset(finding.id for finding in protocol.findings),
    )


def _definition(
    entry: Entry, choices: Mapping[str, str], words: Vocabulary, protocol: Protocol, bag: DiagnosticBag
) -> Definition:
    criteria = []
    for each in read_list(entry.nodes.get("criteria"), CRITERION, bag):
        _known(each.text("choice"), choices, "choice", each.place("choice"), bag)
        node = each.nodes.get("when")
        if node is not None:
            criteria.append(Criterion(each.text("says"), read_condition(node, words, bag), each.text("choice")))
    for name in entry.texts("sources"):
        _known(name, [source.id for source in protocol.sources], "source", entry.place("sources"), bag)
    kind = cast(Kind, entry.text("kind", "relapse"))
    return Definition(
        entry.text("id"), entry.text("name"), kind, entry.texts("sources"), tuple(criteria), entry.text("note")
    )


def _known(name: str, among: Sequence[str] | Mapping[str, str], sort: str, place: Span, bag: DiagnosticBag) -> None:
    if name and name not in among:
        bag.add(place, "T112", sort=sort, name=name, hint=did_you_mean(name, among))


def verdicts(held: Definitions, protocol: Protocol, answers: Mapping[str, Answer], at: datetime) -> tuple[Verdict, ...]:
    """Return what each definition makes of the answers; a doubt stays a doubt."""
    sheet = sheet_of(protocol, answers, at, Valuation.IN_DOUBT)
    evidence = Evidence(protocol, sheet, answers)
    return tuple(
        Verdict(each, tuple(_checked(one, protocol, sheet, evidence, answers) for one in each.criteria))
        for each in held.definitions
    )


def _checked(
    criterion: Criterion, protocol: Protocol, sheet: Sheet, evidence: Evidence, answers: Mapping[str, Answer]
) -> Checked:
    truth = evidence.truth(criterion.when)
    decided = evidence.of(criterion.when)
    behind = _behind(criterion.when, protocol) if truth is UNKNOWN else ()
    unanswered = tuple(name for name in behind if sheet.readings.get(name, OPEN).open and name not in answers)
    return Checked(criterion, truth, {name: answers[name] for name in decided}, unanswered)


def _behind(condition: Condition, protocol: Protocol) -> tuple[str, ...]:
    """Return the questions a condition rests on, through its findings and measures, in the order of the protocol."""
    findings = {finding.id: finding.when for finding in protocol.findings}
    sources = {each.id: (each.source, each.against) for each in protocol.measures}

    def names(part: Condition) -> Iterator[str | None]:
        for leaf in leaves(part):
            match leaf:
                case Named():
                    yield from names(findings[leaf.finding])
                case Chosen():
                    yield leaf.question
                case Compare() | Unknown():
                    yield from sources.get(leaf.subject, (leaf.subject,))

    found = set(names(condition))
    return tuple(question.id for question in protocol.questions if question.id in found)


def moves(held: Definitions, found: Sequence[Verdict]) -> tuple[Move, ...]:
    """Return every definition of a relapse whose result turns when one choice is settled as another one settles it.

    Each is worked out from the same answers: the definition without its own criteria of that choice, and with the
    other's, or with none.
    """
    relapses = [verdict for verdict in found if verdict.definition.kind == "relapse"]
    turned = []
    for choice in held.choices:
        ways = _ways(choice, relapses)
        for verdict in relapses:
            rest = [each.truth for each in verdict.criteria if each.criterion.choice != choice]
            for says, truth in ways.items():
                after = all_of([*rest, truth])
                if after is not verdict.truth:
                    turned.append(Move(verdict.definition, choice, says, verdict.truth, after))
    return tuple(turned)


def _ways(choice: str, relapses: Sequence[Verdict]) -> dict[str, Truth]:
    """Return each way in which a choice is settled, by its sentence, with its truth; an empty one leaves it out."""
    found = {"": YES}
    for verdict in relapses:
        own = [each for each in verdict.criteria if each.criterion.choice == choice]
        if own:
            found[" ".join(each.criterion.says for each in own)] = all_of(each.truth for each in own)
    return found
