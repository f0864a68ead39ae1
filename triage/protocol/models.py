"""The intermediate representation: frozen pydantic models of one protocol."""

from datetime import date
from typing import Literal

from pydantic import Field

from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.conditions import Condition, Model
from triage.protocol.words import Words

QuestionKind = Literal["many", "choice", "yes_no", "number", "scale", "moment"]
Basis = Literal["sourced", "general_knowledge"]
Voice = Literal["self", "carer", "phone"]
Wording = dict[str, str | tuple[str, ...]]  # the texts of an entry, by key, in other words
Number = float


class Place(Model):
    """Where the author wrote it; carried for ever."""

    file: str
    line: int
    column: int


class Option(Model):
    """One answer a person can choose; options of one `group` stand under its heading."""

    id: str
    label: str
    carer: str = ""
    group: str = ""
    brief: tuple[str, ...] = ()
    handover: bool = False
    denial: bool = False


class Question(Model):
    """One thing that is asked.

    `ask_if` is None for a question that is always asked; `when_skipped` is then None too. `gating` marks a question
    whose doubt is a danger: self-care is given only if it was answered. `before_stopping` is asked before an emergency
    is shown if it decides between emergency and less. `ask_again` marks what is asked once more when time has passed,
    `lasting` what stays as it is while the person waits.
    """

    id: str
    section: str
    brief: tuple[str, ...]
    kind: QuestionKind
    ask: str
    say_on_phone: str
    why: str
    help: str = ""
    ask_if: Condition | None = None
    when_skipped: str | None = None
    before_stopping: bool = False
    ask_again: bool = False
    lasting: bool = False
    gating: bool = False
    handover: bool = False
    may_decline: bool = False
    private: bool = False
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    decimals: int = 0
    precision: Literal["minute", "day"] | None = None
    earliest: date | None = None
    earliest_days_ago: int | None = None
    options: tuple[Option, ...] = ()
    carer: Wording = Field(default_factory=dict)
    place: Place

    def option(self, option_id: str) -> Option | None:
        """Return the option of that id, if there is one."""
        return next((each for each in self.options if each.id == option_id), None)

    @property
    def denial(self) -> str | None:
        """The option that denies everything else on this screen: the one marked so, or `none`, or `no`."""
        marked = next((each.id for each in self.options if each.denial), None)
        return marked or next((word for word in ("none", "no") if self.option(word)), None)


class Measure(Model):
    """A figure computed from answers and the clock before the engines run."""

    id: str
    brief: tuple[str, ...]
    meaning: str
    measure: Literal["hours_since", "days_since", "highest", "biggest_rise", "count_not_sure"]
    source: str | None = None
    against: str | None = None
    sections: tuple[str, ...] = ()
    place: Place


class Threshold(Model):
    """A named bound with its basis and its date of effect."""

    id: str
    value: float
    unit: str
    meaning: str
    basis: str
    sources: tuple[str, ...]
    since: date
    note: str = ""
    place: Place


class Finding(Model):
    """A named condition used by several rules."""

    id: str
    brief: tuple[str, ...]
    meaning: str
    when: Condition
    place: Place


class Case(Model):
    """Answers beside a rule, as written; measures may be given by their own names."""

    answers: dict[str, str | tuple[str, ...] | dict[str, str]]
    place: Place


class Cases(Model):
    """What a rule must say yes to, no to, and stay in doubt about."""

    holds: tuple[Case, ...] = ()
    does_not_hold: tuple[Case, ...] = ()
    in_doubt: tuple[Case, ...] = ()


class Rule(Model):
    """A condition, and what follows if it holds."""

    id: str
    brief: tuple[str, ...]
    title: str
    when: Condition
    then: Disposition
    within: TimeFrame
    door: str
    say: str
    because: str
    carer: Wording = Field(default_factory=dict)
    sources: tuple[str, ...]
    basis: Basis
    tags: tuple[str, ...] = ()
    hazards: tuple[str, ...]
    reviewed_by: str
    review_by: date
    chosen_by_us: tuple[str, ...] = ()
    private: bool = False
    place: Place
    cases: Cases = Cases()


