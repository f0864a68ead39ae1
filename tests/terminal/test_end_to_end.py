"""The real program in a real terminal: what is typed, what stands on the screen, how it ends."""

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from tests.shipped import PROTOCOL

WARM_SECONDS = 1.5  # the second engine is built while the first questions are read; its C code can swallow a key then
FIRST = next(question.ask for question in PROTOCOL.questions if question.id == "urgent_now")
TOP = Path(__file__).resolve().parent.parent.parent
ROWS, COLUMNS = 40, 80
SECONDS = 30
PROMPT = r"(?s)Question \d.*?q\s+stop\):"  # from its heading on, because a prompt is drawn again at each key

pytestmark = pytest.mark.skipif(
    not (TOP / "triage" / "__main__.py").exists(), reason="the command line is not there yet"
)


class Terminal:
    """A terminal with the program in it; `screen` is what a person would see."""

    def __init__(self, *options: str, columns: int = COLUMNS, **variables: str) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **variables}
        self.bytes = b""
        self.screen = pyte.HistoryScreen(columns, ROWS, history=5000)
        self._stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "triage", "check", "--locale", "en-GB", *options],
            cwd=str(TOP),
            env=environment,
            dimensions=(ROWS, columns),
            timeout=SECONDS,
        )

    def await_text(self, pattern: str) -> str:
        """Read until the pattern has come; return all text up to it."""
        self.child.expect(pattern)
        return self._seen(self.child.before, self.child.after)

    def await_end(self) -> str:
        """Read to the end of the program."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self._seen(self.child.before)

    def answer(self, *lines: str) -> None:
        """Wait for each prompt and type one line."""
        for line in lines:
            self.await_text(PROMPT)
            self.child.send(line + "\r")

    def shown(self) -> str:
        """Return everything that has been on the screen, line by line."""
        past = ["".join(row[column].data for column in range(self.screen.columns)) for row in self.screen.history.top]
        return "\n".join(line.rstrip() for line in [*past, *self.screen.display])

    def _seen(self, *parts: object) -> str:
        data = b"".join(part for part in parts if isinstance(part, bytes))
        self.bytes += data
        self._stream.feed(data)
        return data.decode(errors="replace")


@pytest.fixture(params=["edited", "plain"])
def terminal(request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """Return the program in a terminal, with line editing and without."""
    opened = Terminal(*(["--plain"] if request.param == "plain" else []))
    yield opened
    opened.child.close(force=True)


def test_a_stroke_sign_is_an_emergency_after_three_answers(terminal: Terminal) -> None:
    terminal.answer("none", "face", "1")
    terminal.await_end()
    shown = terminal.shown()
    assert "Noted: One side of the face drooped" in shown
    assert "Call 999 now." in shown
    assert terminal.child.exitstatus == 0


def test_going_back_shows_the_earlier_answer(terminal: Terminal) -> None:
    terminal.answer("5", "b", "q")
    terminal.await_end()
    assert "You answered before: Raised itchy rash" in terminal.shown()
    assert "Stopped" in terminal.shown()
    assert terminal.child.exitstatus == 0


def test_a_mistake_repeats_the_question_and_says_what_is_wrong(terminal: Terminal) -> None:
    terminal.answer("99")
    terminal.await_text(r"Problem: there is no answer 99")
    assert terminal.shown().count(FIRST) == 2


@pytest.mark.parametrize("leave", ["c", "d"])
def test_leaving_with_a_control_key_shows_what_is_known_so_far(terminal: Terminal, leave: str) -> None:
    terminal.answer("none")
    terminal.await_text(PROMPT)
    time.sleep(WARM_SECONDS)
    terminal.child.sendcontrol(leave)
    terminal.await_end()
    shown = terminal.shown()
    assert "Stopped. Nothing was saved." in shown
    assert "Call 999 now" in shown.split("Stopped.")[1]
    assert "Traceback" not in shown
    assert terminal.child.exitstatus == 130


def test_a_closed_terminal_ends_the_program(terminal: Terminal) -> None:
    terminal.answer("none")
    terminal.await_text(PROMPT)
    terminal.child.close(force=False)  # closes the terminal, which hangs up
    terminal.child.wait() if terminal.child.isalive() else None
    assert not terminal.child.isalive()


def test_a_hang_up_alone_still_shows_what_is_known_so_far(terminal: Terminal) -> None:
    terminal.answer("none")
    terminal.await_text(PROMPT)
    terminal.child.kill(signal.SIGHUP)
    terminal.await_end()
    assert "Call 999 now" in terminal.shown().split("Answer")[-1]


def test_plain_mode_and_a_dumb_terminal_get_not_one_escape_byte() -> None:
    for opened in (Terminal("--plain"), Terminal(TERM="dumb")):
        opened.answer("none", "?", "face", "1")
        opened.await_end()
        assert b"\x1b" not in opened.bytes
        lines = opened.bytes.decode().replace("\r\n", "\n").split("\n")
        assert [line.rstrip() for line in lines if line.strip()] == [
            line for line in opened.shown().split("\n") if line.strip()
        ]


def test_no_colour_is_ever_sent() -> None:
    opened = Terminal(NO_COLOR="1")
    opened.answer("none", "99", "q")
    opened.await_end()
    assert not re.search(rb"\x1b\[(?:\d+;)*[34]\d(?:;\d+)*m", opened.bytes)


@pytest.mark.parametrize("options", [[], ["--plain"]])
def test_a_narrow_window_breaks_lines_between_words(options: list[str]) -> None:
    opened = Terminal(*options, columns=30)
    opened.await_text(PROMPT)
    shown = opened.shown()
    assert "\n" + "\n".join(textwrap.wrap(FIRST, 30)) + "\n" in shown
    opened.child.close(force=True)


def test_the_check_while_typing_says_what_is_wrong_before_enter() -> None:
    opened = Terminal()
    opened.await_text(PROMPT)
    opened.child.send("99")
    opened.await_text("there is no answer 99")
    opened.child.sendcontrol("u")
    opened.child.send("none\r")
    opened.await_text("Question 2")
    opened.child.close(force=True)


def test_a_private_answer_does_not_stay_on_the_screen() -> None:
    opened = Terminal()
    opened.answer(*["none"] * 8, "thoughts of dying, but no plan")
    opened.await_text("Noted")
    opened.await_text(PROMPT)
    assert "thoughts of dying" not in opened.shown()
    opened.child.close(force=True)


def test_leaving_quickly_empties_the_window_and_what_was_scrolled_away() -> None:
    opened = Terminal()
    opened.answer("none", "x")
    opened.await_end()
    assert opened.bytes.endswith(b"\x1b[3J\x1b[2J\x1b[H\x1b[3J")
    assert not "".join(opened.screen.display).strip()
    assert opened.child.exitstatus == 130


def test_leaving_quickly_in_plain_mode_writes_one_neutral_line() -> None:
    opened = Terminal("--plain")
    opened.answer("none", "leave")
    assert opened.await_end().strip().splitlines()[-1] == "Closed."
    assert b"\x1b" not in opened.bytes
    assert opened.child.exitstatus == 130


def test_a_pipe_that_ends_gets_the_safety_net_and_no_error() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "triage", "check", "--locale", "en-GB"],
        cwd=TOP, input=b"none\n", capture_output=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"Call 999 now" in done.stdout.split(b"Answer")[-1]
    assert b"Traceback" not in done.stderr
