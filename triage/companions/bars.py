"""Bars beside each other for two groups: in plain characters, and as one SVG that needs nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from triage.companions.data import WIDTH

FULL = 100  # the figures are people out of 100
MARKS = ("#", "=")

# SVG measures, in pixels
SVG_WIDTH = 760
MARGIN = 24
LABEL_WIDTH = 210
BAR = 18
ROW = 58
FONT = 15
FONTS = 'font-family="Verdana, Arial, sans-serif"'
LINE = 21
TEXT_CHARS_MAX = 92  # a letter of the widest common sans-serif is about 0.58 of its height, so 92 of 13 fill 694
# Dark against light: the two groups differ in brightness too, and each bar has its name beside it.
FILLS = ("#1f4e79", "#9cc2e5")
EDGE = "#1f4e79"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: whose it is, how long, and the figure as it is shown."""

    group: str
    value: int
    shown: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing compared: its name and one bar for each group, in the same order everywhere."""

    name: str
    bars: tuple[Bar, ...]


def as_text(rows: Sequence[Row], width: int = WIDTH) -> list[str]:
    """Return the chart in plain characters: the name on a line of its own, and below it one line a group."""
    groups = max((len(bar.group) for row in rows for bar in row.bars), default=0)
    figures = max((len(bar.shown) for row in rows for bar in row.bars), default=0)
    room = width - groups - figures - 4
    lines = []
    for row in rows:
        lines.append(row.name)
        for mark, bar in zip(MARKS, row.bars, strict=True):
            drawn = mark * max(1, round(bar.value * room / FULL))
            lines.append(f"  {bar.group:{groups}} {drawn} {bar.shown}")
    return lines


def as_svg(rows: Sequence[Row], *, title: str, lead: str, notes: Sequence[str]) -> str:
    """Return one SVG document; the figures stand in words in its description too. An empty note is a gap."""
    foot = [line for note in notes for line in (wrap(note, TEXT_CHARS_MAX) or [""])]
    top = MARGIN + 2 * LINE + 16
    bottom = top + len(rows) * ROW
    height = bottom + len(foot) * LINE + MARGIN + 8
    head = f'width="{SVG_WIDTH}" height="{height}" viewBox="0 0 {SVG_WIDTH} {height}" font-size="{FONT}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" {head} {FONTS}>',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(_described(rows, lead, notes))}</desc>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        _text(MARGIN, MARGIN + 12, title, 'font-size="19" font-weight="bold"'),
        _text(MARGIN, MARGIN + 12 + LINE, lead, f'font-size="{FONT - 1}"'),
    ]
    for number, row in enumerate(rows):
        lines += _row(row, top + number * ROW)
    lines += [
        _text(MARGIN, bottom + (number + 1) * LINE, line, f'font-size="{FONT - 2}"') for number, line in enumerate(foot)
    ]
    return "\n".join((*lines, "</svg>"))


def _row(row: Row, top: int) -> list[str]:
    left, room = MARGIN + LABEL_WIDTH, SVG_WIDTH - 2 * MARGIN - LABEL_WIDTH - 170
    lines = [_text(MARGIN, top + BAR + 5, row.name, 'font-weight="bold"')]
    for number, (bar, fill) in enumerate(zip(row.bars, FILLS, strict=True)):
        y, length = top + number * (BAR + 4), max(2, round(bar.value * room / FULL))
        lines += [
            f'<rect x="{left}" y="{y}" width="{length}" height="{BAR}" fill="{fill}" stroke="{EDGE}"/>',
            _text(left + length + 8, y + BAR - 4, f"{bar.group}: {bar.shown}"),
        ]
    return lines


def _text(x: int, y: int, words: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}" {more}>{escape(words)}</text>'


def _described(rows: Sequence[Row], lead: str, notes: Sequence[str]) -> str:
    told = (f"{row.name}: {', '.join(f'{bar.group} {bar.shown}' for bar in row.bars)}." for row in rows)
    return " ".join((f"{lead}.", *told, *(note for note in notes if note)))
