"""What each plot of the diary says in words, and as bars of plain characters; the drawing is made from the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, get_args

from triage.companions.data import WIDTH, wrapped
from triage.companions.diary_words import Book
from triage.companions.patterns import LEAST, NOTED_LEAST, PARTS, Comparison, by_hour, by_weekday, comparisons
from triage.record.entries import SCORE_MAX, Entry

PlotKind = Literal["hours", "weekdays", "scores", "triggers"]
PLOT_KINDS: tuple[PlotKind, ...] = get_args(PlotKind)
LINES_MAX = 40  # more scores than this are shown by the week, so that a year stays readable
DOSES = ("started", "stopped", "raised", "lowered")  # what is marked: a change, not each dose taken
MARK = "#"

Bars = tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A plot in words: its title, its sentences, bars (label, length, what stands behind), and notes beneath."""

    title: str
    lead: tuple[str, ...]
    bars: Bars = ()
    notes: tuple[str, ...] = ()


def chart(kind: PlotKind, entries: Sequence[Entry], book: Book) -> Chart:
    """Return one plot in words."""
    made = {"hours": _hours, "weekdays": _weekdays, "scores": _scores, "triggers": _triggers}[kind](entries, book)
    notes = (*made.notes, book.say("figures_yours"))
    return Chart(book.say(f"plot_{kind}"), made.lead, made.bars, notes)


def as_text(made: Chart, width: int = WIDTH) -> str:
    """Return the plot as lines: the sentences first, then a bar a line, then the notes."""
    lines = [*wrapped(made.title), "", *(line for text in made.lead for line in wrapped(text))]
    lines += ["", *_bars(made.bars, width)] if made.bars else []
    lines += ["", *(line for text in made.notes for line in wrapped(text))]
    return "\n".join(lines)


def _bars(bars: Bars, width: int) -> list[str]:
    label = max(len(name) for name, _, _ in bars)
    behind = max(len(text) for _, _, text in bars)
    most = max(length for _, length, _ in bars)
    room = max(SCORE_MAX, width - label - behind - 4)
    drawn = []
    for name, length, text in bars:
        marks = length if most <= room else max(1, round(length * room / most)) if length else 0
        drawn.append(f"{name:<{label}}  {MARK * marks}{' ' if marks else ''}{text}".rstrip())
    return drawn


def few(count: int, book: Book) -> tuple[str, ...]:
    """Return the warning that stands below too few entries."""
    return (book.say("too_few", count=count, least=LEAST),) if count < LEAST else ()


def hour_of(hour: int) -> str:
    """Return an hour as a clock shows it."""
    return f"{hour:02}:00"


def _hours(entries: Sequence[Entry], book: Book) -> Chart:
    counts = by_hour(entries)
    total = sum(counts)
    if not total:
        return Chart("", (book.say("plot_nothing_spasms"),))
    size = len(counts) // len(PARTS)
    parts = [sum(counts[start : start + size]) for start in range(0, len(counts), size)]
    part = book.say(f"part_{PARTS[parts.index(max(parts))]}")
    lead = book.say("hours_text", count=total, part=part, most=max(parts))
    bars = tuple((hour_of(hour), count, str(count)) for hour, count in enumerate(counts))
    return Chart("", (lead, *few(total, book)), bars, (book.say("a_pattern"),))


def _weekdays(entries: Sequence[Entry], book: Book) -> Chart:
    counts = by_weekday(entries)
    total = sum(counts)
    if not total:
        return Chart("", (book.say("plot_nothing_spasms"),))
    day = book.weekdays[counts.index(max(counts))]
    lead = book.say("weekdays_text", count=total, day=day, most=max(counts))
    bars = tuple((name, count, str(count)) for name, count in zip(book.weekdays, counts, strict=True))
    return Chart("", (lead, *few(total, book)), bars, (book.say("a_pattern"),))


def scored(entries: Sequence[Entry]) -> list[Entry]:
    """Return the score entries in the order of time."""
    return sorted((each for each in entries if each.kind == "score"), key=lambda each: each.at)


