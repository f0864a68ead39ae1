"""What a diary can answer of the check: suggestions only, which the person confirms one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from triage.companions.diary_words import Book
from triage.record.entries import Entry

Raw = str | float | dict[str, float]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A raw answer to one question, the same in words, and which entries it comes from."""

    question: str
    raw: Raw
    shown: str
    why: str


def suggested_answers(entries: Sequence[Entry], at: datetime, book: Book) -> tuple[Suggestion, ...]:
    """Return what the entries up to `at` can answer; what they do not tell is not suggested.

    New or usual, when it started, the last relapse, nights broken, and stiffness now and on a usual day.
    """
    past = sorted((each for each in entries if each.at <= at), key=lambda each: each.at)
    return (*_change(past, at, book), *_relapse(past, at, book), *_nights(past, at, book), *_scores(past, at, book))


def _of(entries: Iterable[Entry], kind: str) -> list[Entry]:
    return [each for each in entries if each.kind == kind]


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _change(past: Sequence[Entry], at: datetime, book: Book) -> list[Suggestion]:
    days = book.windows["change_days"]
    recent = [each for each in _of(past, "symptom") if each.at >= at - timedelta(days=days)]
    said = {each.change for each in recent} - {"relapse"}
    if not said:
        return []
    moved = [each for each in recent if each.change in ("new", "worse")]
    raw = "both" if {"new", "worse"} <= said else next(each for each in ("new", "worse", "usual") if each in said)
    counted = [each for each in recent if each.change != "relapse"]
    one = book.say("why_change_one", days=days, entry=book.told(counted[0]))
    why = one if len(counted) == 1 else book.say("why_change", count=len(counted), days=days)
    found = [Suggestion("symptom_change", raw, book.say(f"shown_change_{raw}"), why)]
    if moved:
        start = moved[0].at
        shown = book.say("shown_onset", when=book.when(moved[0]))
        found.append(Suggestion("onset", start.isoformat(), shown, book.say("why_onset", days=days)))
    return found


def _relapse(past: Sequence[Entry], at: datetime, book: Book) -> list[Suggestion]:
    """Return the last relapse; the question means the one before the change of now, so one of now is left out."""
    recent = at - timedelta(days=book.windows["change_days"])
    moved = [each.at for each in _of(past, "symptom") if each.change in ("new", "worse") and each.at >= recent]
    before = min(moved, default=at)
    relapses = [each for each in _of(past, "symptom") if each.change == "relapse" and each.at < before]
    if not relapses:
        return []
    when = _day(relapses[-1].at)
    return [Suggestion("last_relapse", when, book.say("shown_relapse", when=when), book.say("why_relapse"))]


def broken_nights(entries: Sequence[Entry]) -> dict[date, bool]:
    """Return for each day that the sleep entries tell of whether its night was broken; a later entry corrects."""
    nights: dict[date, bool] = {}
    for entry in sorted(_of(entries, "sleep"), key=lambda each: each.at):
        day = entry.at.date()
        for back in range(entry.nights or 0):
            nights[day - timedelta(days=back)] = True
        if entry.nights == 0:
            nights[day] = False
    return nights


def _nights(past: Sequence[Entry], at: datetime, book: Book) -> list[Suggestion]:
    """Return the run of broken nights up to today or yesterday; an older diary tells nothing about now."""
    nights = broken_nights(past)
    last = max(nights, default=None)
    if last is None or (at.date() - last).days > 1:
        return []
    run = 0
    while nights.get(last - timedelta(days=run)):
        run += 1
    words = "shown_no_nights" if run == 0 else "shown_night" if run == 1 else "shown_nights"
    why = book.say("why_nights", when=f"{last}")
    return [Suggestion("broken_sleep_days", float(run), book.say(words, figure=run), why)]


def _scores(past: Sequence[Entry], at: datetime, book: Book) -> list[Suggestion]:
    hours, days = book.windows["score_now_hours"], book.windows["score_usual_days"]
    now: dict[str, int] = {}
    usual: dict[str, int] = {}
    for entry in _of(past, "score"):
        now |= dict(entry.now) if entry.at >= at - timedelta(hours=hours) else {}
        usual |= dict(entry.usual) if entry.at >= at - timedelta(days=days) else {}
    if not now:
        return []
    why = book.say("why_now", hours=hours)
    rises = {limb: score - usual[limb] for limb, score in now.items() if limb in usual}
    most = max(rises, key=lambda limb: rises[limb], default="")
    if most and rises[most] > 0:
        why = book.say("why_rise", hours=hours, rise=rises[most], limb=book.places.get(most, most))
    found = [Suggestion("stiffness_now", _figures(now), book.scores(tuple(now.items())), why)]
    if usual:
        shown = book.scores(tuple(usual.items()))
        found.append(Suggestion("stiffness_usual", _figures(usual), shown, book.say("why_usual")))
    return found


def _figures(scores: dict[str, int]) -> dict[str, float]:
    return {limb: float(score) for limb, score in scores.items()}
