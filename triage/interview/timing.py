"""Time passes: what was true right now is asked again on resume, and half an hour after it was asked."""

from dataclasses import replace
from datetime import datetime, timedelta

from triage.decision.assess import Picture
from triage.decision.relevance import in_order
from triage.interview.state import InterviewState
from triage.kernel.truth import YES
from triage.protocol.models import Protocol

ASK_AGAIN_AFTER = timedelta(minutes=30)  # semantics, Time passes


def asking_again(state: InterviewState, protocol: Protocol) -> InterviewState:
    """Return the state with every 'right now' question open once more; its old answer counts until the new one."""
    names = (each.id for each in in_order(protocol) if each.ask_again and each.id in state.answers)
    return replace(state, again=tuple(names), opening_passed=None)


def with_time(state: InterviewState, protocol: Protocol, at: datetime) -> InterviewState:
    """Return the state with what has to be asked again at this time."""
    passed = state.opening_passed
    if passed is None or state.again or at - passed < ASK_AGAIN_AFTER:
        return state
    return asking_again(state, protocol)


def left_to_ask(state: InterviewState, picture: Picture) -> tuple[str, ...]:
    """Return what is asked again and what is still open, in the order of the protocol."""
    applies = picture.as_said.applies
    wanted = {*picture.open_questions, *(name for name in state.again if applies.get(name) is YES)}
    return tuple(each.id for each in in_order(picture.protocol) if each.id in wanted)


def opening_is_passed(protocol: Protocol, left: tuple[str, ...]) -> bool:
    """Whether nothing of the first section, the emergencies, is left to ask."""
    opening = protocol.sections[0].id
    return not any(each.section == opening for each in protocol.questions if each.id in left)
