"""`triage check`: the interview in a terminal, or line by line for pipes and screen readers."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Timer

from triage.cli.saving import Keeper, Saved, read_saved
from triage.interview.session import Interview
from triage.interview.state import InterviewState
from triage.kernel.answers import frozen_answers
from triage.kernel.errors import DONE, ENGINES_DIFFERED, INTERRUPTED, BadInput
from triage.protocol.library import load_protocol, spoken_language
from triage.protocol.models import Protocol, Voice
from triage.protocol.texts import NEUTRAL
from triage.reports.base import known_format
from triage.reports.last_resort import rendered

WIDTH_DEFAULT = 72
WARM_AFTER_SECONDS = 0.2  # after the first question is drawn
WIDTH_MAX = 100
WIDTH_MIN = 20


def clock() -> datetime:
    """Return the time now, with the machine's time zone."""
    return datetime.now().astimezone()


def width() -> int:
    """Return how many columns to fill."""
    columns = shutil.get_terminal_size((WIDTH_DEFAULT, 24)).columns
    return max(WIDTH_MIN, min(WIDTH_MAX, columns)) if sys.stdout.isatty() else WIDTH_DEFAULT


def guessed_locale() -> str:
    """Return the place the person's own settings name; an unknown one gets the neutral doors."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").split(".")[0]
        if value and value not in ("C", "POSIX"):
            return value.replace("_", "-")
    return NEUTRAL


def run_default() -> int:
    """Ask the way a person expects who types no options."""
    return run(Wishes())


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a check is to be led: its look, whom it speaks to, and the files it is kept in, if any."""

    plain: bool = False
    locale: str | None = None
    language: str | None = None
    as_format: str = "text"
    protocol: str = "ms"
    voice: Voice | None = None
    save: str | None = None
    resume: str | None = None
    show_private: bool = False
    with_diary: bool = False
    diary_file: str | None = None


def voice_of(*, for_someone_else: bool, as_nurse: bool) -> Voice | None:
    """Return the voice the options ask for, if they ask for one. Raises BadInput if they ask for two."""
    if for_someone_else and as_nurse:
        raise BadInput("choose --for-someone-else or --as-nurse; each has its own words")
    return "carer" if for_someone_else else "phone" if as_nurse else None


def run(wishes: Wishes) -> int:
    """Ask, show the result, and return the exit code. Raises BadInput before the first question."""
    known_format(wishes.as_format)
    loaded = load_protocol(wishes.protocol, wishes.language or spoken_language(wishes.protocol, guessed_locale()))
    saved = read_saved(wishes.resume, loaded, clock()) if wishes.resume is not None else None
    keeper = Keeper(wishes.save, loaded.screen, wishes.resume, saved) if wishes.save is not None else None
    interview = _begun(loaded, wishes, saved)
    for note in saved.notes(interview.protocol) if saved is not None else ():
        print(note, file=sys.stderr)
    with _second_engine_warming(interview):
        interview, ending = _converse(interview, wishes, keeper)
    if ending == "left":
        return INTERRUPTED
    result, protocol = interview.result, interview.protocol
    report = rendered(result, protocol, as_format=wishes.as_format, width=width(), private=wishes.show_private)
    with suppress(OSError):  # the terminal may have been closed; then there is nobody left to tell
        if ending != "finished":
            print(protocol.dispositions.stopped if keeper is None else protocol.screen.stopped, file=sys.stderr)
        lead = "\n" if wishes.as_format == "text" else ""  # the result stands apart from the questions
        print(lead + report, end="", flush=True)
    _keep_the_end(interview, keeper, ending)
    if ending == "interrupted" or (ending == "input_ended" and sys.stdin.isatty()):
        return INTERRUPTED
    return ENGINES_DIFFERED if result.engines_differed else DONE


def _begun(protocol: Protocol, wishes: Wishes, saved: Saved | None) -> Interview:
    if saved is None:
        place = wishes.locale or guessed_locale()
        known = _from_diary(protocol, place, wishes) if wishes.with_diary else None
        return Interview(protocol, at=clock(), locale=place, voice=wishes.voice, with_review=True, state=known)
    return Interview(
        protocol,
        at=clock(),
        locale=wishes.locale or saved.locale,
        state=saved.state,
        voice=wishes.voice or saved.state.voice,
        with_review=True,
    )


def _from_diary(protocol: Protocol, locale: str, wishes: Wishes) -> InterviewState:
    """Return an interview that knows what the diary tells, as far as the person confirms it now."""
    from triage.cli.diary_commands import needs_the_diary

    needs_the_diary()
    from triage.cli.diary_use import confirmed_answers

    return InterviewState(answers=frozen_answers(confirmed_answers(protocol, locale, wishes.diary_file)))


def _keep_the_end(interview: Interview, keeper: Keeper | None, ending: str) -> None:
    """Save the last answers once the result is shown, and say what was saved and where."""
    problem = keeper.keep(interview) if keeper is not None else ""
    screen = interview.protocol.screen
    with suppress(OSError):
        if problem:
            print(problem, file=sys.stderr)
        elif keeper is not None:
            print(screen.saved_in.format(name=keeper.name, again=_again(keeper.name)), file=sys.stderr)
        elif ending == "finished":
            print(screen.nothing_saved, file=sys.stderr)


def _again(name: str) -> str:
    quoted = shlex.quote(name)
    return f"--resume {quoted} --save {quoted}"


@contextmanager
def _second_engine_warming(interview: Interview) -> Iterator[None]:
    """Build the second engine while the first question is read, so that no answer waits for it."""
    timer = Timer(WARM_AFTER_SECONDS, lambda: interview.result)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _converse(interview: Interview, wishes: Wishes, keeper: Keeper | None) -> tuple[Interview, str]:
    """Ask in a terminal if there is one; questions go to standard error when the result is for a program."""
    shown = sys.stderr if wishes.as_format == "json" else sys.stdout
    keep = keeper.keep if keeper is not None else None
    real = sys.stdin.isatty() and shown.isatty() and os.environ.get("TERM", "") not in ("dumb", "")
    if real and not wishes.plain:
        from triage.frontends import terminal

        return terminal.run(interview, clock, keep)
    from triage.frontends import plain as lines

    return lines.run(interview, sys.stdin, shown, clock, keep)
