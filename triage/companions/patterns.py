"""Patterns in a diary: exact counts and intervals, many looked at together, and few words about what stands out.

Nothing here says what causes what, and nothing is said of medicines.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import comb, lgamma, log, sqrt
from math import exp as power
from statistics import NormalDist, median
from typing import Literal

from triage.record.entries import Entry

LEAST = 20  # entries; below this a share of a half is uncertain by more than 20 in 100
NOTED_LEAST = 5  # a trigger noted less often says nothing at all
GAP_DAYS = 7  # a week without an entry: the diary was not kept
LEVEL = 0.95  # of the intervals
ERROR = 0.05  # how often a diary without any pattern may be said to have one, over everything looked at
AFTER = timedelta(hours=24)
PARTS = ("night", "morning", "afternoon", "evening")  # six hours each
DAYS_A_WEEK = 7
HOURS_A_PART = 24 // len(PARTS)

Sort = Literal["more", "less", "part", "weekday"]


@dataclass(frozen=True, slots=True)
class Share:
    """How often something followed with and without, the difference with its interval, and an exact p."""

    followed: int
    noted: int
    others_followed: int
    others: int
    difference: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Spasms in the 24 hours after a trigger beside times without it; no share if too little was noted apart."""

    trigger: str
    alone: int
    with_spasms: int
    share: Share | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """What stands out among everything that was looked at. `name` is a trigger, a part of the day or a weekday."""

    sort: Sort
    name: str
    share: Share


@dataclass(frozen=True, slots=True)
class Found:
    """The patterns, and how many things were looked at; none is looked for in too small a diary."""

    patterns: tuple[Pattern, ...]
    looked_at: int
    spasms: int

    @property
    def too_few(self) -> bool:
        """Whether the diary holds too few spasms to look for patterns."""
        return self.spasms < LEAST


# -------------------------------------------------------------------------------------------------------------- figures


def wilson(followed: int, noted: int, z: float) -> tuple[float, float]:
    """Return the score interval of a share (Wilson 1927)."""
    share, square = followed / noted, z * z
    middle = (share + square / (2 * noted)) / (1 + square / noted)
    half = z * sqrt(share * (1 - share) / noted + square / (4 * noted * noted)) / (1 + square / noted)
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(followed: int, noted: int, others_followed: int, others: int) -> tuple[float, float]:
    """Return the 95 % interval of a difference of two shares (Newcombe 1998, method 10).

    >>> [round(each, 4) for each in newcombe(56, 70, 48, 80)]
    [0.0524, 0.3339]
    """
    z = NormalDist().inv_cdf(0.5 + LEVEL / 2)
    one, two = followed / noted, others_followed / others
    (low_1, high_1), (low_2, high_2) = wilson(followed, noted, z), wilson(others_followed, others, z)
    down, up = sqrt((one - low_1) ** 2 + (high_2 - two) ** 2), sqrt((high_1 - one) ** 2 + (two - low_2) ** 2)
    return one - two - down, one - two + up


def fisher(followed: int, noted: int, others_followed: int, others: int) -> float:
    """Return Fisher's exact two-sided p for two shares.

    >>> round(fisher(3, 4, 1, 4), 4)
    0.4857
    """
    total, both = followed + others_followed, noted + others
    low, high = max(0, total - others), min(noted, total)
    chances = [
        _log_comb(noted, k) + _log_comb(others, total - k) - _log_comb(both, total) for k in range(low, high + 1)
    ]
    seen = chances[followed - low]
    return min(1.0, sum(power(each) for each in chances if each <= seen + 1e-9))


def _log_comb(count: int, chosen: int) -> float:
    return lgamma(count + 1) - lgamma(chosen + 1) - lgamma(count - chosen + 1)


def at_least(count: int, of: int, share: float) -> float:
    """Return the exact chance of this count or more, if each has this share.

    >>> round(at_least(3, 4, 0.5), 4)
    0.3125
    """
    if of <= 60:  # noqa: PLR2004 - above this the figures outgrow a float
        return float(sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count, of + 1)))
    logs = (_log_comb(of, k) + k * log(share) + (of - k) * log(1 - share) for k in range(count, of + 1))
    return min(1.0, sum(power(each) for each in logs))


def holm(chances: Sequence[float], error: float = ERROR) -> tuple[bool, ...]:
    """Return which stand out when all are looked at together (Holm 1979).

    >>> holm([0.01, 0.04, 0.03])
    (True, False, False)
    """
    kept = [False] * len(chances)
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda each: chances[each])):
        if chances[place] > error / (len(chances) - rank):
            break
        kept[place] = True
    return tuple(kept)


def _share(followed: int, noted: int, others_followed: int, others: int) -> Share:
    low, high = newcombe(followed, noted, others_followed, others)
    difference = followed / noted - others_followed / others
    p = fisher(followed, noted, others_followed, others)
    return Share(followed, noted, others_followed, others, difference, low, high, p)


# ---------------------------------------------------------------------------------------------------------------- days


def kept_days(entries: Sequence[Entry]) -> frozenset[date]:
    """Return the days on which the diary was kept: from the first entry to the last, without gaps of a week."""
    written = sorted({each.at.date() for each in entries})
    days = set(written)
    for before, after in pairwise(written):
        if (after - before).days <= GAP_DAYS:
            days |= {before + timedelta(days=step) for step in range((after - before).days)}
    return frozenset(days)


