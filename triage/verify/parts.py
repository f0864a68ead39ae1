"""The parts of conditions that are compared: what reads one question, what joins parts, and what is known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from triage.kernel.truth import NO, UNKNOWN, YES, Truth, all_of, any_of, at_least_of, negate
from triage.protocol.conditions import All, Any, Condition, Count, Not

Truths = tuple[Truth, ...]  # one truth for each condition that is compared
Picks = Mapping[str, int]  # group -> which of its ways
Kind = Literal["all", "any", "not", "count", "split", "gate", "mixed"]
JOINS = (All, Any, Not, Count)


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """A part whose truths are known."""

    truths: Truths
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A part that reads one group: its truth for each way to answer it."""

    group: str
    by_way: tuple[Truth, ...]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Join:
    """A part made of parts.

    A `split` has one part for each condition that is compared. A `gate` reads its second part if the first is yes,
    `otherwise` if it is no, and is unknown while that is. In a `mixed` one each condition joins in its own way.
    """

    kind: Kind
    parts: tuple["Node", ...]
    groups: frozenset[str]
    needed: int = 0
    otherwise: Truth = UNKNOWN
    mixed: tuple[tuple[Kind, int], ...] = ()


Node = Fixed | Leaf | Join


def way_of(condition: Condition) -> tuple[Kind, int]:
    """Return how a condition joins its parts, and how many a count needs."""
    match condition:
        case All():
            return "all", 0
        case Any():
            return "any", 0
        case Not():
            return "not", 0
        case Count():
            return "count", condition.at_least
        case _:
            raise AssertionError("a leaf joins nothing")


def joined(kind: Kind, needed: int, node: Join, truths: Sequence[Truth]) -> Truth:
    """Return the truth of a part from the truths of its parts."""
    match kind:
        case "all":
            return all_of(truths)
        case "any":
            return any_of(truths)
        case "not":
            return negate(truths[0])
        case "count":
            return at_least_of(needed, truths)
        case _:
            gate, inside = truths
            return inside if gate is YES else node.otherwise if gate is NO else UNKNOWN


def most_shared(parts: Iterable[Node]) -> str | None:
    """Return the group that most of the parts read, if two of them read one."""
    counts: dict[str, int] = {}
    for part in parts:
        for group in part.groups:
            counts[group] = counts.get(group, 0) + 1
    best = max(sorted(counts), key=lambda group: counts[group], default=None)
    return best if best is not None and counts[best] > 1 else None


def told_apart(node: Node, group: str) -> list[int]:
    """Return one way of each kind that the leaves below tell apart."""
    leaves = [leaf.by_way for leaf in _below(node, group)]
    kinds: dict[Truths, int] = {}
    for number in range(len(leaves[0])):
        kinds.setdefault(tuple(each[number] for each in leaves), number)
    return list(kinds.values())


def _below(node: Node, group: str) -> Iterator[Leaf]:
    if group not in node.groups:
        return
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Join):
        for part in node.parts:
            yield from _below(part, group)
