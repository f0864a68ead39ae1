"""What a result tells a person to do, as sentences with their time, for a page that shows more than the result."""

from triage.decision.assessment import Action, Assessment
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.models import Protocol
from triage.protocol.words import Words


def steps_of(result: Assessment, protocol: Protocol) -> tuple[str, ...]:
    """Return the actions in order; beside an emergency nothing less urgent stands."""
    emergency = result.disposition is Disposition.EMERGENCY
    shown = [each for each in result.actions if not emergency or each.label is Disposition.EMERGENCY]
    return tuple(step for action in shown for step in _steps(action, protocol.screen))


def is_settled(result: Assessment) -> bool:
    """Whether a plan for the days at home may be built on the result: no emergency, and no question left open."""
    unsettled = (Disposition.EMERGENCY, Disposition.NOT_FINISHED)
    return result.complete and not result.failed and result.disposition not in unsettled


def _steps(action: Action, words: Words) -> tuple[str, ...]:
    heads = {
        TimeFrame.NOW: words.now,
        TimeFrame.SAME_DAY: words.same_day,
        TimeFrame.WITHIN_48H: words.within_48h,
        TimeFrame.WITHIN_14_DAYS: words.within_14_days,
        TimeFrame.ROUTINE: words.routine,
    }
    head = "" if action.door == "home" else f"{heads[action.within]}: "
    return tuple(f"{head}{said}" for said in (action.say, *action.also))
