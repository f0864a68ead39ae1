"""Answers: a value, or a stated non-value; a missing key in an answer set means 'not yet answered'."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Word(StrEnum):
    """The two stated non-values. Neither is ever a default."""

    NOT_SURE = "not_sure"
    DECLINED = "declined"


WORDS = frozenset(word.value for word in Word)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    `chosen` holds option ids, `number` a figure in the question's unit, `numbers` one figure a limb, `moment` an
    aware date and time. `word` says not sure or declined; beside chosen options it means 'these, and not sure of the
    rest'.

    >>> Answer(chosen=frozenset({"face"})).is_value
    True
    >>> Answer(word=Word.NOT_SURE).is_value
    False
    """

    chosen: frozenset[str] = frozenset()
    number: float | None = None
    numbers: tuple[tuple[str, float], ...] = ()
    moment: datetime | None = None
    word: Word | None = None

    @property
    def is_value(self) -> bool:
        """Whether the answer states a value and no doubt."""
        return self.word is None


NOT_SURE = Answer(word=Word.NOT_SURE)
DECLINED = Answer(word=Word.DECLINED)

AnswerSet = Mapping[str, Answer]


def frozen_answers(answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """Return a read-only copy of the answers."""
    return MappingProxyType(dict(answers))
