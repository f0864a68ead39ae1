"""The conversation at a terminal: completion and a check while typing, otherwise the same lines as plain mode."""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from triage.frontends import plain
from triage.frontends.conversation import Clock, Ending, Keep, converse, hang_up_calls
from triage.frontends.lines import WIDTH_MIN
from triage.frontends.typed import is_unfinished, problem_of, read_line
from triage.interview.prompts import PromptView
from triage.interview.session import Interview
from triage.kernel.errors import BadInput
from triage.protocol.words import forms

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from prompt_toolkit.output import Output
    from prompt_toolkit.validation import Validator

WIDTH_MAX = 100  # longer lines are hard to follow
OFFER_CHARS = 60  # how much of a long answer is repeated where Tab lists what fits
# what was scrolled away, the window, the cursor home; and once more, because some terminals scroll the window away
CLEAR = "\x1b[3J\x1b[2J\x1b[H\x1b[3J"
CANNOT_MOVE = ("dumb", "unknown")


def run(
    interview: Interview,
    clock: Clock,
    keep: Keep | None = None,
    *,
    source: "Input | None" = None,
    output: "Output | None" = None,
) -> tuple[Interview, Ending]:
    """Lead the interview at the terminal; return it finished, and how it ended.

    A terminal that cannot move its cursor (TERM=dumb), and anything that is no terminal, gets plain mode.
    """
    if source is None and not _is_capable():
        return plain.run(interview, sys.stdin, _stream(), clock, keep)
    try:
        screen = Prompt(clock, source, output)
    except Exception:  # noqa: BLE001 - whatever is wrong with this terminal, lines can still be read and written
        return plain.run(interview, sys.stdin, _stream(), clock, keep)
    with hang_up_calls(screen.hang_up):
        return converse(interview, screen, clock, keep)


def offers(view: PromptView, fragment: str) -> list[tuple[str, str]]:
    """Return what a fragment may become: what is put on the line, and what is listed."""
    begun = fragment.casefold()
    found = [
        (str(choice.number), f"{choice.number} {choice.label}"[:OFFER_CHARS])
        for choice in view.choices
        if any(word.startswith(begun) for word in [str(choice.number), *_words(choice.label), *_words(choice.id)])
    ]
    screen = view.screen
    times = [forms(each)[0] for each in (screen.typed_now, screen.typed_today, screen.typed_yesterday)]
    not_sure = [forms(screen.typed_not_sure)[0]]
    spoken = {"moment": times, "number": not_sure, "scale": not_sure}
    return found + [(word, word) for word in spoken.get(view.question.kind, []) if word.startswith(begun)]


class Prompt:
    """A screen that writes lines and edits one line at a time; it never takes the whole window or the mouse."""

    def __init__(self, clock: Clock, source: "Input | None" = None, output: "Output | None" = None) -> None:
        """Use the real terminal unless another source or output is given."""
        self.clock = clock
        self.view: PromptView | None = None
        self._session = _session(self, source, output)
        self._hung_up = False

    @property
    def width(self) -> int:
        """How many characters fit on a line; a window may change at any time."""
        return max(WIDTH_MIN, min(self._session.output.get_size().columns, WIDTH_MAX))

    def show(self, text: list[str]) -> None:
        """Write lines below what is there."""
        self._session.output.write("\n".join(text) + "\n")
        self._session.output.flush()

    def ask(self, prompt: str, view: PromptView | None) -> str:
        """Edit one line. A private answer does not stay on the screen."""
        if self._hung_up:
            raise EOFError
        self.view = view
        self._session.app.erase_when_done = view is not None and view.question.private
        return self._session.prompt(prompt)

    def clear(self, closed: str) -> None:
        """Empty the window and what was scrolled out of it."""
        self._session.output.write_raw(CLEAR)
        self._session.output.flush()

    def hang_up(self) -> None:
        """End the conversation, now if it waits for a line, else when it asks for the next one."""
        self._hung_up = True
        app = self._session.app
        if app.loop is not None and app.is_running:
            app.loop.call_soon_threadsafe(self._leave)

    def _leave(self) -> None:
        app = self._session.app
        if app.future is not None and not app.future.done():
            app.exit(exception=EOFError())


def _is_capable() -> bool:
    return _is_terminal(sys.stdin) and _is_terminal(_stream()) and os.environ.get("TERM") not in CANNOT_MOVE


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _stream() -> TextIO:
    """Return where the person reads: standard error if standard output goes into a file or a pipe."""
    return sys.stderr if _is_terminal(sys.stderr) and not _is_terminal(sys.stdout) else sys.stdout


def _words(text: str) -> list[str]:
    return text.casefold().replace("_", " ").split()


def _session(prompt: Prompt, source: "Input | None", output: "Output | None") -> "PromptSession[str]":
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import DummyHistory
    from prompt_toolkit.output import ColorDepth
    from prompt_toolkit.shortcuts import CompleteStyle

    return PromptSession(
        history=DummyHistory(),  # an arrow key must not offer the answer to another question
        color_depth=ColorDepth.DEPTH_1_BIT,  # colour would carry nothing; NO_COLOR is always honoured
        completer=_completer(prompt),
        validator=_validator(prompt),
        key_bindings=_keys(),
        complete_style=CompleteStyle.READLINE_LIKE,  # Tab lists what fits as lines; a menu would redraw the screen
        complete_while_typing=False,
        input=source,
        output=output or _terminal_output(),
    )


def _terminal_output() -> "Output":
    from prompt_toolkit.output import create_output

    output = create_output(_stream())
    if hasattr(output, "enable_cpr"):
        # asking where the cursor is leaves stray characters behind on a slow line, and nothing here needs to know
        output.enable_cpr = False
    return output


def _keys() -> "KeyBindings":
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @keys.add("enter")
    def _(event: "KeyPressEvent") -> None:
        # a line with a mistake goes to the conversation, which says so in lines that stay and can be heard
        event.app.exit(result=event.current_buffer.text)

    return keys


def _completer(prompt: Prompt) -> "Completer":
    from prompt_toolkit.completion import Completer, Completion

    class Words(Completer):
        """Offers the answers that fit what is typed."""

        def get_completions(self, document: "Document", complete_event: "CompleteEvent") -> "Iterable[Completion]":
            fragment = document.get_word_before_cursor(WORD=True)
            for text, shown in offers(prompt.view, fragment) if prompt.view is not None else []:
                yield Completion(text, start_position=-len(fragment), display=shown)

    return Words()


def _validator(prompt: Prompt) -> "Validator":
    from prompt_toolkit.validation import ValidationError, Validator

    class WhileTyping(Validator):
        """Says below the line what is wrong with it so far."""

        def validate(self, document: "Document") -> None:
            view, text = prompt.view, document.text
            if view is None or not text.strip() or is_unfinished(view, text):
                return
            try:
                read_line(view, text, prompt.clock())
            except BadInput as error:
                raise ValidationError(cursor_position=len(text), message=problem_of(view, error)) from error

    return WhileTyping()
