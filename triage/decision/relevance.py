"""Which open questions can still change the label, a time, a door or a modifier."""

from collections.abc import Mapping

from triage.decision.outcome import Outcome, modified, outcome_of
from triage.engines.base import OPEN, Reading, Sheet, Truths
from triage.engines.reference import chosen, compare, unknown
from triage.kernel.scale import Disposition
from triage.kernel.truth import UNKNOWN, YES, Truth, all_of, any_of, at_least_of, negate
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Unknown
from triage.protocol.models import Protocol, Question, Rule

Traced = tuple[Truth, frozenset[str]]
SETTLED: frozenset[str] = frozenset()


class _Tracer:
    """Evaluates a condition and, while it is unknown, collects the askable questions that keep it so."""

    def __init__(self, protocol: Protocol, sheet: Sheet, askable: frozenset[str]) -> None:
        self._sheet = sheet
        self._askable = askable
        self._questions = {question.id: question for question in protocol.questions}
        self._measures = {measure.id: measure for measure in protocol.measures}
        self._findings = {finding.id: finding.when for finding in protocol.findings}
        self._known: dict[str, Traced] = {}
        self._subjects: dict[str, frozenset[str]] = {}

    def trace(self, condition: Condition) -> Traced:
        match condition:
            case Named():
                return self._finding(condition.finding)
            case Not():
                truth, names = self.trace(condition.of)
                return negate(truth), names
            case All() | Any() | Count():
                return self._join(condition)
            case Chosen():
                reading = self._reading(condition.question)
                return self._leaf(chosen(condition.options, reading, self._sheet.valuation), condition.question)
            case Compare():
                reading = self._reading(condition.subject)
                truth = compare(condition.operator, condition.bound, reading, self._sheet.valuation)
                return self._leaf(truth, condition.subject)
            case Unknown():
                return self._leaf(unknown(self._reading(condition.subject)), condition.subject)

    def _reading(self, name: str) -> Reading:
        return self._sheet.readings.get(name, OPEN)

    def _join(self, condition: All | Any | Count) -> Traced:
        parts = [self.trace(part) for part in condition.of]
        truths = [truth for truth, _ in parts]
        match condition:
            case All():
                joined = all_of(truths)
            case Any():
                joined = any_of(truths)
            case _:
                joined = at_least_of(condition.at_least, truths)
        if joined is not UNKNOWN:
            return joined, SETTLED
        return joined, SETTLED.union(*(names for truth, names in parts if truth is UNKNOWN))

    def _finding(self, name: str) -> Traced:
        if name not in self._known:
            self._known[name] = self.trace(self._findings[name])
        return self._known[name]

    def _leaf(self, truth: Truth, subject: str) -> Traced:
        return (truth, self.subject(subject)) if truth is UNKNOWN else (truth, SETTLED)

    def subject(self, name: str) -> frozenset[str]:
        """Return the askable questions behind an open question or measure."""
        if name not in self._subjects:
            self._subjects[name] = self._behind(name)
        return self._subjects[name]

    def _behind(self, name: str) -> frozenset[str]:
        if name in self._askable:
            return frozenset({name})
        if name in self._measures:
            measure = self._measures[name]
            read = [each for each in (measure.source, measure.against) if each and self._reading(each).open]
            return SETTLED.union(*(self.subject(each) for each in read))
        question = self._questions.get(name)
        if question is None or question.ask_if is None:
            return SETTLED
        return self.trace(question.ask_if)[1]


def matters(rule: Rule, outcome: Outcome) -> bool:
    """Whether this rule, if it came true, would change the label, a time or a door."""
    if outcome.label is None or outcome.within is None:
        return True
    if rule.then.rank > outcome.label.rank:
        return True
    if outcome.label is Disposition.EMERGENCY:
        return False
    if rule.then is Disposition.SELF_CARE:
        return outcome.label is Disposition.SELF_CARE and rule.within.rank < outcome.within.rank
    same_door = [each.within.rank for each in outcome.held if each.rule.door == rule.door]
    within = modified(rule, outcome.modifiers).rank  # the circumstances that hold make this rule sooner too
    return within < outcome.within.rank or not same_door or within < min(same_door)


def open_questions(protocol: Protocol, sheet: Sheet, truths: Truths, answered: Mapping[str, object]) -> tuple[str, ...]:
    """Return the askable questions that can still change the result, in the order of the protocol's questions."""
    outcome = outcome_of(protocol, truths)
    if outcome.label is Disposition.EMERGENCY:
        return ()
    askable = frozenset(
        question.id
        for question in protocol.questions
        if question.id not in answered and not question.handover and sheet.applies[question.id] is YES
    )
    tracer = _Tracer(protocol, sheet, askable)
    found: set[str] = set()
    for rule in protocol.rules:
        if truths[f"rule:{rule.id}"] is UNKNOWN and matters(rule, outcome):
            found |= tracer.trace(rule.when)[1]
    if outcome.label not in (None, Disposition.SELF_CARE):
        for modifier in protocol.modifiers:
            if truths[f"modifier:{modifier.id}"] is UNKNOWN:
                found |= tracer.trace(modifier.when)[1]
    if outcome.within is not None and outcome.within.rank > protocol.dispositions.unsafe_doubt.within.rank:
        # a doubt about a danger would be sooner than this, so every danger is asked about
        found |= {question.id for question in protocol.questions if question.gating and question.id in askable}
    return tuple(question.id for question in in_order(protocol) if question.id in found)


def in_order(protocol: Protocol) -> list[Question]:
    """Return the questions by section, then as written."""
    order = {section.id: number for number, section in enumerate(protocol.sections)}
    return sorted(protocol.questions, key=lambda question: order.get(question.section, len(order)))
