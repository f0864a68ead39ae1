"""Numbered questions over two streams of text, so that a pipe and a test can answer them as a person does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from triage.companions.data import wrapped
from triage.kernel.errors import BadInput

LINE_CHARS_MAX = 200  # a list of numbers is shorter
LEAVE = frozenset(("q", "quit", "stop", "exit"))


class Left(Exception):
    """The person leaves, or there are no more lines."""


@dataclass(frozen=True, slots=True)
class Choices:
    """One question with its numbered answers; the last `alone` of them stand alone, such as none and not sure."""

    ask: str
    labels: tuple[str, ...]
    several: bool
    alone: int
    help: str = ""


class Page:
    """Two text streams: what is shown, and what is typed."""

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        """Keep the streams."""
        self._in, self._out = stdin, stdout

    def show(self, lines: Sequence[str]) -> None:
        """Write lines. Raises Left if nobody can read them any more."""
        self._write("\n".join(lines) + "\n")

    def choose(self, question: Choices) -> tuple[int, ...]:
        """Ask until the answer can be used; return the places of the answers chosen, from 0. Raises Left."""
        listed = [line for n, label in enumerate(question.labels, 1) for line in wrapped(label, hang=f"{n}. ")]
        how = "several like '1 2', " if question.several else ""
        problem: list[str] = []
        while True:
            self.show([*problem, "", *wrapped(question.ask), *wrapped(question.help), *listed])
            try:
                return read_places(self._typed(f"Answer (1-{len(question.labels)}, {how}q leaves):"), question)
            except BadInput as error:
                problem = ["", *wrapped(str(error))]

    def _typed(self, prompt: str) -> str:
        """Return one typed line. Raises Left at q and at the end of input."""
        self._write(f"{prompt} ")
        try:
            line = self._in.readline()
        except (OSError, ValueError) as error:
            raise Left from error
        if not line or not self._in.isatty():
            self._write("\n")  # nobody sees what is typed into a pipe
        if not line or line.strip().lower() in LEAVE:
            raise Left
        return line.strip()

    def _write(self, text: str) -> None:
        encoding = self._out.encoding
        try:
            self._out.write(text.encode(encoding, "replace").decode(encoding) if encoding else text)
            self._out.flush()
        except (OSError, ValueError) as error:
            raise Left from error


def read_places(text: str, question: Choices) -> tuple[int, ...]:
    """Return the places typed, each once. Raises BadInput with one clear line.

    >>> read_places("1, 3", Choices("Which?", ("a", "b", "c", "None"), several=True, alone=1))
    (0, 2)
    """
    count = len(question.labels)
    wanted = f"numbers from 1 to {count}, like '1 2'" if question.several else f"one number from 1 to {count}"
    parts = re.split(r"[\s,;]+", text.strip()[:LINE_CHARS_MAX])
    if not all(re.fullmatch(r"[1-9]\d?", part, re.ASCII) and int(part) <= count for part in parts):
        raise BadInput(f"Type {wanted}, or q to leave.")
    places = tuple(dict.fromkeys(int(part) - 1 for part in parts))
    if len(places) > 1 and not question.several:
        raise BadInput(f"Type {wanted}, or q to leave.")
    lonely = [place for place in places if place >= count - question.alone]
    if lonely and len(places) > 1:
        raise BadInput(f"{lonely[0] + 1} stands alone: type {lonely[0] + 1}, or the other numbers.")
    return places
