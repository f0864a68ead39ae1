"""The node kinds of a condition and the one `fold` over them; the only file that lists them."""

from collections.abc import Iterator
from typing import Annotated, Literal, Protocol, TypeVar, assert_never

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """A frozen, strict part of the intermediate representation."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)


class Chosen(Model):
    """One of these options was chosen, or the answer is one of these words."""

    node: Literal["chosen"] = "chosen"
    question: str
    options: tuple[str, ...]


Operator = Literal["at_least", "at_most", "under", "over"]


class Compare(Model):
    """A number or measure compared with a bound; `threshold` names the bound if it has a name."""

    node: Literal["compare"] = "compare"
    subject: str
    operator: Operator
    bound: float
    threshold: str | None = None


class Unknown(Model):
    """The question or measure was answered with a doubt."""

    node: Literal["unknown"] = "unknown"
    subject: str


class Named(Model):
    """A named finding holds."""

    node: Literal["named"] = "named"
    finding: str


class All(Model):
    """Every part holds."""

    node: Literal["all"] = "all"
    of: "tuple[Condition, ...]"


class Any(Model):
    """At least one part holds."""

    node: Literal["any"] = "any"
    of: "tuple[Condition, ...]"


class Not(Model):
    """The part does not hold."""

    node: Literal["not"] = "not"
    of: "Condition"


class Count(Model):
    """At least so many of the parts hold."""

    node: Literal["count"] = "count"
    at_least: int
    of: "tuple[Condition, ...]"


Condition = Annotated[Chosen | Compare | Unknown | Named | All | Any | Not | Count, Field(discriminator="node")]


T = TypeVar("T")


class Algebra(Protocol[T]):
    """What one reading makes of each node kind."""

    def chosen(self, node: Chosen) -> T:
        """Read an option test."""
        ...

    def compare(self, node: Compare) -> T:
        """Read a comparison."""
        ...

    def unknown(self, node: Unknown) -> T:
        """Read a test for doubt."""
        ...

    def named(self, node: Named) -> T:
        """Read a finding's name."""
        ...

    def all_of(self, parts: list[T]) -> T:
        """Join parts that must all hold."""
        ...

    def any_of(self, parts: list[T]) -> T:
        """Join parts of which one must hold."""
        ...

    def negate(self, part: T) -> T:
        """Turn a part round."""
        ...

    def count(self, needed: int, parts: list[T]) -> T:
        """Join parts of which `needed` must hold."""
        ...


def fold(condition: Condition, algebra: Algebra[T]) -> T:
    """Read a condition bottom up with one algebra; each new reading is one algebra and nothing else."""
    match condition:
        case Chosen():
            return algebra.chosen(condition)
        case Compare():
            return algebra.compare(condition)
        case Unknown():
            return algebra.unknown(condition)
        case Named():
            return algebra.named(condition)
        case All():
            return algebra.all_of([fold(part, algebra) for part in condition.of])
        case Any():
            return algebra.any_of([fold(part, algebra) for part in condition.of])
        case Not():
            return algebra.negate(fold(condition.of, algebra))
        case Count():
            return algebra.count(condition.at_least, [fold(part, algebra) for part in condition.of])
        case _:
            assert_never(condition)


def leaves(condition: Condition) -> Iterator[Chosen | Compare | Unknown | Named]:
    """Yield the leaf nodes from left to right."""
    match condition:
        case All() | Any() | Count():
            for part in condition.of:
                yield from leaves(part)
        case Not():
            yield from leaves(condition.of)
        case Chosen() | Compare() | Unknown() | Named():
            yield condition
        case _:
            assert_never(condition)