def by_hour(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return how many spasms came in each hour of the day, as the clock showed it then."""
    count = Counter(each.at.hour for each in entries if each.kind == "spasm")
    return tuple(count[hour] for hour in range(24))


def by_weekday(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return how many spasms came on each day of the week, from Monday."""
    count = Counter(each.at.weekday() for each in entries if each.kind == "spasm")
    return tuple(count[day] for day in range(DAYS_A_WEEK))


# ------------------------------------------------------------------------------------------------------------- triggers


def comparisons(entries: Sequence[Entry]) -> tuple[Comparison, ...]:
    """Return every trigger that was noted, most often first, beside times without it.

    With: the 24 hours after it was noted, each time once. Without: 24 hours that start at the same hour, on days on
    which the diary was kept, with no note of it from a day before to a day after.
    """
    spasms = sorted(each.at for each in entries if each.kind == "spasm")
    days = kept_days(entries)
    end = max((each.at for each in entries), default=None)
    found = [
        _compared(trigger, moments, spasms, days, end)
        for trigger, moments in _noted(entries).items()
        if end is not None
    ]
    return tuple(sorted(found, key=lambda each: (-(each.alone + each.with_spasms), each.trigger)))


def _noted(entries: Sequence[Entry]) -> Mapping[str, list[tuple[datetime, bool]]]:
    """Return when each trigger was noted, and whether with a spasm; what comes within 24 hours of it is the same."""
    noted: dict[str, list[tuple[datetime, bool]]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: each.at):
        for trigger in entry.triggers:
            earlier = noted[trigger]
            if not earlier or entry.at - earlier[-1][0] >= AFTER:
                earlier.append((entry.at, entry.kind == "spasm"))
    return noted


def _compared(
    trigger: str,
    noted: Sequence[tuple[datetime, bool]],
    spasms: Sequence[datetime],
    days: frozenset[date],
    end: datetime,
) -> Comparison:
    moments = [at for at, _ in noted]
    alone = sum(not with_spasm for _, with_spasm in noted)
    empty = Comparison(trigger, alone, len(noted) - alone, None)
    if alone < NOTED_LEAST:
        return empty
    minute = int(median(at.hour * 60 + at.minute for at in moments))
    clock = time(minute // 60, minute % 60)
    starts = [datetime.combine(day, clock, tzinfo=end.tzinfo) for day in sorted(days)]
    without = [at for at in starts if not _any(moments, at - AFTER, at + AFTER)]
    full, others = ([at for at in each if _whole(at, days, end)] for each in (moments, without))
    if not full or len(others) < NOTED_LEAST:
        return empty
    followed, others_followed = (sum(_any(spasms, at, at + AFTER) for at in each) for each in (full, others))
    share = _share(followed, len(full), others_followed, len(others))
    return Comparison(trigger, alone, len(noted) - alone, share)


def _any(moments: Sequence[datetime], start: datetime, end: datetime) -> bool:
    """Whether one of the ordered moments lies from start to end; both ends count."""
    return bisect_left(moments, start) < bisect_right(moments, end)


def _whole(start: datetime, days: frozenset[date], end: datetime) -> bool:
    return start + AFTER <= end and (start + AFTER).date() in days


# ------------------------------------------------------------------------------------------------------------- patterns


def patterns(entries: Sequence[Entry]) -> Found:
    """Return what stands out among triggers, parts of the day and weekdays, looked at together (Holm)."""
    count = sum(each.kind == "spasm" for each in entries)
    if count < LEAST:
        return Found((), 0, count)
    candidates = [*_triggers(entries), *_parts(entries), *_weekdays(entries)]
    stands = holm([each.share.p for each in candidates])
    kept = (each for each, holds in zip(candidates, stands, strict=True) if holds)
    return Found(tuple(sorted(kept, key=lambda each: each.share.p)), len(candidates), count)


def _triggers(entries: Sequence[Entry]) -> list[Pattern]:
    return [
        Pattern("more" if each.share.difference > 0 else "less", each.trigger, each.share)
        for each in comparisons(entries)
        if each.share is not None and each.share.noted >= LEAST
    ]


def _parts(entries: Sequence[Entry]) -> list[Pattern]:
    """Return each part of the day against an even share; several spasms of one part of one day count once."""
    seen = {(each.at.date(), each.at.hour // HOURS_A_PART) for each in entries if each.kind == "spasm"}
    count = Counter(part for _, part in seen)
    found, z = [], NormalDist().inv_cdf(0.5 + LEVEL / 2)
    even = 1 / len(PARTS)
    for number, name in enumerate(PARTS):
        low, high = wilson(count[number], len(seen), z)
        p = at_least(count[number], len(seen), even)
        share = Share(count[number], len(seen), 0, 0, count[number] / len(seen) - even, low - even, high - even, p)
        found.append(Pattern("part", name, share))
    return found


def _weekdays(entries: Sequence[Entry]) -> list[Pattern]:
    """Return each weekday's days with a spasm against those of the other days; only more is told."""
    days = kept_days(entries)
    bad = {each.at.date() for each in entries if each.kind == "spasm"}
    found = []
    for number in range(DAYS_A_WEEK):
        mine = {day for day in days if day.weekday() == number}
        rest = days - mine
        if not mine or not rest:
            continue
        share = _share(len(mine & bad), len(mine), len(rest & bad), len(rest))
        if share.difference <= 0:
            share = Share(share.followed, share.noted, share.others_followed, share.others, 0.0, 0.0, 0.0, 1.0)
        found.append(Pattern("weekday", str(number), share))
    return found
