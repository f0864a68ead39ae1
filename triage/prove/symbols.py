"""One set of answers as solver variables: what a person can say to each question, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from triage.decision.intake import ANSWERED_BY
from triage.kernel.answers import Answer, Word
from triage.protocol.models import Protocol, Question
from triage.prove.solver import (
    FALSE,
    Figure,
    Formula,
    Model,
    at_most,
    boolean,
    both,
    either,
    exactly,
    integer,
    no,
    real,
    same,
)

SECONDS_AN_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Said:
    """What was said to one question. `ago` is the hours since a moment, `figure` a number in the question's unit."""

    question: Question
    chosen: Mapping[str, Formula]
    words: Mapping[Word, Formula]
    figured: Formula
    figure: Figure
    limbs: Mapping[str, tuple[Formula, Figure]]

    @property
    def values(self) -> tuple[Formula, ...]:
        """The parts of an answer that are no doubt."""
        given = (each for each, _ in self.limbs.values())
        return (*self.chosen.values(), self.figured, *given)

    @property
    def doubted(self) -> Formula:
        """Whether a doubt was said."""
        return either(*self.words.values())

    @property
    def answered(self) -> Formula:
        """Whether anything was said."""
        return either(*self.values, self.doubted)

    def only(self, option: str) -> Formula:
        """Whether exactly this option or word was said."""
        named: dict[str, Formula] = {**self.chosen, **{word.value: each for word, each in self.words.items()}}
        others = [each for name, each in named.items() if name != option]
        return both(named[option], no(either(*others, self.figured)))


Answers = Mapping[str, Said]


def answers(protocol: Protocol, prefix: str = "a", only: Iterable[str] | None = None) -> dict[str, Said]:
    """Return variables for every question, or for some."""
    wanted = {question.id for question in protocol.questions} if only is None else set(only)
    return {each.id: _said(each, f"{prefix}.{each.id}") for each in protocol.questions if each.id in wanted}


def _said(question: Question, name: str) -> Said:
    scale = question.kind == "scale"
    options = () if scale else [option.id for option in question.options]
    limbs = [option.id for option in question.options] if scale else ()
    figured = boolean(f"{name}.figured") if question.kind in ("number", "moment") else FALSE
    return Said(
        question,
        {option: boolean(f"{name}={option}") for option in options},
        {word: boolean(f"{name}={word.value}") for word in Word},
        figured,
        real(f"{name}.figure"),
        {limb: (boolean(f"{name}.{limb}.given"), integer(f"{name}.{limb}.score")) for limb in limbs},
    )


def sayable(said: Said, at: datetime) -> Formula:
    """What every answer obeys: one option of a choice, a denial alone, one word, figures within their range."""
    question, words = said.question, tuple(said.words.values())
    rules = [at_most(1, words), _within(said, at)]
    if question.kind == "many":
        denied = said.chosen.get(question.denial or "")
        others = [each for name, each in said.chosen.items() if name != question.denial]
        rules += [] if denied is None else [either(no(denied), no(either(*others, *words)))]
    elif question.kind == "scale":
        rules.append(either(no(said.doubted), no(either(*said.values))))
    else:
        rules.append(at_most(1, (*said.values, *words)))
    if question.id == ANSWERED_BY:
        rules += [said.answered, no(said.doubted)]  # the program answers it, never a person
    return both(*rules)


def says(said: Said, answer: Answer | None, at: datetime) -> Formula:
    """Whether exactly this was said; None for nothing."""
    answer = answer or Answer()
    given = dict(answer.numbers)
    figure = answer.number if answer.moment is None else hours_between(answer.moment, at)
    wanted: list[tuple[Formula, bool]] = [(each, name in answer.chosen) for name, each in said.chosen.items()]
    wanted += [(each, answer.word is word) for word, each in said.words.items()]
    wanted += [(each, limb in given) for limb, (each, _) in said.limbs.items()]
    wanted.append((said.figured, figure is not None))
    scores = [same(said.limbs[limb][1], exactly(score)) for limb, score in given.items()]
    figures = [] if figure is None else [same(said.figure, exactly(figure))]
    return both(*(each if told else no(each) for each, told in wanted), *scores, *figures)


def pairs_of(said: Said, other: Said) -> list[tuple[Formula, Formula]]:
    """Return each variable of one answer beside that of another answer to the same question."""
    pairs = [(each, other.chosen[name]) for name, each in said.chosen.items()]
    pairs += [(each, other.words[word]) for word, each in said.words.items()]
    for limb, (there, score) in said.limbs.items():
        pairs += [(there, other.limbs[limb][0]), (score, other.limbs[limb][1])]
    return pairs if said.figured is FALSE else [*pairs, (said.figured, other.figured), (said.figure, other.figure)]


def hours_between(moment: datetime, at: datetime) -> Fraction:
    """Return how long ago a moment was."""
    return Fraction((at - moment) // timedelta(microseconds=1), int(SECONDS_AN_HOUR) * 1_000_000)


def answer_in(model: Model, said: Said, at: datetime) -> Answer | None:
    """Return what was said in a model of the solver, or None for nothing."""
    if not model.holds(said.answered):
        return None
    moment = number = None
    if model.holds(said.figured) and said.question.kind == "moment":
        moment = at - timedelta(hours=float(model.figure(said.figure)))
    elif model.holds(said.figured):
        number = float(model.figure(said.figure))
    limbs = [(limb, float(model.figure(score))) for limb, (there, score) in said.limbs.items() if model.holds(there)]
    return Answer(
        chosen=frozenset(name for name, each in said.chosen.items() if model.holds(each)),
        number=number,
        numbers=tuple(sorted(limbs)),
        moment=moment,
        word=next((word for word, each in said.words.items() if model.holds(each)), None),
    )


def _within(said: Said, at: datetime) -> Formula:
    question = said.question
    low, high = question.low, question.high
    if question.kind == "moment":
        low, high = 0.0, hours_back(question, at)
    figures = [score for _, score in said.limbs.values()] or [said.figure]
    lows = [each >= exactly(low) for each in figures] if low is not None else []
    highs = [each <= exactly(high) for each in figures] if high is not None else []
    return both(*lows, *highs)


def hours_back(question: Question, at: datetime) -> float | None:
    """Return how far back a moment may lie."""
    if question.earliest_days_ago is not None:
        return question.earliest_days_ago * 24.0
    if question.earliest is None:
        return None
    first = datetime.combine(question.earliest, datetime.min.time(), tzinfo=at.tzinfo)
    return (at - first).total_seconds() / SECONDS_AN_HOUR
