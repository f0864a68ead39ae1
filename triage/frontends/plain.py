"""Line mode for pipes and screen readers: reads lines, writes lines, and not one escape code."""

import io
import os
from contextlib import suppress
from typing import TextIO

from triage.frontends.conversation import Clock, Ending, Keep, converse, hang_up_calls
from triage.frontends.lines import WIDTH
from triage.frontends.typed import CHARS_MAX
from triage.interview.prompts import PromptView
from triage.interview.session import Interview

TOO_LONG = "#" * (CHARS_MAX + 1)


class Lines:
    """A screen made of two text streams; a stream that breaks ends the conversation like the end of input."""

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        """Take any two text streams."""
        self._in, self._out = stdin, stdout
        self._asking = self._hung_up = False
        if isinstance(stdin, io.TextIOWrapper):
            with suppress(ValueError, OSError):  # too late once reading has begun
                stdin.reconfigure(errors="replace")

    @property
    def width(self) -> int:
        """How many characters fit on a line; a narrow window gets shorter ones, a pipe the usual ones."""
        with suppress(OSError, ValueError):
            return min(WIDTH, os.get_terminal_size(self._out.fileno()).columns or WIDTH)
        return WIDTH

    def show(self, text: list[str]) -> None:
        """Write lines and flush, so that a listener hears the block as one."""
        self._write("\n".join(text) + "\n")

    def ask(self, prompt: str, view: PromptView | None) -> str:
        """Write the prompt, read one line. Raises EOFError if there is none."""
        self._write(prompt)
        line = ""
        try:
            line = self._read()
        finally:
            if not (line.endswith("\n") and self._echoes()):
                with suppress(EOFError):
                    self._write("\n")
        if not line:
            raise EOFError
        return line

    def clear(self, closed: str) -> None:
        """Write one neutral line; lines that were written cannot be taken back."""
        self.show([closed])

    def hang_up(self) -> None:
        """End the conversation, now if it waits for a line, else when it asks for the next one."""
        self._hung_up = True
        if self._asking:
            raise EOFError

    def _read(self) -> str:
        self._asking = True
        try:
            if self._hung_up:
                raise EOFError
            line = piece = self._in.readline(CHARS_MAX)
            while piece and not piece.endswith("\n"):  # the rest of an endless line must not answer the next question
                piece = self._in.readline(CHARS_MAX)
                line = TOO_LONG if piece else line
        except (OSError, ValueError) as error:  # closed, or bytes that cannot be read
            raise EOFError from error
        finally:
            self._asking = False
        return line

    def _echoes(self) -> bool:
        with suppress(OSError, ValueError):
            return self._in.isatty()
        return False

    def _write(self, text: str) -> None:
        try:
            self._out.write(_encodable(text, self._out.encoding))
            self._out.flush()
        except (OSError, ValueError) as error:  # nobody reads any more, or the stream is closed
            raise EOFError from error


def run(
    interview: Interview, stdin: TextIO, stdout: TextIO, clock: Clock, keep: Keep | None = None
) -> tuple[Interview, Ending]:
    """Lead the interview over two text streams; return it finished, and how it ended."""
    screen = Lines(stdin, stdout)
    with hang_up_calls(screen.hang_up):
        return converse(interview, screen, clock, keep)


def _encodable(text: str, encoding: str | None) -> str:
    """Return the text without escape codes and with '?' for what the stream cannot carry, as '°' in plain ASCII."""
    clean = text.replace("\x1b", "?")
    return clean.encode(encoding, "replace").decode(encoding) if encoding else clean
