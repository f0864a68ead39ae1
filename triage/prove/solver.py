"""The one door to Z3: formulas, three-valued truths as pairs of them, and a solver with a time limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3  # type: ignore[import-untyped]

Formula = Any  # a boolean term; Z3 ships no types
Figure = Any  # a term that stands for a number
QUERY_MS_MAX = 10_000  # a longer query counts as not proved
VERSION = f"Z3 {z3.get_version_string()}"

TRUE, FALSE = z3.BoolVal(val=True), z3.BoolVal(val=False)


class Undecided(Exception):
    """The solver gave up on a query; what was to be proved is not proved."""


def boolean(name: str) -> Formula:
    """Return a fresh truth by name."""
    return z3.Bool(name)


def real(name: str) -> Figure:
    """Return a fresh real number by name."""
    return z3.Real(name)


def integer(name: str) -> Figure:
    """Return a fresh whole number by name."""
    return z3.Int(name)


def exactly(figure: float | Fraction) -> Figure:
    """Return a figure as written, without the rounding of floats."""
    return z3.RealVal(str(figure))


def both(*parts: Formula) -> Formula:
    """Every part is true."""
    left = [part for part in parts if not z3.is_true(part)]
    if any(z3.is_false(part) for part in left):
        return FALSE
    return z3.And(*left) if len(left) > 1 else left[0] if left else TRUE


def either(*parts: Formula) -> Formula:
    """At least one part is true."""
    left = [part for part in parts if not z3.is_false(part)]
    if any(z3.is_true(part) for part in left):
        return TRUE
    return z3.Or(*left) if len(left) > 1 else left[0] if left else FALSE


def no(part: Formula) -> Formula:
    """The part is false."""
    if z3.is_true(part):
        return FALSE
    return TRUE if z3.is_false(part) else z3.Not(part)


def never(part: Formula) -> bool:
    """Return whether a part is plainly false, without asking the solver."""
    return bool(z3.is_false(part))


def same(left: Formula, right: Formula) -> Formula:
    """Both have the same value."""
    return left == right


def at_most(limit: int, parts: Iterable[Formula]) -> Formula:
    """No more than so many parts are true."""
    listed = list(parts)
    return TRUE if len(listed) <= limit else z3.AtMost(*listed, limit)


def at_least(needed: int, parts: Iterable[Formula]) -> Formula:
    """At least so many parts are true."""
    listed = list(parts)
    if needed <= 0:
        return TRUE
    if needed > len(listed):
        return FALSE
    return either(*listed) if needed == 1 else z3.AtLeast(*listed, needed)


def choose(test: Formula, yes: Any, otherwise: Any) -> Any:
    """One term if the test is true, else the other."""
    return z3.If(test, yes, otherwise)


def replaced(formula: Formula, pairs: Iterable[tuple[Any, Any]]) -> Formula:
    """Return a formula with other terms in place of some variables."""
    return z3.substitute(formula, *pairs)


@dataclass(frozen=True, slots=True)
class Pair:
    """A truth of three values: whether it is YES and whether it is NO; neither is UNKNOWN."""

    yes: Formula
    no: Formula

    @property
    def unknown(self) -> Formula:
        """Whether it is UNKNOWN."""
        return both(no(self.yes), no(self.no))


YES, NO = Pair(TRUE, FALSE), Pair(FALSE, TRUE)


class Model:
    """The values that make a query true."""

    def __init__(self, found: Any) -> None:
        """Keep the solver's model."""
        self._found = found

    def holds(self, formula: Formula) -> bool:
        """Return whether a formula is true here; what the query left free counts as false."""
        return bool(z3.is_true(self._found.eval(formula, model_completion=True)))

    def figure(self, term: Figure) -> Fraction:
        """Return the number a term stands for."""
        value = self._found.eval(term, model_completion=True)
        return (
            Fraction(value.numerator_as_long(), value.denominator_as_long())
            if z3.is_rational_value(value)
            else (Fraction(value.as_long()))
        )


class Solver:
    """Looks for values that make formulas true, within a time for each query."""

    def __init__(self, *always: Formula) -> None:
        """Keep what always holds."""
        self._solver = z3.Solver()
        self._solver.set("timeout", QUERY_MS_MAX)
        self._solver.add(*always)
        self.queries = 0

    def find(self, *wanted: Formula) -> Model | None:
        """Return values for which everything wanted is true, or None if there are none.

        Raises Undecided when the time is over.
        """
        self.queries += 1
        self._solver.push()
        try:
            self._solver.add(*wanted)
            answer = self._solver.check()
            if answer == z3.sat:
                return Model(self._solver.model())
            if answer == z3.unsat:
                return None
            raise Undecided(self._solver.reason_unknown())
        finally:
            self._solver.pop()
