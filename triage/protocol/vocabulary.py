"""The names a condition may use, and the reading of a condition against them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from triage.kernel.answers import WORDS
from triage.kernel.diagnostics import DiagnosticBag, did_you_mean, nearest
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Operator, Unknown
from triage.protocol.gaps import Gaps
from triage.protocol.reader import NUMBER, read_number, shown
from triage.protocol.shapes import BOUNDS
from triage.protocol.source import Entries, Listing, Node, Scalar, kind_of

NEVER = Any(of=())  # stands in for a part that could not be read; the protocol is rejected anyway
OPERATORS = ("all", "any", "not", "count", "unknown")
COUNTED = re.compile(r"[1-9]\d?", re.ASCII)
FIGURE = re.compile(r"[-+.]?(\d.*|nan|inf|infinity)", re.IGNORECASE)  # meant as a number, not as a threshold's name
UNCHOSEN = {
    "number": "compare it with a bound",
    "scale": "compare a measure of it",
    "moment": "compare a measure of it",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name: questions with their kind and options, measures, thresholds, findings.

    A question whose kind could not be read has the kind `""`; one whose options could not be read has None. Either
    passes every test, because its own mistake is recorded already; so does a name among the `gaps`.
    """

    kinds: Mapping[str, str]
    options: Mapping[str, frozenset[str] | None]
    measures: frozenset[str]
    thresholds: Mapping[str, float]
    findings: frozenset[str]
    gaps: Gaps = field(default_factory=Gaps)


