"""The oracle: direct recursion over the condition tree after Kleene, and nothing clever."""

from collections.abc import Callable, Mapping
from typing import assert_never

from triage.engines.base import OPEN, Reading, Sheet, Truths, Valuation
from triage.kernel.truth import NO, UNKNOWN, YES, Truth, all_of, any_of, at_least_of, negate, truth_of
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Operator, Unknown
from triage.protocol.graph import conditions_of
from triage.protocol.models import Protocol

Lookup = Callable[[str], Reading]
TruthOfFinding = Callable[[str], Truth]


def evaluate(condition: Condition, valuation: Valuation, reading: Lookup, finding: TruthOfFinding) -> Truth:
    """Return the truth of a condition; see the table of semantics in docs/semantics.md."""
    match condition:
        case Chosen():
            return chosen(condition.options, reading(condition.question), valuation)
        case Compare():
            return compare(condition.operator, condition.bound, reading(condition.subject), valuation)
        case Unknown():
            return unknown(reading(condition.subject))
        case Named():
            return finding(condition.finding)
        case All():
            return all_of(evaluate(part, valuation, reading, finding) for part in condition.of)
        case Any():
            return any_of(evaluate(part, valuation, reading, finding) for part in condition.of)
        case Not():
            return negate(evaluate(condition.of, valuation, reading, finding))
        case Count():
            return at_least_of(
                condition.at_least, (evaluate(part, valuation, reading, finding) for part in condition.of)
            )
        case _:
            assert_never(condition)


def chosen(options: tuple[str, ...], reading: Reading, valuation: Valuation) -> Truth:
    """Read an option test."""
    if reading.open:
        return UNKNOWN
    if not reading.chosen.isdisjoint(options):
        return YES
    if reading.word is None:
        return NO
    if reading.word.value in options:
        return YES
    return NO if valuation is Valuation.AS_SAID else UNKNOWN


def compare(operator: Operator, bound: float, reading: Reading, valuation: Valuation) -> Truth:
    """Read a comparison; a count that can still grow is compared at both ends."""
    if reading.open:
        return UNKNOWN
    if reading.low is None or reading.high is None:
        doubted = reading.word is not None and valuation is Valuation.IN_DOUBT
        return UNKNOWN if doubted else NO
    low, high = _holds(operator, reading.low, bound), _holds(operator, reading.high, bound)
    return truth_of(low) if low == high else UNKNOWN


def _holds(operator: Operator, figure: float, bound: float) -> bool:
    match operator:
        case "at_least":
            return figure >= bound
        case "at_most":
            return figure <= bound
        case "under":
            return figure < bound
        case "over":
            return figure > bound
        case _:
            assert_never(operator)


def unknown(reading: Reading) -> Truth:
    """Read a test for doubt."""
    if reading.open:
        return UNKNOWN
    return truth_of(reading.word is not None)


class Reference:
    """Evaluates every named condition of a protocol by direct recursion."""

    name = "reference"

    def __init__(self, protocol: Protocol) -> None:
        """Keep the conditions; nothing is compiled."""
        self._conditions: Mapping[str, Condition] = {name: condition for name, _, condition in conditions_of(protocol)}

    def evaluate(self, sheet: Sheet) -> Truths:
        """Return the truth of every named condition."""
        known: dict[str, Truth] = {}

        def reading(name: str) -> Reading:
            return sheet.readings.get(name, OPEN)

        def finding(name: str) -> Truth:
            key = f"finding:{name}"
            if key not in known:
                known[key] = evaluate(self._conditions[key], sheet.valuation, reading, finding)
            return known[key]

        for name, condition in self._conditions.items():
            if name not in known:
                known[name] = evaluate(condition, sheet.valuation, reading, finding)
        return known
