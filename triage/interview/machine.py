"""step(state, event) -> (state, effect): the order of questions, going back, stopping; it touches nothing outside."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from triage.decision.assess import Picture, assess_answers, look
from triage.decision.assessment import Assessment
from triage.engines.base import Engine, Valuation
from triage.engines.sheet import sheet_of
from triage.interview.events import Answered, Ask, Conclude, Effect, Event, SteppedBack, Stopped
from triage.interview.prompts import view_of
from triage.interview.state import InterviewState
from triage.kernel.answers import frozen_answers
from triage.kernel.scale import Disposition
from triage.kernel.truth import YES
from triage.protocol.models import Protocol
from triage.protocol.texts import fill, locale_of


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same during an interview."""

    protocol: Protocol
    engines: Sequence[Engine]
    locale: str


def begin(setting: Setting, at: datetime) -> tuple[InterviewState, Effect]:
    """Start an interview with its first question.

    Nothing is answered yet, so there is nothing to cross-check: one engine finds the first question, at once.
    """
    return _go_on(InterviewState(), replace(setting, engines=setting.engines[:1]), at)


def step(state: InterviewState, event: Event, setting: Setting, at: datetime) -> tuple[InterviewState, Effect]:
    """Advance the interview by one event; `at` is the aware time of the event."""
    match event:
        case Answered():
            return _answered(state, event, setting, at)
        case SteppedBack():
            return _stepped_back(state, setting, at)
        case Stopped():
            return _conclude(replace(state, stopped=True), setting, at)
        case _:
            assert_never(event)


def _answered(state: InterviewState, event: Answered, setting: Setting, at: datetime) -> tuple[InterviewState, Effect]:
    answers = frozen_answers({**state.answers, event.question: event.answer})
    asked = state.asked if event.question in state.asked else (*state.asked, event.question)
    return _go_on(replace(state, answers=answers, asked=asked, current=None, concluded=False), setting, at)


def _stepped_back(state: InterviewState, setting: Setting, at: datetime) -> tuple[InterviewState, Effect]:
    try:
        earlier = _earlier(state, setting, at)
    except Exception:  # noqa: BLE001 - the machine cannot go back; concluding gives the fixed advice (hazard decision_failure)
        return _conclude(state, setting, at)
    if not earlier:
        return _ask(state, state.current, setting, still_open=0) if state.current else _go_on(state, setting, at)
    back = replace(state, current=earlier[-1], concluded=False)
    return _ask(back, back.current, setting, still_open=0)


def _earlier(state: InterviewState, setting: Setting, at: datetime) -> list[str]:
    """Return what was asked before this question and still applies: a changed answer can close later questions."""
    index = state.asked.index(state.current) if state.current in state.asked else len(state.asked)
    applies = sheet_of(setting.protocol, state.answers, at, Valuation.AS_SAID).applies
    return [name for name in state.asked[:index] if applies[name] is YES]


def _go_on(state: InterviewState, setting: Setting, at: datetime) -> tuple[InterviewState, Effect]:
    """Ask the next question that can still change the result, or conclude."""
    try:
        picture = look(setting.protocol, state.answers, at, setting.engines)
    except Exception:  # noqa: BLE001 - the machine cannot go on; concluding gives the fixed advice (hazard decision_failure)
        return _conclude(state, setting, at)
    waiting = picture.waiting or (() if _is_emergency(picture) else picture.open_questions)
    if not waiting:
        return _conclude(state, setting, at, picture)
    moved = replace(state, current=waiting[0])
    return _ask(moved, waiting[0], setting, still_open=len(picture.open_questions))


def _is_emergency(picture: Picture) -> bool:
    return picture.outcome.label is Disposition.EMERGENCY


def _ask(
    state: InterviewState, name: str | None, setting: Setting, *, still_open: int
) -> tuple[InterviewState, Effect]:
    protocol = setting.protocol
    question = next(each for each in protocol.questions if each.id == name)
    sections = {each.id: each.section for each in protocol.questions}
    number = state.position()
    previous = sections[state.asked[number - 2]] if number > 1 else None
    view = view_of(
        protocol,
        question,
        locale_of(protocol, setting.locale),
        number=number,
        previous_section=previous,
        still_open=still_open,
        given=state.answers.get(question.id),
    )
    return state, Ask(view)


def _conclude(
    state: InterviewState, setting: Setting, at: datetime, seen: Picture | None = None
) -> tuple[InterviewState, Effect]:
    result = assess_answers(
        setting.protocol, state.answers, at=at, locale=setting.locale, engines=setting.engines, seen=seen
    )
    if result.disposition is Disposition.EMERGENCY:
        emergencies = tuple(dict.fromkeys((*state.emergencies, *result.actions[0].rules)))
        state = replace(state, emergencies=emergencies)
    elif state.emergencies:
        result = _with_edited_emergency(result, state, setting)
    return replace(state, concluded=not state.stopped, current=None), Conclude(result)


def _with_edited_emergency(result: Assessment, state: InterviewState, setting: Setting) -> Assessment:
    """Keep an emergency visible that was reached and then edited away (semantics, Changing an answer)."""
    place = locale_of(setting.protocol, setting.locale)
    titles = [rule.title for rule in setting.protocol.rules if rule.id in state.emergencies]
    notice = fill(setting.protocol.dispositions.notices.get("emergency_edited", ""), place)
    return result.model_copy(update={"notices": (f"{notice} ({'; '.join(titles)})", *result.notices)})
