"""The hazard log: what could harm a person, what guards against it, and what verifies each guard."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from triage.kernel.diagnostics import DiagnosticBag
from triage.kernel.errors import ProtocolRejected
from triage.protocol.models import Protocol, Rule
from triage.protocol.reader import Entry, entries_of, read_entry, read_list
from triage.protocol.shapes import Key, Shape, optional
from triage.protocol.source import Node, parse, read_text, spoilt_lines

KINDS = ("clinical", "software", "incident")
UNRATED = "not yet rated by a clinician"
RATINGS = ("severity", "likelihood", "status")

GUARD = Shape("an engine control", {"does": Key("text"), "tests": Key("texts"), "properties": optional("texts")})
CONTROLS = Shape(
    "'controls'",
    {
        "rules": Key("texts"),
        "engine": Key("texts"),
        "tests": Key("texts"),
        "properties": optional("texts"),
        "people": optional("texts"),
    },
)
HAZARD = Shape(
    "a hazard",
    {
        "id": Key("id"),
        "kind": Key("word", among=KINDS),
        "harm": Key("text"),
        "cause": Key("text"),
        **{rating: Key("text") for rating in RATINGS},
        "controls": Key("shape", shape=CONTROLS),
    },
)
LOG = Shape("the hazard log", {"engine_controls": Key("mapping"), "hazards": Key("shape", shape=HAZARD)})


@dataclass(frozen=True, slots=True)
class Guard:
    """Something the program does for everybody, with what verifies it."""

    id: str
    does: str
    tests: tuple[str, ...]
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hazard:
    """One row: the harm, how it comes about, what a clinician said of it, what guards and what verifies."""

    id: str
    kind: str
    harm: str
    cause: str
    ratings: Mapping[str, str]
    topics: tuple[str, ...]
    guards: tuple[str, ...]
    tests: tuple[str, ...]
    properties: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HazardLog:
    """The guards and the rows, in file order."""

    guards: tuple[Guard, ...]
    hazards: tuple[Hazard, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a row may name: tests as `file` or `file::test`, proved properties, whole people."""

    tests: Collection[str]
    properties: Collection[str]
    people: Collection[str]


def load(file: Path) -> HazardLog:
    """Read the log. Raises ProtocolRejected with every mistake."""
    bag = DiagnosticBag()
    text = read_text(file, file.name, bag)
    node = None if text is None or spoilt_lines(text, file.name, bag) else parse(text, file.name, bag)
    read = None if node is None else read_entry(node, LOG, bag)
    guards, hazards = ((), ()) if read is None else (_guards(read, bag), _hazards(read, bag))
    if bag.found:
        raise ProtocolRejected(bag.in_order())
    return HazardLog(guards, hazards)


def _guards(log: Entry, bag: DiagnosticBag) -> tuple[Guard, ...]:
    read = ((name.text, read_entry(node, GUARD, bag)) for name, node in entries_of(log.nodes.get("engine_controls")))
    return tuple(
        Guard(name, each.text("does"), each.texts("tests"), each.texts("properties"))
        for name, each in read
        if each is not None
    )


def _hazards(log: Entry, bag: DiagnosticBag) -> tuple[Hazard, ...]:
    return tuple(
        _hazard(each, each.nodes["controls"], bag)
        for each in read_list(log.nodes.get("hazards"), HAZARD, bag)
        if "controls" in each.nodes
    )


def _hazard(row: Entry, node: Node, bag: DiagnosticBag) -> Hazard:
    controls = read_entry(node, CONTROLS, bag) or Entry({}, {}, row.span)
    return Hazard(
        id=row.text("id"),
        kind=row.text("kind"),
        harm=row.text("harm"),
        cause=row.text("cause"),
        ratings={rating: row.text(rating) for rating in RATINGS},
        topics=controls.texts("rules"),
        guards=controls.texts("engine"),
        tests=controls.texts("tests"),
        properties=controls.texts("properties"),
        people=controls.texts("people"),
    )


def rules_of(hazard: str, protocol: Protocol) -> tuple[Rule, ...]:
    """Return the rules that guard against a hazard."""
    return tuple(rule for rule in protocol.rules if hazard in rule.hazards)


def topic_of(rule: Rule) -> str:
    """Return the file a rule stands in, without its ending."""
    return Path(rule.place.file).stem


def orphans(log: HazardLog, protocol: Protocol, known: Known) -> tuple[str, ...]:
    """Return whatever in the log guards nothing, is guarded by nothing, is verified by nothing, or does not exist."""
    return (*_names(log, protocol), *_loose_guards(log, known), *_loose_hazards(log, protocol, known))


def _names(log: HazardLog, protocol: Protocol) -> Iterator[str]:
    ids = Counter([*(each.id for each in log.guards), *(each.id for each in log.hazards)])
    yield from (f"'{name}' stands {count} times" for name, count in ids.items() if count > 1)
    logged = {each.id for each in log.hazards}
    for rule in protocol.rules:
        if not rule.hazards:
            yield f"rule '{rule.id}' names no hazard"
        yield from (
            f"rule '{rule.id}' names '{name}', which is not in the log" for name in rule.hazards if name not in logged
        )


def _loose_guards(log: HazardLog, known: Known) -> Iterator[str]:
    used = {name for each in log.hazards for name in each.guards}
    for guard in log.guards:
        if guard.id not in used:
            yield f"control '{guard.id}' is used by no hazard"
        if not guard.tests:
            yield f"control '{guard.id}' has no test"
        yield from _unknown(f"control '{guard.id}'", guard, known)
    for name in sorted(used - {guard.id for guard in log.guards}):
        yield f"control '{name}' is used and not described"


def _loose_hazards(log: HazardLog, protocol: Protocol, known: Known) -> Iterator[str]:
    for row in log.hazards:
        named = {topic_of(rule) for rule in rules_of(row.id, protocol)}
        if not named and not row.guards:
            yield f"hazard '{row.id}' is guarded by no rule and no control"
        if not (row.tests or row.properties):
            yield f"hazard '{row.id}' is verified by no test and no property"
        if row.kind == "incident" and not (row.people or any("::" in test for test in row.tests)):
            yield f"hazard '{row.id}' is a pattern of incidents with no scenario"
        if sorted(row.topics) != sorted(named):
            yield f"hazard '{row.id}' lists rules of {sorted(row.topics)}; those that name it are in {sorted(named)}"
        yield from (
            f"hazard '{row.id}' names nobody called '{name}'" for name in row.people if name not in known.people
        )
        yield from _unknown(f"hazard '{row.id}'", row, known)


def _unknown(what: str, entry: Guard | Hazard, known: Known) -> Iterator[str]:
    yield from (
        f"{what} names the test '{name}', which is not there" for name in entry.tests if name not in known.tests
    )
    for name in entry.properties:
        if name not in known.properties:
            yield f"{what} names the property '{name}', which nothing proves"
