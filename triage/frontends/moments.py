"""Words and dates that people type for a time, as what an answers file would hold."""

import re
from datetime import UTC, date, datetime, time, timedelta

from triage.kernel.errors import BadInput

CENTURY = 2000  # '20/11/26' is this century; a date of the last one needs its four digits
DAYS_A_YEAR = 365.25  # 'years ago' and 'months ago' are rough, and so is this
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_HOURS = {"minute": 1 / 60, "min": 1 / 60, "hour": 1.0, "hr": 1.0, "h": 1.0}
_DAYS = {"day": 1.0, "week": 7.0, "wk": 7.0, "month": DAYS_A_YEAR / 12, "year": DAYS_A_YEAR, "yr": DAYS_A_YEAR}
_COUNTS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NOW = re.compile(r"(?:right |just )?now")
_LEAD = re.compile(r"^(?:(?:about|around|roughly|since|from|on|for|at|it started) )+")
_AGO = re.compile(
    rf"(?P<count>\d{{1,5}}(?:[.,]\d)?|half an?|an|{'|'.join(_COUNTS)}) ?"
    rf"(?P<unit>{'|'.join([*_HOURS, *_DAYS])})s?(?: ago)?"
)
_CLOCK = re.compile(
    r"(?P<day>.*?)(?:(?:^|[\s,t])(?:at )?"
    r"(?:(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::\d{2})?"
    r"|(?P<hour12>\d{1,2})(?:[:.](?P<minute12>\d{2}))? ?(?P<half>[ap])\.?m))?"
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})")
_NAMED = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]{3,9})\.?,?(?: (?P<year>\d{4}))?")


def read_moment(said: str, at: datetime, *, by_day: bool) -> str | None:
    """Return an ISO date or instant for what was typed in small letters, or None if it cannot be read.

    Relative times count from `at` and keep its time zone. With `by_day` a day is enough. Raises BadInput if
    the words are understood but no such time can be meant.

    >>> read_moment("3 hours ago", datetime(2026, 11, 21, 10, tzinfo=UTC), by_day=False)
    '2026-11-21T07:00:00+00:00'
    """
    words = _LEAD.sub("", said)
    if _NOW.fullmatch(words):
        return at.isoformat()
    if exact := _exact(words):
        return exact
    try:
        return _ago(words, at) or _day_and_clock(words, at, by_day=by_day)
    except (OverflowError, ValueError) as error:
        raise BadInput("there is no such date or time; write it like 2026-11-20 or 2026-11-20 08:00") from error


def _exact(words: str) -> str | None:
    """Return an instant that was written out with its offset, as a file would hold it."""
    if not re.match(r"\d{4}-\d{2}-\d{2}t", words):
        return None
    try:
        return datetime.fromisoformat(words.upper()).isoformat()
    except ValueError:
        return None


def _ago(words: str, at: datetime) -> str | None:
    found = _AGO.fullmatch(words)
    if found is None:
        return None
    count, unit = _count(found["count"]), found["unit"]
    if unit in _HOURS:  # across a change of the clocks an hour is still an hour
        return (at.astimezone(UTC) - timedelta(hours=count * _HOURS[unit])).astimezone(at.tzinfo).isoformat()
    return (at - timedelta(days=count * _DAYS[unit])).isoformat()


def _count(text: str) -> float:
    if text.startswith("half"):
        return 0.5
    if text[0].isdecimal():
        return float(text.replace(",", "."))
    return float(max(1, _COUNTS.index("a" if text == "an" else text)))


def _day_and_clock(words: str, at: datetime, *, by_day: bool) -> str | None:
    found = _CLOCK.fullmatch(words)
    if found is None or not words:
        return None
    clock = _clock(found)
    day = _day(found["day"].strip(" ,"), at.date()) if found["day"] else at.date()
    if day is None:
        return None
    if clock is not None:
        return datetime.combine(day, clock, tzinfo=at.tzinfo).isoformat()
    if day == at.date() and not by_day:
        raise BadInput("add a rough time, for example today 08:00, or 3 hours ago")
    return day.isoformat()


def _clock(found: re.Match[str]) -> time | None:
    if found["hour"] is not None:
        return time(int(found["hour"]), int(found["minute"]))
    if found["hour12"] is None:
        return None
    hour = int(found["hour12"])
    if not 1 <= hour <= 12:  # noqa: PLR2004 - a clock face
        raise ValueError(hour)
    return time(hour % 12 + (12 if found["half"] == "p" else 0), int(found["minute12"] or 0))


def _day(words: str, today: date) -> date | None:
    if words in ("today", "yesterday"):
        return today - timedelta(days=int(words == "yesterday"))
    found = _YEAR_FIRST.fullmatch(words) or _DAY_FIRST.fullmatch(words)
    if found is not None:
        year = int(found["year"])
        return date(year if len(found["year"]) > len("26") else CENTURY + year, int(found["month"]), int(found["day"]))
    named = _NAMED.fullmatch(words)
    months = [number for number, month in enumerate(_MONTHS, start=1) if named and month.startswith(named["month"])]
    if named is None or not months:
        return None
    if named["year"]:
        return date(int(named["year"]), months[0], int(named["day"]))
    this_year = date(today.year, months[0], int(named["day"]))
    return this_year if this_year <= today else this_year.replace(year=today.year - 1)
