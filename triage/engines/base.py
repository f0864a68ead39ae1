"""What every engine is given and gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol as Interface

from triage.kernel.answers import Word
from triage.kernel.truth import Truth


class Valuation(Enum):
    """How a doubt is read: as the person said it, or as something that may still turn out either way."""

    AS_SAID = "as_said"
    IN_DOUBT = "in_doubt"


@dataclass(frozen=True, slots=True)
class Reading:
    """What an atom reads of one question or measure.

    `open` means not yet answered. `low` and `high` are the same figure except for a count that can still grow.
    """

    open: bool = False
    chosen: frozenset[str] = frozenset()
    word: Word | None = None
    low: float | None = None
    high: float | None = None


OPEN = Reading(open=True)
NOTHING = Reading()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the engines read for one valuation: one reading for each question and measure.

    `applies` says of each question whether its `ask_if` holds.
    """

    valuation: Valuation
    readings: Mapping[str, Reading]
    applies: Mapping[str, Truth]


Truths = Mapping[str, Truth]  # `finding:x`, `rule:x`, `modifier:x`, `advice:x`, `safety_net:x` -> Truth


class Engine(Interface):
    """One reading of a protocol's named conditions."""

    name: str

    def evaluate(self, sheet: Sheet) -> Truths:
        """Return the truth of every named condition.

        Raises EngineVoid if this reading cannot be trusted.
        """
        ...
