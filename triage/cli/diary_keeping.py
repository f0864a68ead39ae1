"""What the verbs of `triage diary` do; each returns what is shown and the exit code."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from triage.cli.checking import clock, width
from triage.cli.diary_times import when_reader
from triage.companions import diary
from triage.companions.asking import Left
from triage.companions.data import wrapped
from triage.companions.diary_asking import Questions, ask_entry
from triage.companions.diary_line import SHOWN_MAX, ReadWhen, read_line
from triage.companions.diary_words import Book, load
from triage.kernel.diagnostics import did_you_mean, one_line
from triage.kernel.errors import DONE, INTERRUPTED, BadInput
from triage.protocol.library import load_protocol
from triage.record.entries import Entry
from triage.record.places import diary_path, erase, files_of
from triage.record.sheets import read_csv, to_csv
from triage.record.store import Store, is_diary

if TYPE_CHECKING:
    from triage.companions.plots import PlotKind
    from triage.companions.plots_drawn import Drawn

Shown = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Desk:
    """What every verb needs: the words, the file, the time now, and how times are read."""

    book: Book
    path: Path
    at: datetime
    read_when: ReadWhen

    @property
    def is_empty(self) -> bool:
        """Whether no diary was begun."""
        return not self.path.is_file() or self.path.stat().st_size == 0

    def say(self, word: str, **details: object) -> Shown:
        """Return one of the diary's sentences as the whole output."""
        return self.book.say(word, **details), DONE


def desk(file: str | None, protocol: str) -> Desk:
    """Return what a verb needs."""
    loaded, at = load_protocol(protocol), clock()
    return Desk(load(loaded), where(file), at, when_reader(at, loaded.screen))


def where(file: str | None) -> Path:
    """Return where the diary lies."""
    return diary_path(file, os.environ, Path.home())


def added(text: str, file: str | None, protocol: str) -> Shown:
    """Keep one entry, from a line or by questions, and tell how it was understood."""
    here = desk(file, protocol)
    book = here.book
    if text.strip():
        entry = read_line(text, book, here.at, here.read_when)
    else:
        try:
            asked = ask_entry(Questions(sys.stdin, sys.stdout), book, here.at, here.read_when)
        except Left:
            return book.say("not_kept"), INTERRUPTED if sys.stdin.isatty() else DONE
        if asked is None:
            return here.say("not_kept")
        entry = asked
    with Store(here.path) as store:
        number = store.add(entry)
    said = [book.say("understood", number=number, entry=book.told(entry)), book.say("wrong", number=number)]
    said += [book.say("to_check")] if book.is_for_the_check(entry) else []
    return "\n".join(line for text in said for line in wrapped(text)), DONE


def shown(since: str | None, file: str | None, protocol: str) -> Shown:
    """Return the list of entries, from a time on."""
    here = desk(file, protocol)
    start = _since(since, here) if since else None
    if here.is_empty:
        return diary.nothing(here.book), DONE
    with Store(here.path) as store:
        kept = store.kept(start)
    if kept:
        return diary.listed(kept, here.book), DONE
    if start is None:
        return diary.nothing(here.book), DONE
    return here.say("nothing_since", since=f"{start:%Y-%m-%d %H:%M}")


def _since(said: str, here: Desk) -> datetime:
    try:
        when = here.read_when(said)
    except BadInput:
        when = None
    if when is None:
        raise BadInput(here.book.say("no_time", said=one_line(said, SHOWN_MAX)))
    moment = datetime.fromisoformat(when)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=here.at.tzinfo)


def removed(number: int, file: str | None, protocol: str) -> Shown:
    """Take one entry out."""
    here = desk(file, protocol)
    if not here.is_empty:
        with Store(here.path) as store:
            if store.remove(number):
                return here.say("removed", number=number)
    raise BadInput(here.book.say("not_there", number=number))


