"""A report that cannot fail to tell what to do: if its format breaks, the fixed advice stands in plain lines."""

import json

from triage.decision.assessment import Assessment
from triage.kernel.errors import BadInput
from triage.kernel.scale import Disposition
from triage.protocol.models import Protocol
from triage.protocol.texts import fill, locale_of
from triage.reports.base import format_named
from triage.reports.sharing import shareable


def rendered(result: Assessment, protocol: Protocol, *, as_format: str, width: int, private: bool) -> str:
    """Return the report; without `private`, what private answers say is left out. Raises BadInput for the format."""
    try:
        told = result if private or as_format == "json" else shareable(result, protocol)
        return format_named(as_format).render(told, protocol, width=width)
    except BadInput:
        raise
    except Exception:  # noqa: BLE001 - whatever breaks, the person is told what to do (hazard decision_failure)
        return _fixed(result, protocol, as_json=as_format == "json")


def _fixed(result: Assessment, protocol: Protocol, *, as_json: bool) -> str:
    """Return the fixed advice, and the emergency if one was found; nothing that could rest on a private answer."""
    place, words = locale_of(protocol, result.locale), protocol.dispositions.fallback
    lines = [result.headline, result.lead]
    if result.disposition is not Disposition.EMERGENCY:
        lines += [fill(words.say, place), fill(words.emergency, place)]
    if not as_json:
        return "\n\n".join([*lines, *result.emergency_screen]) + "\n"
    told = {"disposition": result.disposition.value, "failed": True, "advice": [*lines, *result.emergency_screen]}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
