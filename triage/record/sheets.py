"""The diary as a CSV file, in and out: all rows or none, and every mistake with its row."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from triage.kernel.diagnostics import did_you_mean, one_line
from triage.kernel.errors import BadInput
from triage.record.entries import ANYTHING, COLUMNS, Entry, Known, cells_of, checked, entry_of
from triage.record.store import Progress

BYTES_MAX = 50_000_000  # 100,000 full rows are about 15 MB
ROWS_MAX = 200_000  # thirty entries a day for eighteen years
MISTAKES_SHOWN = 10
REPORT_EVERY = 10_000
_NEEDED = ("at", "kind")
_FORMULA = ("=", "+", "-", "@")  # a spreadsheet would run a note that begins so
_MARK = "'"


def to_csv(entries: Iterable[Entry]) -> str:
    """Return the entries as CSV with a header; it ends with a line end, so that a cut file is noticed."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        writer.writerow({name: _guarded(cell) for name, cell in cells_of(entry).items()})
    return out.getvalue()


def _guarded(cell: str) -> str:
    return _MARK + cell if cell.startswith((*_FORMULA, _MARK)) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(tuple(_MARK + each for each in (*_FORMULA, _MARK))) else cell


def read_csv(name: str, *, now: datetime, known: Known = ANYTHING, progress: Progress) -> tuple[Entry, ...]:
    """Return the entries of a file; times without an offset are of the zone of `now`.

    Raises BadInput with the first mistakes, one line each with its row, as a spreadsheet counts them.
    """
    text = _text(name)
    rows = _rows(text, name)
    header = [cell.strip().casefold() for cell in next(rows, (1, []))[1]]
    _header(header, name)
    total = text.count("\n") - 1
    entries: list[Entry] = []
    mistakes: list[str] = []
    for row, cells in rows:
        if row - 1 > ROWS_MAX:
            raise BadInput(f"{name}: more than {ROWS_MAX:,} rows; split the file. Nothing was imported")
        try:
            entries.append(_entry(header, cells, now, known))
        except BadInput as error:
            mistakes.append(f"{name}: row {row}: {error}")
        if (row - 1) % REPORT_EVERY == 0:
            progress(row - 1, total)
    if mistakes:
        more = len(mistakes) - MISTAKES_SHOWN
        rest = [f"{name}: and {more:,} more rows with a mistake"] if more > 0 else []
        raise BadInput("\n".join([*mistakes[:MISTAKES_SHOWN], *rest, f"{name}: nothing was imported"]))
    return tuple(entries)


def _text(name: str) -> str:
    try:
        with Path(name).open("rb") as file:
            raw = file.read(BYTES_MAX + 1)
    except OSError as error:
        raise BadInput(f"{name}: cannot be read: {(error.strerror or 'unknown reason').lower()}") from None
    if len(raw) > BYTES_MAX:
        raise BadInput(f"{name}: larger than {BYTES_MAX:,} bytes; split the file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise BadInput(f"{name}: row {row}: not text in UTF-8; save the file as CSV in UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row with its number; blank ones are left out. Raises BadInput at a row that was cut."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    last = text.count("\n") + 1
    try:
        for row, cells in enumerate(reader, start=1):  # its number is told when a row fails
            if reader.line_num == last and not text.endswith("\n"):
                raise BadInput(f"{name}: row {row}: {_cut()}")
            if any(cell.strip() for cell in cells):
                yield row, cells
    except csv.Error as error:
        problem = _cut() if "end of data" in str(error) else "the quotes do not fit"
        raise BadInput(f"{name}: row {row + 1}: {problem}. Nothing was imported") from None


def _cut() -> str:
    return "the file stops inside this row and may be cut off; if it is whole, end its last line"


def _header(header: list[str], name: str) -> None:
    wanted = f"columns: {', '.join(COLUMNS)}"
    if not header:
        raise BadInput(f"{name}: empty; the first row names the {wanted}")
    for column in header:
        if column not in COLUMNS:
            hint = did_you_mean(column, COLUMNS) or f"; {wanted}"
            raise BadInput(f"{name}: row 1: no column is called '{one_line(column, 30)}'{hint}")
    missing = [each for each in _NEEDED if each not in header]
    if missing or len(set(header)) < len(header):
        problem = f"the column '{missing[0]}' is missing" if missing else "a column stands twice"
        raise BadInput(f"{name}: row 1: {problem}; {wanted}")


def _entry(header: list[str], cells: list[str], now: datetime, known: Known) -> Entry:
    if len(cells) != len(header):
        raise BadInput(f"{len(cells)} cells where the first row has {len(header)}")
    said = {column: _unguarded(cell) for column, cell in zip(header, cells, strict=True)}
    return checked(entry_of(said, now.tzinfo), now=now, known=known)
