"""The fixed advice that stands when the decision itself fails; it needs no engine."""

from datetime import datetime

from triage.decision.actions import fixed_action
from triage.decision.assessment import Action, Assessment, ProtocolIdentity
from triage.decision.outcome import Outcome
from triage.kernel.scale import Disposition
from triage.protocol.models import FixedAction, Locale, Protocol
from triage.protocol.texts import fill


def assessment(protocol: Protocol, place: Locale, at: datetime, cause: str, known: Outcome | None = None) -> Assessment:
    """Return the fallback as a result; `cause` names the kind of failure and never an answer.

    `known` is what the engines found if only its words could not be chosen: the fixed advice is then never lower.
    """
    words = protocol.dispositions
    fixed = words.fallback
    above = known.label if known is not None and known.label is not None else Disposition.NOT_FINISHED
    label = above if above.rank > Disposition.NOT_FINISHED.rank else Disposition.NOT_FINISHED
    advised = fixed_action(fixed, Disposition.NOT_FINISHED, protocol, place)
    found = _found(known, protocol, place) if known is not None else ()
    actions = tuple(sorted((*found, advised), key=lambda action: (action.within.rank, -action.label.rank)))
    warning = (fill(fixed.emergency, place),) if fixed.emergency else ()
    return Assessment(
        disposition=label,
        title=fill(words.labels[label.value].title, place),
        headline=actions[0].do,
        lead=fill(words.labels[label.value].lead, place),
        confirmed=Disposition.SELF_CARE,
        possible=Disposition.EMERGENCY,
        complete=False,
        within=actions[0].within,
        actions=actions,
        safety_net=warning,
        engines_note=f"the decision failed ({cause})",
        failed=True,
        reviewed_by=protocol.reviewed_by,
        unreviewed_rules=len(protocol.rules),
        locale=place.id,
        language=protocol.language,
        at=at.isoformat(),
        protocol=ProtocolIdentity(id=protocol.id, version=protocol.version, hash=protocol.hash, title=protocol.title),
        notices=(fill(words.notices.get("not_reviewed", ""), place),),
    )


def _found(known: Outcome, protocol: Protocol, place: Locale) -> tuple[Action, ...]:
    """Return where the rules that hold send the person, most urgent first, in their own words and nothing more."""
    above = [each for each in known.held if each.rule.then is not Disposition.SELF_CARE]
    doors = {(each.within, each.rule.door): each for each in sorted(above, key=lambda each: each.rule.then.rank)}
    return tuple(
        fixed_action(
            FixedAction(within=each.within, door=each.rule.door, say=each.rule.say, because=each.rule.because),
            each.rule.then,
            protocol,
            place,
        )
        for each in doors.values()
    )
