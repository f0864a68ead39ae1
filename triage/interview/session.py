"""One interview as a value: each answer gives a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from triage.decision.assess import assess_answers
from triage.decision.assessment import Assessment
from triage.decision.intake import read_answer
from triage.engines.base import Engine
from triage.engines.choice import engines_for
from triage.interview.events import Answered, Ask, Effect, Event, SteppedBack, Stopped
from triage.interview.machine import Setting, begin, step
from triage.interview.prompts import PromptView
from triage.interview.state import InterviewState
from triage.kernel.errors import BadInput
from triage.protocol.models import Protocol
from triage.protocol.texts import NEUTRAL


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview that stands at one question; each method returns the one that follows, so threads cannot disturb it.

    `at` is the aware time; pass it to get the same result for the same answers. `engines` defaults to both.
    """

    protocol: Protocol
    at: datetime
    locale: str = NEUTRAL
    engines: Sequence[Engine] = ()
    state: InterviewState | None = None
    effect: Effect | None = None

    def __post_init__(self) -> None:
        """Ask the first question."""
        if not self.engines:
            object.__setattr__(self, "engines", engines_for(self.protocol))
        if self.state is None or self.effect is None:
            state, effect = begin(self._setting(), self.at)
            object.__setattr__(self, "state", state)
            object.__setattr__(self, "effect", effect)

    def _setting(self) -> Setting:
        return Setting(self.protocol, self.engines, self.locale)

    def _after(self, event: Event) -> "Interview":
        assert self.state is not None
        state, effect = step(self.state, event, self._setting(), self.at)
        return replace(self, state=state, effect=effect)

    @property
    def prompt(self) -> PromptView | None:
        """The question that is open, or None when the interview is over."""
        return self.effect.view if isinstance(self.effect, Ask) else None

    @property
    def finished(self) -> bool:
        """Whether nothing more is asked."""
        return not isinstance(self.effect, Ask)

    @property
    def result(self) -> Assessment:
        """The assessment of what is known so far; final when the interview is finished."""
        if self.effect is not None and not isinstance(self.effect, Ask):
            return self.effect.assessment
        assert self.state is not None
        return assess_answers(self.protocol, self.state.answers, at=self.at, locale=self.locale, engines=self.engines)

    def answer(self, raw: object) -> "Interview":
        """Answer the open question with what a file would write. Raises BadInput with one clear line."""
        if self.prompt is None:
            raise BadInput("no question is open; the interview is over")
        question = self.prompt.question
        return self._after(Answered(question.id, read_answer(question, raw, self.at)))

    def back(self) -> "Interview":
        """Return to the question before this one; nothing that was answered is lost."""
        return self._after(SteppedBack())

    def stop(self) -> "Interview":
        """Leave; the result holds what is known so far and the safety net."""
        return self._after(Stopped())
