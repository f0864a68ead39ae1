"""A question as plain lines of text: no box, no colour, no cursor movement, so that it makes sense when heard."""

import textwrap
from collections.abc import Sequence
from typing import assert_never

from triage.interview.glossary import Explained
from triage.interview.prompts import NOT_SURE_LABEL, PromptView
from triage.kernel.answers import Answer, Word
from triage.protocol.models import Protocol
from triage.protocol.texts import fill, locale_of

WIDTH = 72  # shared/product/conventions.md section 2
WIDTH_MIN = 20  # narrower than this, one word fills a line
SHOWN_TOGETHER = 4  # from here on '1 3 4' is an example that the list really holds
FAHRENHEIT = "°F"
LEAVE = 'To leave at once and show nothing, type "x" at any question.'
FOR_SOMEONE_ELSE = 'If you answer for someone else, type "o".'
FOR_YOURSELF = 'If you answer for yourself, type "o".'


def wrapped(text: str, width: int = WIDTH, *, hang: str = "") -> list[str]:
    """Return the text in lines of at most `width` characters; later lines are indented under what follows `hang`.

    >>> wrapped("One side of the face drooped", 20, hang="1. ")
    ['1. One side of the', '   face drooped']
    """
    room = max(width, WIDTH_MIN)
    return textwrap.wrap(text, room, initial_indent=hang, subsequent_indent=" " * len(hang), break_on_hyphens=False)


def opening_lines(protocol: Protocol, locale: str, width: int = WIDTH) -> list[str]:
    """Return the first screen: when to call at once, what this is, and what to have ready."""
    place, notices = locale_of(protocol, locale), protocol.dispositions.notices
    groups = (
        (notices.get("top_line", ""),),
        protocol.dispositions.intro,
        protocol.at_start,
        (notices.get("what_none_means", ""),),
    )
    lines: list[str] = []
    for group in groups:
        body = [line for text in group for line in wrapped(fill(text, place), width)]
        lines += ["", *body] if lines and body else body
    return lines


def way_out_lines(protocol: Protocol, locale: str, width: int = WIDTH) -> list[str]:
    """Return how to leave quickly, and how to answer for someone else or for oneself."""
    carer = protocol.voice == "carer"
    return [
        "",
        *voice_lines(protocol, locale, width),
        *wrapped(LEAVE, width),
        *wrapped(FOR_YOURSELF if carer else FOR_SOMEONE_ELSE, width),
    ]


def voice_lines(protocol: Protocol, locale: str, width: int = WIDTH) -> list[str]:
    """Return how to answer for someone else, if the questions speak to such a person."""
    notice = protocol.dispositions.notices.get("for_someone_else", "") if protocol.voice == "carer" else ""
    return wrapped(fill(notice, locale_of(protocol, locale)), width)


def notice_above(protocol: Protocol, locale: str, view: PromptView) -> list[str]:
    """Return what stands above this question: whom to call in an emergency, and a warning before a private one."""
    place, notices = locale_of(protocol, locale), protocol.dispositions.notices
    keys = ["top_line"] if view.question.section == protocol.sections[0].id else []
    keys += ["private_question"] if view.question.private else []
    return [fill(notices[key], place) for key in keys if key in notices]


def question_lines(view: PromptView, width: int = WIDTH, *, above: list[str] | None = None) -> list[str]:
    """Return the whole block of one question, without the prompt."""
    section = [*wrapped(f"Section: {view.section}", width), ""] if view.new_section else []
    return ["", *section, *_asked(view, width, above or [])]


def _asked(view: PromptView, width: int, above: list[str]) -> list[str]:
    lines = [line for notice in above for line in [*wrapped(notice, width), ""]]
    lines += _heading(view, width)
    lines += wrapped(view.help, width)
    lines += wrapped(_form(view), width)
    return [*lines, *_listed(view, width), *_given_before(view, width)]


def _listed(view: PromptView, width: int) -> list[str]:
    """Return the numbered answers; a heading stands where a new group begins."""
    lines: list[str] = []
    group = ""
    for choice in view.choices:
        if choice.group and choice.group != group:
            lines += wrapped(f"{choice.group}:", width)
        group = choice.group
        lines += wrapped(choice.label, width, hang=f"{choice.number}. ")
    return lines


def why_lines(
    view: PromptView, width: int = WIDTH, *, above: list[str] | None = None, terms: Sequence[Explained] = ()
) -> list[str]:
    """Return why the question is asked, what its hard words mean, and the question again with its help."""
    meanings = [line for each in terms for line in wrapped(f"{each.word}: {each.meaning}", width)]
    return ["", *wrapped(f"Why we ask: {view.why}", width), *meanings, "", *_asked(view, width, above or [])]


