"""Every named condition as two plain tests over small integers: when it certainly holds, when it certainly does not.

This is the second, independent reading of docs/semantics.md. It shares nothing with the reference engine. A condition
for which neither test fires is open. The tests know only 'and', 'or' and comparisons with an integer, and no 'not':
that is the part of durable-rules which agreed with a direct evaluator in every one of 669,000 measured evaluations.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Literal, NamedTuple, TypeAlias

from triage.kernel.answers import WORDS
from triage.protocol.conditions import Chosen, Compare, Condition, Named, Unknown, fold, leaves

LEAVES_MAX = 16  # durable-rules refuses 30 leaves in a mixed and/or rule (error 113); 24 pass
GROUPS_MAX = 10  # and 14 and/or groups passed
FIRINGS_MAX = 24  # each true branch of an 'or' fires its rule once more, and 'and' multiplies them
CELL_LEAVES_MAX = 6  # a count is cut into pieces of this size, so that it grows by its length and not by its subsets

# option, word, doubtless: what was chosen, which word was said, and that no doubt is left (semantics, first row).
# low, high, figureless: the ranks of a figure, or that there surely is none. doubt: a word was said.
# finding, piece: what an earlier layer found. always: 1 in every evaluation.
Kind = Literal["option", "word", "doubtless", "low", "high", "figureless", "doubt", "finding", "piece", "always"]
Sign = Literal["==", ">=", "<=", "<", ">"]
Join = Literal["all", "any"]


class Field(NamedTuple):
    """One integer that an evaluation is given if it is known; `detail` is the option or word."""

    kind: Kind
    subject: str
    detail: str = ""


class Atom(NamedTuple):
    """One comparison; it fires only if its field is known."""

    field: Field
    sign: Sign
    value: int


class Group(NamedTuple):
    """Tests joined by 'and' or 'or'."""

    join: Join
    parts: "tuple[Tree, ...]"


Tree: TypeAlias = Atom | Group

ALWAYS = Field("always", "")
TRUE = Atom(ALWAYS, "==", 1)
FALSE = Group("any", ())


class Planes(NamedTuple):
    """The two tests of one condition; never both fire."""

    certainly: Tree
    certainly_not: Tree


class Lowered(NamedTuple):
    """A named condition. A piece of a larger one has no second test: nobody asks whether it certainly fails."""

    name: str
    certainly: Tree
    certainly_not: Tree


@dataclass(frozen=True, slots=True)
class Program:
    """All named conditions in layers: each reads only answers and earlier layers.

    `bounds` holds, for each number and measure, the sorted bounds it is compared with; see `rank`.
    """

    layers: tuple[tuple[Lowered, ...], ...]
    bounds: Mapping[str, tuple[float, ...]]


def lower(conditions: Mapping[str, Condition]) -> Program:
    """Lower named conditions, named as in `graph.conditions_of`.

    Raises ValueError if findings wait for each other, and KeyError if one is not there.
    """
    bounds = _bounds(conditions)
    reading = _Reading(bounds)
    lowered = {name: Lowered(name, *fold(condition, reading)) for name, condition in conditions.items()}
    lowered |= {piece.subject: Lowered(piece.subject, tree, FALSE) for tree, piece in reading.pieces.items()}
    return Program(_layers(lowered), bounds)


def rank(bounds: Sequence[float], figure: float) -> int:
    """Return where a figure stands among sorted bounds: odd on a bound, even beside it.

    Comparing ranks is comparing figures, so only integers go into the engine and no comparison is inexact.

    >>> [rank((38.0, 39.5), figure) for figure in (37.9, 38.0, 38.1, 39.5, 40.0)]
    [0, 1, 2, 3, 4]
    """
    return bisect_left(bounds, figure) + bisect_right(bounds, figure)


def atoms_of(tree: Tree) -> Iterator[Atom]:
    """Yield the tests of a tree from left to right."""
    if isinstance(tree, Atom):
        yield tree
    else:
        for part in tree.parts:
            yield from atoms_of(part)


class Size(NamedTuple):
    """What a tree costs the engine: tests, and/or groups, and how often its rule may fire."""

    leaves: int
    groups: int
    firings: int

    @property
    def fits(self) -> bool:
        """Whether one rule of the engine may carry it."""
        return self.leaves <= LEAVES_MAX and self.groups <= GROUPS_MAX and self.firings <= FIRINGS_MAX


def size(tree: Tree) -> Size:
    """Measure a tree."""
    if isinstance(tree, Atom):
        return Size(1, 0, 1)
    leaf_count, groups, firings = 0, 1, 1 if tree.join == "all" else 0
    for part in map(size, tree.parts):
        leaf_count, groups = leaf_count + part.leaves, groups + part.groups
        firings = firings * part.firings if tree.join == "all" else firings + part.firings
    return Size(leaf_count, groups, firings)


def join(how: Join, parts: Sequence[Tree]) -> Tree:
    """Join tests without needless nesting, repetition and constants."""
    neutral, decisive = (TRUE, FALSE) if how == "all" else (FALSE, TRUE)
    flat: dict[Tree, None] = {}
    for part in parts:
        if part == decisive:
            return decisive
        if isinstance(part, Group) and part.join == how:
            flat |= dict.fromkeys(part.parts)
        elif part != neutral:
            flat[part] = None
    if len(flat) == 1:
        return next(iter(flat))
    return Group(how, tuple(flat)) if flat else neutral


@dataclass(slots=True)
class _Reading:
    """The algebra: each node becomes two tests. What grows too large for one rule is split off as a named piece."""

    bounds: Mapping[str, tuple[float, ...]]
    pieces: dict[Tree, Field] = field(default_factory=dict)

    def chosen(self, node: Chosen) -> Planes:
        options = [Field("option", node.question, option) for option in node.options if option not in WORDS]
        words = [Field("word", node.question, option) for option in node.options if option in WORDS]
        named = [*options, *words]
        no_doubt = Atom(Field("doubtless", node.question), "==", 1)
        return Planes(
            self._fit("any", [Atom(each, "==", 1) for each in named]),
            self._fit("all", [*(Atom(each, "==", 0) for each in named), no_doubt]),
        )

    def compare(self, node: Compare) -> Planes:
        at = rank(self.bounds[node.subject], node.bound)
        low, high = Field("low", node.subject), Field("high", node.subject)
        none = Atom(Field("figureless", node.subject), "==", 1)
        holds, fails = {
            "at_least": (Atom(low, ">=", at), Atom(high, "<", at)),
            "over": (Atom(low, ">", at), Atom(high, "<=", at)),
            "at_most": (Atom(high, "<=", at), Atom(low, ">", at)),
            "under": (Atom(high, "<", at), Atom(low, ">=", at)),
        }[node.operator]
        return Planes(holds, self._fit("any", [fails, none]))

    def unknown(self, node: Unknown) -> Planes:
        doubt = Field("doubt", node.subject)
        return Planes(Atom(doubt, "==", 1), Atom(doubt, "==", 0))

    def named(self, node: Named) -> Planes:
        finding = Field("finding", node.finding)
        return Planes(Atom(finding, "==", 1), Atom(finding, "==", 0))

    def all_of(self, parts: list[Planes]) -> Planes:
        return Planes(
            self._fit("all", [part.certainly for part in parts]),
            self._fit("any", [part.certainly_not for part in parts]),
        )

    def any_of(self, parts: list[Planes]) -> Planes:
        return Planes(
            self._fit("any", [part.certainly for part in parts]),
            self._fit("all", [part.certainly_not for part in parts]),
        )

    def negate(self, part: Planes) -> Planes:
        return Planes(part.certainly_not, part.certainly)

    def count(self, needed: int, parts: list[Planes]) -> Planes:
        # it cannot hold any more once all but `needed - 1` of the parts certainly do not
        return Planes(
            self._at_least(needed, [part.certainly for part in parts]),
            self._at_least(len(parts) - needed + 1, [part.certainly_not for part in parts]),
        )

    def _at_least(self, needed: int, parts: Sequence[Tree]) -> Tree:
        """Say 'at least so many': the first one and one fewer of the rest, or as many of the rest."""
        known: dict[tuple[int, int], Tree] = {}

        def cell(wanted: int, start: int) -> Tree:
            if wanted <= 0:
                return TRUE
            if wanted > len(parts) - start:
                return FALSE
            if (wanted, start) not in known:
                with_it = self._fit("all", [parts[start], cell(wanted - 1, start + 1)])
                either = self._fit("any", [with_it, cell(wanted, start + 1)])
                known[wanted, start] = self._piece(either) if size(either).leaves > CELL_LEAVES_MAX else either
            return known[wanted, start]

        return cell(needed, 0)

    def _fit(self, how: Join, parts: Sequence[Tree]) -> Tree:
        """Join parts; while that is too large for one rule, split off the largest group, or a run of tests."""
        tree = join(how, parts)
        while isinstance(tree, Group) and not size(tree).fits:
            groups = [part for part in tree.parts if isinstance(part, Group)]
            if groups:
                largest = max(groups, key=lambda part: (size(part).firings, size(part).leaves))
                tree = join(how, [self._piece(part) if part is largest else part for part in tree.parts])
            else:
                run = Group(how, tree.parts[:LEAVES_MAX])
                tree = join(how, [*tree.parts[LEAVES_MAX:], self._piece(run)])
        return tree

    def _piece(self, tree: Tree) -> Tree:
        piece = self.pieces.setdefault(tree, Field("piece", f"piece:{len(self.pieces)}"))
        return Atom(piece, "==", 1)


def _bounds(conditions: Mapping[str, Condition]) -> Mapping[str, tuple[float, ...]]:
    found: defaultdict[str, set[float]] = defaultdict(set)
    for condition in conditions.values():
        for leaf in leaves(condition):
            if isinstance(leaf, Compare):
                found[leaf.subject].add(leaf.bound)
    return {subject: tuple(sorted(bounds)) for subject, bounds in found.items()}


def _reads(each: Lowered) -> Iterator[str]:
    for atom in (*atoms_of(each.certainly), *atoms_of(each.certainly_not)):
        if atom.field.kind == "finding":
            yield f"finding:{atom.field.subject}"
        elif atom.field.kind == "piece":
            yield atom.field.subject


def _layers(lowered: Mapping[str, Lowered]) -> tuple[tuple[Lowered, ...], ...]:
    order = {name: place for place, name in enumerate(lowered)}  # files are topics: neighbours read the same answers
    sorter = TopologicalSorter({name: set(_reads(each)) for name, each in lowered.items()})
    sorter.prepare()
    layers = []
    while sorter.is_active():
        ready = sorter.get_ready()
        layers.append(tuple(lowered[name] for name in sorted(ready, key=order.__getitem__)))
        sorter.done(*ready)
    return tuple(layers)
