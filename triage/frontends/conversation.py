"""The conversation every text front end leads: the same words in the same order, whatever draws them."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from triage.frontends import lines, reviewing
from triage.frontends.lexicon import Command
from triage.frontends.typed import problem_of, read_line, read_pick
from triage.interview.glossary import terms_on
from triage.interview.prompts import PromptView
from triage.interview.review import Row
from triage.interview.session import Interview
from triage.kernel.errors import BadInput
from triage.protocol.texts import fill, locale_of

Ending = Literal["finished", "stopped", "left", "input_ended", "interrupted"]
Clock = Callable[[], datetime]
Keep = Callable[[Interview], str]


class Screen(Protocol):
    """What draws lines and asks for one; `ask` raises EOFError at the end of input, KeyboardInterrupt at Ctrl-C."""

    @property
    def width(self) -> int:
        """How many characters fit on a line at the moment."""
        ...

    def show(self, text: list[str]) -> None:
        """Draw lines."""
        ...

    def ask(self, prompt: str, view: PromptView | None) -> str:
        """Return one typed line; `view` is the question it answers, if it answers one."""
        ...

    def clear(self, closed: str) -> None:
        """Leave nothing to read of what was shown, as far as this screen can; `closed` is a neutral line."""
        ...


class _Gone(Exception):
    """The person asked to leave."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending)
        self.ending = ending


class _Moved(NamedTuple):
    """Where a turn led, and what stands above the next one."""

    interview: Interview
    noted: list[str]


def converse(interview: Interview, screen: Screen, clock: Clock, keep: Keep | None = None) -> tuple[Interview, Ending]:
    """Ask until the interview is over or the person leaves; return it finished, and how it ended.

    Every way out, a fault of the drawing included, ends in the result of what was answered so far. `keep` is given
    the interview after each turn and returns a problem to show, or nothing; an end is for the caller to keep, because
    nothing stands before a result.
    """
    ending: Ending = "finished"
    problem = ""
    try:
        _open(interview, screen)
        noted: list[str] | None = None
        while not interview.finished:
            asked_again = interview.prompt is not None and interview.prompt.asked_again
            interview, noted = _turn(interview, screen, clock, noted)
            noted = [*noted, *_asked_again(interview, screen.width, before=asked_again)]
            before, problem = problem, "" if keep is None or interview.finished else keep(interview)
            if problem != before:
                noted = [*noted, *lines.wrapped(problem, screen.width)]
    except _Gone as gone:
        ending = gone.ending
    except KeyboardInterrupt:
        ending = "interrupted"
    except (EOFError, OSError):  # the line was cut, at either end
        ending = "input_ended"
    except Exception:  # noqa: BLE001 - the result so far is worth more than the fault (hazard decision_failure)
        ending = "stopped"
        _say_broken(interview, screen)
    if ending == "left":
        with suppress(Exception):
            screen.clear(interview.protocol.screen.closed)
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


def _open(interview: Interview, screen: Screen) -> None:
    protocol, locale, width = interview.protocol, interview.locale, screen.width
    ways_out = lines.way_out_lines(protocol, locale, width)
    again = _asked_again(interview, width, before=False)
    screen.show([*lines.opening_lines(protocol, locale, width), *ways_out, *(["", *again] if again else [])])


def _asked_again(interview: Interview, width: int, *, before: bool) -> list[str]:
    """Return why questions are asked a second time, above the first of them."""
    if before or interview.prompt is None or not interview.prompt.asked_again:
        return []
    return _notice(interview, "asked_again", width)


def _notice(interview: Interview, name: str, width: int) -> list[str]:
    text = interview.protocol.dispositions.notices.get(name, "")
    return lines.wrapped(fill(text, locale_of(interview.protocol, interview.locale)), width)


