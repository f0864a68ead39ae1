"""Figure 22: is each rule tied to its sources, its reviewer, its hazards and its cases?"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from triage.engines.base import Valuation
from triage.kernel.truth import UNKNOWN
from triage.protocol.models import Protocol, Rule
from triage.verify.reach import Reach

NOBODY = "none yet"
CASES_LEAST = 2


@dataclass(frozen=True, slots=True)
class Traced:
    """What is missing, rule by rule; how many rules nobody has reviewed; how many can be in no doubt."""

    rules: int
    missing: tuple[str, ...]
    unreviewed: int
    never_in_doubt: tuple[str, ...]


def traceability(protocol: Protocol, today: date, reach: Reach, hazards: Collection[str] = ()) -> Traced:
    """Check every rule; `hazards` are the known ones, if there is a log to check them against."""
    marks = {source.id: source for source in protocol.sources}
    missing: list[str] = []
    certain: list[str] = []
    for rule in protocol.rules:
        missing += [f"{rule.id}: {what}" for what in _lacks(rule, today, marks)]
        missing += [
            f"{rule.id}: hazard '{each}' is not in the log" for each in rule.hazards if hazards and each not in hazards
        ]
        if not rule.cases.in_doubt:
            if _can_be_in_doubt(rule, reach):
                missing.append(f"{rule.id}: no case in doubt, though one can exist")
            else:
                certain.append(rule.id)
    unreviewed = sum(rule.reviewed_by == NOBODY for rule in protocol.rules)
    return Traced(len(protocol.rules), tuple(missing), unreviewed, tuple(certain))


def _lacks(rule: Rule, today: date, sources: Collection[str]) -> Iterator[str]:
    if not rule.sources:
        yield "no source"
    for each in rule.sources:
        if each not in sources:
            yield f"source '{each}' is not listed"
    if not rule.reviewed_by:
        yield "no reviewer named, not even 'none yet'"
    if rule.review_by < today:
        yield f"its review was due on {rule.review_by}"
    if not rule.hazards:
        yield "no hazard"
    for kind in ("holds", "does_not_hold"):
        if len(getattr(rule.cases, kind)) < CASES_LEAST:
            yield f"fewer than {CASES_LEAST} cases where it {kind.replace('_', ' ')}"


def _can_be_in_doubt(rule: Rule, reach: Reach) -> bool:
    """Whether answers, all of them given, leave the rule in doubt; if that cannot be settled, a case is asked for."""
    reached = reach.of((rule.when,), Valuation.IN_DOUBT, answered=True)
    return not reached.exact or (UNKNOWN,) in reached.found
