"""The fixed advice that stands when the decision itself fails; it needs no engine."""

from datetime import datetime

from triage.decision.actions import fixed_action
from triage.decision.assessment import Assessment, ProtocolIdentity
from triage.kernel.scale import Disposition
from triage.protocol.models import Locale, Protocol
from triage.protocol.texts import fill


def assessment(protocol: Protocol, place: Locale, at: datetime, cause: str) -> Assessment:
    """Return the fallback as a result; `cause` names the kind of failure and never an answer."""
    words = protocol.dispositions
    fixed = words.fallback
    action = fixed_action(fixed, Disposition.NOT_FINISHED, protocol, place)
    warning = (fill(fixed.emergency, place),) if fixed.emergency else ()
    return Assessment(
        disposition=Disposition.NOT_FINISHED,
        title=fill(words.labels["not_finished"].title, place),
        headline=action.do,
        lead=fill(words.labels["not_finished"].lead, place),
        confirmed=Disposition.SELF_CARE,
        possible=Disposition.EMERGENCY,
        complete=False,
        within=action.within,
        actions=(action,),
        safety_net=warning,
        engines_note=f"the decision failed ({cause})",
        failed=True,
        reviewed_by=protocol.reviewed_by,
        unreviewed_rules=len(protocol.rules),
        locale=place.id,
        at=at.isoformat(),
        protocol=ProtocolIdentity(id=protocol.id, version=protocol.version, hash=protocol.hash, title=protocol.title),
        notices=(fill(words.notices.get("not_reviewed", ""), place),),
    )