def _turn(interview: Interview, screen: Screen, clock: Clock, noted: list[str] | None) -> _Moved:
    """Show what is open and take one line after another until one of them moves the interview."""
    above, words = noted or [], interview.protocol.screen
    if interview.prompt is not None:
        screen.show([*above, *_block(interview, interview.prompt, screen.width, first=noted is None)])
        return _question(interview, interview.prompt, screen, clock)
    if interview.disagreement is not None:
        found = interview.disagreement
        rule = " ".join(_notice(interview, "answers_disagree", screen.width))
        screen.show([*above, *reviewing.disagreement_lines(found, rule, screen.width)])
        return _pick(interview, found.rows, words.pick_or_keep, screen, clock)
    assert interview.review is not None
    screen.show([*above, *reviewing.review_lines(interview.review, words, screen.width)])
    return _pick(interview, interview.review.rows, words.pick, screen, clock)


def _question(interview: Interview, view: PromptView, screen: Screen, clock: Clock) -> _Moved:
    while True:
        text = screen.ask(lines.prompt_text(view, screen.width), view)
        now = replace(interview, at=clock())
        try:
            said = read_line(view, text, now.at)
            if said is Command.WHY:
                screen.show(_why(interview, view, screen.width))
            elif said is Command.BACK and not view.can_go_back:
                screen.show(lines.problem_lines(view, view.screen.first_question, screen.width))
            elif isinstance(said, Command):
                return _obeyed(now, said, screen.width)
            else:
                moved = now.answer(said)
                return _Moved(moved, _read_back(moved, view, screen.width))
        except BadInput as error:
            problem = problem_of(view, error)
            screen.show(lines.problem_lines(view, problem, screen.width, hint=not text.strip()))


def _pick(interview: Interview, rows: tuple[Row, ...], prompt: str, screen: Screen, clock: Clock) -> _Moved:
    """Take the number of an answer to change, a command, or an empty line to go on."""
    words = interview.protocol.screen
    while True:
        text = screen.ask(reviewing.pick_prompt(prompt, screen.width), None)
        now = replace(interview, at=clock())
        try:
            said = read_pick(text, len(rows), words)
        except BadInput as error:
            screen.show(["", *lines.wrapped(words.problem.format(problem=error), screen.width)])
            continue
        if said is Command.WHY:
            return _Moved(interview, [])
        if isinstance(said, Command):
            return _obeyed(now, said, screen.width)
        if said is not None:
            return _Moved(now.change(rows[said - 1].view.question.id), [])
        return _Moved(now.confirm() if now.review is not None else now.keep(), [])


def _obeyed(interview: Interview, said: Command, width: int) -> _Moved:
    """Do what a command other than '?' says."""
    match said:
        case Command.STOP:
            raise _Gone("stopped")
        case Command.LEAVE:
            raise _Gone("left")
        case Command.SWITCH:
            turned = interview.speak(interview.other_voice)
            speaks = lines.voice_lines(turned.protocol, turned.locale, width)
            return _Moved(turned, speaks or lines.wrapped(turned.protocol.screen.speaks_to_the_person, width))
        case _:
            return _Moved(interview.back(), [interview.protocol.screen.going_back])


def _why(interview: Interview, view: PromptView, width: int) -> list[str]:
    above = lines.notice_above(interview.protocol, interview.locale, view)
    terms = terms_on(view, interview.protocol, locale_of(interview.protocol, interview.locale))
    return lines.why_lines(view, width, above=above, terms=terms)


def _block(interview: Interview, view: PromptView, width: int, *, first: bool) -> list[str]:
    # on the first screen the opening has the notice already
    above = [] if first else lines.notice_above(interview.protocol, interview.locale, view)
    return lines.question_lines(view, width, above=above)


def _read_back(interview: Interview, view: PromptView, width: int) -> list[str]:
    """Return what was understood."""
    answer = interview.state.answers.get(view.question.id) if interview.state else None
    return [view.screen.going_back] if answer is None else lines.noted_lines(view, answer, width)


def _say_broken(interview: Interview, screen: Screen) -> None:
    with suppress(Exception):  # the screen may be what broke
        screen.show(["", interview.protocol.screen.broken])


def _ended(interview: Interview, clock: Clock) -> Interview:
    """Return the interview finished, at the time it is now."""
    if interview.finished:
        return interview
    with suppress(Exception):  # without a clock the time of the last answer stands
        interview = replace(interview, at=clock())
    return interview.stop()
