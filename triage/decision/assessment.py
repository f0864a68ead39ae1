"""The result of one assessment, as frozen models that are also the JSON contract."""

from typing import Literal

from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.conditions import Model

RawAnswer = str | float | tuple[str, ...] | dict[str, float]


class ProtocolIdentity(Model):
    """Which protocol decided."""

    id: str
    version: str
    hash: str
    title: str


class Action(Model):
    """One thing to do: by when, through which door, in plain words, and the rules behind it.

    `do` is the one sentence that sends the person there; `say` is the most urgent rule's own words; `also` those of
    the others.
    """

    within: TimeFrame
    label: Disposition
    door: str
    do: str
    say: str
    also: tuple[str, ...] = ()
    because: tuple[str, ...]
    rules: tuple[str, ...]


class RuleResult(Model):
    """One rule's truth for this person and the answers that decided it.

    `truth` is as said (`unknown` means a question is still open); `in_doubt` reads every doubt as either way.
    """

    id: str
    brief: tuple[str, ...]
    title: str
    truth: Literal["yes", "no", "unknown"]
    in_doubt: Literal["yes", "no", "unknown"]
    then: Disposition
    within: TimeFrame
    because: str
    sources: tuple[str, ...]
    basis: str
    chosen_by_us: tuple[str, ...]
    reviewed_by: str
    private: bool = False
    answers: dict[str, RawAnswer]


class ModifierResult(Model):
    """A circumstance that made an action sooner or added advice."""

    id: str
    brief: tuple[str, ...]
    title: str


class NotUsed(Model):
    """An answer that was given and did not count, and why."""

    question: str
    ask: str
    answer: RawAnswer
    why: str


class Doubt(Model):
    """A question that was left not sure or declined."""

    question: str
    ask: str
    word: Literal["not_sure", "declined"]
    matters: bool


class AdviceBlock(Model):
    """What to do meanwhile; cautions first."""

    id: str
    title: str
    cautions: tuple[str, ...]
    text: tuple[str, ...]
    sources: tuple[str, ...]


class Assessment(Model):
    """What the person is told, the range around it, and everything that led there.

    `confirmed <= disposition <= possible`: what holds whatever the doubts turn out to be, what is given, and what is
    still
    possible. `within` is the soonest action. `failed` is set when the decision broke down and the fixed advice stands.
    `voice` says in whose words the texts are; a rule marked `private` stays off what is printed or shared.
    """

    disposition: Disposition
    title: str
    headline: str
    lead: str
    confirmed: Disposition
    possible: Disposition
    complete: bool
    within: TimeFrame
    actions: tuple[Action, ...]
    rules: tuple[RuleResult, ...] = ()
    modifiers: tuple[ModifierResult, ...] = ()
    modifier_advice: tuple[str, ...] = ()
    open_questions: tuple[str, ...] = ()
    not_used: tuple[NotUsed, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    advice: tuple[AdviceBlock, ...] = ()
    safety_net: tuple[str, ...] = ()
    emergency_screen: tuple[str, ...] = ()
    not_asked_yet: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    engines_agreed: bool = False
    engines_differed: bool = False
    engines_note: str = ""
    failed: bool = False
    reviewed_by: str
    unreviewed_rules: int
    locale: str
    voice: str = "self"
    language: str = "en"
    at: str
    protocol: ProtocolIdentity
