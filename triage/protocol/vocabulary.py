"""The names a condition may use, and the reading of a condition against them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from triage.kernel.answers import WORDS
from triage.kernel.diagnostics import DiagnosticBag, did_you_mean
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Operator, Unknown
from triage.protocol.shapes import BOUNDS
from triage.protocol.source import Entries, Listing, Node, Scalar, kind_of

NEVER = Any(of=())  # stands in for a part that could not be read; the protocol is rejected anyway


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name: questions with their kind and options, measures, thresholds, findings."""

    kinds: Mapping[str, str]
    options: Mapping[str, frozenset[str]]
    measures: frozenset[str]
    thresholds: Mapping[str, float]
    findings: frozenset[str]


def read_condition(node: Node, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    """Turn a node into a condition; mistakes are recorded and stand in as a condition that never holds."""
    if isinstance(node, Scalar):
        return _named(node, names, bag)
    if not isinstance(node, Entries):
        bag.add(node.span, "T103", what="a condition", wanted="a name or a mapping", got=kind_of(node))
        return NEVER
    if len(node.items) != 1:
        bag.add(node.span, "T111", count=len(node.items))
        return NEVER
    key, value = node.items[0]
    if key.text in ("all", "any"):
        parts = _parts(value, names, bag, what=f"'{key.text}'")
        return All(of=parts) if key.text == "all" else Any(of=parts)
    if key.text == "not":
        return Not(of=read_condition(value, names, bag))
    if key.text == "count":
        return _count(value, names, bag)
    if key.text == "unknown":
        return _unknown(value, names, bag)
    return _atom(key, value, names, bag)


def _named(node: Scalar, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    if node.text in names.findings:
        return Named(finding=node.text)
    if node.text in names.kinds or node.text in names.measures:
        remedy = f"write '{node.text}: option' or a bound"
        bag.add(node.span, "T114", name=node.text, kind="question or measure", use="used alone", remedy=remedy)
    else:
        bag.add(node.span, "T112", name=node.text, hint=did_you_mean(node.text, names.findings))
    return NEVER


def _parts(node: Node, names: Vocabulary, bag: DiagnosticBag, *, what: str) -> tuple[Condition, ...]:
    if not isinstance(node, Listing):
        bag.add(node.span, "T103", what=what, wanted="a list", got=kind_of(node))
        return ()
    if not node.items:
        bag.add(node.span, "T109", what=what)
    return tuple(read_condition(item, names, bag) for item in node.items)


def _count(node: Node, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    items = {key.text: value for key, value in node.items} if isinstance(node, Entries) else {}
    needed = items.get("at_least")
    if set(items) != {"at_least", "of"} or not isinstance(needed, Scalar):
        bag.add(node.span, "T103", what="'count'", wanted="{at_least: 2, of: [...]}", got=kind_of(node))
        return NEVER
    if not needed.text.isascii() or not needed.text.isdigit() or not 1 <= int(needed.text[:4]) <= 99:
        bag.add(needed.span, "T107", value=needed.text[:40])
        return NEVER
    return Count(at_least=int(needed.text), of=_parts(items["of"], names, bag, what="'of'"))


def _unknown(node: Node, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    if not isinstance(node, Scalar):
        bag.add(node.span, "T103", what="'unknown'", wanted="a name", got=kind_of(node))
        return NEVER
    known = [*names.kinds, *names.measures]
    if node.text not in known:
        bag.add(node.span, "T112", name=node.text, hint=did_you_mean(node.text, known))
        return NEVER
    return Unknown(subject=node.text)


def _atom(key: Scalar, value: Node, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    if key.text not in names.kinds and key.text not in names.measures:
        known = [*names.kinds, *names.measures, "all", "any", "not", "count", "unknown"]
        bag.add(key.span, "T112", name=key.text, hint=did_you_mean(key.text, known))
        return NEVER
    if isinstance(value, Entries):
        return _bounds(key, value, names, bag)
    return _options(key, value, names, bag)


def _options(key: Scalar, value: Node, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    if key.text in names.measures:
        bag.add(key.span, "T114", name=key.text, kind="measure", use="chosen", remedy="compare it with a bound")
        return NEVER
    listed = value.items if isinstance(value, Listing) else (value,)
    chosen = [item for item in listed if isinstance(item, Scalar)]
    if len(chosen) != len(listed) or not chosen:
        bag.add(value.span, "T103", what=f"'{key.text}'", wanted="options", got=kind_of(value))
        return NEVER
    known = names.options[key.text] | WORDS
    for item in chosen:
        if item.text not in known:
            hint = did_you_mean(item.text, known)
            bag.add(item.span, "T113", question=key.text, option=item.text, hint=hint)
    texts = [item.text for item in chosen]
    if "not_sure" in texts and "declined" not in texts:
        bag.add(key.span, "T125", name=key.text)
    return Chosen(question=key.text, options=tuple(texts))


def _bounds(key: Scalar, value: Entries, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    kind = names.kinds.get(key.text, "measure")
    if kind not in ("number", "measure"):
        bag.add(key.span, "T114", name=key.text, kind=kind, use="compared", remedy="name its options")
        return NEVER
    compared = []
    for operator, bound in value.items:
        if operator.text not in BOUNDS:
            hint = did_you_mean(operator.text, BOUNDS)
            bag.add(operator.span, "T104", value=operator.text[:40], wanted=f"one of {', '.join(BOUNDS)}", hint=hint)
            continue
        number, threshold = _bound(bound, names, bag)
        word = cast(Operator, operator.text)
        compared.append(Compare(subject=key.text, operator=word, bound=number, threshold=threshold))
    if not compared:
        bag.add(value.span, "T139")
        return NEVER
    return compared[0] if len(compared) == 1 else All(of=tuple(compared))


def _bound(node: Node, names: Vocabulary, bag: DiagnosticBag) -> tuple[float, str | None]:
    if not isinstance(node, Scalar):
        bag.add(node.span, "T103", what="a bound", wanted="a number or a threshold", got=kind_of(node))
        return 0.0, None
    if node.text in names.thresholds:
        return names.thresholds[node.text], node.text
    try:
        number = float(node.text)
    except ValueError:
        number = float("nan")
    if number != number or abs(number) > 1e9:
        bag.add(node.span, "T115", name=node.text[:40], hint=did_you_mean(node.text, names.thresholds))
        return 0.0, None
    return number, None
