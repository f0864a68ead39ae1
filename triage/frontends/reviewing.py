"""Answers that are looked over before the result, as plain lines of text."""

from triage.frontends.lines import WIDTH, wrapped
from triage.interview.review import Disagreement, Review, Row
from triage.interview.saying import answer_text
from triage.protocol.words import Words


def review_lines(review: Review, words: Words, width: int = WIDTH) -> list[str]:
    """Return all answers by section, numbered, and those that no longer count."""
    lines = ["", *wrapped(words.check_answers, width)]
    for part in review.parts:
        lines += ["", *wrapped(part.title, width), *(line for row in part.rows for line in _numbered(row, width))]
    if review.set_aside:
        lines += ["", *wrapped(words.set_aside, width)]
        lines += [line for row in review.set_aside for line in _row(row, width, "- ")]
    return lines


def disagreement_lines(found: Disagreement, notice: str, width: int = WIDTH) -> list[str]:
    """Return what does not fit together, and the answers that can be changed."""
    rows = [line for row in found.rows for line in _numbered(row, width)]
    return ["", *wrapped(found.say, width), *wrapped(notice, width), *rows]


def pick_prompt(text: str, width: int = WIDTH) -> str:
    """Return the line after which a number is typed, ending in a space."""
    return "\n".join(wrapped(text.strip(), width)) + " "


def _numbered(row: Row, width: int) -> list[str]:
    return _row(row, width, f"{row.number}. ")


def _row(row: Row, width: int, hang: str) -> list[str]:
    said = row.view.screen.private if row.view.question.private else answer_text(row.view, row.answer)
    return [*wrapped(row.view.ask, width, hang=hang), *wrapped(said, width, hang=" " * len(hang))]
