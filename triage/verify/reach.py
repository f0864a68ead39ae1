"""Which truths conditions can take together over every way to answer their questions: exact, or it says it is not.

Parts that share no question are worked out apart and joined; where parts share one, its answers are tried in turn.
A question's own `ask_if` is part of the condition, so what the interview skips is read as skipped.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage.engines.base import OPEN, Reading, Valuation
from triage.engines.reference import chosen, compare, unknown
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.conditions import All, Chosen, Compare, Condition, Named, Not, Unknown
from triage.protocol.models import Protocol
from triage.verify.parts import (
    JOINS,
    Fixed,
    Join,
    Kind,
    Leaf,
    Node,
    Picks,
    Truths,
    joined,
    most_shared,
    told_apart,
    way_of,
)
from triage.verify.readings import Asked, Raw, Way, Ways, subject_of
from triage.verify.variants import expanded, findings_of, parts_of

STEPS_MAX = 100_000  # then the question is given up and called open


class TooLarge(Exception):
    """There are too many combinations to try all of them."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What is reachable: truths of the compared conditions, each with answers that give it."""

    found: Mapping[Truths, Raw]
    exact: bool


class Reach:
    """Works out what conditions of one protocol can be together."""

    def __init__(self, protocol: Protocol) -> None:
        """Keep what conditions read."""
        self._ways = Ways(protocol)
        self._findings = findings_of(protocol)

    def of(self, conditions: Sequence[Condition], valuation: Valuation, *, answered: bool = False) -> Reached:
        """Return every combination of truths; with `answered`, only of answer sets that leave nothing open.

        Conditions that share parts are compared quickest.
        """
        written = [expanded(each, self._findings) for each in conditions]
        leaves = {leaf for each in written for leaf in self._leaves(each)}
        ways, whole = self._ways.of(sorted(leaves, key=str))
        if answered:
            ways = {group: tuple(way for way in each if way.raw) for group, each in ways.items()}
        search = _Search(self, ways, valuation, len(written))
        try:
            found = search.reach(search.build(tuple(written)))
        except TooLarge:
            return Reached({}, exact=False)
        return Reached({truths: search.raw(picks) for truths, picks in found.items()}, exact=whole)

    def gate_of(self, leaf: Asked) -> Condition | None:
        """Return when the question behind a leaf is asked, findings written out; nothing if always."""
        question = self._ways.questions.get(subject_of(leaf))
        return None if question is None or question.ask_if is None else expanded(question.ask_if, self._findings)

    def skipped(self, leaf: Asked) -> Reading:
        """Return what a leaf reads if its question is skipped."""
        return self._ways.when_skipped(leaf)

    def group_of(self, leaf: Asked) -> str:
        """Return the group a leaf reads."""
        return self._ways.group[subject_of(leaf)]

    def _leaves(self, condition: Condition) -> Iterator[Asked]:
        if isinstance(condition, Chosen | Compare | Unknown):
            yield condition
            gate = self.gate_of(condition)
            if gate is not None:
                yield from self._leaves(gate)
        for part in parts_of(condition):
            yield from self._leaves(part)


