"""What can happen in an interview, and what a front end is asked to do about it."""

from dataclasses import dataclass

from triage.decision.assessment import Assessment
from triage.interview.prompts import PromptView
from triage.interview.review import Disagreement, Review
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
class Reopened:
    """The person wants to change one answer; what comes next is where they were, or a question this opens."""

    question: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Two answers that do not fit together were read back, and both stay as they are."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The person has checked the answers and wants the result."""


@dataclass(frozen=True, slots=True)
class Switched:
    """Somebody else answers from here on, in the words that come with this event's protocol."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person leaves, or the line was cut."""


Event = Answered | SteppedBack | Reopened | Kept | Confirmed | Switched | Stopped


@dataclass(frozen=True, slots=True)
class Ask:
    """Draw this question and send the answer."""

    view: PromptView


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Show these answers that do not fit together, once, and send which one is changed or that both are kept."""

    disagreement: Disagreement


@dataclass(frozen=True, slots=True)
class Check:
    """Show all answers and send which one is changed, or that they are confirmed."""

    review: Review


@dataclass(frozen=True, slots=True)
class Conclude:
    """Show this result; the check is over, stopped, or cut short by an emergency."""

    assessment: Assessment


Effect = Ask | ReadBack | Check | Conclude
