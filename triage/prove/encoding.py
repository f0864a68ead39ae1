"""A protocol's conditions and skip logic as formulas, read as the sheet and the reference read them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from triage.engines.base import Valuation
from triage.engines.sheet import SECONDS
from triage.kernel.answers import Word
from triage.protocol.conditions import Chosen, Compare, Condition, Named, Operator, Unknown, fold
from triage.protocol.graph import conditions_of
from triage.protocol.models import Measure, Protocol, Question
from triage.prove.solver import (
    FALSE,
    TRUE,
    YES,
    Figure,
    Formula,
    Pair,
    at_least,
    both,
    either,
    exactly,
    no,
)
from triage.prove.symbols import SECONDS_AN_HOUR, Answers

NOT_SAID: Mapping[Word, Formula] = dict.fromkeys(Word, FALSE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What conditions read of one question or measure. `figures` are numbers, each with whether it is there.

    Of several figures the highest counts. `counted` are the truths that a count has for sure, `countable` those it can
    still get.
    """

    open: Formula = FALSE
    chosen: Mapping[str, Formula] = field(default_factory=dict)
    words: Mapping[Word, Formula] = field(default_factory=lambda: NOT_SAID)
    figures: tuple[tuple[Formula, Figure], ...] = ()
    counted: tuple[Formula, ...] = ()
    countable: tuple[Formula, ...] = ()

    @property
    def doubted(self) -> Formula:
        """Whether a word was said."""
        return either(*self.words.values())


