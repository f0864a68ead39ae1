"""step(state, event) -> (state, effect): the order of questions, going back, stopping; it touches nothing outside."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from triage.decision.assess import Picture, look
from triage.decision.intake import ANSWERED_BY, with_speaker
from triage.decision.relevance import in_order
from triage.engines.base import Engine, Valuation
from triage.engines.sheet import sheet_of
from triage.interview.concluding import conclude
from triage.interview.events import (
    Answered,
    Ask,
    Check,
    Confirmed,
    Effect,
    Event,
    Kept,
    ReadBack,
    Reopened,
    SteppedBack,
    Stopped,
    Switched,
)
from triage.interview.prompts import view_of
from triage.interview.review import disagreement, disagreements_of, review_of
from triage.interview.state import InterviewState
from triage.interview.timing import asking_again, left_to_ask, opening_is_passed, with_time
from triage.kernel.answers import frozen_answers
from triage.kernel.scale import Disposition
from triage.kernel.truth import YES
from triage.protocol.models import Protocol
from triage.protocol.texts import locale_of

OUT_OF_SCOPE = "out_of_scope"  # the tag of rules that end the questions: this check is not made for that person


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same from one event to the next; `protocol` has the words of the voice that asks now.

    With `review` the answers are looked over before the result.
    """

    protocol: Protocol
    engines: Sequence[Engine]
    locale: str
    review: bool = False


Step = tuple[InterviewState, Effect]


def begin(setting: Setting, at: datetime) -> Step:
    """Start an interview with its first question.

    Nothing is answered yet, so there is nothing to cross-check: one engine finds the first question, at once.
    """
    return _go_on(_spoken(InterviewState(), setting), replace(setting, engines=setting.engines[:1]), at)


def resume(state: InterviewState, setting: Setting, at: datetime) -> Step:
    """Go on with an interview that was left; what is true right now is asked again."""
    left = replace(state, current=None, stopped=False, concluded=False)
    return _go_on(asking_again(_spoken(left, setting), setting.protocol), setting, at)


def step(state: InterviewState, event: Event, setting: Setting, at: datetime) -> Step:
    """Advance the interview by one event; `at` is the aware time of the event."""
    try:
        return _stepped(state, event, setting, at)
    except Exception:  # noqa: BLE001 - the machine cannot go on; concluding gives the fixed advice (hazard decision_failure)
        told = {event.question: event.answer} if isinstance(event, Answered) else {}
        return _conclude(replace(state, answers=frozen_answers({**state.answers, **told})), setting, at)


def _stepped(state: InterviewState, event: Event, setting: Setting, at: datetime) -> Step:
    match event:
        case Answered():
            return _answered(state, event, setting, at)
        case SteppedBack():
            return _stepped_back(state, setting, at)
        case Reopened():
            return _ask(replace(state, current=event.question, reopened=True, concluded=False), setting, still_open=0)
        case Kept():
            return _go_on(with_time(state, setting.protocol, at), setting, at)
        case Confirmed():
            return _go_on(with_time(state, setting.protocol, at), replace(setting, review=False), at)
        case Switched():
            return _switched(state, setting, at)
        case Stopped():
            return conclude(replace(state, stopped=True), setting.protocol, setting.engines, setting.locale, at)
        case _:
            assert_never(event)


def _spoken(state: InterviewState, setting: Setting) -> InterviewState:
    """Note who answers from here on: the program knows it from the voice, so nobody is asked."""
    others = {name: answer for name, answer in state.answers.items() if name != ANSWERED_BY}
    answers = frozen_answers(with_speaker(setting.protocol, others))
    return replace(state, answers=answers, voice=setting.protocol.voice)


def _answered(state: InterviewState, event: Answered, setting: Setting, at: datetime) -> Step:
    answers = frozen_answers({**state.answers, event.question: event.answer})
    asked = state.asked if event.question in state.asked else (*state.asked, event.question)
    aged = with_time(state, setting.protocol, at)
    again = tuple(name for name in aged.again if name != event.question)
    return _go_on(replace(aged, answers=answers, asked=asked, again=again, concluded=False), setting, at)


