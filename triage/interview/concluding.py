"""The end of an interview: its result, with what the way there has to add to it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from triage.decision.assess import Picture, assess_answers, look
from triage.decision.assessment import Assessment
from triage.engines.base import Engine
from triage.interview.events import Conclude
from triage.interview.review import disagreements_of
from triage.interview.state import InterviewState
from triage.kernel.scale import Disposition
from triage.protocol.models import Protocol
from triage.protocol.texts import fill, locale_of


def conclude(
    state: InterviewState,
    protocol: Protocol,
    engines: Sequence[Engine],
    locale: str,
    at: datetime,
    seen: Picture | None = None,
) -> tuple[InterviewState, Conclude]:
    """Return the end of an interview and its result; `seen` saves a second look at the same answers."""
    if seen is None:
        with suppress(Exception):  # the assessment then says what broke (hazard decision_failure)
            seen = look(protocol, state.answers, at, engines)
    result = assess_answers(protocol, state.answers, at=at, locale=locale, engines=engines, seen=seen)
    if result.disposition is Disposition.EMERGENCY:
        emergencies = tuple(dict.fromkeys((*state.emergencies, *result.actions[0].rules)))
        state = replace(state, emergencies=emergencies)
    else:
        with suppress(Exception):  # notices are beside the advice, which stands without them (hazard decision_failure)
            result = _with_notices(result, _notices(state, protocol, locale, seen))
    return replace(state, concluded=not state.stopped, current=None), Conclude(result)


def _notices(state: InterviewState, protocol: Protocol, locale: str, seen: Picture | None) -> list[str]:
    """Name an emergency that was reached and then edited away (semantics, Changing an answer), and disagreements."""
    place, words = locale_of(protocol, locale), protocol.dispositions.notices
    notices = []
    if state.emergencies:
        reached = [rule for rule in protocol.rules if rule.id in state.emergencies]
        # what rests on a private answer is never named where others may read it
        titles = "; ".join(words.get("private_title", rule.title) if rule.private else rule.title for rule in reached)
        edited = words.get("emergency_edited", "")
        notices.append(f"{edited} ({titles})" if titles else edited)
    if seen is not None and disagreements_of(protocol, seen.truths):
        notices.append(words.get("answers_disagree", ""))
    return [fill(each, place) for each in notices if each]


def _with_notices(result: Assessment, added: list[str]) -> Assessment:
    new = tuple(each for each in added if each not in result.notices)
    return result.model_copy(update={"notices": (*new, *result.notices)}) if new else result
