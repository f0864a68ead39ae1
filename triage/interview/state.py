"""Where an interview stands: frozen; a step makes a new one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from triage.kernel.answers import Answer, frozen_answers
from triage.protocol.models import Voice


@dataclass(frozen=True, slots=True)
class InterviewState:
    """Answers so far, the order they were asked in, and the question that is open now.

    `emergencies` keeps the rules of every emergency that was reached, also when the answer was changed afterwards.
    `opening_passed` is when the emergency questions were done; `again` names those that are asked once more because
    time has passed. `reopened` says that the open question was opened to change its answer. `read_back` names the
    contradictions that were shown.
    """

    answers: Mapping[str, Answer] = field(default_factory=lambda: frozen_answers({}))
    asked: tuple[str, ...] = ()
    current: str | None = None
    stopped: bool = False
    concluded: bool = False
    emergencies: tuple[str, ...] = ()
    voice: Voice = "self"
    opening_passed: datetime | None = None
    again: tuple[str, ...] = ()
    reopened: bool = False
    read_back: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether nothing more is asked."""
        return self.stopped or self.concluded

    def position(self) -> int:
        """Return which question this is, from 1."""
        if self.current in self.asked:
            return self.asked.index(self.current) + 1
        return len(self.asked) + 1