class _Search:
    def __init__(self, reach: Reach, ways: Mapping[str, Sequence[Way]], valuation: Valuation, conditions: int) -> None:
        self._reach, self._ways, self._valuation, self._count = reach, ways, valuation, conditions
        self._steps = 0
        self._made: dict[object, Node] = {}  # equal parts are one object, so that each is worked out once
        self._reached: dict[Node, dict[Truths, Picks]] = {}

    def raw(self, picks: Picks) -> Raw:
        merged: dict[str, str | tuple[str, ...] | dict[str, str]] = {}
        for group, way in picks.items():
            merged |= self._ways[group][way].raw
        return merged

    # --------------------------------------------------------------------------------------------------------- building

    def build(self, conditions: tuple[Condition, ...]) -> Node:
        first = conditions[0]
        if all(each is first for each in conditions):
            return self._one(first)
        if all(isinstance(each, JOINS) for each in conditions):
            return self._alike(conditions)
        if any(isinstance(each, Not) for each in conditions) and not any(parts_of(each) == () for each in conditions):
            return self._alike(tuple(each if isinstance(each, Not) else All(of=(each,)) for each in conditions))
        return self._join("split", [self._one(each) for each in conditions])

    def _alike(self, conditions: tuple[Condition, ...]) -> Node:
        """Compare conditions part by part where they have as many; each joins its parts in its own way."""
        parts = [parts_of(each) for each in conditions]
        if len({len(each) for each in parts}) > 1:
            return self._join("split", [self._one(each) for each in conditions])
        built = [self.build(each) for each in zip(*parts, strict=True)]
        ways = [way_of(each) for each in conditions]
        if len(set(ways)) == 1:
            return self._join(ways[0][0], built, ways[0][1])
        return self._join("mixed", built, mixed=tuple(ways))

    def _one(self, condition: Condition) -> Node:
        match condition:
            case Chosen() | Compare() | Unknown():
                return self._leaf(condition)
            case Named():
                raise AssertionError("findings are written out before")
            case _:
                kind, needed = way_of(condition)
                return self._join(kind, [self._one(part) for part in parts_of(condition)], needed)

    def _leaf(self, leaf: Asked) -> Node:
        group = self._reach.group_of(leaf)
        by_way = tuple(self._truth(leaf, way.readings.get(subject_of(leaf), OPEN)) for way in self._ways[group])
        node = self._kept(("leaf", group, by_way), lambda: Leaf(group, by_way, frozenset({group})))
        gate = self._reach.gate_of(leaf)
        if gate is None:
            return node
        return self._join("gate", [self._one(gate), node], otherwise=self._truth(leaf, self._reach.skipped(leaf)))

    def _truth(self, leaf: Asked, reading: Reading) -> Truth:
        match leaf:
            case Chosen():
                return chosen(leaf.options, reading, self._valuation)
            case Compare():
                return compare(leaf.operator, leaf.bound, reading, self._valuation)
            case Unknown():
                return unknown(reading)

    # -------------------------------------------------------------------------------------------------------- searching

    def reach(self, node: Node) -> dict[Truths, Picks]:
        """Return every value of a part, each with the ways that give it."""
        if node not in self._reached:
            self._steps += 1
            if self._steps > STEPS_MAX:
                raise TooLarge
            self._reached[node] = self._values(node)
        return self._reached[node]

    def _values(self, node: Node) -> dict[Truths, Picks]:
        match node:
            case Fixed():
                return {node.truths: {}}
            case Leaf():
                found: dict[Truths, Picks] = {}
                for number, truth in enumerate(node.by_way):
                    found.setdefault(self._same(truth), {node.group: number})
                return found
            case Join():
                return self._apart(node)

    def _apart(self, node: Join) -> dict[Truths, Picks]:
        """Join the values of parts that share nothing; try the answers of a question that parts share."""
        shared = most_shared(node.parts)
        if shared is not None:
            found: dict[Truths, Picks] = {}
            for number in told_apart(node, shared):
                for truths, picks in self.reach(self._with(node, shared, number)).items():
                    found.setdefault(truths, {**picks, shared: number})
            return found
        combined: list[tuple[tuple[Truths, ...], Picks]] = [((), {})]
        for part in node.parts:
            values = self.reach(part)
            merged: dict[tuple[Truths, ...], Picks] = {
                (*before, value): {**picks, **more} for before, picks in combined for value, more in values.items()
            }
            combined = list(self._shortened(node, merged).items())
        results: dict[Truths, Picks] = {}
        for values_of_parts, picks in combined:
            results.setdefault(self._value(node, values_of_parts), picks)
        return results

    def _shortened(self, node: Join, merged: dict[tuple[Truths, ...], Picks]) -> dict[tuple[Truths, ...], Picks]:
        """Keep one of the beginnings that give the same in the end."""
        if node.kind not in ("all", "any"):
            return merged
        kept: dict[tuple[Truths, ...], Picks] = {}
        for values, picks in merged.items():
            kept.setdefault((self._value(node, values),), picks)
        return kept

    def _value(self, node: Join, values: Sequence[Truths]) -> Truths:
        if node.kind == "split":
            return tuple(each[number] for number, each in enumerate(values))
        ways = node.mixed or ((node.kind, node.needed),) * self._count
        columns = ([each[number] for each in values] for number in range(self._count))
        return tuple(joined(kind, needed, node, column) for (kind, needed), column in zip(ways, columns, strict=True))

    def _with(self, node: Node, group: str, way: int) -> Node:
        """Return a part with one group answered, made smaller where that settles something."""
        if group not in node.groups:
            return node
        if isinstance(node, Leaf):
            return self._fixed(self._same(node.by_way[way]))
        assert isinstance(node, Join)
        parts = [self._with(part, group, way) for part in node.parts]
        settled = [part.truths for part in parts if isinstance(part, Fixed)]
        if len(settled) == len(parts):
            return self._fixed(self._value(node, settled))
        decisive = {"all": self._same(NO), "any": self._same(YES)}.get(node.kind)
        if decisive is not None and decisive in settled:
            return self._fixed(decisive)
        if node.kind == "gate" and isinstance(parts[0], Fixed):
            return parts[1] if parts[0].truths == self._same(YES) else self._closed(node, parts[0])
        return self._join(node.kind, parts, node.needed, node.otherwise, node.mixed)

    def _closed(self, node: Join, gate: Fixed) -> Node:
        return self._fixed(self._same(node.otherwise if gate.truths[0] is NO else UNKNOWN))

    def _join(
        self,
        kind: Kind,
        parts: Sequence[Node],
        needed: int = 0,
        otherwise: Truth = UNKNOWN,
        mixed: tuple[tuple[Kind, int], ...] = (),
    ) -> Node:
        if kind in ("all", "any"):
            parts = tuple(dict.fromkeys(each for each in parts if each is not self._neutral(kind)))
        groups = frozenset[str]().union(*(part.groups for part in parts))
        key = (kind, tuple(parts), needed, otherwise, mixed)
        return self._kept(key, lambda: Join(kind, tuple(parts), groups, needed, otherwise, mixed))

    def _neutral(self, kind: Kind) -> Node:
        return self._fixed(self._same(YES if kind == "all" else NO))

    def _fixed(self, truths: Truths) -> Node:
        return self._kept(("fixed", truths), lambda: Fixed(truths))

    def _kept(self, key: object, make: Callable[[], Node]) -> Node:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def _same(self, truth: Truth) -> Truths:
        return (truth,) * self._count