class Effect(Model):
    """What a modifier does: one of three kinds, optionally only for some tags or labels."""

    kind: Literal["step_sooner", "floor", "advice"]
    within: TimeFrame | None = None
    text: str = ""
    tags: tuple[str, ...] = ()
    labels: tuple[Disposition, ...] = ()


class Modifier(Model):
    """Circumstances that make an action sooner or add advice; never a higher label."""

    id: str
    brief: tuple[str, ...]
    title: str
    when: Condition
    effects: tuple[Effect, ...]
    carer: str = ""
    sources: tuple[str, ...]
    basis: Basis
    reviewed_by: str
    review_by: date
    place: Place


class Advice(Model):
    """A block of what to do meanwhile; cautions come first. Without `labels` it goes with every label but emergency."""

    id: str
    brief: tuple[str, ...]
    title: str
    when: Condition
    labels: tuple[Disposition, ...] = ()
    text: tuple[str, ...]
    cautions: tuple[str, ...] = ()
    carer: Wording = Field(default_factory=dict)
    sources: tuple[str, ...]
    basis: Basis
    reviewed_by: str
    review_by: date
    place: Place


class SafetyNet(Model):
    """When to come back; `when` is None if it always applies."""

    id: str
    brief: tuple[str, ...]
    when: Condition | None
    labels: tuple[Disposition, ...]
    text: str
    carer: str = ""
    sources: tuple[str, ...]
    basis: Basis
    reviewed_by: str
    review_by: date
    place: Place


class Contradiction(Model):
    """Answers that do not fit together; they are read back once, and the worse of them stands."""

    id: str
    when: Condition
    questions: tuple[str, ...]
    say: str
    carer: str = ""
    place: Place


class Term(Model):
    """A word of the screens that not everybody knows, with all its forms."""

    id: str
    words: tuple[str, ...]
    meaning: str
    carer: str = ""
    place: Place


class Source(Model):
    """A citation: the world's evidence."""

    id: str
    brief: str
    publisher: str
    title: str
    year: str
    part: str
    where: str
    mark: Literal["read", "second_hand", "general_knowledge"]
    place: Place


class LabelText(Model):
    """The words of one label."""

    title: str
    lead: str


class FixedAction(Model):
    """An action the protocol gives without a rule."""

    within: TimeFrame
    door: str
    say: str
    because: str
    emergency: str = ""


class Dispositions(Model):
    """Fixed words: labels, times, and the actions given when no rule decides."""

    labels: dict[str, LabelText]
    times: dict[str, str]
    unfinished: FixedAction
    unsafe_doubt: FixedAction
    nothing_found: FixedAction
    fallback: FixedAction
    emergency_screen: tuple[str, ...]
    notices: dict[str, str]
    intro: tuple[str, ...]
    stopped: str
    carer: Wording = Field(default_factory=dict)


class Door(Model):
    """A service in one place: its name inside a sentence, and the sentence that sends a person there."""

    name: str
    title: str
    do: str
    carer: Wording = Field(default_factory=dict)


class Locale(Model):
    """Doors, numbers and units of one place."""

    id: str
    language: str
    title: str
    temperature: Literal["celsius", "fahrenheit"]
    doors: dict[str, Door]


class Section(Model):
    """A heading under which questions are asked, in order.

    `count_left` says that few answers open new questions from here on, so the number left may be shown.
    """

    id: str
    title: str
    count_left: bool = False


class Protocol(Model):
    """One versioned clinical document."""

    id: str
    version: str
    title: str
    language: str
    reviewed_by: str
    review_by: date
    scope: tuple[str, ...]
    not_for: tuple[str, ...]
    at_start: tuple[str, ...]
    not_asked_yet: tuple[str, ...]
    speaks_to_carers: bool = False
    carer: Wording = Field(default_factory=dict)
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    measures: tuple[Measure, ...]
    thresholds: tuple[Threshold, ...]
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    modifiers: tuple[Modifier, ...]
    advice: tuple[Advice, ...]
    safety_nets: tuple[SafetyNet, ...]
    contradictions: tuple[Contradiction, ...] = ()
    glossary: tuple[Term, ...] = ()
    sources: tuple[Source, ...]
    dispositions: Dispositions
    locales: tuple[Locale, ...]
    voice: Voice = "self"
    screen: Words = Words()
    hash: str = Field(min_length=64, max_length=64)