def summed_up(file: str | None, protocol: str) -> Shown:
    """Return the diary in short."""
    here = desk(file, protocol)
    if here.is_empty:
        return diary.nothing(here.book), DONE
    with Store(here.path) as store:
        return diary.summary(store.entries(), here.at, here.book), DONE


def exported(to: str, file: str | None, protocol: str) -> Shown:
    """Write the diary to a CSV file."""
    here = desk(file, protocol)
    if here.is_empty:
        raise BadInput(here.book.say("nothing"))
    with Store(here.path) as store:
        entries = store.entries()
    if to == "-":
        return to_csv(entries).removesuffix("\n"), DONE
    _write(Path(to), to_csv(entries).encode())
    return here.say("exported", count=f"{len(entries):,}", file=to)


def imported(source: str, file: str | None, protocol: str) -> Shown:
    """Read a CSV file into the diary: all rows or none."""
    here = desk(file, protocol)
    book = here.book

    def progress(done: int, total: int) -> None:
        print(book.say("progress", done=f"{done:,}", total=f"{total:,}"), file=sys.stderr, flush=True)

    entries = read_csv(source, now=here.at, known=book.known, progress=progress)
    with Store(here.path) as store:
        new, there = store.add_all(entries)
    lines = [book.say("imported", count=f"{new:,}")]
    return "\n".join(lines + ([book.say("left_out", count=f"{there:,}")] if there else [])), DONE


def plotted(kind: str, form: str, out: str | None, diary_of: tuple[str | None, str]) -> Shown:
    """Return a plot in plain characters, or write a drawing to a file."""
    from triage.companions.plots import PLOT_KINDS, as_text, chart

    wanted = next((each for each in PLOT_KINDS if each == kind), None)
    if wanted is None:
        hint = did_you_mean(kind, PLOT_KINDS) or f"; use one of {', '.join(PLOT_KINDS)}"
        raise BadInput(f"no plot '{kind[:30]}'{hint}")
    if form not in ("terminal", "svg", "png"):
        raise BadInput(f"no form '{form[:30]}'; use terminal, svg or png")
    here = desk(*diary_of)
    book = here.book
    if here.is_empty:
        return diary.nothing(book), DONE
    with Store(here.path) as store:
        entries = store.entries()
    if form == "terminal":
        return as_text(chart(wanted, entries, book), width()), DONE
    if out is None:
        raise BadInput(f"name a file for the drawing: --out diary-{kind}.{form}")
    _write(Path(out), _drawn(wanted, entries, book, "svg" if form == "svg" else "png"))
    return here.say("drawn", file=out)


def _drawn(kind: "PlotKind", entries: Sequence[Entry], book: Book, form: "Drawn") -> bytes:
    try:
        from triage.companions.plots_drawn import draw

        return draw(kind, entries, book, form)
    except ModuleNotFoundError:
        raise BadInput("drawings need matplotlib: pip install 'ms-triage[diary]'; or use --as terminal") from None


def erased(file: str | None, protocol: str, *, agreed: bool) -> Shown:
    """Delete the diary, if the person agrees."""
    here = desk(file, protocol)
    book, path = here.book, here.path
    if not files_of(path):
        return here.say("nothing_to_erase", file=path)
    if path.is_file() and not is_diary(path):
        raise BadInput(f"{path}: this is no diary; nothing was erased")
    if not agreed:
        print(_question(path, book), end=" ", flush=True)
        if sys.stdin.readline().strip().casefold() != "yes":
            return here.say("not_erased")
    gone = erase(path)
    return here.say("erased", files=", ".join(str(each) for each in gone))


def _question(path: Path, book: Book) -> str:
    try:
        with Store(path) as store:
            return book.say("ask_erase", file=path, count=f"{len(store.kept()):,}")
    except BadInput:
        return book.say("ask_erase_damaged", file=path)


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, 0o600)
            file.write(content)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {(error.strerror or 'unknown reason').lower()}") from None
