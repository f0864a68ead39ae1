"""Changed conditions: the nodes of a condition by their path, and what a change makes of the cases beside the rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from triage.engines.base import OPEN, Reading, Sheet, Valuation
from triage.engines.reference import evaluate
from triage.engines.sheet import sheet_of
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Unknown, leaves
from triage.protocol.models import Case, Protocol, Rule
from triage.verify.cases import AT, cases_of, read_case

Path = tuple[int, ...]
Findings = Mapping[str, Condition]

ALWAYS: Condition = All(of=())
NEVER: Condition = Any(of=())
WANTED = {"holds": YES, "does_not_hold": NO, "in_doubt": UNKNOWN}


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions right below a condition."""
    match condition:
        case All() | Any() | Count():
            return condition.of
        case Not():
            return (condition.of,)
        case Chosen() | Compare() | Unknown() | Named():
            return ()


def with_parts(condition: Condition, parts: Sequence[Condition]) -> Condition:
    """Return the same kind of condition over other parts."""
    changed = {"of": parts[0] if isinstance(condition, Not) else tuple(parts)}
    return condition.model_copy(update=changed)


def nodes_of(condition: Condition, path: Path = ()) -> Iterator[tuple[Path, Condition]]:
    """Yield every node with its path, the whole condition first."""
    yield path, condition
    for index, part in enumerate(parts_of(condition)):
        yield from nodes_of(part, (*path, index))


def replaced(condition: Condition, path: Path, new: Condition) -> Condition:
    """Return the condition with another node at a path; everything beside the path stays the same object."""
    if not path:
        return new
    parts = list(parts_of(condition))
    parts[path[0]] = replaced(parts[path[0]], path[1:], new)
    return with_parts(condition, parts)


def findings_of(protocol: Protocol) -> dict[str, Condition]:
    """Return the conditions of the findings by name."""
    return {finding.id: finding.when for finding in protocol.findings}


def findings_in(condition: Condition, findings: Findings) -> frozenset[str]:
    """Return the findings a condition rests on, also through other findings."""
    named = {leaf.finding for leaf in leaves(condition) if isinstance(leaf, Named)}
    return frozenset(named).union(*(findings_in(findings[name], findings) for name in named))


def expanded(condition: Condition, findings: Findings) -> Condition:
    """Return the condition with every finding written out; what names no finding stays the same object."""
    if isinstance(condition, Named):
        return expanded(findings[condition.finding], findings)
    parts = parts_of(condition)
    written = [expanded(part, findings) for part in parts]
    same = all(new is old for new, old in zip(written, parts, strict=True))
    return condition if same else with_parts(condition, written)


def truth_on(sheet: Sheet, condition: Condition, findings: Findings, known: dict[str, Truth] | None = None) -> Truth:
    """Return the truth of a condition on a sheet; `known` keeps the truths of findings from call to call."""
    truths = {} if known is None else known

    def reading(name: str) -> Reading:
        return sheet.readings.get(name, OPEN)

    def finding(name: str) -> Truth:
        if name not in truths:
            truths[name] = evaluate(findings[name], sheet.valuation, reading, finding)
        return truths[name]

    return evaluate(condition, sheet.valuation, reading, finding)


@dataclass(frozen=True)
class CaseSheet:
    """A case beside a rule, as the engines read it, with what it says of the rule."""

    rule: str
    kind: str
    case: Case
    sheet: Sheet
    known: dict[str, Truth] = field(default_factory=dict)

    @property
    def wanted(self) -> Truth:
        """What the case says."""
        return WANTED[self.kind]

    def truth(self, condition: Condition, findings: Findings) -> Truth:
        """Return a condition's truth with the protocol's own findings."""
        return truth_on(self.sheet, condition, findings, self.known)

    def truth_changed(self, condition: Condition, findings: Findings) -> Truth:
        """Return a condition's truth with findings that are not the protocol's own."""
        return truth_on(self.sheet, condition, findings)


def sheet_of_case(kind: str, rule: str, case: Case, protocol: Protocol) -> CaseSheet:
    """Read one case the way `triage protocol test` does. Raises BadInput if it cannot be read."""
    answers, given = read_case(case, protocol)
    valuation = Valuation.IN_DOUBT if kind == "in_doubt" else Valuation.AS_SAID
    return CaseSheet(rule, kind, case, sheet_of(protocol, answers, AT, valuation, given))


class Cases:
    """Every case of a protocol, read once, by the rule it stands beside."""

    def __init__(self, protocol: Protocol) -> None:
        """Keep the protocol; cases are read when a rule is first asked for."""
        self.protocol = protocol
        self.findings = findings_of(protocol)
        self._sheets: dict[str, tuple[CaseSheet, ...]] = {}
        self._rules = {rule.id: rule for rule in protocol.rules}

    def rule(self, name: str) -> Rule:
        """Return a rule by its id."""
        return self._rules[name]

    def of(self, rule: str) -> tuple[CaseSheet, ...]:
        """Return the cases of one rule."""
        if rule not in self._sheets:
            listed = cases_of(self._rules[rule])
            self._sheets[rule] = tuple(sheet_of_case(kind, rule, case, self.protocol) for kind, _, case in listed)
        return self._sheets[rule]

    @cached_property
    def users(self) -> Mapping[str, tuple[Rule, ...]]:
        """Return the rules that rest on each finding, those with the fewest questions first."""
        found: dict[str, list[Rule]] = {name: [] for name in self.findings}
        sizes = {rule.id: len(list(leaves(expanded(rule.when, self.findings)))) for rule in self.protocol.rules}
        for rule in sorted(self.protocol.rules, key=lambda each: sizes[each.id]):
            for name in findings_in(rule.when, self.findings):
                found[name].append(rule)
        return {name: tuple(rules) for name, rules in found.items()}
