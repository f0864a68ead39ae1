"""Two engines that share no reading of a condition say the same about every one of them."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.random_conditions import protocol_of, random_protocol, random_sheet
from triage.engines.base import NOTHING, OPEN, Reading, Sheet, Truths, Valuation
from triage.engines.durable import Durable, available
from triage.engines.reference import Reference
from triage.engines.sheet import sheet_of
from triage.kernel.answers import Word
from triage.kernel.errors import EngineVoid
from triage.kernel.truth import NO, UNKNOWN, YES, Truth, negate
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Unknown
from triage.protocol.loader import load
from triage.protocol.models import Protocol
from triage.verify.cases import AT
from triage.verify.fuzz import SHOWN_MAX, agreement, random_answers

needs_durable = pytest.mark.skipif(available() is not None, reason=str(available()))
SHIPPED = Path(__file__).resolve().parents[2] / "rules" / "ms"
SAID, DOUBT = Valuation.AS_SAID, Valuation.IN_DOUBT
UNSURE = Reading(word=Word.NOT_SURE)


@pytest.fixture(scope="module")
def shipped() -> Protocol:
    return load(SHIPPED)


def picked(*options: str) -> Reading:
    return Reading(chosen=frozenset(options))


def chose(question: str, *options: str) -> Chosen:
    return Chosen(question=question, options=options)


FEVER = Compare(subject="temperature", operator="at_least", bound=38.0)
WEAK = All(of=(chose("legs", "weak"), Not(of=chose("legs", "usual", "not_sure"))))


@needs_durable
@pytest.mark.parametrize(
    ("condition", "readings", "as_said", "in_doubt"),
    [
        pytest.param(chose("eyes", "blurred"), {}, UNKNOWN, UNKNOWN, id="an open question keeps it open"),
        pytest.param(chose("eyes", "blurred"), {"eyes": picked("blurred")}, YES, YES, id="the option was chosen"),
        pytest.param(chose("eyes", "blurred"), {"eyes": picked("none")}, NO, NO, id="another option was chosen"),
        pytest.param(chose("eyes", "blurred"), {"eyes": NOTHING}, NO, NO, id="the question was skipped"),
        pytest.param(chose("eyes", "blurred"), {"eyes": UNSURE}, NO, UNKNOWN, id="a doubt that is not named"),
        pytest.param(chose("eyes", "blurred", "not_sure"), {"eyes": UNSURE}, YES, YES, id="a doubt that is named"),
        pytest.param(FEVER, {"temperature": Reading(low=38.0, high=38.0)}, YES, YES, id="on the bound is at least it"),
        pytest.param(FEVER, {"temperature": Reading(low=37.9, high=37.9)}, NO, NO, id="a tenth below is not"),
        pytest.param(FEVER, {"temperature": UNSURE}, NO, UNKNOWN, id="no thermometer"),
        pytest.param(FEVER, {"temperature": OPEN}, UNKNOWN, UNKNOWN, id="a figure not yet given"),
        pytest.param(FEVER, {"temperature": Reading(low=0.0, high=40.0)}, UNKNOWN, UNKNOWN, id="a count that can grow"),
        pytest.param(Unknown(subject="eyes"), {"eyes": UNSURE}, YES, YES, id="a doubt is unknown"),
        pytest.param(Unknown(subject="eyes"), {"eyes": picked("none")}, NO, NO, id="an answer is not unknown"),
        pytest.param(WEAK, {"legs": picked("weak")}, YES, YES, id="a negation of what was not said holds"),
        pytest.param(WEAK, {"legs": picked("usual")}, NO, NO, id="one part fails"),
        pytest.param(All(of=(FEVER, WEAK)), {"legs": picked("usual")}, NO, NO, id="one no settles an 'all'"),
        pytest.param(
            All(of=(FEVER, WEAK)), {"legs": picked("weak")}, UNKNOWN, UNKNOWN, id="an 'all' waits for the rest"
        ),
        pytest.param(Any(of=(FEVER, WEAK)), {"legs": picked("weak")}, YES, YES, id="one yes settles an 'any'"),
        pytest.param(
            Any(of=(FEVER, WEAK)), {"legs": picked("usual")}, UNKNOWN, UNKNOWN, id="an 'any' waits for the rest"
        ),
        pytest.param(All(of=()), {}, YES, YES, id="all of nothing holds"),
        pytest.param(Any(of=()), {}, NO, NO, id="any of nothing does not"),
        pytest.param(
            Count(at_least=2, of=(FEVER, WEAK, Unknown(subject="eyes"))),
            {"legs": picked("weak"), "eyes": picked("none")},
            UNKNOWN,
            UNKNOWN,
            id="a count that can be reached",
        ),
        pytest.param(
            Count(at_least=2, of=(FEVER, WEAK, Unknown(subject="eyes"))),
            {"legs": picked("usual"), "eyes": picked("none")},
            NO,
            NO,
            id="a count that cannot",
        ),
    ],
)
def test_both_engines_read_what_the_semantics_say(
    condition: Condition, readings: Mapping[str, Reading], as_said: Truth, in_doubt: Truth
) -> None:
    protocol = protocol_of({"itself": condition}, {"through_a_finding": Named(finding="itself")})
    for engine in (Reference(protocol), Durable(protocol)):
        for valuation, expected in ((SAID, as_said), (DOUBT, in_doubt)):
            truths = engine.evaluate(Sheet(valuation, readings, applies={}))
            assert truths == {"finding:itself": expected, "rule:through_a_finding": expected}, engine.name


@needs_durable
@pytest.mark.parametrize("seed", range(30))
def test_they_agree_on_random_protocols(seed: int) -> None:
    rng = random.Random(seed)
    protocol = random_protocol(rng)
    reference, second = Reference(protocol), Durable(protocol)
    for number in range(40):
        sheet = random_sheet(rng, list(Valuation)[number % 2])
        assert second.evaluate(sheet) == reference.evaluate(sheet)


@needs_durable
def test_they_agree_on_random_answers_to_the_shipped_protocol(shipped: Protocol) -> None:
    found = agreement(shipped, [Reference(shipped), Durable(shipped)], sets=150, seed=1)
    assert found.agreed, (found.shown, found.exceptions)
    assert found.comparisons == 150 * 2 * len(Reference(shipped).evaluate(sheet_of(shipped, {}, AT, SAID)))


@needs_durable
def test_both_name_the_same_conditions_in_the_same_order(shipped: Protocol) -> None:
    sheet = sheet_of(shipped, {}, AT, SAID)
    assert list(Durable(shipped).evaluate(sheet)) == list(Reference(shipped).evaluate(sheet))


class Liar:
    """Says the opposite about one condition."""

    name = "liar"

    def __init__(self, protocol: Protocol, about: str) -> None:
        self._honest = Reference(protocol)
        self._about = about

    def evaluate(self, sheet: Sheet) -> Truths:
        truths = self._honest.evaluate(sheet)
        return {**truths, self._about: negate(truths[self._about])}


class Silent:
    """Cannot be trusted."""

    name = "silent"

    def evaluate(self, sheet: Sheet) -> Truths:
        raise EngineVoid("no reading")


def test_a_disagreement_is_counted_and_shown(shipped: Protocol) -> None:
    about = f"rule:{shipped.rules[0].id}"
    found = agreement(shipped, [Reference(shipped), Liar(shipped, about)], sets=60, seed=1)
    assert not found.agreed
    assert found.disagreements > len(found.shown) == SHOWN_MAX
    assert {each.name for each in found.shown} == {about}
    assert all(set(each.said) == {"reference", "liar"} for each in found.shown)


def test_a_void_reading_is_an_exception_and_not_agreement(shipped: Protocol) -> None:
    found = agreement(shipped, [Reference(shipped), Silent()], sets=3, seed=1)
    assert not found.agreed
    assert len(found.exceptions) == 3 * 2
    assert "EngineVoid: no reading" in found.exceptions[0]


def test_a_seed_gives_the_same_answers_for_ever(shipped: Protocol) -> None:
    first, again = (random_answers(shipped, random.Random(7), AT) for _ in range(2))
    assert first == again


def test_random_answers_are_of_every_kind(shipped: Protocol) -> None:
    rng = random.Random(3)
    sets = [random_answers(shipped, rng, AT) for _ in range(200)]
    answers = [answer for each in sets for answer in each.values()]
    assert {answer.word for answer in answers} == {None, *Word}
    assert any(answer.chosen and answer.word for answer in answers)
    assert all(any(getattr(answer, part) for answer in answers) for part in ("number", "numbers", "moment"))
    assert {question.id for question in shipped.questions} == {name for each in sets for name in each}
    sizes = [len(each) for each in sets]
    assert min(sizes) < len(shipped.questions) / 4
    assert max(sizes) == len(shipped.questions)
