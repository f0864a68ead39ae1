"""What is reachable: the short cut against trying every answer."""

import random
from collections.abc import Iterator, Mapping
from itertools import combinations, product

import pytest

from tests.small import finding, protocol, question
from triage.engines.base import Valuation
from triage.engines.sheet import sheet_of
from triage.kernel.answers import Answer, Word
from triage.kernel.truth import Truth
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Unknown
from triage.verify.cases import AT
from triage.verify.reach import Reach
from triage.verify.variants import findings_of, truth_on

SIGNS = Chosen(question="signs", options=("a", "not_sure"))
SMALL = protocol(
    questions=(
        question("signs", ("a", "b", "none")),
        question("when", ("now", "before"), kind="choice", ask_if=SIGNS, when_skipped="none"),
        question("heat", low=35.0, high=42.0, options=(), kind="number"),
        question(
            "more",
            ("x", "none"),
            ask_if=Any(of=(Chosen(question="when", options=("now",)), SIGNS)),
            when_skipped="unknown",
        ),
    ),
    findings=(finding("told", Any(of=(SIGNS, Chosen(question="when", options=("now", "declined"))))),),
)
WORDS = (Answer(word=Word.NOT_SURE), Answer(word=Word.DECLINED))


def ways(name: str, options: tuple[str, ...], *, many: bool) -> list[Answer | None]:
    sets = [frozenset({each}) for each in options]
    if many:
        told = [each for each in options if each != "none"]
        sets += [frozenset(each) for each in combinations(told, 2)]
    answers: list[Answer | None] = [None, *WORDS, *(Answer(chosen=each) for each in sets)]
    if many:
        answers += [Answer(chosen=each, word=word) for each in sets if "none" not in each for word in Word]
    return answers


def everybody() -> Iterator[Mapping[str, Answer]]:
    """Yield every answer set of the small protocol."""
    lists = {
        "signs": ways("signs", ("a", "b", "none"), many=True),
        "when": ways("when", ("now", "before"), many=False),
        "heat": [None, *WORDS, *(Answer(number=each) for each in (35.0, 36.0, 37.0, 38.0, 39.0, 42.0))],
        "more": ways("more", ("x", "none"), many=True),
    }
    for chosen in product(*lists.values()):
        yield {name: answer for name, answer in zip(lists, chosen, strict=True) if answer is not None}


EVERYBODY = list(everybody())
SHEETS = {each: [sheet_of(SMALL, answers, AT, each) for answers in EVERYBODY] for each in Valuation}


def some_condition(rng: random.Random, depth: int = 3) -> Condition:
    kind = rng.choice(("all", "any", "not", "count", "leaf")) if depth else "leaf"
    if kind == "leaf":
        return rng.choice(LEAVES)
    if kind == "not":
        return Not(of=some_condition(rng, depth - 1))
    parts = tuple(some_condition(rng, depth - 1) for _ in range(rng.randint(1, 3)))
    if kind == "count":
        return Count(at_least=rng.randint(1, len(parts)), of=parts)
    return All(of=parts) if kind == "all" else Any(of=parts)


LEAVES: tuple[Condition, ...] = (
    SIGNS,
    Chosen(question="signs", options=("b",)),
    Chosen(question="signs", options=("none", "declined")),
    Chosen(question="when", options=("now", "not_sure")),
    Chosen(question="more", options=("x",)),
    Compare(subject="heat", operator="at_least", bound=38.0),
    Compare(subject="heat", operator="under", bound=36.0),
    Unknown(subject="heat"),
    Unknown(subject="more"),
    Named(finding="told"),
)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_reached_is_what_trying_everybody_finds(seed: int) -> None:
    rng = random.Random(seed)
    pair = (some_condition(rng), some_condition(rng))
    findings = findings_of(SMALL)
    for valuation in Valuation:
        reached = Reach(SMALL).of(pair, valuation)
        tried: set[tuple[Truth, ...]] = {
            tuple(truth_on(sheet, each, findings) for each in pair) for sheet in SHEETS[valuation]
        }
        assert reached.exact
        assert set(reached.found) == tried
