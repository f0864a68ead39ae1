"""Runs the cases that stand beside the rules, through the reference and any other engine."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from triage.decision.intake import read_answers
from triage.engines.base import Engine, Valuation
from triage.engines.reference import Reference
from triage.engines.sheet import sheet_of
from triage.kernel.answers import Answer
from triage.kernel.diagnostics import Diagnostic, DiagnosticBag, Span
from triage.kernel.errors import BadInput
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.models import Case, Protocol, Rule

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)  # a fixed clock: cases give ages as measures, not dates
NEEDED = {"holds": 2, "does_not_hold": 2, "in_doubt": 0}  # a doubt case only where one exists


@dataclass(frozen=True, slots=True)
class CaseRun:
    """How many cases ran, and what failed."""

    cases: int
    failures: tuple[Diagnostic, ...]


def run_cases(protocol: Protocol, engine: Engine | None = None) -> CaseRun:
    """Run every case; a failure names the case's own line."""
    judge = engine or Reference(protocol)
    bag = DiagnosticBag()
    count = 0
    for rule in protocol.rules:
        _enough(rule, bag)
        for kind, number, case in cases_of(rule):
            count += 1
            _run(rule, kind, number, case, protocol, judge, bag)
    return CaseRun(count, bag.in_order())


def cases_of(rule: Rule) -> Iterator[tuple[str, int, Case]]:
    """Yield kind, number from 1, and case."""
    for kind in NEEDED:
        yield from ((kind, number, case) for number, case in enumerate(getattr(rule.cases, kind), start=1))


def _enough(rule: Rule, bag: DiagnosticBag) -> None:
    for kind, needed in NEEDED.items():
        written: Sequence[Case] = getattr(rule.cases, kind)
        if len(written) < needed:
            place = Span(rule.place.file, rule.place.line, rule.place.column)
            bag.add(place, "T132", id=rule.id, count=len(written), sort=kind.replace("_", " "), needed=needed)


def read_case(case: Case, protocol: Protocol) -> tuple[Mapping[str, Answer], dict[str, float]]:
    """Return a case's typed answers and the measures it gives by name. Raises BadInput."""
    measures = {measure.id for measure in protocol.measures}
    given = {name: float(str(value)) for name, value in case.answers.items() if name in measures}
    raw = {name: value for name, value in case.answers.items() if name not in measures}
    return read_answers(protocol, raw, AT).answers, given


def truth_in_case(rule: Rule, case: Case, protocol: Protocol, engine: Engine, valuation: Valuation) -> Truth:
    """Return the rule's truth for a case. Raises BadInput if the case cannot be read."""
    answers, given = read_case(case, protocol)
    return engine.evaluate(sheet_of(protocol, answers, AT, valuation, given))[f"rule:{rule.id}"]


def _run(
    rule: Rule, kind: str, number: int, case: Case, protocol: Protocol, engine: Engine, bag: DiagnosticBag
) -> None:
    place = Span(case.place.file, case.place.line, case.place.column)
    valuation = Valuation.IN_DOUBT if kind == "in_doubt" else Valuation.AS_SAID
    wanted = {"holds": YES, "does_not_hold": NO, "in_doubt": UNKNOWN}[kind]
    try:
        found = truth_in_case(rule, case, protocol, engine, valuation)
    except (BadInput, ValueError) as error:
        bag.add(place, "T141", number=number, id=rule.id, why=error)
        return
    if found is not wanted:
        bag.add(place, "T133", number=number, id=rule.id, wanted=wanted.value, got=found.value)
