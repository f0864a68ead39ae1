"""Figures against published examples, and a planted year: what was planted is found, and hardly ever anything else.

TRIAGE_SEEDS=200 sets how many diaries of each kind are made.
"""

import os
from datetime import UTC, datetime, timedelta
from math import comb

import pytest

from tests.companions_diary.years import PLANTS, Plant, rates, year
from triage.companions.patterns import (
    at_least,
    by_hour,
    by_weekday,
    comparisons,
    fisher,
    holm,
    kept_days,
    newcombe,
    patterns,
    wilson,
)
from triage.record.entries import Entry

SEEDS = int(os.environ.get("TRIAGE_SEEDS", "20"))
MONDAY = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shares", "interval"),
    [
        # Newcombe 1998, Statistics in Medicine 17:873-890, Table II, method 10
        pytest.param((56, 70, 48, 80), (0.0524, 0.3339), id="contrast a"),
        pytest.param((9, 10, 3, 10), (0.1705, 0.8090), id="contrast b"),
        pytest.param((10, 10, 0, 20), (0.6791, 1.0), id="contrast f"),
        pytest.param((0, 10, 0, 20), (-0.1611, 0.2775), id="contrast e"),
    ],
)
def test_the_interval_of_a_difference(shares: tuple[int, int, int, int], interval: tuple[float, float]) -> None:
    assert newcombe(*shares) == pytest.approx(interval, abs=0.0001)


def test_the_interval_of_a_share() -> None:
    assert wilson(81, 263, 1.959964) == pytest.approx((0.2553, 0.3662), abs=0.0001)  # Newcombe 1998, 17:857-872


@pytest.mark.parametrize("shares", [(3, 4, 1, 4), (0, 5, 5, 5), (10, 50, 30, 60), (2, 2, 3, 9), (0, 4, 0, 9)])
def test_an_exact_p_against_counting(shares: tuple[int, int, int, int]) -> None:
    followed, noted, others_followed, others = shares
    total = followed + others_followed
    ways = {k: comb(noted, k) * comb(others, total - k) for k in range(total + 1)}
    seen = ways[followed]
    wanted = sum(each for each in ways.values() if each <= seen) / comb(noted + others, total)
    assert fisher(*shares) == pytest.approx(wanted)


@pytest.mark.parametrize(("count", "of"), [(0, 5), (5, 5), (20, 61), (30, 200)])
def test_the_chance_of_so_many_or_more(count: int, of: int) -> None:
    wanted = sum(comb(of, k) * 0.25**k * 0.75 ** (of - k) for k in range(count, of + 1))
    assert at_least(count, of, 0.25) == pytest.approx(wanted)


def test_many_looked_at_together_need_more() -> None:
    assert holm([0.02]) == (True,)
    assert holm([0.02, 0.9, 0.5]) == (False, False, False)
    assert holm([0.9, 0.001, 0.02, 0.03]) == (False, True, False, False)
    assert holm([]) == ()


def spasms(*days: float) -> list[Entry]:
    return [Entry(at=MONDAY + timedelta(days=day), kind="spasm") for day in days]


def test_hours_and_weekdays_are_those_of_the_clock() -> None:
    entries = [*spasms(0, 0.5, 1, 6), Entry(at=MONDAY, kind="trigger", triggers=("heat",))]
    assert by_hour(entries)[12] == 3
    assert by_hour(entries)[0] == 1
    assert by_weekday(entries) == (1, 2, 0, 0, 0, 0, 1)


def test_a_week_without_an_entry_is_left_out() -> None:
    days = kept_days(spasms(0, 3, 20, 21))
    assert sorted((day - MONDAY.date()).days for day in days) == [0, 1, 2, 3, 20, 21]
    assert kept_days([]) == frozenset()


def noted(*days: float) -> list[Entry]:
    return [Entry(at=MONDAY + timedelta(days=day), kind="trigger", triggers=("heat",)) for day in days]


def slept(count: int) -> list[Entry]:
    return [Entry(at=MONDAY + timedelta(days=day, hours=-4), kind="sleep", nights=0) for day in range(count)]


def test_a_trigger_is_set_beside_times_without_it() -> None:
    heat = range(0, 40, 4)
    entries = [*slept(42), *noted(*heat), *spasms(*(day + 0.5 for day in heat if day), 2.1)]
    (found,) = comparisons(entries)
    assert (found.trigger, found.alone, found.with_spasms) == ("heat", 10, 0)
    assert found.share is not None
    assert (found.share.followed, found.share.noted) == (9, 10)
    assert (found.share.others_followed, found.share.others) == (1, 11)
    assert found.share.low == pytest.approx(0.3913, abs=0.0001)


def test_a_spasm_before_the_trigger_does_not_count() -> None:
    heat = range(0, 40, 4)
    entries = [*slept(42), *noted(*heat), *spasms(*(day - 0.1 for day in heat if day))]
    (found,) = comparisons(entries)
    assert found.share is not None
    assert found.share.followed == 0


def test_a_trigger_named_with_the_spasm_it_was_noted_before_counts_once() -> None:
    named = [Entry(at=MONDAY + timedelta(days=day + 0.5), kind="spasm", triggers=("heat",)) for day in range(0, 40, 4)]
    (found,) = comparisons([*slept(42), *noted(*range(0, 40, 4)), *named])
    assert (found.alone, found.with_spasms) == (10, 0)


def test_a_trigger_named_only_with_spasms_is_not_compared() -> None:
    entries = [Entry(at=MONDAY + timedelta(days=day), kind="spasm", triggers=("heat",)) for day in range(30)]
    (found,) = comparisons([*slept(42), *entries])
    assert found.share is None
    assert found.alone == 0


def test_a_trigger_of_every_day_has_nothing_beside_it() -> None:
    (found,) = comparisons([*slept(42), *noted(*range(40))])
    assert found.share is None


def test_nothing_is_looked_for_in_a_small_diary() -> None:
    assert comparisons([]) == ()
    found = patterns(spasms(*(5 * [0.0])))
    assert (found.patterns, found.too_few, found.looked_at) == ((), True, 0)
    assert not patterns(spasms(*(20 * [0.0]))).too_few


def test_the_same_seed_gives_the_same_year() -> None:
    assert year(3, PLANTS[0]) == year(3, PLANTS[0]) != year(4, PLANTS[0])


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_what_was_planted_is_found_and_hardly_anything_else(plant: Plant) -> None:
    found_all, with_others, _ = rates(plant, SEEDS)
    print(f"{plant.name}: all planted found in {found_all} of {SEEDS}; something else in {with_others} of {SEEDS}")
    assert found_all >= 0.8 * SEEDS
    assert with_others <= max(2, 0.07 * SEEDS)
