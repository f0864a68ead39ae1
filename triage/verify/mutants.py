"""Small mistakes an author could make in a condition: each is one changed condition."""

from collections.abc import Iterator
from dataclasses import dataclass

from triage.kernel.answers import WORDS
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Not, Operator
from triage.verify.variants import ALWAYS, NEVER, nodes_of, parts_of, replaced, with_parts

FLIPPED: dict[Operator, tuple[Operator, ...]] = {
    "at_least": ("over", "under"),
    "over": ("at_least", "at_most"),
    "at_most": ("under", "over"),
    "under": ("at_most", "at_least"),
}
KINDS = (
    "flip comparison",
    "bound +1",
    "bound -1",
    "all <-> any",
    "drop operand",
    "drop option",
    "drop not_sure",
    "negate",
    "count +1",
    "count -1",
    "delete",
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed condition: whose it is, how it was changed and where, and the condition with the change."""

    owner: str  # rule:x or finding:x
    how: str
    where: str
    condition: Condition


def mutants_of(owner: str, condition: Condition) -> Iterator[Mutant]:
    """Yield every mutant of a condition, each mistake alone; the last is the condition deleted."""
    seen = {condition}
    for path, node in nodes_of(condition):
        where = "/".join(map(str, path)) or "top"
        for how, changed in _changes(node):
            whole = replaced(condition, path, changed)
            if whole not in seen:
                seen.add(whole)
                yield Mutant(owner, how, where, whole)
    yield Mutant(owner, "delete", "top", NEVER)


def _changes(node: Condition) -> Iterator[tuple[str, Condition]]:
    yield "negate", Not(of=node)
    match node:
        case Chosen():
            yield from _lists(node)
        case Compare():
            for operator in FLIPPED[node.operator]:
                yield "flip comparison", node.model_copy(update={"operator": operator})
            for how, step in (("bound +1", 1.0), ("bound -1", -1.0)):
                yield how, node.model_copy(update={"bound": node.bound + step})
        case All() | Any():
            other = Any(of=node.of) if isinstance(node, All) else All(of=node.of)
            if len(node.of) > 1:
                yield "all <-> any", other
        case Count():
            yield "count +1", node.model_copy(update={"at_least": node.at_least + 1})
            yield "count -1", node.model_copy(update={"at_least": node.at_least - 1})
        case _:
            pass
    yield from _fewer(node)


def _fewer(node: Condition) -> Iterator[tuple[str, Condition]]:
    parts = parts_of(node)
    if isinstance(node, Not):
        yield "drop operand", node.of  # the word 'not' itself
    elif len(parts) > 1:
        for index in range(len(parts)):
            # what is left out holds always in an 'all' and never elsewhere: that is the same as leaving it out
            left_out = ALWAYS if isinstance(node, All) else NEVER
            yield "drop operand", with_parts(node, (*parts[:index], left_out, *parts[index + 1 :]))


def _lists(node: Chosen) -> Iterator[tuple[str, Condition]]:
    for option in node.options if len(node.options) > 1 else ():
        kept = tuple(each for each in node.options if each != option)
        yield "drop not_sure" if option in WORDS else "drop option", node.model_copy(update={"options": kept})