def problem_lines(view: PromptView, problem: str, width: int = WIDTH, *, label: str = "Problem") -> list[str]:
    """Return the question again, then what is wrong with the answer."""
    return ["", *_heading(view, width), *wrapped(f"{label}: {problem}", width)]


def noted_lines(view: PromptView, answer: Answer, width: int = WIDTH) -> list[str]:
    """Return the answer read back, so that a slip of the hand is noticed; a private one is not repeated."""
    return wrapped("Noted." if view.question.private else f"Noted: {answer_text(view, answer)}", width)


def prompt_text(view: PromptView, width: int = WIDTH) -> str:
    """Return the line after which the answer is typed, ending in a space."""
    keys = [*(["b back"] if view.can_go_back else []), "? why", "q stop"]
    return "\n".join(wrapped(f"Answer ({', '.join([*_expected(view), *keys])}):", width)) + " "


def answer_text(view: PromptView, answer: Answer) -> str:
    """Return an answer in words."""
    labels = {option.id: option.label for option in view.question.options} | {
        each.id: each.label for each in view.choices
    }
    parts = [label for name, label in labels.items() if name in answer.chosen]
    if answer.number is not None:
        parts.append(f"{shown_number(view, answer.number)} {view.unit}".strip())
    parts += [f"{labels.get(name, name)} {score:g}" for name, score in answer.numbers]
    if answer.moment is not None:
        parts.append(f"{answer.moment.day} {answer.moment:%B %Y}" + _clock_time(view, answer))
    if answer.word is not None:
        parts.append(NOT_SURE_LABEL if answer.word is Word.NOT_SURE else view.declined)
    return "; ".join(parts)


def shown_number(view: PromptView, number: float) -> str:
    """Return a number as this place writes it; protocols count temperature in Celsius."""
    return f"{number * 9 / 5 + 32:.1f}" if view.unit == FAHRENHEIT else f"{number:g}"


def range_text(view: PromptView) -> str:
    """Return the range a number may have, with its unit."""
    low, high = view.question.low, view.question.high
    if low is None or high is None:
        return f"a number {view.unit}".strip()
    return f"{shown_number(view, low)} to {shown_number(view, high)} {view.unit}".strip()


def limb_order(view: PromptView) -> str:
    """Return the names of the limbs in the order their numbers are typed."""
    return ", ".join(option.label for option in view.question.options).lower()


def _heading(view: PromptView, width: int) -> list[str]:
    left = f", about {view.about_left} left" if view.about_left else ""
    return [*wrapped(f"Question {view.number}{left}", width), *wrapped(view.ask, width)]


def _form(view: PromptView) -> str:
    """Say how a figure or a time is written, where there is no list to choose from."""
    match view.question.kind:
        case "scale":
            return f"Order: {limb_order(view)}."
        case "moment" if view.question.precision == "day":
            return "Write a day like: today, yesterday, 2 weeks ago, 2025-06-30, 30/06/2025 (day first)."
        case "moment":
            return "Write a time like: now, today 14:00, yesterday 14:00, 3 hours ago, 2 days ago, 2025-06-30 08:00."
        case "many" | "choice" | "yes_no" | "number":
            return ""
        case _:
            assert_never(view.question.kind)


def _expected(view: PromptView) -> list[str]:
    count = len(view.choices)
    listed = f"1-{count}" if count > 1 else "1"
    match view.question.kind:
        case "many":
            return [listed, 'several like "1 3 4"' if count >= SHOWN_TOGETHER else 'several like "1 2"']
        case "choice" | "yes_no":
            return [listed]
        case "number":
            return [range_text(view), '"not sure"']
        case "scale":
            example = " ".join(["0", "2", "3", "5", *["0"] * len(view.question.options)][: len(view.question.options)])
            return [f'{len(view.question.options)} numbers like "{example}"', "1 number for all", '"not sure"']
        case "moment":
            return [f"a {'day' if view.question.precision == 'day' else 'time'} or {listed}"]
        case _:
            assert_never(view.question.kind)


def _given_before(view: PromptView, width: int) -> list[str]:
    if view.given is None:
        return []
    if view.question.private:
        return wrapped("You answered this before. The answer is private, so it is not shown.", width)
    return wrapped(f"You answered before: {answer_text(view, view.given)}", width)


def _clock_time(view: PromptView, answer: Answer) -> str:
    return f" {answer.moment:%H:%M}" if view.question.precision != "day" else ""
