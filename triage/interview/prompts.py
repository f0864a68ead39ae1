"""Everything a front end needs to draw one question, with the words of one place."""

from dataclasses import dataclass, replace

from triage.kernel.answers import Answer, Word
from triage.protocol.models import Locale, Protocol, Question
from triage.protocol.texts import fill, unit_label
from triage.protocol.words import Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered answer; `number` counts from 1 on this screen, `group` is the heading it stands under."""

    number: int
    id: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class PromptView:
    """One question, ready to be drawn.

    Nothing is pre-selected; `given` only repeats an earlier answer after going back. `asked_again` says that time has
    passed since it was answered.
    """

    question: Question
    number: int
    section: str
    new_section: bool
    ask: str
    help: str
    why: str
    choices: tuple[Choice, ...]
    unit: str
    about_left: int | None
    given: Answer | None
    can_go_back: bool
    declined: str
    screen: Words
    asked_again: bool = False


def choices_of(question: Question, place: Locale, not_sure: str, declined: str) -> tuple[Choice, ...]:
    """Return the numbered answers, 'not sure' last but one, and 'prefer not to say' only where it is offered."""
    if question.kind in ("number", "scale"):
        return ()
    listed = [Choice(0, option.id, fill(option.label, place), fill(option.group, place)) for option in question.options]
    listed.append(Choice(0, Word.NOT_SURE.value, not_sure))
    if question.may_decline:
        listed.append(Choice(0, Word.DECLINED.value, declined))
    return tuple(replace(each, number=number) for number, each in enumerate(listed, start=1))


def view_of(
    protocol: Protocol,
    question: Question,
    place: Locale,
    *,
    number: int,
    previous_section: str | None,
    still_open: int,
    given: Answer | None,
) -> PromptView:
    """Return the view of one question."""
    screen = protocol.screen
    declined = screen.they_will_not_tell if protocol.voice == "carer" else screen.prefer_not_to_say
    section = next(each for each in protocol.sections if each.id == question.section)
    return PromptView(
        question=question,
        number=number,
        section=section.title,
        new_section=question.section != previous_section,
        ask=fill(question.ask, place),
        help=fill(question.help, place),
        why=fill(question.why, place),
        choices=choices_of(question, place, screen.not_sure, declined),
        unit=unit_label(question.unit, place, screen),
        about_left=still_open if section.count_left else None,
        given=given,
        can_go_back=number > 1,
        declined=declined,
        screen=screen,
    )
