"""From answers and the clock to what the engines read: skipped questions and measures are worked out here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from triage.engines.base import NOTHING, OPEN, Reading, Sheet, Valuation
from triage.engines.reference import evaluate
from triage.kernel.answers import Answer, Word
from triage.kernel.truth import NO, YES, Truth
from triage.protocol.models import Measure, Protocol, Question

SECONDS = {"hours_since": 3600.0, "days_since": 86400.0}


def sheet_of(
    protocol: Protocol,
    answers: Mapping[str, Answer],
    at: datetime,
    valuation: Valuation,
    given: Mapping[str, float] | None = None,
) -> Sheet:
    """Return the readings of every question and measure.

    `at` is the aware time of the assessment. `given` overrides measures by name, for cases written beside rules.
    """
    return _Worker(protocol, answers, at, valuation, given or {}).sheet()


class _Worker:
    """Works out readings on demand, because an `ask_if` may read findings, measures and other questions."""

    def __init__(
        self,
        protocol: Protocol,
        answers: Mapping[str, Answer],
        at: datetime,
        valuation: Valuation,
        given: Mapping[str, float],
    ) -> None:
        self._protocol = protocol
        self._answers = answers
        self._at = at
        self._valuation = valuation
        self._given = given
        self._questions = {question.id: question for question in protocol.questions}
        self._measures = {measure.id: measure for measure in protocol.measures}
        self._findings = {finding.id: finding.when for finding in protocol.findings}
        self._readings: dict[str, Reading] = {}
        self._used: dict[str, Answer] = {}  # answers to questions that apply; the others are set aside
        self._truths: dict[str, Truth] = {}
        self._applies: dict[str, Truth] = {}

    def sheet(self) -> Sheet:
        for name in (*self._questions, *self._measures):
            self.reading(name)
        return Sheet(self._valuation, self._readings, self._applies)

    def reading(self, name: str) -> Reading:
        if name not in self._readings:
            question = self._questions.get(name)
            self._readings[name] = self._question(question) if question else self._measure(self._measures[name])
        return self._readings[name]

    def finding(self, name: str) -> Truth:
        if name not in self._truths:
            self._truths[name] = evaluate(self._findings[name], self._valuation, self.reading, self.finding)
        return self._truths[name]

    def _question(self, question: Question) -> Reading:
        applies = YES
        if question.ask_if is not None:
            applies = evaluate(question.ask_if, self._valuation, self.reading, self.finding)
        self._applies[question.id] = applies
        if applies is NO:
            return skipped(question)
        if applies is not YES or question.id not in self._answers:
            return OPEN
        self._used[question.id] = self._answers[question.id]
        return read_answer(self._answers[question.id])

    def _measure(self, measure: Measure) -> Reading:
        if measure.id in self._given:
            return _figure(self._given[measure.id])
        if measure.measure == "count_not_sure":
            return self._count(measure)
        source = self.reading(measure.source or "")
        if source.open or source.word is not None or source.chosen:
            return replace(source, low=None, high=None)
        if measure.measure in SECONDS:
            answer = self._used.get(measure.source or "")
            if answer is None or answer.moment is None:
                return NOTHING
            return _figure((self._at - answer.moment).total_seconds() / SECONDS[measure.measure])
        return self._limbs(measure)

    def _limbs(self, measure: Measure) -> Reading:
        now = self._scores(measure.source)
        if measure.measure == "highest":
            return _figure(max(now.values())) if now else NOTHING
        against = self.reading(measure.against or "")
        if against.open or against.word is not None:
            return against
        usual = self._scores(measure.against)
        rises = [score - usual[limb] for limb, score in now.items() if limb in usual]
        return _figure(max(rises)) if rises else NOTHING

    def _scores(self, question: str | None) -> Mapping[str, float]:
        answer = self._used.get(question or "")
        return dict(answer.numbers) if answer is not None else {}

    def _count(self, measure: Measure) -> Reading:
        asked = [each for each in self._protocol.questions if each.section in measure.sections and not each.handover]
        readings = [self.reading(each.id) for each in asked]
        said = [each.id in self._used for each in asked]
        sure = sum(reading.word is not None and told for reading, told in zip(readings, said, strict=True))
        still_open = sum(reading.open for reading in readings)
        return Reading(low=float(sure), high=float(sure + still_open))


def _figure(value: float) -> Reading:
    return Reading(low=value, high=value)


def skipped(question: Question) -> Reading:
    """Return what a question that does not apply counts as."""
    word = question.when_skipped or "none"
    if word == "unknown":
        return Reading(word=Word.NOT_SURE)
    if word in (Word.NOT_SURE, Word.DECLINED):
        return Reading(word=Word(word))
    return Reading(chosen=frozenset({word})) if question.option(word) else NOTHING


def read_answer(answer: Answer) -> Reading:
    """Return what atoms read of an answer."""
    return Reading(chosen=answer.chosen, word=answer.word, low=answer.number, high=answer.number)
