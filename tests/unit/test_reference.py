"""The normative table of docs/semantics.md, cell by cell, under both valuations."""

from collections.abc import Mapping

import pytest

from tests.small import compared, finding, measure, picked, protocol, question, rule
from triage.engines.base import NOTHING, OPEN, Reading, Sheet, Valuation
from triage.engines.reference import Reference, chosen, compare, unknown
from triage.kernel.answers import Word
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.conditions import All, Any, Condition, Count, Named, Not, Operator, Unknown

SAID, DOUBT = Valuation.AS_SAID, Valuation.IN_DOUBT
SIGN = Reading(chosen=frozenset({"sign"}))
OTHER = Reading(chosen=frozenset({"other"}))
UNSURE = Reading(word=Word.NOT_SURE)
DECLINED = Reading(word=Word.DECLINED)
SIGN_AND_UNSURE = Reading(chosen=frozenset({"sign"}), word=Word.NOT_SURE)
OTHER_AND_UNSURE = Reading(chosen=frozenset({"other"}), word=Word.NOT_SURE)


def figure(low: float, high: float | None = None) -> Reading:
    """Return the reading of a number, or of a count that can still grow."""
    return Reading(low=low, high=low if high is None else high)


@pytest.mark.parametrize(
    ("options", "reading", "said", "doubt"),
    [
        pytest.param(("sign",), SIGN, YES, YES, id="the option was chosen"),
        pytest.param(("sign", "other"), OTHER, YES, YES, id="one of the options was chosen"),
        pytest.param(("sign",), OTHER, NO, NO, id="another option was chosen"),
        pytest.param(("sign",), NOTHING, NO, NO, id="nothing was chosen"),
        pytest.param(("sign",), UNSURE, NO, UNKNOWN, id="not sure, and the atom does not name it"),
        pytest.param(("sign",), DECLINED, NO, UNKNOWN, id="declined, and the atom does not name it"),
        pytest.param(("sign", "not_sure"), UNSURE, YES, YES, id="not sure, and the atom names it"),
        pytest.param(("sign", "declined"), DECLINED, YES, YES, id="declined, and the atom names it"),
        pytest.param(("sign", "declined"), UNSURE, NO, UNKNOWN, id="not sure, and the atom names the other word"),
        pytest.param(("sign", "not_sure"), DECLINED, NO, UNKNOWN, id="declined, and the atom names the other word"),
        pytest.param(("sign",), SIGN_AND_UNSURE, YES, YES, id="chosen, and not sure of the rest"),
        pytest.param(("sign",), OTHER_AND_UNSURE, NO, UNKNOWN, id="another chosen, and not sure of the rest"),
        pytest.param(("sign", "not_sure"), OTHER_AND_UNSURE, YES, YES, id="another chosen, and the doubt is named"),
        pytest.param(("sign",), OPEN, UNKNOWN, UNKNOWN, id="not yet answered"),
        pytest.param(("sign", "not_sure"), OPEN, UNKNOWN, UNKNOWN, id="not yet answered, though the atom names a word"),
    ],
)
def test_an_option_reads_as_the_table_says(
    options: tuple[str, ...], reading: Reading, said: Truth, doubt: Truth
) -> None:
    assert chosen(options, reading, SAID) is said
    assert chosen(options, reading, DOUBT) is doubt


@pytest.mark.parametrize(
    ("operator", "below", "at", "above"),
    [
        pytest.param("at_least", NO, YES, YES, id="at least 38"),
        pytest.param("at_most", YES, YES, NO, id="at most 38"),
        pytest.param("under", YES, NO, NO, id="under 38"),
        pytest.param("over", NO, NO, YES, id="over 38"),
    ],
)
def test_a_number_is_compared_strictly_or_not_as_it_is_written(
    operator: Operator, below: Truth, at: Truth, above: Truth
) -> None:
    for valuation in Valuation:
        found = [compare(operator, 38, figure(value), valuation) for value in (37.9, 38.0, 38.1)]
        assert found == [below, at, above]


