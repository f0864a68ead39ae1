"""Small changes to a loaded protocol: the tools with which faults are planted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any as Anything

from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Unknown, fold
from triage.protocol.models import Protocol

Plant = Callable[[Protocol], Protocol]
Turn = Callable[[Condition], Condition]
KINDS = ("questions", "findings", "rules", "modifiers", "advice", "safety_nets")


CHANGES = (
    "bound",
    "count",
    "drop_part",
    "drop_options",
    "all_for_any",
    "any_for_all",
    "label",
    "time",
    "door",
    "skip",
    "when_skipped",
    "not_gating",
    "low",
    "remove",
)


class NothingToPlant(Exception):
    """The protocol has no such entry or part, so the fault would change nothing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted mistake: which entry, what is changed, and from what to what."""

    id: str
    kind: str
    entry: str
    change: str
    of: str = ""
    old: float = 0.0
    new: float = 0.0
    options: tuple[str, ...] = ()
    part: Condition | None = None
    to: str = ""


def planted(fault: Fault, protocol: Protocol) -> Protocol:
    """Return the protocol with a fault. Raises NothingToPlant if that would change nothing."""
    if fault.change == "remove":
        return gone(fault.kind, fault.entry)(protocol)
    condition = "ask_if" if fault.kind == "questions" else "when"
    part = fault.part or All(of=())
    changes: dict[str, dict[str, object]] = {
        "bound": {condition: bound(fault.of, fault.old, fault.new)},
        "count": {condition: counted(int(fault.old), int(fault.new))},
        "drop_part": {condition: without_part(part)},
        "drop_options": {condition: without_options(fault.of, *fault.options)},
        "all_for_any": {condition: all_for_any},
        "any_for_all": {condition: any_for_all},
        "label": {"then": lambda _: Disposition(fault.to)},
        "time": {"within": lambda _: TimeFrame(fault.to)},
        "door": {"door": fault.to},
        "skip": {"ask_if": lambda _: part, "when_skipped": "none"},
        "when_skipped": {"when_skipped": fault.to},
        "not_gating": {"gating": False},
        "low": {"low": fault.new},
    }
    return entry(fault.kind, fault.entry, **changes[fault.change])(protocol)


def entry(kind: str, name: str, **changes: object) -> Plant:
    """Change keys of one entry; a callable makes the new value from the old one."""

    def plant(protocol: Protocol) -> Protocol:
        old = next((each for each in getattr(protocol, kind) if each.id == name), None)
        if old is None:
            raise NothingToPlant(f"no {kind} '{name}'")
        made = {key: new(getattr(old, key)) if callable(new) else new for key, new in changes.items()}
        if all(getattr(old, key) == new for key, new in made.items()):
            raise NothingToPlant(f"{kind} '{name}' stays the same")
        new_entry = old.model_copy(update=made)
        return protocol.model_copy(
            update={kind: tuple(new_entry if each is old else each for each in getattr(protocol, kind))}
        )

    return plant


def gone(kind: str, name: str) -> Plant:
    """Take an entry out."""

    def plant(protocol: Protocol) -> Protocol:
        left = tuple(each for each in getattr(protocol, kind) if each.id != name)
        if len(left) == len(getattr(protocol, kind)):
            raise NothingToPlant(f"no {kind} '{name}'")
        return protocol.model_copy(update={kind: left})

    return plant


def bound(subject: str, old: float, new: float) -> Turn:
    """Move a bound of one subject."""
    return _rewriting(compare=lambda node: _moved(node, subject, old, new))


def _moved(node: Compare, subject: str, old: float, new: float) -> Condition:
    if (node.subject, node.bound) != (subject, old):
        return node
    return node.model_copy(update={"bound": new})


def without_options(question: str, *options: str) -> Turn:
    """Drop options from every test of one question; a test that has none left never holds."""

    def chosen(node: Chosen) -> Condition:
        if node.question != question:
            return node
        left = tuple(each for each in node.options if each not in options)
        return node.model_copy(update={"options": left}) if left else Any(of=())

    return _rewriting(chosen=chosen)


def without_part(wanted: Condition) -> Turn:
    """Drop a part from every `all`, `any` and `count` that has it."""

    def kept(parts: Sequence[Condition]) -> tuple[Condition, ...]:
        return tuple(each for each in parts if each != wanted)

    return _rewriting(
        all_of=lambda parts: All(of=kept(parts)),
        any_of=lambda parts: Any(of=kept(parts)),
        count=lambda needed, parts: Count(at_least=needed, of=kept(parts)),
    )


def all_for_any(condition: Condition) -> Condition:
    """Ask for every part where one was enough, at the top."""
    return All(of=condition.of) if isinstance(condition, Any) else condition


def any_for_all(condition: Condition) -> Condition:
    """Be content with one part where every one was needed, at the top."""
    return Any(of=condition.of) if isinstance(condition, All) else condition


def counted(old: int, new: int) -> Turn:
    """Ask for another number of parts."""
    return _rewriting(count=lambda needed, parts: Count(at_least=new if needed == old else needed, of=tuple(parts)))


class _Rewriting:
    """Builds the same condition again, but for the nodes that are changed."""

    def __init__(self, changed: dict[str, Callable[..., Condition]]) -> None:
        self._changed = changed

    def _of(self, kind: str, otherwise: Callable[..., Condition], *arguments: Anything) -> Condition:
        return self._changed.get(kind, otherwise)(*arguments)

    def chosen(self, node: Chosen) -> Condition:
        return self._of("chosen", lambda same: same, node)

    def compare(self, node: Compare) -> Condition:
        return self._of("compare", lambda same: same, node)

    def unknown(self, node: Unknown) -> Condition:
        return node

    def named(self, node: Named) -> Condition:
        return node

    def all_of(self, parts: list[Condition]) -> Condition:
        return self._of("all_of", lambda same: All(of=tuple(same)), parts)

    def any_of(self, parts: list[Condition]) -> Condition:
        return self._of("any_of", lambda same: Any(of=tuple(same)), parts)

    def negate(self, part: Condition) -> Condition:
        return Not(of=part)

    def count(self, needed: int, parts: list[Condition]) -> Condition:
        return self._of("count", lambda n, same: Count(at_least=n, of=tuple(same)), needed, parts)


def _rewriting(**changed: Callable[..., Condition]) -> Turn:
    return lambda condition: fold(condition, _Rewriting(changed))
