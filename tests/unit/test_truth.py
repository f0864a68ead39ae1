"""Three-valued truth after Kleene: the tables, and the laws that follow from them."""

import itertools
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.kernel.truth import NO, UNKNOWN, YES, Truth, all_of, any_of, at_least_of, negate, truth_of

TRUTHS = st.sampled_from(Truth)
LISTS = st.lists(TRUTHS, max_size=6)
ORDER = {NO: 0, UNKNOWN: 1, YES: 2}

ALL = {
    (YES, YES): YES,
    (YES, UNKNOWN): UNKNOWN,
    (YES, NO): NO,
    (UNKNOWN, YES): UNKNOWN,
    (UNKNOWN, UNKNOWN): UNKNOWN,
    (UNKNOWN, NO): NO,
    (NO, YES): NO,
    (NO, UNKNOWN): NO,
    (NO, NO): NO,
}
ANY = {
    (YES, YES): YES,
    (YES, UNKNOWN): YES,
    (YES, NO): YES,
    (UNKNOWN, YES): YES,
    (UNKNOWN, UNKNOWN): UNKNOWN,
    (UNKNOWN, NO): UNKNOWN,
    (NO, YES): YES,
    (NO, UNKNOWN): UNKNOWN,
    (NO, NO): NO,
}


def rows(table: dict[tuple[Truth, Truth], Truth], word: str) -> list[object]:
    """Return a table's rows, each named by its sentence."""
    return [
        pytest.param(pair, result, id=f"{pair[0].value} {word} {pair[1].value} is {result.value}")
        for pair, result in table.items()
    ]


@pytest.mark.parametrize(("pair", "result"), rows(ALL, "and"))
def test_all_follows_kleene(pair: tuple[Truth, Truth], result: Truth) -> None:
    assert all_of(pair) is result


@pytest.mark.parametrize(("pair", "result"), rows(ANY, "or"))
def test_any_follows_kleene(pair: tuple[Truth, Truth], result: Truth) -> None:
    assert any_of(pair) is result


@pytest.mark.parametrize(
    ("truth", "result"),
    [
        pytest.param(YES, NO, id="not yes is no"),
        pytest.param(NO, YES, id="not no is yes"),
        pytest.param(UNKNOWN, UNKNOWN, id="not unknown stays unknown"),
    ],
)
def test_not_swaps_what_is_known(truth: Truth, result: Truth) -> None:
    assert negate(truth) is result


@pytest.mark.parametrize(
    ("needed", "truths", "result"),
    [
        pytest.param(2, (YES, YES, NO), YES, id="two of three hold, two are needed"),
        pytest.param(2, (YES, NO, NO), NO, id="one of three holds, two are needed"),
        pytest.param(2, (YES, UNKNOWN, NO), UNKNOWN, id="one holds and one may, two are needed"),
        pytest.param(2, (UNKNOWN, NO, NO), NO, id="only one may hold, two are needed"),
        pytest.param(1, (UNKNOWN, YES), YES, id="one holds, the other cannot undo it"),
        pytest.param(0, (), YES, id="none is needed of nothing"),
        pytest.param(1, (), NO, id="one is needed of nothing"),
    ],
)
def test_count_says_no_only_when_it_can_no_longer_be(needed: int, truths: tuple[Truth, ...], result: Truth) -> None:
    assert at_least_of(needed, truths) is result


@pytest.mark.parametrize("truth", list(Truth))
def test_a_truth_is_never_just_true_or_false(truth: Truth) -> None:
    with pytest.raises(TypeError, match="compare a Truth"):
        bool(truth)


@pytest.mark.parametrize(
    ("join", "result"), [pytest.param(all_of, YES, id="all of nothing"), pytest.param(any_of, NO, id="any of nothing")]
)
def test_nothing_joined_is_the_neutral_truth(join: Callable[[Iterable[Truth]], Truth], result: Truth) -> None:
    assert join([]) is result


def test_a_boolean_becomes_yes_or_no() -> None:
    assert (truth_of(value=True), truth_of(value=False)) == (YES, NO)


@given(LISTS)
def test_de_morgan_holds(truths: list[Truth]) -> None:
    assert negate(all_of(truths)) is any_of([negate(truth) for truth in truths])


@given(LISTS)
def test_all_is_the_lowest_and_any_the_highest(truths: list[Truth]) -> None:
    assert all_of(truths) is min([*truths, YES], key=ORDER.__getitem__)
    assert any_of(truths) is max([*truths, NO], key=ORDER.__getitem__)


@given(LISTS.filter(bool))
def test_all_and_any_are_counts(truths: list[Truth]) -> None:
    assert at_least_of(len(truths), truths) is all_of(truths)
    assert at_least_of(1, truths) is any_of(truths)


@given(st.integers(0, 6), LISTS)
def test_a_count_is_sure_exactly_when_every_way_the_unknowns_turn_out_agrees(needed: int, truths: list[Truth]) -> None:
    ways = itertools.product(*([YES, NO] if truth is UNKNOWN else [truth] for truth in truths))
    seen = {truth_of(sum(each is YES for each in way) >= needed) for way in ways}
    assert at_least_of(needed, truths) is (seen.pop() if len(seen) == 1 else UNKNOWN)
