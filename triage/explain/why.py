"""Why each rule holds, nearly holds or does not: the clause that decided, the answer it read, the source."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from triage.decision.assess import Picture, look
from triage.decision.evidence import Evidence
from triage.engines.base import Engine
from triage.interview.prompts import view_of
from triage.interview.saying import answer_text
from triage.kernel.answers import Answer
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.conditions import All, Condition
from triage.protocol.models import Locale, Protocol, Rule
from triage.protocol.prose import in_english
from triage.protocol.texts import fill, locale_of

State = Literal["held", "nearly", "open", "not"]


@dataclass(frozen=True, slots=True)
class Read:
    """One question as it was asked, and the answer that was read, in words."""

    ask: str
    said: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a condition in English, whether it holds, and the answers that made it so."""

    text: str
    truth: Truth
    read: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule for one person. `clauses` are those that decided: all of them if it holds, else those that failed.

    `title` is the rule's own, or a neutral one where the rule rests on a private answer; then nothing else is told.
    """

    rule: Rule
    title: str
    state: State
    clauses: tuple[Clause, ...]
    sources: tuple[str, ...]


def reasons(
    protocol: Protocol,
    answers: Mapping[str, Answer],
    *,
    at: datetime,
    engines: Sequence[Engine],
    locale: str,
    show_private: bool = False,
) -> tuple[Reason, ...]:
    """Return why each rule is what it is for these answers; rules that hold first, then those that nearly hold.

    Without `show_private` no private answer is told, and no rule that rests on one.
    """
    picture = look(protocol, answers, at, engines)
    teller = _Teller(picture, locale_of(protocol, locale), show_private=show_private)
    order: Mapping[State, int] = {"held": 0, "nearly": 1, "open": 2, "not": 3}
    told = [teller.reason(rule) for rule in protocol.rules]
    told = [each for each in told if show_private or not each.rule.private or each.state == "held"]
    return tuple(sorted(told, key=lambda each: (order[each.state], -each.rule.then.rank, each.rule.within.rank)))


class _Teller:
    """Reads one picture."""

    def __init__(self, picture: Picture, place: Locale, *, show_private: bool) -> None:
        self._picture, self._place, self._protocol = picture, place, picture.protocol
        self._show_private = show_private
        self._evidence = Evidence(picture.protocol, picture.as_said, picture.answers)
        self._questions = {each.id: each for each in picture.protocol.questions}
        self._findings = {each.id: each.when for each in picture.protocol.findings}
        self._sources = {each.id: f"{each.publisher}, {each.title}, {each.year}" for each in picture.protocol.sources}

    def reason(self, rule: Rule) -> Reason:
        truth = self._picture.truths[f"rule:{rule.id}"]
        parts = [(part, self._evidence.truth(part)) for part in _conjuncts(rule.when)]
        failed = [part for part, found in parts if found is NO]
        decided = [part for part, found in parts if found is truth]
        nearly = truth is NO and len(failed) == 1 and self._has_evidence(part for part, found in parts if found is YES)
        state: State = "held" if truth is YES else "open" if truth is UNKNOWN else "nearly" if nearly else "not"
        hidden = rule.private and not self._show_private
        return Reason(
            rule=rule,
            title=self._protocol.dispositions.notices.get("private_title", "") if hidden else rule.title,
            state=state,
            clauses=() if hidden else tuple(self._clause(part) for part in decided),
            sources=tuple(self._sources.get(name, name) for name in rule.sources),
        )

    def _has_evidence(self, holding: Iterator[Condition]) -> bool:
        """Whether anything the person told, and not what they denied, speaks for the rule."""
        read = {name for part in holding for name in self._evidence.of(part)}
        return any(not self._denies(name) for name in read)

    def _denies(self, name: str) -> bool:
        answer, question = self._picture.answers[name], self._questions[name]
        return answer.chosen == frozenset({question.denial})

    def _clause(self, part: Condition) -> Clause:
        names = self._evidence.of(part)
        read = tuple(self._read(name, self._picture.answers[name]) for name in names)
        return Clause(in_english(part, self._protocol), self._evidence.truth(part), read)

    def _read(self, name: str, answer: Answer) -> Read:
        question = self._questions[name]
        view = view_of(
            self._protocol, question, self._place, number=1, previous_section=None, still_open=0, given=answer
        )
        told = not question.private or self._show_private
        return Read(
            fill(question.ask, self._place), answer_text(view, answer) if told else self._protocol.screen.private
        )


def _conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """Return the parts that must all hold; a condition of another kind is its own only part."""
    return condition.of if isinstance(condition, All) else (condition,)
