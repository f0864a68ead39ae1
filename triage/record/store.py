"""The diary's file: SQLite, written with full sync, so that an entry that was acknowledged is never lost."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError

from triage.kernel.errors import BadInput
from triage.record.entries import Entry, Kept, cells_of, entry_of
from triage.record.places import make_private

FORMAT, VERSION = "triage-diary", 1
BUSY_MS = 5000  # another program writes one entry in a few milliseconds
AT_ONCE = 2000  # rows between two reports of progress
HEADER = b"SQLite format 3\x00"

TABLES = MetaData()
ABOUT = Table("about", TABLES, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
ENTRIES = Table(
    "entries",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("utc", Text, nullable=False, index=True),
    Column("cells", Text, nullable=False),
    sqlite_autoincrement=True,  # a number that was shown never comes to mean another entry
)

Progress = Callable[[int, int], None]


def _quiet(done: int, total: int) -> None:
    """Report to nobody."""


class Store:
    """An open diary. Every method that writes has synced when it returns; a fault leaves the file as it was."""

    def __init__(self, path: Path, *, busy_ms: int = BUSY_MS) -> None:
        """Open or make the diary at `path`. Raises BadInput with one clear line."""
        self.path = path
        make_private(path)
        self._engine = _engine(path, busy_ms)
        try:
            with _told(path):
                _known_format(self._engine, path)
                _prepared(self._engine)
        except BadInput:
            self._engine.dispose()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def add(self, entry: Entry) -> int:
        """Keep one entry and return its number; no number means nothing was promised."""
        with _told(self.path), _writing(self._engine) as connection:
            made = connection.execute(insert(ENTRIES).values(_row(entry)))
            number = made.inserted_primary_key
        assert number is not None
        return int(number[0])

    def add_all(self, entries: Sequence[Entry], progress: Progress = _quiet) -> tuple[int, int]:
        """Keep all the entries or none; return how many are new, and how many were there already and left out."""
        rows = [_row(each) for each in entries]
        with _told(self.path), _writing(self._engine) as connection:
            there = Counter(connection.execute(select(ENTRIES.c.cells)).scalars())
            fresh = []
            for row in rows:
                if there[row["cells"]] > 0:
                    there[row["cells"]] -= 1
                else:
                    fresh.append(row)
            for start in range(0, len(fresh), AT_ONCE):
                connection.execute(insert(ENTRIES), fresh[start : start + AT_ONCE])
                progress(min(start + AT_ONCE, len(fresh)), len(fresh))
        return len(fresh), len(rows) - len(fresh)

    def remove(self, number: int) -> bool:
        """Take one entry out, and say whether it was there."""
        with _told(self.path), _writing(self._engine) as connection:
            gone = connection.execute(delete(ENTRIES).where(ENTRIES.c.id == number))
        return gone.rowcount == 1

    def kept(self, since: datetime | None = None) -> tuple[Kept, ...]:
        """Return the entries in the order of their times, from `since` on."""
        wanted = select(ENTRIES.c.id, ENTRIES.c.cells).order_by(ENTRIES.c.utc, ENTRIES.c.id)
        if since is not None:
            wanted = wanted.where(ENTRIES.c.utc >= _sortable(since))
        with _told(self.path), self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return tuple(Kept(number, _read(number, cells, self.path)) for number, cells in rows)

    def entries(self, since: datetime | None = None) -> tuple[Entry, ...]:
        """Return the entries without their numbers."""
        return tuple(each.entry for each in self.kept(since))


def is_diary(path: Path) -> bool:
    """Whether a file may be erased as a diary: one of ours, or one that cannot be read as anything else."""
    with path.open("rb") as file:
        head = file.read(len(HEADER))
    if head != HEADER:
        return not head
    engine = _engine(path, BUSY_MS)
    try:
        with engine.connect() as connection:
            tables = _tables(connection)
    except DBAPIError:
        return True
    finally:
        engine.dispose()
    return not tables or {ABOUT.name, ENTRIES.name} <= tables


def _row(entry: Entry) -> dict[str, str]:
    return {"utc": _sortable(entry.at), "cells": json.dumps(cells_of(entry), ensure_ascii=False, sort_keys=True)}


def _sortable(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _read(number: int, cells: str, path: Path) -> Entry:
    try:
        return entry_of(json.loads(cells))
    except (BadInput, AttributeError, ValueError):
        raise BadInput(f"{path}: entry {number} is damaged; 'triage diary remove {number}' takes it out") from None


def _engine(path: Path, busy_ms: int) -> Engine:
    engine = create_engine(f"sqlite+pysqlite:///{path}", connect_args={"isolation_level": None})

    def settle(connection: sqlite3.Connection, record: object) -> None:
        for pragma in (f"busy_timeout={busy_ms}", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", settle)
    return engine


def _tables(connection: Connection) -> set[str]:
    return set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())


def _known_format(engine: Engine, path: Path) -> None:
    """Refuse what is not ours or newer than this program, before anything is written."""
    with engine.connect() as connection:
        tables = _tables(connection)
        if not tables:
            return
        about: dict[str, str] = {}
        if ABOUT.name in tables:
            about = {str(row[0]): str(row[1]) for row in connection.execute(select(ABOUT.c.key, ABOUT.c.value))}
    version = about.get("version", "")
    if about.get("format") != FORMAT or not version.isdecimal() or ENTRIES.name not in tables:
        raise BadInput(f"{path}: this is another program's file, not a diary; nothing was changed")
    if int(version) > VERSION:
        raise BadInput(
            f"{path}: this diary was written by a newer version of the program (format {version}, this one reads "
            f"{VERSION}); update the program. Nothing was changed"
        )


def _prepared(engine: Engine) -> None:
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        if ENTRIES.name in _tables(connection):
            return
    about = [{"key": "format", "value": FORMAT}, {"key": "version", "value": str(VERSION)}]
    with _writing(engine) as connection:
        TABLES.create_all(connection)
        connection.execute(insert(ABOUT).prefix_with("OR IGNORE"), about)  # another program may have been faster


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    """Hold the only right to write; everything inside is kept, or nothing."""
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


_REASONS = {
    sqlite3.SQLITE_BUSY: "another program is writing in the diary; try again when it has ended",
    sqlite3.SQLITE_LOCKED: "another program is writing in the diary; try again when it has ended",
    sqlite3.SQLITE_NOTADB: "this is no diary, or its beginning is damaged",
    sqlite3.SQLITE_CORRUPT: "the diary is damaged or cut off; put a copy or an export in its place",
    sqlite3.SQLITE_FULL: "there is no room left on the disk",
    sqlite3.SQLITE_READONLY: "the diary may not be written here",
    sqlite3.SQLITE_CANTOPEN: "the diary cannot be opened here",
    sqlite3.SQLITE_IOERR: "the disk failed, or the file was cut off",
}


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn a fault of the database into one clear line, which never holds an entry."""
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        raise BadInput(f"{path}: {_REASONS.get(code, 'the diary cannot be used')}. Nothing was changed") from None
