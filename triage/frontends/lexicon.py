"""The words a person may type, as sets and patterns, in one language."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from triage.protocol.words import Words, forms

DAYS_A_YEAR = 365.25  # 'years ago' and 'months ago' are rough, and so is this


class Command(Enum):
    """What can be typed instead of an answer."""

    BACK = "back"
    WHY = "why"
    STOP = "stop"
    LEAVE = "leave"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is read in one language; `turns` finds words after which an answer means something else."""

    commands: Mapping[str, Command]
    not_sure: frozenset[str]
    declined: frozenset[str]
    denials: frozenset[str]
    go_on: frozenset[str]
    short: Mapping[str, str]
    turns: re.Pattern[str]
    between: re.Pattern[str]
    span: re.Pattern[str]
    figure: re.Pattern[str]
    times: "Times"


@dataclass(frozen=True, slots=True)
class Times:
    """What is read as a time: `hours` and `days` in one unit, `days_back` of a word such as yesterday."""

    now: frozenset[str]
    lead: re.Pattern[str]
    ago: re.Pattern[str]
    clock: re.Pattern[str]
    named: re.Pattern[str]
    counts: Mapping[str, float]
    hours: Mapping[str, float]
    days: Mapping[str, float]
    days_back: Mapping[str, int]
    months: tuple[str, ...]
    starts: frozenset[str]


def tidied(text: str) -> str:
    """Return a typed line in small letters without accents, so that nobody has to find them on a keyboard."""
    plain = text.replace("\ufeff", "").replace("\u2019", "'")  # byte order mark of piped files; curly apostrophe
    letters = (each for each in unicodedata.normalize("NFD", plain) if not unicodedata.combining(each))
    return " ".join("".join(letters).casefold().split()).strip(' .!"¿¡')


@lru_cache(maxsize=8)
def lexicon_of(words: Words) -> Lexicon:
    """Return what is read in the language of these words."""
    commands = {
        Command.BACK: words.typed_back,
        Command.WHY: words.typed_why,
        Command.STOP: words.typed_stop,
        Command.LEAVE: words.typed_leave,
        Command.SWITCH: words.typed_switch,
    }
    units = _either(_read(words.typed_units))
    return Lexicon(
        commands={form: command for command, listed in commands.items() for form in _read(listed)},
        not_sure=_read(words.typed_not_sure) | {tidied(words.not_sure)},
        declined=_read(words.typed_declined) | {tidied(words.prefer_not_to_say), tidied(words.they_will_not_tell)},
        denials=_read(words.typed_denial),
        go_on=_read(words.typed_go_on) | {""},
        short=dict.fromkeys(_read(words.typed_yes), "yes") | dict.fromkeys(_read(words.typed_no), "no"),
        turns=re.compile(rf"\b(?:{_either(_read(words.typed_turns))})\b"),
        between=re.compile(rf"\s*(?:[,;&+]|\b(?:{_either(_read(words.typed_and))})\b)\s*"),
        span=re.compile(rf"(\d{{1,3}}) ?(?:-|{_either(_read(words.typed_to))}) ?(\d{{1,3}})"),
        figure=re.compile(
            rf"(?P<figure>[+-]?\d{{1,6}}(?:\.\d{{1,6}}|,\d{{1,2}})?) ?"
            rf"(?:°|º|{units})? ?(?P<scale>c|f|celsius|fahrenheit)?(?:/10)?"
        ),
        times=_times(words),
    )


def _times(words: Words) -> Times:
    counted = (tidied(form) for form in forms(words.typed_counts))
    counts = {form: float(max(1, place)) for place, form in enumerate(counted)}
    counts |= dict.fromkeys(_read(words.typed_one), 1.0) | dict.fromkeys(_read(words.typed_half), 0.5)
    hours = dict.fromkeys(_read(words.typed_minutes), 1 / 60) | dict.fromkeys(_read(words.typed_hours), 1.0)
    days = {
        **dict.fromkeys(_read(words.typed_days), 1.0),
        **dict.fromkeys(_read(words.typed_weeks), 7.0),
        **dict.fromkeys(_read(words.typed_months), DAYS_A_YEAR / 12),
        **dict.fromkeys(_read(words.typed_years), DAYS_A_YEAR),
    }
    back = [words.typed_today, words.typed_yesterday, words.typed_day_before]
    days_back = {form: number for number, listed in enumerate(back) for form in _read(listed)}
    ago, lead, of = _read(words.typed_ago), _read(words.typed_lead), _either(_read(words.typed_of))
    spoken = {f"{count} {unit} {end}" for count in counts for unit in (*hours, *days) for end in ago}
    now = _read(words.typed_now)
    return Times(
        now=now,
        lead=re.compile(rf"^(?:(?:{_either(lead)}) )+"),
        ago=re.compile(
            rf"(?P<count>\d{{1,5}}(?:[.,]\d)?|{_either(counts)}) ?(?P<unit>{_either([*hours, *days])})"
            rf"(?: (?:{_either(ago)}))?"
        ),
        clock=re.compile(
            rf"(?P<day>.*?)(?:(?:^|[\s,t])(?:(?:{_either(_read(words.typed_clock))}) )?"
            r"(?:(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::\d{2})?"
            r"|(?P<hour12>\d{1,2})(?:[:.](?P<minute12>\d{2}))? ?(?P<half>[ap])\.? ?m))?"
        ),
        named=re.compile(
            rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|º)? (?:(?:{of}) )?(?P<month>[^\W\d_]{{3,10}})\.?,?"
            rf"(?: (?:(?:{of}) )?(?P<year>\d{{4}}))?"
        ),
        counts=counts,
        hours=hours,
        days=days,
        days_back=days_back,
        months=tuple(tidied(month) for month in forms(words.months)),
        starts=frozenset(spoken | now | lead | set(days_back)),
    )


def _read(listed: str) -> frozenset[str]:
    return frozenset(tidied(form) for form in forms(listed))


def _either(listed: Iterable[str]) -> str:
    """Return the alternatives of a pattern, longer ones first, so that 'hours' is not read as 'hour'."""
    ordered: Collection[str] = sorted(listed, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form) for form in ordered)