@pytest.mark.parametrize("operator", ["at_least", "at_most", "under", "over"])
@pytest.mark.parametrize(
    ("reading", "said", "doubt"),
    [
        pytest.param(UNSURE, NO, UNKNOWN, id="not sure"),
        pytest.param(DECLINED, NO, UNKNOWN, id="declined"),
        pytest.param(NOTHING, NO, NO, id="skipped, with no figure"),
        pytest.param(OPEN, UNKNOWN, UNKNOWN, id="not yet answered"),
    ],
)
def test_a_missing_number_is_never_high_and_never_low(
    operator: Operator, reading: Reading, said: Truth, doubt: Truth
) -> None:
    assert compare(operator, 38, reading, SAID) is said
    assert compare(operator, 38, reading, DOUBT) is doubt


@pytest.mark.parametrize(
    ("reading", "truth"),
    [
        pytest.param(figure(3, 5), YES, id="at least 3 already, and it may grow"),
        pytest.param(figure(1, 3), UNKNOWN, id="1 so far, and it may come to 3"),
        pytest.param(figure(0, 2), NO, id="it can no longer come to 3"),
    ],
)
def test_a_count_that_can_still_grow_is_compared_at_both_ends(reading: Reading, truth: Truth) -> None:
    assert compare("at_least", 3, reading, SAID) is truth


@pytest.mark.parametrize(
    ("reading", "truth"),
    [
        pytest.param(SIGN, NO, id="answered with an option"),
        pytest.param(figure(38), NO, id="answered with a number"),
        pytest.param(NOTHING, NO, id="skipped as a value"),
        pytest.param(UNSURE, YES, id="not sure"),
        pytest.param(DECLINED, YES, id="declined"),
        pytest.param(SIGN_AND_UNSURE, YES, id="chosen, and not sure of the rest"),
        pytest.param(OPEN, UNKNOWN, id="not yet answered"),
    ],
)
def test_unknown_asks_for_doubt_and_for_nothing_else(reading: Reading, truth: Truth) -> None:
    assert unknown(reading) is truth


YES_, NO_, OPEN_ = picked("signs", "sign"), picked("signs", "other"), picked("later")


@pytest.mark.parametrize(
    ("when", "truth"),
    [
        pytest.param(All(of=(YES_, OPEN_)), UNKNOWN, id="all waits for what is open"),
        pytest.param(All(of=(NO_, OPEN_)), NO, id="all fails whatever is open"),
        pytest.param(Any(of=(YES_, OPEN_)), YES, id="any holds whatever is open"),
        pytest.param(Any(of=(NO_, OPEN_)), UNKNOWN, id="any waits for what is open"),
        pytest.param(Not(of=OPEN_), UNKNOWN, id="not of what is open stays open"),
        pytest.param(Not(of=NO_), YES, id="not of a no holds"),
        pytest.param(Count(at_least=2, of=(YES_, YES_, OPEN_)), YES, id="two of three hold"),
        pytest.param(Count(at_least=2, of=(YES_, NO_, OPEN_)), UNKNOWN, id="two of three may hold"),
        pytest.param(Count(at_least=3, of=(YES_, NO_, OPEN_)), NO, id="three of three cannot hold"),
        pytest.param(Named(finding="found"), YES, id="a finding is read by its name"),
        pytest.param(Unknown(subject="later"), UNKNOWN, id="doubt about what is open is open"),
        pytest.param(compared("hours", "under", 24), YES, id="a measure is compared like a number"),
    ],
)
def test_conditions_are_read_by_recursion(when: Condition, truth: Truth) -> None:
    small = protocol(
        questions=(question("signs"), question("later")),
        measures=(measure("hours", "hours_since", "start"),),
        findings=(finding("found", Named(finding="deeper")), finding("deeper", YES_)),
        rules=(rule("rule", when),),
    )
    readings: Mapping[str, Reading] = {"signs": SIGN, "hours": figure(2)}  # 'later' is missing, so it is open
    assert Reference(small).evaluate(Sheet(SAID, readings, {}))["rule:rule"] is truth


def test_every_named_condition_gets_a_truth() -> None:
    small = protocol(questions=(question("signs"),), findings=(finding("found", YES_),), rules=(rule("rule", NO_),))
    assert set(Reference(small).evaluate(Sheet(SAID, {}, {}))) == {"finding:found", "rule:rule"}
