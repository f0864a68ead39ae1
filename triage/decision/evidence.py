"""The answers that decided a condition: the person's evidence, not the world's."""

from collections.abc import Mapping

from triage.decision.assessment import RawAnswer
from triage.engines.base import OPEN, Sheet
from triage.engines.reference import evaluate
from triage.kernel.answers import Answer
from triage.kernel.truth import Truth
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Unknown
from triage.protocol.models import Protocol


def raw_answer(answer: Answer) -> RawAnswer:
    """Return an answer the way a file writes it."""
    words = (answer.word.value,) if answer.word is not None else ()
    if answer.chosen and (len(answer.chosen) > 1 or words):
        return (*sorted(answer.chosen), *words)
    if answer.chosen:
        return next(iter(answer.chosen))
    if answer.word is not None:
        return answer.word.value
    if answer.moment is not None:
        return answer.moment.isoformat()
    if answer.numbers:
        return dict(answer.numbers)
    return answer.number if answer.number is not None else ""


class Evidence:
    """Finds the questions that made a condition what it is."""

    def __init__(self, protocol: Protocol, sheet: Sheet, answers: Mapping[str, Answer]) -> None:
        """Read one person's sheet."""
        self._sheet = sheet
        self._answers = answers
        self._findings = {finding.id: finding.when for finding in protocol.findings}
        self._sources = {measure.id: (measure.source, measure.against) for measure in protocol.measures}
        self._known: dict[str, Truth] = {}

    def of(self, condition: Condition) -> dict[str, RawAnswer]:
        """Return the deciding answers by question, in file order of the answers."""
        names = self._deciding(condition)
        return {name: raw_answer(answer) for name, answer in self._answers.items() if name in names}

    def truth(self, condition: Condition) -> Truth:
        """Return the condition's truth on this sheet."""
        return evaluate(
            condition, self._sheet.valuation, lambda name: self._sheet.readings.get(name, OPEN), self._finding
        )

    def _finding(self, name: str) -> Truth:
        if name not in self._known:
            self._known[name] = self.truth(self._findings[name])
        return self._known[name]

    def _deciding(self, condition: Condition) -> frozenset[str]:
        truth = self.truth(condition)
        match condition:
            case Named():
                return self._deciding(self._findings[condition.finding])
            case Not():
                return self._deciding(condition.of)
            case All() | Any() | Count():
                # an 'any' that holds was decided by the parts that hold; an 'all' that fails by those that fail
                parts = [part for part in condition.of if self.truth(part) is truth]
                return frozenset().union(*(self._deciding(part) for part in parts))
            case Chosen():
                return frozenset({condition.question})
            case Compare() | Unknown():
                behind = self._sources.get(condition.subject, ())
                return frozenset({condition.subject, *(name for name in behind if name)})
