"""Words and dates that people type for a time, as what an answers file would hold."""

import re
from datetime import UTC, date, datetime, time, timedelta

from triage.frontends.lexicon import Times, lexicon_of
from triage.kernel.errors import BadInput
from triage.protocol.words import Words

CENTURY = 2000  # '20/11/26' is this century; a date of the last one needs its four digits
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})")


def read_moment(said: str, at: datetime, screen: Words, *, by_day: bool) -> str | None:
    """Return an ISO date or instant for what was typed, tidied, or None if it cannot be read.

    Relative times count from `at` and keep its time zone. With `by_day` a day is enough. Raises BadInput if
    the words are understood but no such time can be meant.

    >>> read_moment("3 hours ago", datetime(2026, 11, 21, 10, tzinfo=UTC), Words(), by_day=False)
    '2026-11-21T07:00:00+00:00'
    """
    times = lexicon_of(screen).times
    words = times.lead.sub("", said)
    if words in times.now:
        return at.isoformat()
    if exact := _exact(words):
        return exact
    try:
        moment = _ago(words, at, times)
        if moment is not None:
            return moment
        day, clock = _day_and_clock(words, at, times)
    except (OverflowError, ValueError) as error:
        raise BadInput(screen.no_such_time) from error
    if day is None:
        return None
    if clock is not None:
        return datetime.combine(day, clock, tzinfo=at.tzinfo).isoformat()
    if day == at.date() and not by_day:
        raise BadInput(screen.add_a_time)
    return day.isoformat()


def _exact(words: str) -> str | None:
    """Return an instant that was written out with its offset, as a file would hold it."""
    if not re.match(r"\d{4}-\d{2}-\d{2}t", words):
        return None
    try:
        return datetime.fromisoformat(words.upper()).isoformat()
    except ValueError:
        return None


def _ago(words: str, at: datetime, times: Times) -> str | None:
    found = times.ago.fullmatch(words)
    if found is None:
        return None
    said, unit = found["count"], found["unit"]
    count = float(said.replace(",", ".")) if said[0].isdecimal() else times.counts[said]
    if unit in times.hours:  # across a change of the clocks an hour is still an hour
        return (at.astimezone(UTC) - timedelta(hours=count * times.hours[unit])).astimezone(at.tzinfo).isoformat()
    return (at - timedelta(days=count * times.days[unit])).isoformat()


def _day_and_clock(words: str, at: datetime, times: Times) -> tuple[date | None, time | None]:
    found = times.clock.fullmatch(words)
    if found is None or not words:
        return None, None
    clock = _clock(found)
    return _day(found["day"].strip(" ,"), at.date(), times) if found["day"] else at.date(), clock


def _clock(found: re.Match[str]) -> time | None:
    if found["hour"] is not None:
        return time(int(found["hour"]), int(found["minute"]))
    if found["hour12"] is None:
        return None
    hour = int(found["hour12"])
    if not 1 <= hour <= 12:  # noqa: PLR2004 - a clock face
        raise ValueError(hour)
    return time(hour % 12 + (12 if found["half"] == "p" else 0), int(found["minute12"] or 0))


def _day(words: str, today: date, times: Times) -> date | None:
    if words in times.days_back:
        return today - timedelta(days=times.days_back[words])
    found = _YEAR_FIRST.fullmatch(words) or _DAY_FIRST.fullmatch(words)
    if found is not None:
        year = int(found["year"])
        return date(year if len(found["year"]) > len("26") else CENTURY + year, int(found["month"]), int(found["day"]))
    named = times.named.fullmatch(words)
    months = [
        number for number, month in enumerate(times.months, start=1) if named and month.startswith(named["month"])
    ]
    if named is None or not months:
        return None
    if named["year"]:
        return date(int(named["year"]), months[0], int(named["day"]))
    this_year = date(today.year, months[0], int(named["day"]))
    return this_year if this_year <= today else this_year.replace(year=today.year - 1)
