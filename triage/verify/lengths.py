"""How long an interview is: questions asked and words read by simulated callers drawn from the vignettes."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles

from triage.decision.evidence import raw_answer
from triage.engines.reference import Reference
from triage.interview.prompts import PromptView
from triage.interview.session import Interview
from triage.kernel.answers import Answer
from triage.protocol.models import Protocol, Question
from triage.verify.cases import AT
from triage.verify.vignettes import Vignette, filled

WORDS_A_MINUTE = 200
DOUBTS = 0.02  # how often a caller is not sure of what the story says plainly


@dataclass(frozen=True, slots=True)
class Walk:
    """One caller's way through the interview: the label at the end, questions asked, words read."""

    label: str
    questions: int
    words: int

    @property
    def minutes(self) -> float:
        """Reading time in minutes, without answering."""
        return self.words / WORDS_A_MINUTE


@dataclass(frozen=True, slots=True)
class Length:
    """Middle and nine-tenths figures of one group of callers."""

    group: str
    callers: int
    questions: float
    questions_p90: float
    minutes: float
    minutes_p90: float

    def __str__(self) -> str:
        """Return one line of the report."""
        return (
            f"{self.group}: {self.callers} callers, questions median {self.questions:g} (90 in 100 at most "
            f"{self.questions_p90:.0f}), reading {self.minutes:.1f} minutes (90 in 100 at most {self.minutes_p90:.1f})"
        )


def walk(protocol: Protocol, answers: Mapping[str, Answer], *, doubts: random.Random | None = None) -> Walk:
    """Answer the interview as this person would; what the story does not tell is denied, or else not sure."""
    interview, questions, words = Interview(protocol, AT, engines=(Reference(protocol),)), 0, 0
    while (view := interview.prompt) is not None:
        questions, words = questions + 1, words + words_of(view)
        unsure = doubts is not None and doubts.random() < DOUBTS
        interview = interview.answer("not_sure" if unsure else _said(view.question, answers))
    return Walk(interview.result.disposition.value, questions, words)


def _said(question: Question, answers: Mapping[str, Answer]) -> object:
    given = answers.get(question.id)
    if given is None:
        return question.denial or "not_sure"
    # beside a tick, a file's "not sure" only keeps open what the file does not tell; a caller ticks what is there
    return raw_answer(replace(given, word=None) if given.chosen else given)


def words_of(view: PromptView) -> int:
    """Return how many words stand on the screen of one question, answers included."""
    return len(" ".join((view.ask, view.help, *(choice.label for choice in view.choices))).split())


def simulate(protocol: Protocol, vignettes: Sequence[Vignette], *, callers: int, seed: int) -> Iterator[Walk]:
    """Yield one walk for each simulated caller: a vignette drawn by chance, now and then unsure of an answer."""
    chance = random.Random(seed)  # noqa: S311 - the same seed gives the same callers; nothing secret
    people = [filled(each, protocol) for each in vignettes]
    for _ in range(callers):
        yield walk(protocol, chance.choice(people), doubts=chance)


def summed_up(walks: Sequence[Walk]) -> tuple[Length, ...]:
    """Return the figures of all callers, then of each label."""
    labels = sorted({each.label for each in walks})
    groups = [("all", walks), *((label, [each for each in walks if each.label == label]) for label in labels)]
    return tuple(_length(name, group) for name, group in groups)


def _length(group: str, walks: Sequence[Walk]) -> Length:
    asked, minutes = [float(each.questions) for each in walks], [each.minutes for each in walks]
    return Length(group, len(walks), median(asked), _ninth(asked), median(minutes), _ninth(minutes))


def _ninth(figures: Sequence[float]) -> float:
    return quantiles(figures, n=10, method="inclusive")[-1] if len(figures) > 1 else figures[0]
