"""How lowered conditions are packed into rulesets that durable-rules can carry; nothing here runs it.

Each limit answers a measured defect of durable-rules 2.0.28; docs/durable-rules.md lists them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple, assert_never

from triage.engines.base import Reading, Valuation
from triage.protocol.lowering import ALWAYS, Atom, Field, Lowered, Tree, atoms_of, rank

RULES_MAX = 60  # of one ruleset: from about 300 on, error 303 comes and goes with the answers
FIELDS_MAX = 120  # of one fact: 255 are refused with error 302
CONDITIONS_MAX = 400  # of one ruleset: at 513 its building never returns
PENDING_MAX = 60  # its matcher keeps 64 waiting nodes and then fails with error 303

START, SENTINEL = "f0", "r0"  # the first fact of a session and the rule it fires: without it, deleting would crash
DATA, DATA_SENTINEL = "f1", "r1"  # in every fact of answers: such a fact is always taken up, and we see that it was
RESERVED = ("sid", "id", "$s", "$m")  # its own properties
SIGNS = {">=": "$gte", "<=": "$lte", "<": "$lt", ">": "$gt"}


class Draft(NamedTuple):
    """One ruleset before it is compiled.

    Rule `y3` says that the condition at place 3 of `names` certainly holds, `n3` that it certainly does not.
    """

    names: tuple[str, ...]
    codes: Mapping[Field, str]
    rules: Mapping[str, Mapping[str, object]]


def draft(batch: Sequence[Lowered]) -> Draft:
    """Write the rules of one ruleset. Raises ValueError if two of its names look the same to the engine."""
    codes = _codes(batch)
    conditions: dict[str, object] = {SENTINEL: {START: 1}, DATA_SENTINEL: {DATA: 1}}
    for place, each in enumerate(batch):
        for plane, tree in (("y", each.certainly), ("n", each.certainly_not)):
            if next(atoms_of(tree), None) is not None:  # what can never fire is left out
                conditions[f"{plane}{place}"] = expression(tree, codes)
    rules = {name: {"all": [{"m": condition}]} for name, condition in conditions.items()}
    return Draft(tuple(each.name for each in batch), codes, rules)


def _atoms(batch: Iterable[Lowered]) -> Iterator[Atom]:
    return chain.from_iterable(atoms_of(tree) for each in batch for tree in (each.certainly, each.certainly_not))


def fields_of(batch: Iterable[Lowered]) -> tuple[Field, ...]:
    """Return every field these conditions read, once."""
    return tuple(dict.fromkeys(atom.field for atom in _atoms(batch)))


def _codes(batch: Sequence[Lowered]) -> Mapping[Field, str]:
    fields = [each for each in fields_of(batch) if each != ALWAYS]
    codes = {ALWAYS: DATA} | {each: f"f{place}" for place, each in enumerate(fields, start=2)}
    check_hashes((*RESERVED, START, *codes.values()))
    return codes


def check_hashes(names: Sequence[str]) -> None:
    """Make sure the engine can tell names apart: it compares only their 32-bit FNV-1a hashes.

    Raises ValueError naming those it cannot.
    """
    seen: dict[int, str] = {}
    for name in names:
        other = seen.setdefault(fnv_1a(name), name)
        if other != name:
            raise ValueError(f"'{name}' and '{other}' have the same hash")


def fnv_1a(text: str) -> int:
    """Return the 32-bit FNV-1a hash.

    >>> fnv_1a("q562789") == fnv_1a("q779192")
    True
    """
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 % 2**32
    return value


def expression(tree: Tree, codes: Mapping[Field, str]) -> dict[str, object]:
    """Write a tree the way durable-rules reads it."""
    if isinstance(tree, Atom):
        compared: dict[str, object] = {codes[tree.field]: tree.value}
        return compared if tree.sign == "==" else {SIGNS[tree.sign]: compared}
    return {"$and" if tree.join == "all" else "$or": [expression(part, codes) for part in tree.parts]}


# --------------------------------------------------------------------------------------------------------------- limits


def split(layer: Sequence[Lowered]) -> Iterator[Sequence[Lowered]]:
    """Halve a layer until each part is within the limits of one ruleset; neighbours share a topic and stay together.

    Raises ValueError if one condition alone is too large.
    """
    if within_limits(layer):
        yield layer
    elif len(layer) == 1:
        raise ValueError(f"{layer[0].name} is too large for one ruleset")
    else:
        middle = len(layer) // 2
        yield from split(layer[:middle])
        yield from split(layer[middle:])


def within_limits(batch: Sequence[Lowered]) -> bool:
    """Whether these conditions can share one ruleset."""
    sentinels = 2
    atoms = set(_atoms(batch))
    return (
        2 * len(batch) + sentinels <= RULES_MAX
        and len({atom.field for atom in atoms}) + sentinels <= FIELDS_MAX
        and len(atoms) + sentinels <= CONDITIONS_MAX
        and pending_max(batch) <= PENDING_MAX
    )


@dataclass(slots=True)
class _Node:
    """A node of the engine's matcher: tests that come next, and joints behind the branches of an 'or'."""

    tests: "dict[Atom, _Node]" = field(default_factory=dict)
    joints: "list[_Node]" = field(default_factory=list)


def pending_max(batch: Sequence[Lowered]) -> int:
    """Return how many nodes can wait in the matcher at most, whatever the answers.

    Follows createAlpha in rete.c and handleAlpha in events.c of durable-rules 2.0.28.
    """
    root = _Node()
    for each in batch:
        for tree in (each.certainly, each.certainly_not):
            _grow(root, tree)
    return _pending(root, {}) + 1  # the sentinel


def _grow(node: _Node, tree: Tree) -> _Node:
    if isinstance(tree, Atom):
        return node.tests.setdefault(tree, _Node())
    if tree.join == "all":
        for part in tree.parts:
            node = _grow(node, part)
        return node
    joint = _Node()
    for part in tree.parts:
        _grow(node, part).joints.append(joint)
    return joint


def _pending(node: _Node, known: dict[int, int]) -> int:
    if id(node) not in known:
        flags = {atom.field for atom in node.tests if atom.sign == "=="}  # a flag is 0 or 1: one of its tests matches
        ranks = Counter(atom.field for atom in node.tests if atom.sign != "==")
        width = len(node.joints) + len(flags) + ranks.total()
        deepest = max((_pending(each, known) for each in (*node.tests.values(), *node.joints)), default=0)
        known[id(node)] = max(width, width - 1 + deepest)
    return known[id(node)]


# -------------------------------------------------------------------------------------------- from answers to numbers


def value_of(asked: Field, reading: Reading, valuation: Valuation, bounds: Sequence[float]) -> int | None:
    """Return what the engine is told about a field, or None if it is told nothing."""
    if reading.open:
        return None
    doubted = reading.word is not None and valuation is Valuation.IN_DOUBT
    match asked.kind:
        case "option":
            return int(asked.detail in reading.chosen)
        case "word":
            return int(asked.detail == reading.word or asked.detail in reading.chosen)
        case "doubtless":
            return int(not doubted)
        case "doubt":
            return int(reading.word is not None)
        case "figureless":
            return int((reading.low is None or reading.high is None) and not doubted)
        case "low" | "high":
            if reading.low is None or reading.high is None:
                return None
            return rank(bounds, reading.low if asked.kind == "low" else reading.high)
        case "finding" | "piece" | "always":
            return None
        case _:
            assert_never(asked.kind)
