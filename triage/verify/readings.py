"""Every way to answer the questions a condition reads, as far as the condition can tell: few stand for many.

A question and the measures worked out from it are one group, because they are answered together. Two options that no
part of the condition tells apart are one; a figure is tried at, just under and just over each bound.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from triage.decision.intake import read_answer
from triage.engines.base import OPEN, Reading, Valuation
from triage.engines.sheet import read_answer as reading_of
from triage.engines.sheet import sheet_of, skipped
from triage.kernel.answers import Answer
from triage.protocol.conditions import Chosen, Compare, Unknown
from triage.protocol.models import Measure, Protocol, Question
from triage.verify.cases import AT

RawValue = str | tuple[str, ...] | dict[str, str]
Raw = Mapping[str, RawValue]
Asked = Chosen | Compare | Unknown
CLASSES_MAX = 9  # kinds of options of one question whose every combination is tried
GROWING = 99.0  # how far a count of not-sure answers can still grow
SAYABLE = ("not_sure", "declined")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer a group: as a case writes it, and what conditions read then."""

    raw: Raw
    readings: Mapping[str, Reading]


class Ways:
    """Finds the ways to answer what a set of leaves reads."""

    def __init__(self, protocol: Protocol) -> None:
        """Keep the protocol's questions and measures by group."""
        self.questions = {question.id: question for question in protocol.questions}
        self.measures = {measure.id: measure for measure in protocol.measures}
        self.group = {name: name for name in (*self.questions, *self.measures)}
        for measure in protocol.measures:
            for source in (measure.source, measure.against):
                if source:
                    self._join(measure.id, source)
        self._protocol = protocol

    def _join(self, one: str, other: str) -> None:
        old, new = self.group[one], self.group[other]
        self.group = {name: new if group == old else group for name, group in self.group.items()}

    def of(self, leaves: Iterable[Asked]) -> tuple[dict[str, tuple[Way, ...]], bool]:
        """Return the ways to answer each group, plain ones first, and whether nothing was left out."""
        read: dict[str, list[Asked]] = {}
        for leaf in leaves:
            read.setdefault(self.group[subject_of(leaf)], []).append(leaf)
        whole = True
        ways: dict[str, tuple[Way, ...]] = {}
        for group, leaves_of_group in read.items():
            measures = [each for each in self.measures.values() if self.group[each.id] == group]
            if measures and any(each.measure == "count_not_sure" for each in measures):
                ways[group] = tuple(_counted(measures[0], leaves_of_group))
            elif measures:
                ways[group] = tuple(self._measured(group, measures, leaves_of_group))
            else:
                question = self.questions[group]
                options, all_of_them = _answers(question, leaves_of_group)
                whole = whole and all_of_them
                ways[group] = (Way({}, {group: OPEN}), *(_way(question, raw) for raw in options))
        return ways, whole

    def _measured(self, group: str, measures: Sequence[Measure], leaves: Sequence[Asked]) -> Iterator[Way]:
        """Yield figures by their measure's name, and words and options of the question behind it."""
        sources = [
            self.questions[name] for name, each in self.group.items() if each == group and name in self.questions
        ]
        told = {subject_of(leaf) for leaf in leaves}
        figures = [
            [None, *(f"{figure:g}" for figure in _around(each.id, leaves, None))] if each.id in told else [None]
            for each in measures
        ]
        words = [[None, *SAYABLE, *(option.id for option in each.options if each.kind == "moment")] for each in sources]
        names = [*(each.id for each in measures), *(each.id for each in sources)]
        for chosen in product(*figures, *words):
            raw = {name: value for name, value in zip(names, chosen, strict=True) if value is not None}
            if not any(each.id in raw and {each.source, each.against} & raw.keys() for each in measures):
                yield self._sheeted(raw, measures, sources)

    def _sheeted(self, raw: Mapping[str, str], measures: Sequence[Measure], sources: Sequence[Question]) -> Way:
        plain = tuple(each.model_copy(update={"ask_if": None, "when_skipped": None}) for each in sources)
        small = self._protocol.model_copy(update={"questions": plain, "measures": tuple(measures), "findings": ()})
        given = {each.id: float(raw[each.id]) for each in measures if each.id in raw}
        answers = {each.id: read_answer(each, raw[each.id], AT) for each in sources if each.id in raw}
        return Way(raw, dict(sheet_of(small, answers, AT, Valuation.AS_SAID, given).readings))

    def when_skipped(self, leaf: Asked) -> Reading:
        """Return what a leaf reads if its question does not apply."""
        return skipped(self.questions[subject_of(leaf)])


