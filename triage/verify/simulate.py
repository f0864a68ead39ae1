"""Figure 20: whole encounters from a seed; a person who wavers, a disk and an engine that fail, and what must hold.

Every encounter has its own number: `simulate(protocol, encounters=1, seed=..., first=NUMBER)` plays one again.
"""

import random
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol as Interface

from triage.decision.assess import assess_answers
from triage.decision.assessment import Assessment
from triage.decision.evidence import raw_answer
from triage.engines.base import Engine, Sheet, Truths
from triage.engines.reference import Reference
from triage.interview.session import Interview
from triage.interview.state import InterviewState
from triage.kernel.answers import Answer
from triage.kernel.scale import Disposition
from triage.protocol.models import Protocol
from triage.verify.cases import AT
from triage.verify.interval import random_person

SHARES = {"other": 0.08, "back": 0.06, "save": 0.04, "leave": 0.004}
ENGINE_FAULTS = 0.02
STEPS_A_QUESTION = 3  # with going back and answering again


class Disk(Interface):
    """Where a check is kept."""

    def keep(self, interview: Interview) -> bool:
        """Save; return whether that was promised."""
        ...

    def load(self, protocol: Protocol) -> InterviewState | None:
        """Return what was saved."""
        ...

    def clean(self) -> None:
        """Forget everything."""
        ...


@dataclass(frozen=True, slots=True)
class Simulated:
    """How many encounters were played, how they ended, and every promise that was broken."""

    encounters: int
    steps: int
    endings: Mapping[str, int]
    broken: tuple[str, ...]


class Shaky:
    """An engine that now and then raises instead of answering, or loses its reading."""

    name = "shaky"

    def __init__(self, engine: Engine, rng: random.Random) -> None:
        """Stand before another engine."""
        self._engine, self._rng = engine, rng

    def evaluate(self, sheet: Sheet) -> Truths:
        """Answer, or break."""
        if self._rng.random() < ENGINE_FAULTS:
            raise self._rng.choice((RuntimeError, MemoryError, KeyError))("an engine fault")
        return self._engine.evaluate(sheet)


def simulate(
    protocol: Protocol,
    people: Sequence[Mapping[str, Answer]],
    disk: Callable[[random.Random], Disk],
    *,
    encounters: int,
    seed: int,
    first: int = 0,
) -> Simulated:
    """Play encounters; each is the same again from the seed and its number."""
    endings: dict[str, int] = {}
    broken: list[str] = []
    steps = 0
    for number in range(first, first + encounters):
        rng = random.Random(f"{seed}.{number}")  # noqa: S311 - chance for tests, not for secrets
        played = _Encounter(protocol, people, disk(rng), rng)
        try:
            found = list(played.play())
        except Exception as error:  # noqa: BLE001 - nothing an encounter does may raise
            found = [f"{type(error).__name__}: {error}"]
        broken += [f"encounter {number}: {each}" for each in found]
        endings[played.ending] = endings.get(played.ending, 0) + 1
        steps += played.steps
    return Simulated(encounters, steps, endings, tuple(broken))


class _Encounter:
    def __init__(
        self, protocol: Protocol, people: Sequence[Mapping[str, Answer]], disk: Disk, rng: random.Random
    ) -> None:
        self._protocol, self._disk, self._rng = protocol, disk, rng
        self._reference = Reference(protocol)
        drawn = people and rng.random() < 1 / 2
        self._person = rng.choice(people) if drawn else random_person(protocol, rng)
        self._other = random_person(protocol, rng)
        self._promised: InterviewState | None = None
        self.ending, self.steps = "went on for ever", 0

    def play(self) -> Iterator[str]:
        """Yield each promise that is broken on the way and at the end."""
        engines = (Shaky(self._reference, self._rng), self._reference)
        interview = Interview(self._protocol, AT, engines=engines, with_review=True)
        try:
            for _ in range(STEPS_A_QUESTION * len(self._protocol.questions)):
                yield from self._holds(interview)
                if interview.finished:
                    self.ending = interview.result.disposition.value
                    return
                self.steps += 1
                interview = self._next(interview)
                if self._rng.random() < SHARES["save"]:
                    interview = yield from self._left_and_resumed(interview)
            yield "it never ends"
        finally:
            self._disk.clean()

    def _next(self, interview: Interview) -> Interview:
        if self._rng.random() < SHARES["leave"]:
            return interview.stop()
        if interview.disagreement is not None:
            return interview.keep()
        if interview.review is not None:
            rows = interview.review.rows
            if rows and self._rng.random() < SHARES["back"]:
                return interview.change(self._rng.choice(rows).view.question.id)
            return interview.confirm()
        view = interview.prompt
        assert view is not None
        if view.can_go_back and self._rng.random() < SHARES["back"]:
            return interview.back()
        person = self._other if self._rng.random() < SHARES["other"] else self._person
        said = person.get(view.question.id)
        return interview.answer(raw_answer(said) if said else view.question.denial or "not_sure")

    # ------------------------------------------------------------------------------------------------------- invariants

    def _holds(self, interview: Interview) -> Iterator[str]:
        faces = (interview.prompt, interview.disagreement, interview.review)
        if sum(each is not None for each in faces) + interview.finished != 1:
            yield "not exactly one of a question, a contradiction, a review and an end is shown"
        if self.steps % 8 and not interview.finished:
            return  # working out a result takes the time; every eighth step shows as much
        yield from self._tells(interview, interview.result)

    def _tells(self, interview: Interview, result: Assessment) -> Iterator[str]:
        assert interview.state is not None
        if not result.actions or not result.headline or not result.title:
            yield "a result tells nothing to do"
        if not result.safety_net and not result.emergency_screen:
            yield "a result without a safety net"
        if not result.confirmed.rank <= result.disposition.rank <= result.possible.rank and not result.failed:
            yield "a result outside its own range"
        if result.disposition is Disposition.SELF_CARE and not result.complete:
            yield "self-care before the end"
        sound = assess_answers(self._protocol, interview.state.answers, at=AT, engines=(self._reference,))
        if result.disposition.rank < sound.disposition.rank and not result.failed:
            yield f"{result.disposition} told where {sound.disposition} holds"
        if sound.disposition is Disposition.EMERGENCY and not interview.finished and not self._reopened(interview):
            yield "a question stands before an emergency"

    def _reopened(self, interview: Interview) -> bool:
        """Whether the open question is one that was gone back to, or that decides between emergency and less."""
        view, state = interview.prompt, interview.state
        assert state is not None
        if view is None:
            return False
        before = {each.id for each in self._protocol.questions if each.before_stopping}
        return view.question.id in state.answers or view.question.id in before

    def _left_and_resumed(self, interview: Interview) -> Generator[str, None, Interview]:
        """Save, look at what is on the disk, and perhaps go on from there."""
        if self._disk.keep(interview):
            self._promised = interview.state
        read = self._disk.load(self._protocol)
        if self._promised is None:
            return interview
        if read is None or dict(read.answers) != dict(self._promised.answers):
            yield "an answer that was promised is not on the disk"
            return interview
        if self._rng.random() < 1 / 2:
            return replace(interview, state=read, effect=None)
        return interview