def read_condition(node: Node, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    """Turn a node into a condition; mistakes are recorded and stand in as a condition that never holds."""
    before = len(bag.found)
    condition = _condition(node, names, bag)
    if len(bag.found) > before:
        names.gaps.hear(node)
    return condition


def _condition(node: Node, names: Vocabulary, bag: DiagnosticBag) -> Condition:
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
        return Not(of=_condition(value, names, bag))
    if key.text == "count":
        return _count(value, names, bag)
    if key.text == "unknown":
        return _unknown(value, names, bag)
    return _atom(key, value, names, bag)


def _named(node: Scalar, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    name = node.text
    if name in names.findings:
        return Named(finding=name)
    if not name:
        bag.add(node.span, "T109", what="a condition")
    elif name in names.kinds or name in names.measures:
        kind = "a question" if name in names.kinds else "a measure"
        remedy = f"write '{name}: option' or a bound"
        bag.add(node.span, "T114", name=name, kind=kind, use="used alone", remedy=remedy)
    elif not names.gaps.excuse(name, "findings"):
        bag.add(node.span, "T112", sort="finding", name=shown(name), hint=did_you_mean(name, names.findings))
    return NEVER


def _parts(node: Node, names: Vocabulary, bag: DiagnosticBag, *, what: str) -> tuple[Condition, ...]:
    if not isinstance(node, Listing):
        bag.add(node.span, "T103", what=what, wanted="a list", got=kind_of(node))
        return ()
    if not node.items:
        bag.add(node.span, "T109", what=what)
    return tuple(_condition(item, names, bag) for item in node.items)


def _count(node: Node, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    items = {key.text: value for key, value in node.items} if isinstance(node, Entries) else {}
    needed = items.get("at_least")
    if set(items) != {"at_least", "of"} or not isinstance(needed, Scalar):
        bag.add(node.span, "T103", what="'count'", wanted="{at_least: 2, of: [...]}", got=kind_of(node))
        return NEVER
    parts = _parts(items["of"], names, bag, what="'of'")
    if not COUNTED.fullmatch(needed.text):
        bag.add(needed.span, "T107", value=shown(needed.text), wanted="a whole number from 1 to 99")
        return NEVER
    if parts and int(needed.text) > len(parts):
        bag.add(needed.span, "T142", needed=needed.text, count=len(parts))
    return Count(at_least=int(needed.text), of=parts)


def _unknown(node: Node, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    if not isinstance(node, Scalar):
        bag.add(node.span, "T103", what="'unknown'", wanted="a name", got=kind_of(node))
        return NEVER
    known = [*names.kinds, *names.measures]
    if node.text not in known:
        if not names.gaps.excuse(node.text, "questions", "measures"):
            hint = did_you_mean(node.text, known)
            bag.add(node.span, "T112", sort="question or measure", name=shown(node.text), hint=hint)
        return NEVER
    return Unknown(subject=node.text)


def _atom(key: Scalar, value: Node, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    if key.text not in names.kinds and key.text not in names.measures:
        if not names.gaps.excuse(key.text, "questions", "measures"):
            hint = did_you_mean(key.text, [*names.kinds, *names.measures, *OPERATORS])
            bag.add(key.span, "T112", sort="question or measure", name=shown(key.text), hint=hint)
        return NEVER
    if isinstance(value, Entries):
        return _bounds(key, value, names, bag)
    return _options(key, value, names, bag)


def _options(key: Scalar, value: Node, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    if key.text in names.measures and key.text not in names.kinds:
        bag.add(key.span, "T114", name=key.text, kind="a measure", use="chosen", remedy="compare it with a bound")
        return NEVER
    listed = value.items if isinstance(value, Listing) else (value,)
    chosen = [item for item in listed if isinstance(item, Scalar)]
    if len(chosen) != len(listed) or not all(item.text for item in chosen) or not chosen:
        bag.add(value.span, "T103", what=f"'{key.text}'", wanted="an option or a list of options", got=kind_of(value))
        return NEVER
    for item in chosen:
        _option(key, item, names, bag)
    texts = [item.text for item in chosen]
    if "not_sure" in texts and "declined" not in texts:
        bag.add(key.span, "T125", name=key.text)
    return Chosen(question=key.text, options=tuple(texts))


def _option(key: Scalar, item: Scalar, names: Vocabulary, bag: DiagnosticBag) -> None:
    known, kind = names.options[key.text], names.kinds[key.text]
    if item.text in WORDS or known is None:
        return
    if kind == "scale" or (kind in UNCHOSEN and not known):
        bag.add(key.span, "T114", name=key.text, kind=f"a {kind} question", use="chosen", remedy=UNCHOSEN[kind])
    elif item.text not in known:
        hint = did_you_mean(item.text, known | WORDS)
        bag.add(item.span, "T113", question=key.text, option=shown(item.text), hint=hint)
        names.gaps.words.add(nearest(item.text, known) or "")


def _bounds(key: Scalar, value: Entries, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    kind = names.kinds.get(key.text, "measure")
    if kind not in ("number", "measure", ""):
        remedy = "compare a measure of it" if kind in ("moment", "scale") else "name its options"
        bag.add(key.span, "T114", name=key.text, kind=f"a {kind} question", use="compared", remedy=remedy)
        return NEVER
    compared = []
    for operator, bound in value.items:
        if operator.text not in BOUNDS:
            hint = did_you_mean(operator.text, BOUNDS)
            bag.add(operator.span, "T104", value=shown(operator.text), wanted=f"one of {', '.join(BOUNDS)}", hint=hint)
            continue
        number, threshold = _bound(bound, names, bag)
        word = cast(Operator, operator.text)
        compared.append(Compare(subject=key.text, operator=word, bound=number, threshold=threshold))
    if not value.items:
        bag.add(value.span, "T139")
    if not compared:
        return NEVER
    return compared[0] if len(compared) == 1 else All(of=tuple(compared))


def _bound(node: Node, names: Vocabulary, bag: DiagnosticBag) -> tuple[float, str | None]:
    if not isinstance(node, Scalar) or not node.text:
        bag.add(node.span, "T103", what="a bound", wanted="a number or a threshold", got=kind_of(node))
        return 0.0, None
    if node.text in names.thresholds:
        return names.thresholds[node.text], node.text
    if NUMBER.fullmatch(node.text) or FIGURE.fullmatch(node.text):
        return read_number(node, bag) or 0.0, None
    if not names.gaps.excuse(node.text, "thresholds"):
        bag.add(node.span, "T115", name=shown(node.text), hint=did_you_mean(node.text, names.thresholds))
    return 0.0, None
