"""A question as plain lines of text: no box, no colour, no cursor movement, so that it makes sense when heard."""

import textwrap
from collections.abc import Sequence
from typing import assert_never

from triage.interview.glossary import Explained
from triage.interview.prompts import PromptView
from triage.interview.saying import answer_text, shown_number
from triage.kernel.answers import Answer
from triage.protocol.models import Protocol
from triage.protocol.texts import fill, locale_of

WIDTH = 72  # shared/product/conventions.md section 2
WIDTH_MIN = 20  # narrower than this, one word fills a line
SHOWN_TOGETHER = 4  # from here on '1 3 4' is an example that the list really holds


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
    screen = protocol.screen
    other = screen.if_for_yourself if protocol.voice == "carer" else screen.if_for_someone_else
    return ["", *voice_lines(protocol, locale, width), *wrapped(screen.to_leave, width), *wrapped(other, width)]


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
    heading = view.screen.section.format(title=view.section)
    section = [*wrapped(heading, width), ""] if view.new_section else []
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
    return [
        "",
        *wrapped(view.screen.why_we_ask.format(why=view.why), width),
        *meanings,
        "",
        *_asked(view, width, above or []),
    ]


def problem_lines(view: PromptView, problem: str, width: int = WIDTH, *, hint: bool = False) -> list[str]:
    """Return the question again, then what is wrong with the answer."""
    label = view.screen.hint if hint else view.screen.problem
    return ["", *_heading(view, width), *wrapped(label.format(problem=problem), width)]


def noted_lines(view: PromptView, answer: Answer, width: int = WIDTH) -> list[str]:
    """Return the answer read back, so that a slip of the hand is noticed; a private one is not repeated."""
    screen = view.screen
    told = screen.noted_in_private if view.question.private else screen.noted.format(answer=answer_text(view, answer))
    return wrapped(told, width)


def prompt_text(view: PromptView, width: int = WIDTH) -> str:
    """Return the line after which the answer is typed, ending in a space."""
    screen = view.screen
    keys = [*([screen.key_back] if view.can_go_back else []), screen.key_why, screen.key_stop]
    return "\n".join(wrapped(screen.answer.format(keys=", ".join([*_expected(view), *keys])), width)) + " "


def range_text(view: PromptView) -> str:
    """Return the range a number may have, with its unit."""
    low, high = view.question.low, view.question.high
    if low is None or high is None:
        return view.screen.a_number.format(unit=view.unit).strip()
    low_shown, high_shown = shown_number(view, low), shown_number(view, high)
    return view.screen.a_range.format(low=low_shown, high=high_shown, unit=view.unit).strip()


def limb_order(view: PromptView) -> str:
    """Return the names of the limbs in the order their numbers are typed."""
    return ", ".join(option.label for option in view.question.options).lower()


def _heading(view: PromptView, width: int) -> list[str]:
    heading = view.screen.question_and_left if view.about_left else view.screen.question
    return [*wrapped(heading.format(number=view.number, left=view.about_left), width), *wrapped(view.ask, width)]


def _form(view: PromptView) -> str:
    """Say how a figure or a time is written, where there is no list to choose from."""
    match view.question.kind:
        case "scale":
            return view.screen.limbs_in_order.format(limbs=limb_order(view))
        case "moment" if view.question.precision == "day":
            return view.screen.write_a_day
        case "moment":
            return view.screen.write_a_time
        case "many" | "choice" | "yes_no" | "number":
            return ""
        case _:
            assert_never(view.question.kind)


def _expected(view: PromptView) -> list[str]:
    count, screen = len(view.choices), view.screen
    listed = f"1-{count}" if count > 1 else "1"
    match view.question.kind:
        case "many":
            return [listed, screen.several_like.format(example="1 3 4" if count >= SHOWN_TOGETHER else "1 2")]
        case "choice" | "yes_no":
            return [listed]
        case "number":
            return [range_text(view), screen.or_not_sure]
        case "scale":
            example = " ".join(["0", "2", "3", "5", *["0"] * len(view.question.options)][: len(view.question.options)])
            numbers = screen.numbers_like.format(count=len(view.question.options), example=example)
            return [numbers, screen.one_for_all, screen.or_not_sure]
        case "moment":
            wanted = screen.a_day_or if view.question.precision == "day" else screen.a_time_or
            return [wanted.format(listed=listed)]
        case _:
            assert_never(view.question.kind)


def _given_before(view: PromptView, width: int) -> list[str]:
    if view.given is None:
        return []
    if view.question.private:
        return wrapped(view.screen.answered_in_private, width)
    return wrapped(view.screen.answered_before.format(answer=answer_text(view, view.given)), width)
