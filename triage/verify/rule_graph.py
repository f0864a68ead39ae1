"""What each rule reads, as a picture: questions to measures and findings to rules to labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import BadInput
from triage.kernel.scale import Disposition
from triage.protocol.graph import depths, edges
from triage.protocol.models import Protocol, Rule
from triage.protocol.texts import NEUTRAL, fill, locale_of

NOTICE = "This picture is about the protocol, not the medicine."
Kind = Literal["question", "measure", "finding", "rule", "label"]
HEADINGS: Mapping[Kind, str] = {
    "question": "Questions",
    "measure": "Measures",
    "finding": "Findings",
    "rule": "Rules",
    "label": "Results",
}
# What Mermaid would read as its own: the end of a text, the start of an entity, of a tag, of a Markdown text.
MERMAID_ENTITIES = str.maketrans(
    {'"': "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\\": "#92;", "\n": " "}
)


@dataclass(frozen=True, slots=True)
class Box:
    """One thing of the picture; `column` counts from the questions at 0. `label` names the result of a rule."""

    name: str
    kind: Kind
    id: str
    text: str
    column: int
    label: Disposition | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The boxes in the order of the protocol, and the arrows from what is read to what reads it."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[tuple[str, str], ...]

    @property
    def columns(self) -> int:
        """How many columns of boxes there are."""
        return 1 + max((box.column for box in self.boxes), default=0)

    def read_by(self) -> dict[str, list[str]]:
        """Return for each box what it reads."""
        found: dict[str, list[str]] = {box.name: [] for box in self.boxes}
        for read, reader in self.arrows:
            found[reader].append(read)
        return found


def topics(protocol: Protocol) -> dict[str, tuple[Rule, ...]]:
    """Return the rules by topic: the name of the file they stand in."""
    found: dict[str, list[Rule]] = {}
    for rule in protocol.rules:
        found.setdefault(PurePosixPath(rule.place.file).stem, []).append(rule)
    return {topic: tuple(rules) for topic, rules in found.items()}


def rules_of(protocol: Protocol, what: str | None) -> tuple[Rule, ...]:
    """Return the rules of a topic, one rule by its id or brief code, or all rules. Raises BadInput."""
    if what is None:
        return protocol.rules
    by_topic = topics(protocol)
    one = tuple(rule for rule in protocol.rules if what in (rule.id, *rule.brief))
    if what not in by_topic and not one:
        hint = did_you_mean(what, [*by_topic, *(rule.id for rule in protocol.rules)])
        raise BadInput(f"no topic or rule '{what[:40]}'{hint}; topics: {', '.join(by_topic)}")
    return by_topic.get(what, one)


def picture(protocol: Protocol, what: str | None = None) -> Picture:
    """Return what the rules of a topic, one rule, or all rules read. Raises BadInput if there is no such topic."""
    rules = rules_of(protocol, what)
    graph = _reads(protocol, rules)
    columns = _columns(graph, rules, depths(protocol))
    boxes = tuple(box for box in _boxes(protocol, rules, columns) if box.name in columns)
    order = {box.name: number for number, box in enumerate(boxes)}
    arrows = [(read, reader) for reader, names in graph.items() for read in names]
    arrows += [(f"rule:{rule.id}", f"label:{rule.then.value}") for rule in rules]
    subject = "every rule" if what is None else f"the rule {what}" if len(rules) == 1 else f"the topic {what}"
    title = f"What {subject} of protocol {protocol.id} {protocol.version} reads"
    return Picture(title, boxes, tuple(sorted(arrows, key=lambda arrow: (order[arrow[0]], order[arrow[1]]))))


def pictures(protocol: Protocol, what: str | None = None) -> tuple[Picture, ...]:
    """Return one picture for each topic, or the one that was asked for. Raises BadInput if there is no such topic."""
    return tuple(picture(protocol, topic) for topic in topics(protocol)) if what is None else (picture(protocol, what),)


def _reads(protocol: Protocol, rules: Sequence[Rule]) -> dict[str, frozenset[str]]:
    """Return what the rules read, and what that reads, down to the questions; who is asked what is left out."""
    graph = edges(protocol)
    asked = {f"subject:{question.id}" for question in protocol.questions}
    found: dict[str, frozenset[str]] = {}
    waiting = [f"rule:{rule.id}" for rule in rules]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = frozenset() if name in asked else graph[name]
            waiting += sorted(found[name])
    return found


def _columns(graph: Mapping[str, frozenset[str]], rules: Sequence[Rule], deep: Mapping[str, int]) -> dict[str, int]:
    """Return the column of each box: one more than the furthest it reads; all rules share one, and so do labels."""
    columns: dict[str, int] = {}
    for name in sorted(graph, key=lambda each: deep.get(each, 0)):
        if not name.startswith("rule:"):
            columns[name] = 1 + max((columns.get(read, 0) for read in graph[name]), default=-1)
    last = 1 + max(columns.values(), default=-1)
    columns |= {f"rule:{rule.id}": last for rule in rules}
    return columns | {f"label:{rule.then.value}": last + 1 for rule in rules}


def _boxes(protocol: Protocol, rules: Sequence[Rule], columns: Mapping[str, int]) -> Iterable[Box]:
    place = locale_of(protocol, NEUTRAL)
    for question in protocol.questions:
        name = f"subject:{question.id}"
        yield Box(name, "question", question.id, fill(question.ask, place), columns.get(name, 0))
    for measure in protocol.measures:
        name = f"subject:{measure.id}"
        yield Box(name, "measure", measure.id, measure.meaning, columns.get(name, 0))
    for finding in protocol.findings:
        name = f"finding:{finding.id}"
        yield Box(name, "finding", finding.id, fill(finding.meaning, place), columns.get(name, 0))
    for rule in sorted(rules, key=lambda each: (-each.then.rank, each.within.rank)):
        name = f"rule:{rule.id}"
        text = f"{fill(rule.title, place)} ({label_words(rule.then)}, {rule.within.value.replace('_', ' ')})"
        yield Box(name, "rule", rule.id, text, columns[name], rule.then)
    for label in sorted({rule.then for rule in rules}, key=lambda each: -each.rank):
        name = f"label:{label.value}"
        yield Box(name, "label", label.value, label_words(label), columns[name], label)


def label_words(label: Disposition) -> str:
    """Return a label as words: 'possible relapse'."""
    return label.value.replace("_", " ")


def as_mermaid(shown: Picture) -> str:
    """Return the picture as a Mermaid flow chart."""
    ids = {box.name: f"{box.kind}_{box.id}" for box in shown.boxes}
    lines = ["flowchart LR", f"  accTitle: {_quoted(shown.title)}", f"  accDescr: {_quoted(NOTICE)}"]
    for kind, heading in HEADINGS.items():
        inside = [box for box in shown.boxes if box.kind == kind]
        if inside:
            lines += [f'  subgraph all_{kind}s["{heading}"]', *(f"    {_node(box, ids)}" for box in inside), "  end"]
    lines += [f"  {ids[read]} --> {ids[reader]}" for read, reader in shown.arrows]
    return "\n".join(lines)


def _node(box: Box, ids: Mapping[str, str]) -> str:
    opened, closed = {"question": ("([", "])"), "rule": ("[", "]"), "label": ("{{", "}}")}.get(box.kind, ("(", ")"))
    return f'{ids[box.name]}{opened}"{_quoted(box.text)}"{closed}'


def _quoted(text: str) -> str:
    return text.translate(MERMAID_ENTITIES)


def as_text(shown: Picture) -> str:
    """Return the picture as an outline: each rule, and under it what it reads, down to the questions."""
    boxes = {box.name: box for box in shown.boxes}
    reads, told = shown.read_by(), set[str]()
    lines = [f"{shown.title}.", NOTICE, _counted(shown)]
    for rule in (box for box in shown.boxes if box.kind == "rule"):
        lines += ["", f"Rule {rule.id}: {rule.text}"]
        lines += _under(reads[rule.name], boxes, reads, told, depth=1)
    return "\n".join(lines)


def _counted(shown: Picture) -> str:
    counts = [(sum(box.kind == kind for box in shown.boxes), heading.lower()) for kind, heading in HEADINGS.items()]
    return ", ".join(f"{count} {heading[:-1] if count == 1 else heading}" for count, heading in counts if count) + "."


def _under(
    names: Sequence[str], boxes: Mapping[str, Box], reads: Mapping[str, list[str]], told: set[str], *, depth: int
) -> list[str]:
    """Return what is read, each with what it reads itself the first time it is named."""
    lines = []
    for name in names:
        box = boxes[name]
        seen = " (told above)" if reads[name] and name in told else ""
        lines.append(f"{'  ' * depth}reads the {box.kind} {box.id}: {box.text}{seen}")
        if not seen:
            told.add(name)
            lines += _under(reads[name], boxes, reads, told, depth=depth + 1)
    return lines
