"""Figure 1: does each atom of each rule decide the rule on its own, in some pair of cases (MC/DC, masking form)?

The atoms of a rule are its leaves as written; a finding's name is one atom there. The atoms of a finding are its own
leaves, watched through the rules that use it: what counts is the truth that the case beside the rule states. An atom is
covered by two cases in which it differs and the rule's truth differs, and in each of which turning the atom alone
would change the rule's truth.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from triage.engines.base import Valuation
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.conditions import Condition, Not
from triage.protocol.models import Protocol, Rule
from triage.protocol.prose import in_english
from triage.verify.reach import Reach
from triage.verify.readings import Raw
from triage.verify.variants import ALWAYS, NEVER, Cases, CaseSheet, Path, expanded, nodes_of, parts_of, replaced

Half = tuple[Truth, Truth]  # the truth of the atom, and of the rule that it decides
Why = Literal["a case is missing", "proved redundant", "open"]


@dataclass(frozen=True, slots=True)
class Atom:
    """One leaf of a rule or a finding."""

    owner: str  # rule:x or finding:x
    path: Path
    node: Condition
    english: str


@dataclass(frozen=True, slots=True)
class Covered:
    """Which of the four halves of a pair the cases show: the atom's truth, and the rule's truth beside it."""

    atom: Atom
    halves: frozenset[Half]

    @property
    def whole(self) -> bool:
        """Whether a pair is there: the atom differs and the rule's truth differs with it."""
        return is_pair(self.halves)

    @property
    def missing(self) -> str:
        """Say what no case shows."""
        if not self.halves:
            return "no case turns on it"
        atom, _ = min(self.halves, key=str)
        return f"no case turns on it with the atom {'no' if atom is YES else 'yes'}; one does with it {atom.value}"


def is_pair(halves: Iterable[Half]) -> bool:
    """Whether two halves differ in the atom and in the rule."""
    seen = frozenset(halves)
    return {(YES, YES), (NO, NO)} <= seen or {(YES, NO), (NO, YES)} <= seen


def half_of(with_yes: Truth, with_no: Truth, as_it_is: Truth) -> Half | None:
    """Return the atom's and the rule's truth if the atom decides alone here, else nothing.

    The three truths of the rule are: with the atom taken for yes, taken for no, and as it is.
    """
    if with_yes is with_no or as_it_is is UNKNOWN:
        return None
    return (YES, as_it_is) if as_it_is is with_yes else (NO, as_it_is)


def atoms_of(protocol: Protocol) -> Iterator[Atom]:
    """Yield every atom of the rules, then of the findings."""
    for rule in protocol.rules:
        yield from _atoms(f"rule:{rule.id}", rule.when, protocol)
    for finding in protocol.findings:
        yield from _atoms(f"finding:{finding.id}", finding.when, protocol)


def _atoms(owner: str, condition: Condition, protocol: Protocol) -> Iterator[Atom]:
    for path, node in nodes_of(condition):
        if not parts_of(node) and not isinstance(node, Not):
            yield Atom(owner, path, node, in_english(node, protocol))


def coverage(protocol: Protocol, cases: Cases | None = None) -> Iterator[Covered]:
    """Yield what the cases show of each atom."""
    read = cases or Cases(protocol)
    rules = {rule.id: rule for rule in protocol.rules}
    for atom in atoms_of(protocol):
        kind, name = atom.owner.split(":")
        if kind == "rule":
            halves = frozenset(_in_rule(atom, rules[name].when, read, read.of(name)))
        else:
            halves = frozenset(_in_finding(atom, name, read))
        yield Covered(atom, halves)


def _in_rule(atom: Atom, condition: Condition, read: Cases, sheets: Iterable[CaseSheet]) -> Iterator[Half]:
    taken_yes, taken_no = replaced(condition, atom.path, ALWAYS), replaced(condition, atom.path, NEVER)
    for each in sheets:
        if each.wanted is UNKNOWN:
            continue
        truths = [each.truth(one, read.findings) for one in (taken_yes, taken_no, condition)]
        if (half := half_of(*truths)) is not None:
            yield half


def _in_finding(atom: Atom, name: str, read: Cases) -> Iterator[Half]:
    own = read.findings[name]
    taken = [{**read.findings, name: replaced(own, atom.path, constant)} for constant in (ALWAYS, NEVER)]
    seen: set[Half] = set()
    for rule in read.users[name]:
        for half in _through(rule, read, taken):
            seen.add(half)
            yield half
        if is_pair(seen):
            return


def _through(rule: Rule, read: Cases, taken: list[dict[str, Condition]]) -> Iterator[Half]:
    for each in read.of(rule.id):
        if each.wanted is UNKNOWN:
            continue
        with_yes, with_no = (each.truth_changed(rule.when, findings) for findings in taken)
        if (half := half_of(with_yes, with_no, each.truth(rule.when, read.findings))) is not None:
            yield half


def possible(atom: Atom, rule: Rule, cases: Cases, reach: Reach) -> tuple[Mapping[Half, Raw], bool]:
    """Return the halves that some answers give through one rule, with the answers, and whether all were tried."""
    kind, name = atom.owner.split(":")
    taken: tuple[Condition, ...]
    if kind == "rule":
        taken = (replaced(rule.when, atom.path, ALWAYS), replaced(rule.when, atom.path, NEVER), rule.when)
    else:
        own = cases.findings[name]
        changed = [{**cases.findings, name: replaced(own, atom.path, constant)} for constant in (ALWAYS, NEVER)]
        taken = (*(expanded(rule.when, each) for each in changed), expanded(rule.when, cases.findings))
    reached = reach.of(taken, Valuation.AS_SAID)
    halves: dict[Half, Raw] = {}
    for (with_yes, with_no, as_it_is), raw in reached.found.items():
        if (half := half_of(with_yes, with_no, as_it_is)) is not None:
            halves.setdefault(half, raw)
    return halves, reached.exact


def rules_of(atom: Atom, cases: Cases) -> tuple[Rule, ...]:
    """Return the rules through which an atom is watched."""
    kind, name = atom.owner.split(":")
    return (cases.rule(name),) if kind == "rule" else cases.users[name]


def why_uncovered(covered: Covered, cases: Cases, reach: Reach) -> Why:
    """Say of an uncovered atom whether any pair can exist, over every combination of answers to its questions."""
    seen: set[Half] = set()
    whole = True
    for rule in rules_of(covered.atom, cases):
        halves, exact = possible(covered.atom, rule, cases, reach)
        seen |= halves.keys()
        whole = whole and exact
        if is_pair(seen):
            return "a case is missing"
    return "proved redundant" if whole else "open"