def dose_changes(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that change a medicine, in the order of time."""
    changes = (each for each in entries if each.kind == "medicine" and each.change in DOSES)
    return sorted(changes, key=lambda each: each.at)


def change_text(entry: Entry, book: Book) -> str:
    """Return a change of medicine in words."""
    change = book.changes["medicine"].get(entry.change, entry.change)
    return " ".join(part for part in (entry.name, change, entry.detail) if part)


def _scores(entries: Sequence[Entry], book: Book) -> Chart:
    scores = scored(entries)
    if not scores:
        return Chart("", (book.say("plot_nothing_scores"),))
    worst = max(score for each in scores for _, score in each.now)
    span = {"first": f"{scores[0].at:%Y-%m-%d}", "last": f"{scores[-1].at:%Y-%m-%d}"}
    lead = [book.say("scores_text", count=len(scores), worst=worst, **span)]
    by_week = len(scores) > LINES_MAX
    lead.append(book.say("scores_week" if by_week else "scores_each"))
    changes = dose_changes(entries)
    rows = [*_by_day_or_week(scores, by_week=by_week, book=book), *(_change_row(each, book) for each in changes)]
    notes = [book.say("no_medicine_claim")] if changes else []
    return Chart("", tuple(lead), tuple(sorted(rows, key=lambda row: row[0])), tuple(notes))


def _by_day_or_week(scores: Sequence[Entry], *, by_week: bool, book: Book) -> list[tuple[str, int, str]]:
    """Return a bar an entry, or the highest of each week under its Monday."""
    groups: dict[str, list[tuple[str, int]]] = {}
    for number, entry in enumerate(scores):
        day = entry.at - timedelta(days=entry.at.weekday()) if by_week else entry.at
        groups.setdefault(f"{day:%Y-%m-%d} {'' if by_week else number}", []).extend(entry.now)
    return [_score_bar(day, pairs, book) for day, pairs in groups.items()]


def _score_bar(day: str, pairs: Sequence[tuple[str, int]], book: Book) -> tuple[str, int, str]:
    most = max(score for _, score in pairs)
    limbs = dict.fromkeys(limb for limb, score in pairs if score == most)
    return day.split(maxsplit=1)[0], most, f"{most} {book.some('places', limbs)}"


def _change_row(entry: Entry, book: Book) -> tuple[str, int, str]:
    return f"{entry.at:%Y-%m-%d}", 0, f"* {change_text(entry, book)}"


def _triggers(entries: Sequence[Entry], book: Book) -> Chart:
    found = comparisons(entries)
    shown = [each for each in found if each.share is not None]
    rest = [each for each in found if each.share is None]
    apart = [_alone(each, book) for each in rest]
    if not shown:
        return Chart("", (book.say("plot_nothing_triggers"), *apart))
    lead = book.say("triggers_text_one") if len(shown) == 1 else book.say("triggers_text", count=len(shown))
    rows = [line for each in shown for line in trigger_lines(each, book)]
    notes = (book.say("trigger_caution"), book.say("gaps"), book.say("a_pattern"))
    return Chart("", (lead, *rows, *apart), tuple(bar for each in shown for bar in _trigger_bars(each, book)), notes)


def _trigger_bars(each: Comparison, book: Book) -> Bars:
    share = each.share
    assert share is not None
    label = book.triggers.get(each.trigger, each.trigger)
    shares = (("bar_with", share.followed / share.noted), ("bar_without", share.others_followed / share.others))
    figures = ((word, round(100 * figure)) for word, figure in shares)
    return tuple(
        (book.say(word, label=label), figure, book.say("bar_figure", figure=figure)) for word, figure in figures
    )


def _alone(each: Comparison, book: Book) -> str:
    label = book.triggers.get(each.trigger, each.trigger)
    if each.alone >= NOTED_LEAST:  # noted often enough, but no days without it
        return book.say("trigger_always", label=label)
    return book.say("trigger_alone", label=label, count=each.alone)


def in_100(share: float) -> str:
    """Return a share or a difference as a whole number of 100, with its sign."""
    return f"{round(100 * share):+d}".replace("+0", "0").replace("-0", "0")


def trigger_lines(each: Comparison, book: Book) -> list[str]:
    """Return one compared trigger: counts, difference with its range, and a warning below too few."""
    share = each.share
    assert share is not None
    counts = {name: getattr(share, name) for name in ("followed", "noted", "others_followed", "others")}
    row = book.say("trigger_row", label=book.triggers.get(each.trigger, each.trigger), **counts)
    figures = {"difference": in_100(share.difference), "low": in_100(share.low), "high": in_100(share.high)}
    lines = [f"{row} {book.say('trigger_difference', **figures)}"]
    if share.noted < LEAST:
        lines.append(book.say("trigger_few", least=LEAST))
    return lines
