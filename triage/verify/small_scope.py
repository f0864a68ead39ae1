"""Figure 6: the engines agree on every combination of a rule's own answers; on a sample where there are too many."""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from triage.engines.base import Engine, Valuation
from triage.engines.sheet import sheet_of
from triage.kernel.errors import BadInput
from triage.protocol.conditions import Condition, Named, leaves
from triage.protocol.models import Case, Protocol, Rule
from triage.verify.cases import AT, read_case
from triage.verify.readings import Asked, Raw, Way, Ways
from triage.verify.variants import expanded, findings_of


@dataclass(frozen=True, slots=True)
class SmallScope:
    """How many rules were tried whole and how many on a sample, and where the engines differed."""

    whole: int
    sampled: int
    sheets: int
    differences: tuple[str, ...]


def small_scope(protocol: Protocol, engines: Sequence[Engine], *, limit: int, seed: int) -> SmallScope:
    """Compare the engines on each rule's own answers, at most `limit` combinations a rule, in both valuations."""
    rng = random.Random(seed)  # noqa: S311 - chance for tests, not for secrets
    findings, ways = findings_of(protocol), Ways(protocol)
    whole = sheets = 0
    differences: list[str] = []
    for rule in protocol.rules:
        groups, every = ways.of(_leaves(rule.when, findings))
        size = math.prod(len(each) for each in groups.values())
        whole += every and size <= limit
        for raw in _combinations(groups, size, limit, rng):
            for valuation in Valuation:
                sheets += 1
                differences += _compared(rule, raw, valuation, protocol, engines)
    return SmallScope(whole, len(protocol.rules) - whole, sheets, tuple(differences))


def _leaves(condition: Condition, findings: Mapping[str, Condition]) -> list[Asked]:
    return [leaf for leaf in leaves(expanded(condition, findings)) if not isinstance(leaf, Named)]


def _combinations(groups: Mapping[str, Sequence[Way]], size: int, limit: int, rng: random.Random) -> Iterator[Raw]:
    if size <= limit:
        chosen: Iterator[tuple[Way, ...]] = product(*groups.values())
    else:
        chosen = (tuple(rng.choice(each) for each in groups.values()) for _ in range(limit))
    for ways in chosen:
        yield {name: value for way in ways for name, value in way.raw.items()}


def _compared(
    rule: Rule, raw: Raw, valuation: Valuation, protocol: Protocol, engines: Sequence[Engine]
) -> Iterator[str]:
    try:
        answers, given = read_case(Case(answers=dict(raw), place=rule.place), protocol)
    except BadInput:
        return  # a figure just outside what the question takes
    sheet = sheet_of(protocol, answers, AT, valuation, given)
    truths = [engine.evaluate(sheet) for engine in engines]
    if any(each != truths[0] for each in truths[1:]):
        yield f"{rule.id}, {valuation.value}: {sorted(raw)}"
