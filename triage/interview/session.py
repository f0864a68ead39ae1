"""One interview as a value: each answer gives a new one."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from triage.decision import fallback
from triage.decision.assess import assess_answers, look
from triage.decision.assessment import Assessment
from triage.decision.intake import read_answer
from triage.engines.base import Engine
from triage.engines.choice import engines_for
from triage.interview.events import (
    Answered,
    Ask,
    Check,
    Conclude,
    Confirmed,
    Effect,
    Event,
    Kept,
    ReadBack,
    Reopened,
    SteppedBack,
    Stopped,
    Switched,
)
from triage.interview.machine import Setting, begin, resume, step
from triage.interview.prompts import PromptView
from triage.interview.review import Disagreement, Review
from triage.interview.state import InterviewState
from triage.kernel.errors import BadInput
from triage.protocol.models import Protocol, Voice
from triage.protocol.texts import NEUTRAL, locale_of
from triage.protocol.voices import worded


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview that stands at one question; each method returns the one that follows, so threads cannot disturb it.

    `at` is the aware time; pass it to get the same result for the same answers. `engines` defaults to both. `voice`
    says who answers; `protocol` then has its words. A `state` alone goes on with an interview that was left. With
    `with_review` the answers are looked over before the result: first those that do not fit together, one pair at a
    time (`disagreement`, then `change` or `keep`), then all (`review`, then `change` or `confirm`).
    """

    protocol: Protocol
    at: datetime
    locale: str = NEUTRAL
    engines: Sequence[Engine] = ()
    state: InterviewState | None = None
    effect: Effect | None = None
    voice: Voice | None = None
    with_review: bool = False
    voice_at_first: Voice | None = None
    loaded: Protocol | None = None  # as it was given, before the words of a voice

    def __post_init__(self) -> None:
        """Ask the first question, or the next one of an interview that was left."""
        if self.loaded is None:
            object.__setattr__(self, "loaded", self.protocol)
        if not self.engines:
            object.__setattr__(self, "engines", engines_for(self._as_loaded))
        object.__setattr__(self, "voice", self.voice or self.protocol.voice)
        object.__setattr__(self, "voice_at_first", self.voice_at_first or self.voice)
        if self.protocol.voice != self.voice:
            object.__setattr__(self, "protocol", worded(self._as_loaded, self.voice or "self"))
        if self.state is None or self.effect is None:
            state, effect = self._first()
            object.__setattr__(self, "state", state)
            object.__setattr__(self, "effect", effect)

    @property
    def _as_loaded(self) -> Protocol:
        return self.loaded or self.protocol

    def _first(self) -> tuple[InterviewState, Effect]:
        if self.state is None:
            return begin(self._setting(), self.at)
        return resume(self.state, self._setting(), self.at)

    def _setting(self) -> Setting:
        return Setting(self.protocol, self.engines, self.locale, self.with_review)

    def _after(self, event: Event) -> "Interview":
        assert self.state is not None
        state, effect = step(self.state, event, self._setting(), self.at)
        return replace(self, state=state, effect=effect)

    @property
    def other_voice(self) -> Voice:
        """Whose words to turn to: a carer's, or back to those it began with."""
        if self.voice != "carer":
            return "carer"
        return "phone" if self.voice_at_first == "phone" else "self"

    @property
    def prompt(self) -> PromptView | None:
        """The question that is open, or None if none is."""
        return self.effect.view if isinstance(self.effect, Ask) else None

    @property
    def disagreement(self) -> Disagreement | None:
        """Answers that do not fit together and are read back now, or None."""
        return self.effect.disagreement if isinstance(self.effect, ReadBack) else None

    @property
    def review(self) -> Review | None:
        """All answers, when they are looked over before the result, or None."""
        return self.effect.review if isinstance(self.effect, Check) else None

    @property
    def finished(self) -> bool:
        """Whether nothing more is asked."""
        return isinstance(self.effect, Conclude)

    @property
    def result(self) -> Assessment:
        """The assessment of what is known so far; final when the interview is finished."""
        if isinstance(self.effect, Conclude):
            return self.effect.assessment
        assert self.state is not None
        return assess_answers(self.protocol, self.state.answers, at=self.at, locale=self.locale, engines=self.engines)

    def answer(self, raw: object) -> "Interview":
        """Answer the open question with what a file would write. Raises BadInput with one clear line."""
        if self.prompt is None:
            raise BadInput("no question is open; the interview is over")
        question = self.prompt.question
        try:
            given = read_answer(question, raw, self.at)
        except BadInput:
            raise
        except Exception as error:  # noqa: BLE001 - an answer that breaks its reader may be a danger (hazard decision_failure)
            return self._given_up(type(error).__name__)
        return self._after(Answered(question.id, given))

    def _given_up(self, cause: str) -> "Interview":
        """End with the fixed advice, and no lower than what is known."""
        assert self.state is not None
        known = None
        with suppress(Exception):
            known = look(self.protocol, self.state.answers, self.at, self.engines).outcome
        told = fallback.assessment(self.protocol, locale_of(self.protocol, self.locale), self.at, cause, known)
        return replace(self, state=replace(self.state, stopped=True, current=None), effect=Conclude(told))

    def back(self) -> "Interview":
        """Return to the question before this one; nothing that was answered is lost."""
        return self._after(SteppedBack())

    def change(self, question: str) -> "Interview":
        """Ask one of the answers that are looked over once more. Raises BadInput if it is not among them."""
        rows = self.review.rows if self.review else self.disagreement.rows if self.disagreement else ()
        if question not in {row.view.question.id for row in rows}:
            raise BadInput("no answer of that name is looked over now")
        return self._after(Reopened(question))

    def keep(self) -> "Interview":
        """Leave answers that do not fit together as they are; the worse of them stands."""
        if self.disagreement is None:
            raise BadInput("no answers are read back now")
        return self._after(Kept())

    def confirm(self) -> "Interview":
        """Say that the answers are right; what follows is the result, or what time has made it ask again."""
        if self.review is None:
            raise BadInput("no answers are looked over now")
        return self._after(Confirmed())

    def speak(self, voice: Voice) -> "Interview":
        """Go on in the words of another voice; the open question is asked again."""
        assert self.state is not None
        protocol = worded(self._as_loaded, voice)
        state, effect = step(self.state, Switched(), replace(self._setting(), protocol=protocol), self.at)
        return replace(self, voice=voice, protocol=protocol, state=state, effect=effect)

    def stop(self) -> "Interview":
        """Leave; the result holds what is known so far and the safety net."""
        return self._after(Stopped())