def _stepped_back(state: InterviewState, setting: Setting, at: datetime) -> Step:
    if state.reopened:
        return _go_on(state, setting, at)
    try:
        earlier = _earlier(state, setting, at)
    except Exception:  # noqa: BLE001 - the machine cannot go back; concluding gives the fixed advice (hazard decision_failure)
        return _conclude(state, setting, at)
    if not earlier:
        return _ask(state, setting, still_open=0) if state.current else _go_on(state, setting, at)
    return _ask(replace(state, current=earlier[-1], concluded=False), setting, still_open=0)


def _earlier(state: InterviewState, setting: Setting, at: datetime) -> list[str]:
    """Return what was asked before this question and still applies: a changed answer can close later questions."""
    index = state.asked.index(state.current) if state.current in state.asked else len(state.asked)
    return [name for name in state.asked[:index] if _applies(name, state, setting, at)]


def _switched(state: InterviewState, setting: Setting, at: datetime) -> Step:
    """Ask the open question again in other words; one that only the person may answer gives way to the next."""
    turned = _spoken(state, setting)
    try:
        stays = turned.current is not None and _applies(turned.current, turned, setting, at)
    except Exception:  # noqa: BLE001 - concluding gives the fixed advice (hazard decision_failure)
        return _conclude(turned, setting, at)
    return _ask(turned, setting, still_open=0) if stays else _go_on(turned, setting, at)


def _applies(name: str, state: InterviewState, setting: Setting, at: datetime) -> bool:
    return sheet_of(setting.protocol, state.answers, at, Valuation.AS_SAID).applies[name] is YES


def _go_on(state: InterviewState, setting: Setting, at: datetime) -> Step:
    """Ask the next question that can still change the result, let the answers be looked over, or conclude."""
    state = replace(state, current=None, reopened=False)
    try:
        picture = look(setting.protocol, state.answers, at, setting.engines)
    except Exception:  # noqa: BLE001 - the machine cannot go on; concluding gives the fixed advice (hazard decision_failure)
        return _conclude(state, setting, at)
    if picture.waiting:
        return _ask(replace(state, current=picture.waiting[0]), setting, still_open=len(picture.open_questions))
    if picture.outcome.label is Disposition.EMERGENCY:
        return _conclude(state, setting, at, picture)
    left = left_to_ask(state, picture)
    if opening_is_passed(setting.protocol, left):
        state = replace(state, opening_passed=state.opening_passed or at)
        if _is_out_of_scope(picture):
            return _conclude(state, setting, at, picture)
    if left:
        return _ask(replace(state, current=left[0]), setting, still_open=len(left))
    if setting.review:
        return _look_over(state, setting, picture)
    return _conclude(state, setting, at, picture)


def _is_out_of_scope(picture: Picture) -> bool:
    tagged = (rule for rule in picture.protocol.rules if OUT_OF_SCOPE in rule.tags)
    return any(picture.truths[f"rule:{rule.id}"] is YES for rule in tagged)


def _look_over(state: InterviewState, setting: Setting, picture: Picture) -> Step:
    """Read back each contradiction once, then show all answers."""
    protocol, place = setting.protocol, locale_of(setting.protocol, setting.locale)
    for pair in disagreements_of(protocol, picture.truths):
        if pair.id not in state.read_back:
            shown = replace(state, read_back=(*state.read_back, pair.id))
            return shown, ReadBack(disagreement(pair, protocol, picture, place))
    return state, Check(review_of(protocol, picture, place))


def _ask(state: InterviewState, setting: Setting, *, still_open: int) -> Step:
    protocol = setting.protocol
    question = next(each for each in in_order(protocol) if each.id == state.current)
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
    # from a reopened question the way back leads where the person came from
    back = view.can_go_back or state.reopened
    return state, Ask(replace(view, can_go_back=back, asked_again=question.id in state.again))


def _conclude(state: InterviewState, setting: Setting, at: datetime, seen: Picture | None = None) -> Step:
    return conclude(state, setting.protocol, setting.engines, setting.locale, at, seen)
