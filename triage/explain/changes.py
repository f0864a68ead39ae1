"""Every answer set that differs from a person's in one answer, as far as it can matter: a bounded search."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from triage.decision.assess import Picture, given_label, look
from triage.decision.evidence import raw_answer
from triage.decision.intake import ANSWERED_BY, read_answers
from triage.decision.outcome import Outcome, outcome_of
from triage.engines.base import Engine, Valuation
from triage.engines.sheet import SECONDS, sheet_of
from triage.kernel.answers import Answer
from triage.kernel.errors import BadInput
from triage.kernel.scale import Disposition, TimeFrame
from triage.kernel.truth import YES
from triage.protocol.conditions import Compare, leaves
from triage.protocol.graph import conditions_of
from triage.protocol.models import Measure, Protocol, Question

Raw = str | float | tuple[str, ...] | dict[str, float]
Key = tuple[int, int]  # greater for the more urgent result


@dataclass(frozen=True, slots=True)
class Change:
    """One answer given otherwise, and what the result then is; `rules` are those that hold then and not before."""

    question: str
    answer: Answer
    label: Disposition
    within: TimeFrame
    rules: tuple[str, ...]
    key: Key
    complete: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One person's answers at one time, and how to look at them."""

    protocol: Protocol
    answers: Mapping[str, Answer]
    at: datetime
    engines: Sequence[Engine]

    def seen(self) -> Picture:
        """Return everything known about them."""
        return look(self.protocol, self.answers, self.at, self.engines)

    def outcome(self) -> Outcome:
        """Return what follows from the rules alone: enough to see that nothing changes, and much sooner there."""
        sheet = sheet_of(self.protocol, self.answers, self.at, Valuation.AS_SAID)
        return outcome_of(self.protocol, self.engines[0].evaluate(sheet))

    def raw(self) -> dict[str, object]:
        """Return the answers as a file writes them."""
        return {name: raw_answer(answer) for name, answer in self.answers.items()}

    def opened(self, question: str) -> "Person":
        """Return the person with the screens ticked that open the answer to this question."""
        return self.answering(question, raw_answer(self.answers[question]))

    def answering(self, question: str, raw: Raw) -> "Person":
        """Return the person with one answer given otherwise. Raises BadInput if the question cannot take it."""
        read = read_answers(self.protocol, {**self.raw(), question: raw}, self.at)
        return Person(self.protocol, read.answers, self.at, self.engines)


def key_of(picture: Picture) -> Key:
    """Return how urgent what the person is told is: label first, then time."""
    label = given_label(picture)
    within = picture.outcome.within or TimeFrame.ROUTINE
    return (label.rank, -within.rank)


def changes(person: Person, questions: Sequence[str] | None = None) -> Iterator[Change]:
    """Yield what each other answer to each question would lead to, where it would count and change the result.

    With `questions` only those are turned.
    """
    before = person.seen()
    held = {each.rule.id for each in before.outcome.held}
    figures = figures_of(person.protocol)
    doubted = {name for name, answer in person.answers.items() if answer.word is not None}
    for question in person.protocol.questions:
        if question.id == ANSWERED_BY or question.handover or (questions is not None and question.id not in questions):
            continue
        for raw in _alternatives(question, person, figures.get(question.id, ())):
            try:
                other = person.answering(question.id, raw)
            except BadInput:
                continue  # such an answer cannot be given, so it cannot be the person's
            if other.outcome().key == before.outcome.key and question.id not in doubted:
                continue
            seen = other.seen()
            if seen.as_said.applies[question.id] is not YES or _closes(before, seen):
                continue
            now = [each.rule.id for each in seen.outcome.held]
            yield Change(
                question=question.id,
                answer=other.answers[question.id],
                label=given_label(seen),
                within=seen.outcome.within or TimeFrame.ROUTINE,
                rules=tuple(name for name in now if name not in held),
                key=key_of(seen),
                complete=seen.complete,
            )


def _closes(before: Picture, after: Picture) -> bool:
    """Whether the change sets another answer aside: then it is not one change but several."""
    counted = (name for name in before.answers if before.as_said.applies[name] is YES)
    return any(after.as_said.applies[name] is not YES for name in counted)


def _alternatives(question: Question, person: Person, figures: Sequence[tuple[Measure | None, float]]) -> Iterator[Raw]:
    given = person.answers.get(question.id)
    chosen = given.chosen if given is not None else frozenset()
    match question.kind:
        case "many":
            yield from _ticked(question, chosen)
        case "choice" | "yes_no":
            yield from (each.id for each in question.options if each.id not in chosen)
        case "number":
            yield from (figure for _, bound in figures for figure in _beside(bound, question))
        case "scale":
            yield from (figure for _, bound in figures for figure in _beside(bound, question))
        case "moment":
            yield from (each.id for each in question.options if each.id not in chosen)
            yield from (
                moment for measure, bound in figures for moment in _moments(measure, bound, question, person.at)
            )


def _ticked(question: Question, chosen: frozenset[str]) -> Iterator[Raw]:
    """Yield one more tick, one tick less, and the denial."""
    others = chosen - {question.denial}
    for option in question.options:
        if option.id == question.denial:
            if others or not chosen:
                yield option.id
        elif option.id not in chosen:
            yield tuple(sorted((*others, option.id)))
        elif len(others) > 1:
            yield tuple(sorted(others - {option.id}))


def figures_of(protocol: Protocol) -> Mapping[str, Sequence[tuple[Measure | None, float]]]:
    """Return the bounds that conditions compare each question with, itself or through a measure."""
    measures = {each.id: each for each in protocol.measures}
    conditions = [condition for _, _, condition in conditions_of(protocol)]
    conditions += [each.ask_if for each in protocol.questions if each.ask_if is not None]
    found: dict[str, set[tuple[str, float]]] = {}
    for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
        if isinstance(leaf, Compare):
            source = measures[leaf.subject].source if leaf.subject in measures else leaf.subject
            found.setdefault(source or leaf.subject, set()).add((leaf.subject, leaf.bound))
    return {name: [(measures.get(subject), bound) for subject, bound in sorted(each)] for name, each in found.items()}


def _beside(bound: float, question: Question) -> Iterator[float]:
    """Yield the bound itself and the nearest figures that can be given on both sides."""
    step = 10.0**-question.decimals
    for figure in (bound, round(bound - step, 6), round(bound + step, 6)):
        if (question.low is None or figure >= question.low) and (question.high is None or figure <= question.high):
            yield figure


def _moments(measure: Measure | None, bound: float, question: Question, at: datetime) -> Iterator[str]:
    if measure is None or measure.measure not in SECONDS:
        return
    seconds = bound * SECONDS[measure.measure]
    slack = 86400.0 if question.precision == "day" else 3600.0
    for ago in (seconds - slack, seconds, seconds + slack):
        if ago >= 0:
            yield (at - timedelta(seconds=ago)).isoformat()
