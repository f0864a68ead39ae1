"""What `triage protocol verify` breaks on purpose: whole runs from answers to a report, and checks kept on a disk."""

import errno
import json
import os
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from triage.cli import assessing, saving
from triage.decision.assess import assess_answers
from triage.decision.evidence import raw_answer
from triage.engines.base import Engine
from triage.engines.reference import Reference
from triage.interview.session import Interview
from triage.interview.state import InterviewState
from triage.kernel.answers import Answer
from triage.kernel.errors import BadInput
from triage.kernel.scale import Disposition
from triage.protocol.models import Protocol
from triage.protocol.texts import NEUTRAL, fill, locale_of
from triage.reports.last_resort import rendered
from triage.verify.cases import AT
from triage.verify.inject import Run, Told

WIDTH = 10_000  # nothing is wrapped, so that a sentence can be found
NUMBERS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES)
BROKEN = 0.3  # how often saving meets a broken disk


class Whole:
    """Whole runs of one protocol; what they tell is read the way a person reads it, from the report."""

    def __init__(self, protocol: Protocol, engines: Sequence[Engine], folder: Path) -> None:
        """Keep answers files in a folder that exists."""
        self._protocol, self._engines, self._folder = protocol, engines, folder
        self._sound = Reference(protocol)
        place = locale_of(protocol, NEUTRAL)
        words = protocol.dispositions
        self._leads = {label: fill(words.labels[label.value].lead, place) for label in Disposition}
        self._fixed = fill(words.fallback.say, place)

    def of_file(self, raw: Mapping[str, object], as_format: str) -> Run:
        """Return a run of `triage assess`: a file of answers in, a report out."""
        path = self._folder / f"{as_format}.json"

        def run() -> Told:
            path.write_text(json.dumps({"answers": raw}), encoding="utf-8")
            with _loaded(self._protocol):
                return self._told(
                    lambda: assessing.run(str(path), as_format=as_format, locale=NEUTRAL, now=AT, width=WIDTH)[0]
                )

        return run

    def of_interview(self, person: Mapping[str, Answer]) -> Run:
        """Return a run of an interview: every question answered as this person would, then the report."""
        raw = {name: raw_answer(answer) for name, answer in person.items()}
        known: list[Mapping[str, Answer]] = [{}]

        def walked() -> str:
            interview = Interview(self._protocol, AT, engines=self._engines)
            while (view := interview.prompt) is not None:
                interview = interview.answer(raw.get(view.question.id, view.question.denial or "not_sure"))
            assert interview.state is not None
            known[0] = interview.state.answers
            return rendered(interview.result, self._protocol, as_format="text", width=WIDTH, private=True)

        def run() -> Told:
            told = self._told(walked)
            with _untouched():
                least = assess_answers(self._protocol, known[0], at=AT, engines=(self._sound,)).disposition
            return replace(told, least=least)

        return run

    def _told(self, report_of: Callable[[], str]) -> Told:
        """What comes through unhandled is what `triage` would only call 'the program broke'."""
        try:
            text = report_of()
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            return Told(None, fixed=False, text="", fault=f"{type(error).__name__} came through; no advice was told")
        if text.startswith("{"):
            result = json.loads(text)
            advice = result.get("actions") or result.get("advice")
            return Told(Disposition(result["disposition"]), fixed=result["failed"], text=text if advice else "")
        labels = [label for label, lead in self._leads.items() if lead in text]
        return Told(max(labels, key=lambda each: each.rank, default=None), fixed=self._fixed in text, text=text)


@contextmanager
def _untouched() -> Iterator[None]:
    """Keep faults out of what a run is measured against."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


@contextmanager
def _loaded(protocol: Protocol) -> Iterator[None]:
    """Let the command find this protocol already read: reading YAML a thousand times is not what is looked at."""
    names = vars(assessing)
    real = names["load_protocol"]
    names["load_protocol"] = lambda name="ms", language="en": protocol
    try:
        yield
    finally:
        names["load_protocol"] = real


class Disk:
    """A file that a check is kept in, on a disk that fails now and then."""

    def __init__(self, path: Path, rng: random.Random) -> None:
        """Keep to one file in a folder that exists."""
        self._path, self._rng = path, rng
        self._keeper: saving.Keeper | None = None

    def keep(self, interview: Interview) -> bool:
        """Save; return whether that was promised."""
        if self._keeper is None:
            self._keeper = saving.Keeper(str(self._path), interview.protocol.screen)
        with _breaking(self._rng) if self._rng.random() < BROKEN else nullcontext():
            return not self._keeper.keep(interview)

    def load(self, protocol: Protocol) -> InterviewState | None:
        """Return what is on the disk, or nothing if it cannot be read."""
        with suppress(BadInput):
            return saving.read_saved(str(self._path), protocol, AT).state
        return None

    def clean(self) -> None:
        """Remove the file."""
        self._path.unlink(missing_ok=True)


@contextmanager
def _breaking(rng: random.Random) -> Iterator[None]:
    """Let one of the calls that write fail once, as a full or broken disk does."""
    name = rng.choice(("fsync", "replace", "fdopen"))
    real = getattr(os, name)

    def fails(*arguments: object, **named: object) -> object:
        setattr(os, name, real)
        raise OSError(rng.choice(NUMBERS), "a broken disk")

    setattr(os, name, fails)
    try:
        yield
    finally:
        setattr(os, name, real)
