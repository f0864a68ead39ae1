"""Random answer sets, and whether the engines agree on all of them."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from triage.engines.base import Engine, Sheet, Truths, Valuation
from triage.engines.sheet import SECONDS, sheet_of
from triage.kernel.answers import DECLINED, NOT_SURE, Answer, Word
from triage.protocol.conditions import Compare, leaves
from triage.protocol.graph import conditions_of
from triage.protocol.models import Protocol, Question
from triage.verify.cases import AT

PAST = timedelta(days=1827)  # for moments without an earliest day
SHOWN_MAX = 20  # disagreements kept in a summary; the count goes on
STATM = Path("/proc/self/statm")
PAGE_BYTES = 4096
JUST_BESIDE = (-0.1, 0.0, 0.1)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One condition the engines read differently: which set of which valuation, and what each engine said."""

    number: int
    valuation: Valuation
    name: str
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What comparing engines found. Memory is 0 where the system does not tell it."""

    seed: int
    sets: int
    comparisons: int
    disagreements: int
    shown: tuple[Disagreement, ...]
    exceptions: tuple[str, ...]
    memory_before: int
    memory_after: int

    @property
    def agreed(self) -> bool:
        """Whether every engine read every sheet, and all of them the same."""
        return not self.disagreements and not self.exceptions


def agreement(protocol: Protocol, engines: Sequence[Engine], sets: int, seed: int) -> Agreement:
    """Compare engines on random partial answer sets, each in both valuations."""
    rng = random.Random(seed)  # noqa: S311 - chance for tests, not for secrets
    comparisons, differing, exceptions = 0, 0, []
    shown: list[Disagreement] = []
    before = memory()
    for number in range(sets):
        answers = random_answers(protocol, rng, AT)
        for valuation in Valuation:
            try:
                truths = _read(engines, sheet_of(protocol, answers, AT, valuation))
            except Exception as error:  # noqa: BLE001 - counted and shown; the run goes on
                exceptions.append(f"set {number}, {valuation.value}: {type(error).__name__}: {error}")
                continue
            found = _differences(truths, number, valuation)
            comparisons += len(next(iter(truths.values())))
            differing += len(found)
            shown += found[: SHOWN_MAX - len(shown)]
    return Agreement(seed, sets, comparisons, differing, tuple(shown), tuple(exceptions), before, memory())


def _read(engines: Sequence[Engine], sheet: Sheet) -> dict[str, Truths]:
    return {engine.name: engine.evaluate(sheet) for engine in engines}


def _differences(truths: Mapping[str, Truths], number: int, valuation: Valuation) -> list[Disagreement]:
    names = dict.fromkeys(name for each in truths.values() for name in each)
    found = []
    for name in names:
        said = {engine: each[name].value if name in each else "nothing" for engine, each in truths.items()}
        if len(set(said.values())) > 1:
            found.append(Disagreement(number, valuation, name, said))
    return found


def memory() -> int:
    """Return the bytes this process holds, or 0 if the system does not tell."""
    return int(STATM.read_text().split()[1]) * PAGE_BYTES if STATM.exists() else 0


# ------------------------------------------------------------------------------------------------------ random answers


def random_answers(protocol: Protocol, rng: random.Random, at: datetime) -> dict[str, Answer]:
    """Return answers to some of the questions: a few to all, with doubts, bounds and what lies just beside."""
    share = rng.choice((0.1, 0.3, 0.5, 0.8, 0.95, 1.0))
    doubt = rng.choice((0.0, 0.05, 0.2, 0.5))
    bounds = _bounds(protocol)
    chance = _Chance(rng, at, doubt)
    return {
        question.id: chance.answer(question, bounds[question.id])
        for question in protocol.questions
        if rng.random() < share
    }


def _bounds(protocol: Protocol) -> defaultdict[str, list[float]]:
    """Return the figures each question is compared with, itself or through a measure; for moments in seconds."""
    compared: defaultdict[str, set[float]] = defaultdict(set)
    for _, _, condition in conditions_of(protocol):
        for leaf in leaves(condition):
            if isinstance(leaf, Compare):
                compared[leaf.subject].add(leaf.bound)
    bounds = defaultdict(list, {subject: sorted(each) for subject, each in compared.items()})
    for measure in protocol.measures:
        for source in (measure.source, measure.against):
            if source is not None:
                bounds[source] += [bound * SECONDS.get(measure.measure, 1.0) for bound in bounds[measure.id]]
    return bounds


@dataclass(frozen=True, slots=True)
class _Chance:
    rng: random.Random
    at: datetime
    doubt: float

    def answer(self, question: Question, bounds: Sequence[float]) -> Answer:
        if self.rng.random() < self.doubt:
            return self._doubt(question)
        match question.kind:
            case "many":
                return self._many(question)
            case "choice" | "yes_no":
                return self._option(question)
            case "number":
                return Answer(number=self._figure(question, bounds))
            case "scale":
                return self._limbs(question, bounds)
            case "moment":
                return self._moment(question, bounds)

    def _doubt(self, question: Question) -> Answer:
        positive = [option.id for option in question.options if option.id != question.denial]
        if question.kind == "many" and positive and self.rng.random() < 1 / 2:
            chosen = self.rng.sample(positive, self.rng.randint(1, min(2, len(positive))))
            return Answer(chosen=frozenset(chosen), word=self.rng.choice(list(Word)))
        return self.rng.choice((NOT_SURE, DECLINED))

    def _many(self, question: Question) -> Answer:
        positive = [option.id for option in question.options if option.id != question.denial]
        if question.denial is not None and (not positive or self.rng.random() < 1 / 2):
            return Answer(chosen=frozenset({question.denial}))
        return Answer(chosen=frozenset(self._some(positive)))

    def _some(self, options: Sequence[str]) -> list[str]:
        return self.rng.sample(options, self.rng.randint(min(1, len(options)), len(options)))

    def _option(self, question: Question) -> Answer:
        return Answer(chosen=frozenset({self.rng.choice(question.options).id}) if question.options else frozenset())

    def _figure(self, question: Question, bounds: Sequence[float]) -> float:
        low, high = question.low or 0.0, question.high if question.high is not None else 100.0
        figure = self.rng.choice((low, high, self.rng.uniform(low, high)))
        if bounds and self.rng.random() < 2 / 3:
            figure = self.rng.choice(bounds) + self.rng.choice(JUST_BESIDE)
        return round(min(high, max(low, figure)), max(1, question.decimals))

    def _limbs(self, question: Question, bounds: Sequence[float]) -> Answer:
        limbs = [option.id for option in question.options]
        scores = [(limb, float(round(self._figure(question, bounds)))) for limb in self._some(limbs)]
        return Answer(numbers=tuple(sorted(scores)))

    def _moment(self, question: Question, bounds: Sequence[float]) -> Answer:
        if question.options and self.rng.random() < 1 / 4:
            return self._option(question)
        ago = self.rng.uniform(0, self._seconds_back(question))
        if bounds and self.rng.random() < 2 / 3:
            ago = self.rng.choice(bounds) + self.rng.choice((-60.0, -1.0, 0.0, 1.0, 60.0))
        moment = self.at - timedelta(seconds=max(0.0, ago))
        if question.precision == "day":
            moment = datetime.combine(moment.date(), time(), tzinfo=self.at.tzinfo)
        return Answer(moment=moment)

    def _seconds_back(self, question: Question) -> float:
        if question.earliest_days_ago is not None:
            return timedelta(days=question.earliest_days_ago).total_seconds()
        if question.earliest is not None:
            return (self.at.date() - question.earliest).total_seconds()
        return PAST.total_seconds()
