"""A topic as a decision table: one row for each way a rule can hold, one column for each condition it reads."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Unknown
from triage.protocol.models import Protocol, Rule
from triage.protocol.prose import in_english
from triage.protocol.texts import NEUTRAL, fill, locale_of
from triage.verify.rule_graph import label_words, rules_of

NOTICE = "This table is about the protocol, not the medicine."
WAYS_MAX = 8  # more rows for one rule are not read; then a finding or a count stays one column
CELLS = {True: "yes", False: "no"}
ANY_CELL = "-"
OUTCOME = ("label", "time", "door", "rule", "sources")

Way = Mapping[Condition, bool]  # conditions that must hold, and conditions that must not
Opened = frozenset[Condition]


@dataclass(frozen=True, slots=True)
class Row:
    """One way in which a rule holds: what must be so and what must not; everything else is free."""

    rule: Rule
    way: Way


@dataclass(frozen=True, slots=True)
class Table:
    """The conditions from left to right, each with its English words, and the rows in the order of the protocol."""

    title: str
    columns: tuple[tuple[Condition, str], ...]
    rows: tuple[Row, ...]


def table(protocol: Protocol, what: str) -> Table:
    """Return the decision table of a topic or of one rule. Raises BadInput if there is no such topic."""
    rules = rules_of(protocol, what)
    findings = {finding.id: finding.when for finding in protocol.findings}
    opened = _opened(rules, findings)
    rows = tuple(Row(rule, way) for rule in rules for way in ways(rule.when, findings, opened))
    read = dict.fromkeys(chain.from_iterable(row.way for row in rows))
    place = locale_of(protocol, NEUTRAL)
    columns = tuple((condition, fill(in_english(condition, protocol), place)) for condition in read)
    kind = "rule" if len(rules) == 1 and what in (rules[0].id, *rules[0].brief) else "topic"
    title = f"Decision table of the {kind} {what}, protocol {protocol.id} {protocol.version}"
    return Table(title, columns, rows)


def _opened(rules: Sequence[Rule], findings: Mapping[str, Condition]) -> Opened:
    """Return the findings and counts that are written out, because every rule still has few enough rows with them."""
    opened: Opened = frozenset()
    tried: set[Condition] = set()
    while True:
        shown = chain.from_iterable(way for rule in rules for way in ways(rule.when, findings, opened))
        left = [each for each in dict.fromkeys(shown) if isinstance(each, Named | Count) and each not in tried]
        if not left:
            return opened
        for each in left:
            tried.add(each)
            more = opened | {each}
            if all(_few(ways(rule.when, findings, more), ways(rule.when, findings, opened)) for rule in rules):
                opened = more


def _few(after: Sequence[Way], before: Sequence[Way]) -> bool:
    return len(after) <= max(WAYS_MAX, len(before))


def ways(condition: Condition, findings: Mapping[str, Condition], opened: Opened) -> tuple[Way, ...]:
    """Return the ways in which a condition holds: its disjunctive normal form, without what contradicts itself."""
    return _shortest(_ways(condition, findings, opened, wanted=True))


def _ways(condition: Condition, findings: Mapping[str, Condition], opened: Opened, *, wanted: bool) -> tuple[Way, ...]:
    """Return the ways in which a condition holds, or does not."""

    def inner(part: Condition, *, holds: bool = wanted) -> tuple[Way, ...]:
        return _ways(part, findings, opened, wanted=holds)

    match condition:
        case Not():
            return inner(condition.of, holds=not wanted)
        case All() | Any():
            parts = [inner(part) for part in condition.of]
            together = isinstance(condition, All) is wanted  # what must hold together; else one of them is enough
            return _joined(parts) if together else _shortest(chain.from_iterable(parts))
        case Named() if condition in opened:
            return inner(findings[condition.finding])
        case Count() if condition in opened:
            needed = condition.at_least if wanted else len(condition.of) - condition.at_least + 1
            groups = combinations([inner(part) for part in condition.of], needed)
            return _shortest(chain.from_iterable(_joined(group) for group in groups))
        case Chosen() | Compare() | Unknown() | Named() | Count():
            return ({condition: wanted},)


def _joined(parts: Iterable[tuple[Way, ...]]) -> tuple[Way, ...]:
    """Return every choice of one way from each part; what asks for a yes and a no at once is left out."""
    found: tuple[Way, ...] = ({},)
    for part in parts:
        found = _shortest({**one, **other} for one, other in product(found, part) if _agree(one, other))
    return found


def _agree(one: Way, other: Way) -> bool:
    return all(one.get(condition, holds) is holds for condition, holds in other.items())


def _shortest(found: Iterable[Way]) -> tuple[Way, ...]:
    """Leave out a way that only adds to another one."""
    kept: list[Way] = []
    for way in found:
        if not any(known.items() <= way.items() for known in kept):
            kept = [known for known in kept if not way.items() <= known.items()] + [way]
    return tuple(kept)


def as_csv(shown: Table) -> str:
    """Return the table as comma-separated values; the conditions are the headings."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow((*(words for _, words in shown.columns), *OUTCOME))
    writer.writerows(_cells(row, shown) for row in shown.rows)
    return written.getvalue().rstrip("\n")


def as_markdown(shown: Table) -> str:
    """Return the table in Markdown: the conditions stand above it by number, so that its columns stay narrow."""
    names = [f"C{number}" for number in range(1, len(shown.columns) + 1)]
    listed = [f"- {name}: {_plain(words)}" for name, (_, words) in zip(names, shown.columns, strict=True)]
    head = (*names, *OUTCOME)
    lines = [f"# {shown.title}", "", NOTICE]
    lines += ["", "A row is one way in which a rule holds; - means that it does not matter.", "", *listed, ""]
    lines += [_line(head), _line(["---"] * len(head))]
    return "\n".join((*lines, *(_line(_plain(cell) for cell in _cells(row, shown)) for row in shown.rows)))


def _cells(row: Row, shown: Table) -> tuple[str, ...]:
    rule = row.rule
    read = (CELLS[row.way[condition]] if condition in row.way else ANY_CELL for condition, _ in shown.columns)
    time = rule.within.value.replace("_", " ")
    return (*read, label_words(rule.then), time, rule.door, rule.id, "; ".join(rule.sources))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Return a text that cannot end a cell or start a mark-up."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[").replace("]", "\\]").replace("\n", " ")