def subject_of(leaf: Asked) -> str:
    """Return the question or measure a leaf reads."""
    return leaf.question if isinstance(leaf, Chosen) else leaf.subject


def _way(question: Question, raw: RawValue) -> Way:
    return Way({question.id: raw}, {question.id: reading_of(read_answer(question, raw, AT))})


def _counted(measure: Measure, leaves: Sequence[Asked]) -> Iterator[Way]:
    yield Way({}, {measure.id: Reading(low=0.0, high=GROWING)})
    for figure in _around(measure.id, leaves, None):
        if figure >= 0:
            yield Way({measure.id: f"{figure:g}"}, {measure.id: reading_of(Answer(number=figure))})


def _answers(question: Question, leaves: Sequence[Asked]) -> tuple[list[RawValue], bool]:
    match question.kind:
        case "number":
            figures = _around(question.id, leaves, question)
            return [*(f"{figure:g}" for figure in figures), *SAYABLE], True
        case "many":
            return _several(question, leaves)
        case _:
            kinds, other = _kinds(question, leaves)
            return [*([other] if other else []), *kinds, *SAYABLE], True


def _kinds(question: Question, leaves: Sequence[Asked]) -> tuple[list[str], str | None]:
    """Return one option of each kind the leaves tell apart, and one that no leaf names: the denial if it is one."""
    named = [frozenset(leaf.options) for leaf in leaves if isinstance(leaf, Chosen)]
    kinds: dict[tuple[bool, ...], str] = {}
    others: list[str] = []
    for option in question.options:
        signature = tuple(option.id in each for each in named)
        if any(signature):
            kinds.setdefault(signature, option.id)
        else:
            others.append(option.id)
    denial = question.denial
    return list(kinds.values()), denial if denial in others else next(iter(others), None)


def _several(question: Question, leaves: Sequence[Asked]) -> tuple[list[RawValue], bool]:
    kinds, other = _kinds(question, leaves)
    denial = question.denial
    together = [each for each in kinds if each != denial]
    sizes = range(1, len(together) + 1) if len(together) <= CLASSES_MAX else (1, 2)
    sets: list[tuple[str, ...]] = [each for size in sizes for each in combinations(together, size)]
    alone = [(each,) for each in (denial, other) if each and (each,) not in sets]
    doubted = [(*each, word) for each in sets for word in SAYABLE]
    return [*(_plain(each) for each in (*alone, *sets)), *SAYABLE, *doubted], len(together) <= CLASSES_MAX


def _plain(options: tuple[str, ...]) -> RawValue:
    return options[0] if len(options) == 1 else options


def _around(subject: str, leaves: Sequence[Asked], question: Question | None) -> list[float]:
    """Return the figures at each bound and in between, whole ones first, within what the question takes."""
    step = 10.0 ** -(question.decimals if question else 0)
    low = question.low if question and question.low is not None else 0.0
    high = question.high if question and question.high is not None else float("inf")
    bounds = {leaf.bound for leaf in leaves if isinstance(leaf, Compare) and leaf.subject == subject}
    beside = (-step, 0.0, step) if question else (-step, -step / 2, 0.0, step / 2, step)  # a measure is no round figure
    figures = {round(bound + each, 2) for bound in bounds for each in beside}
    inside = [each for each in figures or {low} if low <= each <= high]
    return sorted(inside, key=lambda each: (question is None and each % 1 > 0, each))
