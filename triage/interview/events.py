"""What can happen in an interview, and what a front end is asked to do about it."""

from dataclasses import dataclass

from triage.decision.assessment import Assessment
from triage.interview.prompts import PromptView
from triage.kernel.answers import Answer


@dataclass(frozen=True, slots=True)
class Answered:
    """The open question, or an earlier one, was answered."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class SteppedBack:
    """The person wants the question before this one again."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person leaves, or the line was cut."""


Event = Answered | SteppedBack | Stopped


@dataclass(frozen=True, slots=True)
class Ask:
    """Draw this question and send the answer."""

    view: PromptView


@dataclass(frozen=True, slots=True)
class Conclude:
    """Show this result; the check is over, stopped, or cut short by an emergency."""

    assessment: Assessment


Effect = Ask | Conclude
