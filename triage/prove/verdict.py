"""What was found out about one property."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from triage.prove.bench import Bench, Person
from triage.prove.solver import Undecided

Outcome = Literal["holds", "fails", "unknown", "encoding error"]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """People for whom a property does not hold, and what is wrong. `confirmed` says that the program does it too."""

    name: str
    says: str
    people: tuple[Person, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """One property with what came out. `notes` tell what was checked, and what was let pass with a reason."""

    number: int
    name: str
    says: str
    outcome: Outcome
    seconds: float
    queries: int
    against: tuple[Counterexample, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Findings:
    """What a property gathers while it runs."""

    against: list[Counterexample] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, says: str, people: Sequence[Person] = (), *, confirmed: bool = True) -> None:
        """Note a counterexample."""
        self.against.append(Counterexample(name, says, tuple(people), confirmed))


Check = Callable[[Bench, Findings], None]


@dataclass(frozen=True, slots=True)
class Property:
    """One promise: its number in the list of promises, its name, its sentence, and how it is checked."""

    number: int
    name: str
    says: str
    check: Check


def proved(each: Property, bench: Bench) -> Verdict:
    """Check one property and say what came out."""
    started, before, found = time.monotonic(), bench.solver.queries, Findings()
    try:
        each.check(bench, found)
    except Undecided as error:
        found.undecided.append(str(error))
    return Verdict(
        each.number,
        each.name,
        each.says,
        _outcome(found),
        time.monotonic() - started,
        bench.solver.queries - before,
        tuple(found.against),
        (*found.notes, *(f"not decided in time: {each}" for each in found.undecided)),
    )


def _outcome(found: Findings) -> Outcome:
    if any(not each.confirmed for each in found.against):
        return "encoding error"
    if found.against:
        return "fails"
    return "unknown" if found.undecided else "holds"
