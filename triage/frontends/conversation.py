"""The conversation every text front end leads: the same words in the same order, whatever draws them."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Literal, Protocol

from triage.frontends import lines
from triage.frontends.typed import Command, problem_of, read_line
from triage.interview.prompts import PromptView
from triage.interview.session import Interview
from triage.kernel.errors import BadInput

Ending = Literal["finished", "stopped", "input_ended", "interrupted"]
Clock = Callable[[], datetime]
BROKEN = "This check stopped working. What follows rests on what you told us so far."
FIRST = "this is the first question; nothing comes before it"


class Screen(Protocol):
    """What draws lines and asks for one; `ask` raises EOFError at the end of input, KeyboardInterrupt at Ctrl-C."""

    @property
    def width(self) -> int:
        """How many characters fit on a line at the moment."""
        ...

    def show(self, text: list[str]) -> None:
        """Draw lines."""
        ...

    def ask(self, prompt: str, view: PromptView) -> str:
        """Return one typed line; `view` is the question it answers."""
        ...


def converse(interview: Interview, screen: Screen, clock: Clock) -> tuple[Interview, Ending]:
    """Ask until the interview is over or the person leaves; return it finished, and how it ended.

    Every way out, a fault of the drawing included, ends in the result of what was answered so far.
    """
    ending: Ending = "finished"
    try:
        screen.show(lines.opening_lines(interview.protocol, interview.locale, screen.width))
        noted: list[str] = []
        while (view := interview.prompt) is not None:
            screen.show([*noted, *_block(interview, view, screen.width, first=not noted)])
            moved = _turn(interview, view, screen, clock)
            if moved is None:
                ending = "stopped"
                break
            interview, noted = moved, _read_back(moved, view, screen.width)
    except KeyboardInterrupt:
        ending = "interrupted"
    except (EOFError, OSError):  # the line was cut, at either end
        ending = "input_ended"
    except Exception:  # noqa: BLE001 - the result so far is worth more than the fault (hazard decision_failure)
        ending = "stopped"
        _say_broken(screen)
    return _ended(interview, clock), ending


@contextmanager
def hang_up_calls(action: Callable[[], None]) -> Iterator[None]:
    """Call `action` when the terminal is closed, where the system tells; the program itself goes on to its result."""
    hang_up = getattr(signal, "SIGHUP", None)
    try:
        before = signal.signal(hang_up, lambda _number, _frame: action()) if hang_up else None
    except ValueError:  # only the main thread may listen
        hang_up = before = None
    try:
        yield
    finally:
        if hang_up:
            signal.signal(hang_up, before or signal.SIG_DFL)


def _turn(interview: Interview, view: PromptView, screen: Screen, clock: Clock) -> Interview | None:
    """Ask one question until it is answered or left; None means stop."""
    while True:
        text = screen.ask(lines.prompt_text(view, screen.width), view)
        now = replace(interview, at=clock())
        try:
            said = read_line(view, text, now.at)
            if said is Command.STOP:
                return None
            if said is Command.BACK and view.can_go_back:
                return now.back()
            if said is Command.WHY:
                above = lines.notice_above(interview.protocol, interview.locale, view)
                screen.show(lines.why_lines(view, screen.width, above=above))
            elif said is Command.BACK:
                screen.show(lines.problem_lines(view, FIRST, screen.width))
            else:
                return now.answer(said)
        except BadInput as error:
            label = "Problem" if text.strip() else "Hint"
            screen.show(lines.problem_lines(view, problem_of(view, error), screen.width, label=label))


def _block(interview: Interview, view: PromptView, width: int, *, first: bool) -> list[str]:
    # on the first screen the opening has the notice already
    above = [] if first else lines.notice_above(interview.protocol, interview.locale, view)
    return lines.question_lines(view, width, above=above)


def _read_back(interview: Interview, view: PromptView, width: int) -> list[str]:
    """Return what was understood; after going back, that the question before is asked again."""
    answer = interview.state.answers.get(view.question.id) if interview.state else None
    stepped_back = interview.prompt is not None and interview.prompt.number < view.number
    if answer is None or stepped_back:
        return ["Going back."]
    return lines.noted_lines(view, answer, width)


def _say_broken(screen: Screen) -> None:
    with suppress(Exception):  # the screen may be what broke
        screen.show(["", BROKEN])


def _ended(interview: Interview, clock: Clock) -> Interview:
    """Return the interview finished, at the time it is now."""
    if interview.finished:
        return interview
    with suppress(Exception):  # without a clock the time of the last answer stands
        interview = replace(interview, at=clock())
    return interview.stop()
