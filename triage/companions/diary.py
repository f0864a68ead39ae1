"""The diary in words: its list, its summary, and what stands out in it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import assert_never

from triage.companions.data import wrapped
from triage.companions.diary_feed import broken_nights
from triage.companions.diary_words import Book
from triage.companions.patterns import DAYS_A_WEEK, LEAST, Found, Pattern, patterns
from triage.companions.plots import change_text, dose_changes, scored
from triage.record.entries import KINDS, Entry, Kept

NIGHTS_DAYS = 30
SECONDS_A_DAY = 86_400


def listed(kept: Sequence[Kept], book: Book) -> str:
    """Return the entries one after another, each with its number."""
    return "\n".join(line for each in kept for line in wrapped(book.told(each.entry), hang=f"{each.number}. "))


def nothing(book: Book) -> str:
    """Return what stands where there are no entries yet."""
    return "\n".join((book.say("nothing"), book.say("start"), book.say("example")))


def summary(entries: Sequence[Entry], at: datetime, book: Book) -> str:
    """Return the diary in short: counts, spasms a week, nights, scores, medicine changes, patterns."""
    if not entries:
        return nothing(book)
    ordered = sorted(entries, key=lambda each: each.at)
    first, last = (f"{each.at:%Y-%m-%d}" for each in (ordered[0], ordered[-1]))
    one = len(ordered) == 1
    span = book.say("span_one", first=first) if one else book.say("span", count=len(ordered), first=first, last=last)
    counts = Counter(each.kind for each in ordered)
    lines = [book.say("title"), span]
    lines += [book.say("count_of", label=book.kinds[kind], count=counts[kind]) for kind in KINDS if counts[kind]]
    lines += ["", *_spasms(ordered, book), *_nights(ordered, at, book), *_scores(ordered, book)]
    lines += [*_medicines(ordered, book), "", book.say("patterns"), *pattern_lines(patterns(ordered), book), ""]
    lines += [book.say("show_team"), book.say("private"), book.say("figures_yours")]
    return "\n".join(part for line in lines for part in (wrapped(line) or [""]))


def _spasms(ordered: Sequence[Entry], book: Book) -> list[str]:
    spasms = [each for each in ordered if each.kind == "spasm"]
    if not spasms:
        return []
    days = max(DAYS_A_WEEK, (ordered[-1].at - ordered[0].at).total_seconds() / SECONDS_A_DAY + 1)
    rate = f"{len(spasms) * DAYS_A_WEEK / days:.1f}".removesuffix(".0")
    strengths = [each.severity for each in spasms if each.severity is not None]
    if not strengths:
        return [book.say("spasms_week_plain", count=len(spasms), rate=rate)]
    return [book.say("spasms_week", count=len(spasms), rate=rate, worst=max(strengths))]


def _nights(ordered: Sequence[Entry], at: datetime, book: Book) -> list[str]:
    nights = broken_nights(ordered)
    since = (at - timedelta(days=NIGHTS_DAYS)).date()
    recent = [broken for day, broken in nights.items() if since < day <= at.date()]
    return [book.say("nights_month", count=sum(recent))] if recent else []


def _scores(ordered: Sequence[Entry], book: Book) -> list[str]:
    scores = scored(ordered)
    if not scores:
        return []
    latest: dict[str, int] = {}
    usual: dict[str, int] = {}
    for each in scores:
        latest |= dict(each.now)
        usual |= dict(each.usual)
    lines = [book.say("scores_latest", scores=book.scores(tuple(latest.items())))]
    rises = tuple((limb, latest[limb] - usual[limb]) for limb in latest if latest[limb] > usual.get(limb, latest[limb]))
    return [*lines, *([book.say("scores_rise", scores=book.scores(rises))] if rises else [])]


def _medicines(ordered: Sequence[Entry], book: Book) -> list[str]:
    changes = dose_changes(ordered)
    if not changes:
        return []
    return [book.say("medicines"), *(f"{each.at:%Y-%m-%d} {change_text(each, book)}" for each in changes)]


def pattern_lines(found: Found, book: Book) -> list[str]:
    """Return what stands out, in sentences that claim no cause."""
    if found.too_few:
        return [book.say("too_few_looked", least=LEAST, count=found.spasms)]
    looked = book.say("looked_at", count=found.looked_at)
    if not found.patterns:
        return [book.say("nothing_stands_out"), looked]
    caution = [book.say("trigger_caution")] if any(each.sort in ("more", "less") for each in found.patterns) else []
    return [*(_sentence(each, book) for each in found.patterns), book.say("a_pattern"), *caution, looked]


def _sentence(each: Pattern, book: Book) -> str:
    share = each.share
    counts = {name: getattr(share, name) for name in ("followed", "noted", "others_followed", "others")}
    match each.sort:
        case "more" | "less":
            return book.say(f"found_{each.sort}", label=book.triggers.get(each.name, each.name), **counts)
        case "part":
            return book.say("found_part", part=book.say(f"part_{each.name}"), **counts)
        case "weekday":
            return book.say("found_weekday", day=book.weekdays[int(each.name)], **counts)
        case _:
            assert_never(each.sort)