class World:
    """One reading of one set of answers. `supposed` names questions that are read as not sure while they are open."""

    def __init__(
        self, protocol: Protocol, answers: Answers, valuation: Valuation, supposed: frozenset[str] = frozenset()
    ) -> None:
        """Keep what is read; formulas are made on demand, because an `ask_if` may read findings and measures."""
        self.protocol, self.answers, self.valuation = protocol, answers, valuation
        self._supposed = supposed
        self._questions = {question.id: question for question in protocol.questions}
        self._measures = {measure.id: measure for measure in protocol.measures}
        self._conditions = {name: condition for name, _, condition in conditions_of(protocol)}
        self._seen: dict[str, Seen] = {}
        self._applies: dict[str, Pair] = {}
        self._truths: dict[str, Pair] = {}

    def truth(self, name: str) -> Pair:
        """Return the truth of a named condition: `finding:x`, `rule:x` and so on; one without a condition holds."""
        if name not in self._truths:
            condition = self._conditions.get(name)
            self._truths[name] = YES if condition is None else self.of(condition)
        return self._truths[name]

    def of(self, condition: Condition) -> Pair:
        """Return the truth of any condition."""
        return fold(condition, self)

    def applies(self, question: str) -> Pair:
        """Return whether a question is asked."""
        if question not in self._applies:
            asked = self._questions[question].ask_if
            self._applies[question] = YES if asked is None else self.of(asked)
        return self._applies[question]

    def used(self, question: str) -> Formula:
        """Return whether an answer was given to this question and counts."""
        given = TRUE if question in self._supposed else self.answers[question].answered
        return both(self.applies(question).yes, given)

    def reading(self, name: str) -> Seen:
        """Return what conditions read of a question or measure."""
        if name not in self._seen:
            question = self._questions.get(name)
            self._seen[name] = self._question(question) if question else self._measure(self._measures[name])
        return self._seen[name]

    # ---------------------------------------------------------------------------------------- questions and measures

    def _question(self, question: Question) -> Seen:
        said, used, skipped = self.answers[question.id], self.used(question.id), self.applies(question.id).no
        word = question.when_skipped or "none"
        as_doubt = Word.NOT_SURE if word == "unknown" else Word(word) if word in set(Word) else None
        supposed = both(used, no(said.answered)) if question.id in self._supposed else FALSE
        return Seen(
            open=both(no(used), no(skipped)),
            chosen={
                name: either(both(used, each), skipped if name == word else FALSE) for name, each in said.chosen.items()
            },
            words={
                each: either(
                    both(used, said.words[each]),
                    skipped if each is as_doubt else FALSE,
                    supposed if each is Word.NOT_SURE else FALSE,
                )
                for each in Word
            },
            figures=((both(used, said.figured), said.figure),) if question.kind == "number" else (),
        )

    def _measure(self, measure: Measure) -> Seen:
        if measure.measure == "count_not_sure":
            return self._count(measure)
        source = self.reading(measure.source or "")
        if measure.measure in SECONDS:
            said = self.answers[measure.source or ""]
            hours = SECONDS[measure.measure] / SECONDS_AN_HOUR
            passed = said.figure / exactly(hours) if hours != 1 else said.figure
            return Seen(source.open, {}, source.words, ((both(self.used(measure.source or ""), said.figured), passed),))
        if measure.measure == "highest":
            return Seen(source.open, {}, source.words, tuple(self._scores(measure.source or "").values()))
        return self._rises(measure, source, self.reading(measure.against or ""))

    def _scores(self, question: str) -> dict[str, tuple[Formula, Figure]]:
        used = self.used(question)
        return {limb: (both(used, there), score) for limb, (there, score) in self.answers[question].limbs.items()}

    def _rises(self, measure: Measure, source: Seen, against: Seen) -> Seen:
        """The first of the two that is open or in doubt decides; else each limb that has both scores."""
        decided = no(either(source.open, source.doubted))
        now, usual = self._scores(measure.source or ""), self._scores(measure.against or "")
        return Seen(
            either(source.open, both(decided, against.open)),
            {},
            {word: either(source.words[word], both(decided, against.words[word])) for word in Word},
            tuple((both(there, usual[limb][0]), score - usual[limb][1]) for limb, (there, score) in now.items()),
        )

    def _count(self, measure: Measure) -> Seen:
        asked = [each for each in self.protocol.questions if each.section in measure.sections and not each.handover]
        readings = [self.reading(each.id) for each in asked]
        sure = [both(seen.doubted, self.used(each.id)) for each, seen in zip(asked, readings, strict=True)]
        return Seen(counted=tuple(sure), countable=tuple(seen.open for seen in readings))

    # ----------------------------------------------------------------------------------------- the nodes of a condition

    def chosen(self, node: Chosen) -> Pair:
        """Read an option test."""
        seen = self.reading(node.question)
        named = [seen.words[word] for word in Word if word.value in node.options]
        yes = either(*(seen.chosen.get(option, FALSE) for option in node.options), *named)
        doubted = seen.doubted if self.valuation is Valuation.IN_DOUBT else FALSE
        return Pair(yes, both(no(yes), no(seen.open), no(doubted)))

    def compare(self, node: Compare) -> Pair:
        """Read a comparison; a count that can still grow is compared at both ends."""
        seen = self.reading(node.subject)
        if seen.countable:
            return _counted(seen, node.operator, node.bound)
        there = either(*(each for each, _ in seen.figures))
        holds = both(there, _holds(seen, node.operator, node.bound))
        doubted = seen.doubted if self.valuation is Valuation.IN_DOUBT else FALSE
        return Pair(holds, both(no(holds), no(seen.open), either(there, no(doubted))))

    def unknown(self, node: Unknown) -> Pair:
        """Read a test for doubt."""
        seen = self.reading(node.subject)
        return Pair(seen.doubted, both(no(seen.doubted), no(seen.open)))

    def named(self, node: Named) -> Pair:
        """Read a finding's name."""
        return self.truth(f"finding:{node.finding}")

    def all_of(self, parts: list[Pair]) -> Pair:
        """Join parts that must all hold."""
        return Pair(both(*(part.yes for part in parts)), either(*(part.no for part in parts)))

    def any_of(self, parts: list[Pair]) -> Pair:
        """Join parts of which one must hold."""
        return Pair(either(*(part.yes for part in parts)), both(*(part.no for part in parts)))

    def negate(self, part: Pair) -> Pair:
        """Turn a part round."""
        return Pair(part.no, part.yes)

    def count(self, needed: int, parts: list[Pair]) -> Pair:
        """Join parts of which `needed` must hold."""
        possible = at_least(needed, [no(part.no) for part in parts])
        return Pair(at_least(needed, [part.yes for part in parts]), no(possible))


def _holds(seen: Seen, operator: Operator, bound: float) -> Formula:
    """Whether the highest of the figures that are there compares so; there is one at least."""
    limit = exactly(bound)
    match operator:
        case "at_least":
            return either(*(both(there, each >= limit) for there, each in seen.figures))
        case "over":
            return either(*(both(there, each > limit) for there, each in seen.figures))
        case "at_most":
            return both(*(either(no(there), each <= limit) for there, each in seen.figures))
        case "under":
            return both(*(either(no(there), each < limit) for there, each in seen.figures))
        case _:
            assert_never(operator)


def _counted(seen: Seen, operator: Operator, bound: float) -> Pair:
    """Whether a count compares so: it is as high as what it has, or as what it can still get."""
    rises = operator in ("at_least", "over")
    needed = math.ceil(bound) if operator in ("at_least", "under") else math.floor(bound) + 1
    reached = at_least(needed, seen.counted)
    reachable = at_least(needed, (*seen.counted, *seen.countable))
    return Pair(reached, no(reachable)) if rises else Pair(no(reachable), reached)
