"""A training quiz line by line: a story, the label, the flags, and then what was right and why."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TextIO

from triage.frontends.lines import WIDTH, wrapped
from triage.kernel.errors import BadInput

TRAINING = "Training. Not for real symptoms."
LINE_CHARS_MAX = 200  # a list of numbers is shorter
_LEAVE = frozenset(("q", "quit", "stop", "exit"))


@dataclass(frozen=True, slots=True)
class Flag:
    """One red flag, why it matters, and who says so."""

    title: str
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Round:
    """One invented person. `choices` holds the true flags among others, in the order shown; `flags` the true ones."""

    title: str
    story: str
    label: str
    flags: tuple[Flag, ...]
    choices: tuple[Flag, ...]
    to_do: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """How it went so far."""

    people: int = 0
    labels_right: int = 0
    flags: int = 0
    flags_seen: int = 0


class _Left(Exception):
    """The person leaves, or there are no more lines."""


def run(rounds: Iterable[Round], count: int, labels: Sequence[str], stdin: TextIO, stdout: TextIO) -> None:
    """Show one person after another until the reader leaves; `labels` are the words to choose from."""
    page, score = _Page(stdin, stdout), Score()
    page.show([*wrapped(TRAINING), *wrapped("The people are invented. Nothing is saved. Type q to leave.")])
    with suppress(_Left):
        for number, each in enumerate(rounds, start=1):
            page.show(["", f"Person {number} of {count}", *wrapped(each.story)])
            _play(each, labels, page, score)
            if number < count:
                page.ask("Enter for the next person (q leaves):")
    if score.people:
        page.show(["", *_summary(score)], last=True)


def _play(each: Round, labels: Sequence[str], page: "_Page", score: Score) -> None:
    label = _ask_label(labels, page)
    seen = _ask_flags(each.choices, page)
    score.people += 1
    score.labels_right += label == each.label
    score.flags += len(each.flags)
    score.flags_seen += len(seen.intersection(each.flags))
    page.show(["", *explanation(each, label, seen)])


def explanation(each: Round, label: str | None, seen: frozenset[Flag]) -> list[str]:
    """Return what was right, every flag seen, missed or imagined with its reason and source, and what to do."""
    verdict = "Right." if label == each.label else "You were not sure." if label is None else f"Not '{label}'."
    lines = wrapped(f"{verdict} {each.title}: {each.label}.")
    for flag in each.flags:
        lines += _about(flag, "Seen" if flag in seen else "Missed")
    for flag in each.choices:
        if flag in seen and flag not in each.flags:
            lines += _about(flag, "Not in this story")
    for number, sentence in enumerate(each.to_do):
        lines += wrapped(sentence, hang="What to do: " if number == 0 else "Also: ")
    return lines


def _about(flag: Flag, verdict: str) -> list[str]:
    return [
        *wrapped(f"{verdict}: {flag.title}"),
        *wrapped(flag.because, hang="  Why: "),
        *wrapped(flag.source, hang="  Source: "),
    ]


def _summary(score: Score) -> list[str]:
    return [f"Labels right: {score.labels_right} of {score.people}. Flags seen: {score.flags_seen} of {score.flags}."]


def _ask_label(labels: Sequence[str], page: "_Page") -> str | None:
    """Return the chosen label, or None for not sure."""
    choices = [*labels, "Not sure"]
    (number,) = page.choose("What does this person need?", choices, several=False)
    return None if number == len(choices) else choices[number - 1]


def _ask_flags(flags: Sequence[Flag], page: "_Page") -> frozenset[Flag]:
    choices = [*(flag.title for flag in flags), "None of these, or not sure"]
    numbers = page.choose("Which flags do you see in the story?", choices, several=True)
    return frozenset(flags[number - 1] for number in numbers if number < len(choices))


def read_numbers(text: str, count: int, *, several: bool) -> tuple[int, ...]:
    """Return the numbers typed, each once. The last of several denies the others. Raises BadInput with one clear line.

    >>> read_numbers("1, 3", 4, several=True)
    (1, 3)
    """
    wanted = f"numbers from 1 to {count}, like '1 2'" if several else f"one number from 1 to {count}"
    parts = re.split(r"[\s,;]+", text.strip()[:LINE_CHARS_MAX])
    if not all(re.fullmatch(r"[1-9]\d?", part, re.ASCII) and int(part) <= count for part in parts):
        raise BadInput(f"Type {wanted}, or q to leave.")
    numbers = tuple(dict.fromkeys(int(part) for part in parts))
    if len(numbers) > 1 and not several:
        raise BadInput(f"Type {wanted}, or q to leave.")
    if len(numbers) > 1 and count in numbers:
        raise BadInput(f"{count} stands alone: type {count}, or the numbers of the flags.")
    return numbers


class _Page:
    """Two text streams. A broken or ended stream is the end of the quiz."""

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        self._in, self._out = stdin, stdout

    def show(self, lines: Sequence[str], *, last: bool = False) -> None:
        try:
            self._write("\n".join(lines) + "\n")
        except _Left:
            if not last:
                raise

    def ask(self, prompt: str) -> str:
        """Return one typed line. Raises _Left at q and at the end of input."""
        self._write(f"{prompt} ")
        try:
            line = self._in.readline()
        except (OSError, ValueError) as error:
            raise _Left from error
        if not line or not self._in.isatty():
            self._write("\n")  # nobody sees what is typed into a pipe
        if not line or line.strip().lower() in _LEAVE:
            raise _Left
        return line.strip()

    def choose(self, question: str, choices: Sequence[str], *, several: bool) -> tuple[int, ...]:
        """Ask until the answer can be used."""
        listed = [line for n, each in enumerate(choices, 1) for line in wrapped(each, WIDTH, hang=f"{n}. ")]
        how = "several like '1 2', " if several else ""
        problem: list[str] = []
        while True:
            self.show([*problem, "", *wrapped(question), *listed])
            try:
                typed = self.ask(f"Answer (1-{len(choices)}, {how}q leaves):")
                return read_numbers(typed, len(choices), several=several)
            except BadInput as error:
                problem = ["", *wrapped(str(error))]

    def _write(self, text: str) -> None:
        clean = text.replace("\x1b", "?")
        encoding = self._out.encoding
        try:
            self._out.write(clean.encode(encoding, "replace").decode(encoding) if encoding else clean)
            self._out.flush()
        except (OSError, ValueError) as error:
            raise _Left from error
