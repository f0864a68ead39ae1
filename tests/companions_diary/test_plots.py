"""Plots in words, plain characters and drawings: the same figures, the warning, and never a cause."""

import subprocess
import sys
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from tests.companions_diary.shared import AT, BOOK, line
from tests.companions_diary.years import FIRST, PLANTS, year
from triage.companions import diary
from triage.companions.patterns import patterns
from triage.companions.plots import PLOT_KINDS, PlotKind, as_text, chart
from triage.companions.plots_drawn import draw
from triage.kernel.errors import BadInput
from triage.record.entries import Entry, Kept

CHANGES = tuple(
    Entry(at=FIRST + timedelta(days=day), kind="medicine", name="baclofen", change=change, detail="10 mg")
    for day, change in ((60, "started"), (90, "raised"), (91, "taken"))
)
YEAR = (*year(1, PLANTS[-1]), *CHANGES)
FEW = tuple(line(text) for text in ("spasm right leg 6", "score right leg 6 usual 3", "trigger heat"))


@pytest.mark.parametrize("kind", PLOT_KINDS)
def test_a_year_in_plain_characters(kind: PlotKind) -> None:
    text = as_text(chart(kind, YEAR, BOOK))
    assert max(map(len, text.splitlines())) <= 72
    assert text.isascii()
    assert text.splitlines()[2]  # the sentence stands before the bars
    assert "#####" in text
    assert "This is no diagnosis" in text
    assert ("a pattern, not a cause" in text) == (kind != "scores")


@pytest.mark.parametrize("kind", PLOT_KINDS)
def test_an_empty_diary_says_what_is_missing(kind: PlotKind) -> None:
    assert chart(kind, (), BOOK).bars == ()
    with pytest.raises(BadInput, match=r"written down yet|can be compared yet"):
        draw(kind, (), BOOK, "svg")


@pytest.mark.parametrize("kind", ["hours", "weekdays"])
def test_few_entries_are_warned_of(kind: PlotKind) -> None:
    assert "1 of the 20 that a pattern needs" in as_text(chart(kind, FEW, BOOK))
    assert "that a pattern needs" not in as_text(chart(kind, YEAR, BOOK))


def test_few_notes_of_a_trigger_are_warned_of() -> None:
    text = as_text(chart("triggers", YEAR, BOOK))
    assert "fewer than 20 times, so do not rely on it" in " ".join(text.split())
    assert "heat: a spasm followed" in text
    assert "95% range" in text


def test_a_trigger_that_cannot_be_compared_says_why() -> None:
    assert any("heat: not compared" in text for text in chart("triggers", FEW, BOOK).lead)
    daily = [line(f"trigger heat 2026-10-{day:02} 12:00") for day in range(1, 31)]
    assert any("nothing to set beside it" in text for text in chart("triggers", daily, BOOK).lead)


def test_medicine_changes_are_marked_and_nothing_is_claimed_of_them() -> None:
    text = as_text(chart("scores", YEAR, BOOK))
    assert "* baclofen started 10 mg" in text
    assert "taken" not in text
    assert "does not show that the" in text
    assert "by the week" not in as_text(chart("scores", FEW, BOOK))


@pytest.mark.parametrize("kind", PLOT_KINDS)
def test_a_drawing_is_whole_says_its_figures_and_comes_out_the_same(kind: PlotKind) -> None:
    svg, png = draw(kind, YEAR, BOOK, "svg"), draw(kind, YEAR, BOOK, "png")
    assert ET.fromstring(svg).tag.endswith("svg")
    assert png.startswith(b"\x89PNG")
    assert chart(kind, YEAR, BOOK).title.encode() in svg
    assert svg == draw(kind, YEAR, BOOK, "svg")


def test_too_many_changes_are_drawn_without_their_names() -> None:
    many = [
        Entry(at=FIRST + timedelta(days=5 * n), kind="medicine", name="baclofen", change="raised") for n in range(15)
    ]
    assert b"<svg" in draw("scores", [*YEAR, *many], BOOK, "svg")


def test_the_summary_of_a_year() -> None:
    text = diary.summary(YEAR, FIRST + timedelta(days=365), BOOK)
    assert max(map(len, text.splitlines())) <= 72
    said = " ".join(text.split())
    assert "After heat a spasm came more often" in said
    assert "in the night (0 to 6)" in said
    assert "This is a pattern, not a cause." in said
    assert "looks worse than it is" in said
    assert "baclofen dose raised 10 mg" in said


def test_the_summary_of_little() -> None:
    said = " ".join(diary.summary(FEW, AT, BOOK).split())
    assert "Below 20 spasm entries no pattern is looked for. You have 1." in said
    assert "Up from usual: right leg 3." in said
    assert diary.summary((), AT, BOOK) == diary.nothing(BOOK)
    assert "1 entry, of 2026-11-21." in diary.summary([line("spasm")], AT, BOOK)
    assert "about 1 a week." in diary.summary([line("spasm")], AT, BOOK)
    assert "Nights broken by pain or spasm in the last 30 days: 3." in diary.summary(
        [line("sleep broken 3 nights")], AT, BOOK
    )


def test_nothing_that_stands_out_is_said_to() -> None:
    lines = diary.pattern_lines(patterns(year(1, PLANTS[0])), BOOK)
    assert lines[0] == "Nothing stands out so far."
    less = diary.pattern_lines(patterns(year(2, PLANTS[4])), BOOK)
    assert any("more often on Saturday" in text for text in less)


def test_the_list_has_numbers() -> None:
    assert diary.listed([Kept(7, FEW[0])], BOOK) == "7. Spasm, right leg, 6 of 10 (2026-11-21 10:00)"


def test_a_check_loads_none_of_it() -> None:
    code = (
        "import sys; import triage.cli.checking, triage.frontends.plain, triage.cli.diary_commands;"
        "print([name for name in ('sqlalchemy', 'matplotlib', 'triage.record.store') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
