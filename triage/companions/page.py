"""What a companion puts on paper, before any format: parts with lines, lists, one table and one picture each."""

import re
from dataclasses import dataclass

from triage.companions.data import WIDTH, wrapped

GAP = 2  # blanks between two columns of plain text
COLUMN_MAX = 30  # a wider cell makes the table a list, which reads better when heard
BLANK = "_" * 30  # a place to write by hand


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; the first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One SVG and the same in words, for those who do not see it."""

    svg: str
    told: str


@dataclass(frozen=True, slots=True)
class Part:
    """One headed part; its `cautions` stand before everything else in it.

    `first` marks what must be read before the rest, `last` what stands below the columns.
    """

    title: str
    cautions: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    numbered: bool = False
    table: Table | None = None
    picture: Picture | None = None
    first: bool = False
    last: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands under the heading."""
        return not (self.cautions or self.lines or self.items or self.table or self.picture)


@dataclass(frozen=True, slots=True)
class Page:
    """Sheets of paper, each with its parts. `notice` stands on each sheet; `foot` at the very end."""

    title: str
    notice: str
    language: str
    sheets: tuple[tuple[Part, ...], ...]
    foot: tuple[str, ...]
    caution: str
    sheet_of: str
    columns: int = 1

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part that has something in it, in reading order."""
        return tuple(part for sheet in self.sheets for part in sheet if not part.is_empty)


def as_text(page: Page) -> str:
    """Return the page as plain lines of 72 columns."""
    lines = [*wrapped(page.title), *wrapped(page.notice)]
    for part in page.parts:
        lines += ["", *wrapped(part.title)]
        lines += [line for text in part.cautions for line in wrapped(f"{page.caution}: {text}", hang="! ")]
        lines += [line for text in part.lines for line in wrapped(text)]
        lines += _items(part)
        lines += _table(part.table) if part.table is not None else []
    return "\n".join([*lines, "", *(line for text in page.foot for line in wrapped(text))])


def _items(part: Part) -> list[str]:
    marks = (f"{number}. " if part.numbered else "- " for number in range(1, len(part.items) + 1))
    return [line for text, mark in zip(part.items, marks, strict=True) for line in wrapped(text, hang=mark)]


def _table(table: Table) -> list[str]:
    """Return the rows in columns if they fit; else one list item a row, each value with its heading."""
    columns = list(zip(table.head, *table.rows, strict=True))
    widths = [max(len(cell) for cell in column) for column in columns]
    if sum(widths) + GAP * (len(widths) - 1) <= WIDTH and max(widths) <= COLUMN_MAX:
        rows = (table.head, *table.rows)
        return [(" " * GAP).join(f"{cell:{w}}" for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [line for row in table.rows for line in wrapped(spoken(table, row), hang="- ")]


def spoken(table: Table, row: tuple[str, ...]) -> str:
    """Return one row as a sentence; with two columns the heading adds nothing."""
    name, *cells = row
    if len(cells) == 1:
        return f"{name} {cells[0]}" if name.endswith("?") else f"{name}: {cells[0]}"
    told = (f"{head}: {cell}." for head, cell in zip(table.head[1:], cells, strict=True) if cell)
    return " ".join((f"{name}.", *told))


def as_markdown(page: Page) -> str:
    """Return the page as Markdown; the picture stands in words, because its table says the same."""
    lines = [f"# {plain(page.title)}", "", plain(page.notice)]
    for part in page.parts:
        lines += ["", f"## {plain(part.title)}", ""]
        lines += [f"- **{plain(page.caution)}:** {plain(text)}" for text in part.cautions]
        lines += [""] if part.cautions and (part.lines or part.items) else []
        lines += [line for text in part.lines for line in (plain(text), "")]
        lines += [f"{f'{n}.' if part.numbered else '-'} {plain(text)}" for n, text in enumerate(part.items, 1)]
        lines += [""] if part.items and part.table else []
        lines += _markdown_table(part.table) if part.table is not None else []
    text = "\n".join([*lines, "", *(line for each in page.foot for line in (plain(each), ""))])
    return re.sub(r"\n{3,}", "\n\n", text).rstrip()


def _markdown_table(table: Table) -> list[str]:
    rows = (table.head, ("---",) * len(table.head), *table.rows)
    marks = [[cell if number == 1 else plain(cell) for cell in row] for number, row in enumerate(rows)]
    return [f"| {' | '.join(row)} |" for row in marks]


def plain(text: str) -> str:
    """Escape what Markdown would read as markup, and keep it one line."""
    return re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", " ".join(text.split()))
