"""The plots of the diary as SVG or PNG, from the same figures as the words; matplotlib is loaded here only."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from textwrap import fill
from typing import TYPE_CHECKING, Literal

from triage.companions.diary_words import Book
from triage.companions.patterns import LEAST, by_hour, by_weekday, comparisons
from triage.companions.plots import PlotKind, change_text, chart, dose_changes, scored
from triage.kernel.errors import BadInput
from triage.record.entries import SCORE_MAX, Entry

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Drawn = Literal["svg", "png"]
INK, SOFT = "#1f4e79", "#c9d7e6"
# Okabe and Ito's colours for colour-blind readers; each line has its own mark and its name at its end too.
LINES = (("#0072b2", "o"), ("#d55e00", "s"), ("#009e73", "^"), ("#7f3c8d", "D"))
WIDTH_INCHES, HEIGHT_INCHES, DPI = 9.0, 5.2, 150
ROW_INCHES = 0.42
FOOT_CHARS = 110
SECONDS_A_DAY = 86_400
CHANGES_NAMED_MAX = 12  # more names than this cannot be read side by side


def draw(kind: PlotKind, entries: Sequence[Entry], book: Book, form: Drawn) -> bytes:
    """Return one plot. The same diary gives the same bytes. Raises BadInput if there is nothing to draw."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    told = chart(kind, entries, book)
    compared = [each for each in comparisons(entries) if each.share] if kind == "triggers" else []
    if not (compared if kind == "triggers" else told.bars):
        raise BadInput(told.lead[0])
    height = max(HEIGHT_INCHES, 2.6 + ROW_INCHES * len(compared))
    with rc_context({"svg.hashsalt": "triage", "svg.fonttype": "path", "font.size": 11}):
        figure = Figure(figsize=(WIDTH_INCHES, height), layout="constrained")
        axes = figure.add_subplot()
        _DRAW[kind](axes, entries, book)
        axes.set_title(told.title, loc="left", fontsize=14, fontweight="bold", pad=12)
        axes.spines[["top", "right"]].set_visible(False)
        said = told.notes if kind in ("triggers", "scores") else (*told.lead, *told.notes)
        if any(each.share and each.share.noted < LEAST for each in compared):
            said = (book.say("hollow", least=LEAST), *said)
        figure.supxlabel("\n".join(fill(text, FOOT_CHARS) for text in said), x=0.02, ha="left", fontsize=9)
        out = io.BytesIO()
        words = " ".join((*told.lead, *told.notes))
        about = {"Title": told.title, "Description": words}
        metadata: dict[str, str | None] = {**about, "Date": None} if form == "svg" else {**about, "Software": None}
        figure.savefig(out, format=form, dpi=DPI, metadata=metadata)
    return out.getvalue()


def _hours(axes: "Axes", entries: Sequence[Entry], book: Book) -> None:
    counts = by_hour(entries)
    axes.bar([hour + 0.5 for hour in range(len(counts))], counts, width=0.86, color=INK)
    axes.set_xticks(range(0, 25, 3), [f"{hour:02}:00" for hour in range(0, 25, 3)])
    axes.set_xlim(0, len(counts))
    axes.set_xlabel(book.say("axis_hours"))
    _counted(axes, counts, book)


def _weekdays(axes: "Axes", entries: Sequence[Entry], book: Book) -> None:
    counts = by_weekday(entries)
    drawn = axes.bar(book.weekdays, counts, width=0.7, color=INK)
    axes.bar_label(drawn, padding=2)
    _counted(axes, counts, book)


def _counted(axes: "Axes", counts: Sequence[int], book: Book) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.set_ylabel(book.say("axis_spasms"))
    axes.set_ylim(0, max(counts) * 1.12 + 0.5)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(visible=True, axis="y", color=SOFT)
    axes.set_axisbelow(True)


def _scores(axes: "Axes", entries: Sequence[Entry], book: Book) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    scores = scored(entries)
    used = [limb for limb in book.scored if any(limb in dict(each.now) for each in scores)]
    for limb, (colour, mark) in zip(used, LINES, strict=False):
        points = [(_day(each.at), dict(each.now)[limb]) for each in scores if limb in dict(each.now)]
        days, figures = [day for day, _ in points], [figure for _, figure in points]
        axes.plot(days, figures, color=colour, marker=mark, markersize=4, linewidth=1.4, label=book.places[limb])
    _marked(axes, dose_changes(entries), book)
    axes.set_yticks(range(SCORE_MAX + 1))
    axes.set_ylabel(book.say("axis_score"))
    locator = AutoDateLocator()  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.grid(visible=True, axis="y", color=SOFT)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)


def _day(at: datetime) -> float:
    """Return a moment as the person's clock showed it, in days since 1970, as matplotlib counts dates."""
    return at.replace(tzinfo=UTC).timestamp() / SECONDS_A_DAY


def _marked(axes: "Axes", changes: Sequence[Entry], book: Book) -> None:
    """Draw a line for each change of a medicine, with its name if there is room for the names."""
    axes.set_ylim(-0.3, SCORE_MAX + (2.9 if changes else 0.5))
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    for each in changes:
        axes.axvline(_day(each.at), color="#444444", linestyle="--", linewidth=1)
    for number, each in enumerate(changes if len(changes) <= CHANGES_NAMED_MAX else ()):
        spot = (_day(each.at), SCORE_MAX + 0.45 + 0.75 * (number % 3))
        axes.annotate(f" {change_text(each, book)}", spot, fontsize=9, bbox=box, annotation_clip=False)


def _triggers(axes: "Axes", entries: Sequence[Entry], book: Book) -> None:
    compared = [each for each in comparisons(entries) if each.share]
    names = []
    for row, each in enumerate(compared):
        share = each.share
        assert share is not None
        low, middle, high = (100 * figure for figure in (share.low, share.difference, share.high))
        trusted = share.noted >= LEAST
        axes.plot([low, high], [row, row], color=INK, linewidth=2, linestyle="-" if trusted else ":")
        axes.plot([middle], [row], color=INK, marker="o", markersize=8, markerfacecolor=INK if trusted else "white")
        counts = {name: getattr(share, name) for name in ("followed", "noted", "others_followed", "others")}
        names.append(f"{book.triggers.get(each.trigger, each.trigger)}\n{book.say('axis_counts', **counts)}")
    axes.axvline(0, color="#444444", linewidth=1)
    axes.set_yticks(range(len(names)), names, fontsize=9)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlabel(book.say("axis_difference"))
    axes.grid(visible=True, axis="x", color=SOFT)


_DRAW = {"hours": _hours, "weekdays": _weekdays, "scores": _scores, "triggers": _triggers}
