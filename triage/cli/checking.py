"""`triage check`: the interview in a terminal, or line by line for pipes and screen readers."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Timer

from triage.interview.session import Interview
from triage.kernel.errors import DONE, ENGINES_DIFFERED, INTERRUPTED
from triage.protocol.library import load_protocol
from triage.protocol.texts import NEUTRAL
from triage.reports.base import format_named

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
    return run(plain=False, locale=None, as_format="text", protocol="ms")


def run(*, plain: bool, locale: str | None, as_format: str, protocol: str) -> int:
    """Ask, show the result, and return the exit code."""
    report = format_named(as_format)
    loaded = load_protocol(protocol)
    interview = Interview(loaded, at=clock(), locale=locale or guessed_locale())
    with _second_engine_warming(interview):
        interview, ending = _converse(interview, plain=plain, quiet=as_format == "json")
    with suppress(OSError):  # the terminal may have been closed; then there is nobody left to tell
        _show(interview, report.render(interview.result, loaded, width=width()), ending, as_text=as_format == "text")
    if ending == "interrupted" or (ending == "input_ended" and sys.stdin.isatty()):
        return INTERRUPTED
    return ENGINES_DIFFERED if interview.result.engines_differed else DONE


def _show(interview: Interview, report: str, ending: str, *, as_text: bool) -> None:
    if ending != "finished":
        print(interview.protocol.dispositions.stopped, file=sys.stderr)
    lead = "\n" if as_text else ""  # the result stands apart from the questions
    print(lead + report, end="", flush=True)


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


def _converse(interview: Interview, *, plain: bool, quiet: bool) -> tuple[Interview, str]:
    """Ask in a terminal if there is one; questions go to standard error when the result is for a program."""
    shown = sys.stderr if quiet else sys.stdout
    real = sys.stdin.isatty() and shown.isatty() and os.environ.get("TERM", "") not in ("dumb", "")
    if real and not plain:
        from triage.frontends import terminal

        return terminal.run(interview, clock)
    from triage.frontends import plain as lines

    return lines.run(interview, sys.stdin, shown, clock)
