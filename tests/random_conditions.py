"""Small protocols, random conditions and random sheets for the tests that compare readings of a condition."""

import random
from collections.abc import Mapping
from typing import Any as Anything
from typing import get_args

from triage.engines.base import OPEN, Reading, Sheet, Valuation
from triage.kernel.answers import Word
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Operator, Unknown
from triage.protocol.models import Finding, Place, Protocol, Rule

OPTIONS = ("a", "b", "c", "d", "not_sure", "declined")
QUESTIONS = ("eyes", "legs", "bladder", "fever")
FIGURES = ("temperature", "hours", "doubts")
BOUNDS = (-1.0, 0.0, 0.1, 37.8, 38.0, 48.0, 1e9)
BESIDE = (-0.5, 0.0, 0.5)
OPERATORS: tuple[Operator, ...] = get_args(Operator)
Fields = dict[str, Anything]  # a protocol without its words: only its conditions are read
NOWHERE = Place(file="test.yaml", line=1, column=1)


def protocol_of(findings: Mapping[str, Condition], rules: Mapping[str, Condition]) -> Protocol:
    """Return a protocol that holds these conditions and nothing else."""
    kept: Fields = {
        "questions": (),
        "measures": (),
        "findings": tuple(
            Finding(id=name, brief=(), meaning="", when=when, place=NOWHERE) for name, when in findings.items()
        ),
        "rules": tuple(_rule(name, when) for name, when in rules.items()),
        "modifiers": (),
        "advice": (),
        "safety_nets": (),
        "hash": "0" * 64,
    }
    return Protocol.model_construct(**kept)


def _rule(name: str, when: Condition) -> Rule:
    kept: Fields = {"id": name, "when": when, "place": NOWHERE}
    return Rule.model_construct(**kept)


def random_protocol(rng: random.Random, *, findings: int = 8, rules: int = 20) -> Protocol:
    """Return a protocol whose findings may read the findings before them."""
    made: dict[str, Condition] = {}
    for number in range(findings):
        made[f"f{number}"] = random_condition(rng, tuple(made), depth=3)
    return protocol_of(made, {f"r{number}": random_condition(rng, tuple(made), depth=4) for number in range(rules)})


def random_condition(rng: random.Random, findings: tuple[str, ...] = (), depth: int = 3) -> Condition:
    """Return a condition of every node kind; empty joins and counts that are too high or too low are among them."""
    kind = rng.choice(("leaf", "all", "any", "not", "count") if depth else ("leaf",))
    if kind == "leaf":
        return _leaf(rng, findings)
    if kind == "not":
        return Not(of=random_condition(rng, findings, depth - 1))
    wide = rng.choice((0, 1, 2, 3, 4, 9)) if depth == 1 else rng.randint(1, 4)
    parts = tuple(random_condition(rng, findings, depth - 1) for _ in range(wide))
    if kind == "count":
        return Count(at_least=rng.randint(0, wide + 1), of=parts)
    return All(of=parts) if kind == "all" else Any(of=parts)


def _leaf(rng: random.Random, findings: tuple[str, ...]) -> Condition:
    match rng.choice(("chosen", "chosen", "compare", "unknown", "named")):
        case "compare":
            return Compare(subject=rng.choice(FIGURES), operator=rng.choice(OPERATORS), bound=rng.choice(BOUNDS))
        case "unknown":
            return Unknown(subject=rng.choice(QUESTIONS + FIGURES))
        case "named" if findings:
            return Named(finding=rng.choice(findings))
        case _:
            options = rng.sample(OPTIONS, rng.randint(1, len(OPTIONS)))
            return Chosen(question=rng.choice(QUESTIONS), options=tuple(options))


def random_sheet(rng: random.Random, valuation: Valuation) -> Sheet:
    """Return readings as answers, skipped questions and measures give them; some are missing."""
    answered = rng.choice((0.3, 0.7, 0.95))
    readings = {name: random_reading(rng, figure=name in FIGURES) for name in QUESTIONS + FIGURES}
    known = {name: reading for name, reading in readings.items() if rng.random() < answered}
    return Sheet(valuation, known, applies={})


def random_reading(rng: random.Random, *, figure: bool) -> Reading:
    """Return one reading; figures may be ranges, may be absent, and may stand beside a word."""
    if rng.random() < 1 / 10:
        return OPEN
    word = rng.choice((None, None, *Word))
    chosen = frozenset(rng.sample(OPTIONS[:4], rng.choice((0, 0, 1, 2))))
    if not figure or rng.random() < 1 / 4:
        return Reading(chosen=chosen, word=word)
    low = rng.choice(BOUNDS) + rng.choice(BESIDE)
    return Reading(word=word, low=low, high=low + rng.choice((0.0, 0.0, 0.5, 40.0)))
