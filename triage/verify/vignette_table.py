"""How many invented people get the label a reader decided, and how many too low or too high, with exact intervals.

About the protocol, not the medicine: whoever wrote the rules wrote these people too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, log, log1p

from triage.engines.base import Engine
from triage.kernel.scale import Disposition
from triage.protocol.models import Protocol
from triage.protocol.shapes import LABELS
from triage.verify.vignettes import Vignette, assessed

CONFIDENCE = 0.95
HALVINGS = 60  # closer than a double can tell
NOTICE = (
    "About the protocol, not the medicine. These people were written by the authors of the rules, and no clinician has "
    "reviewed them. So this is circular: it shows that the rules do what their authors meant, and nothing about real "
    "people. They were not drawn by chance, so an interval only says how little so few people could show at best."
)
COLUMNS = ("Label decided by a reader", "People", "Same label", "Too low", "Too high")


@dataclass(frozen=True, slots=True)
class Judged:
    """One person: the label a reader decided, and the one the program gives."""

    id: str
    wanted: Disposition
    given: Disposition


@dataclass(frozen=True, slots=True)
class Share:
    """How many out of how many, with the exact interval."""

    count: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """The Clopper-Pearson interval at 95 %."""
        return exact_interval(self.count, self.of)

    def __str__(self) -> str:
        """Return the count, the share and its interval in per cent."""
        if not self.of:  # no label is below self-care or above emergency
            return "cannot be"
        low, high = self.interval
        return f"{self.count} of {self.of} ({100 * low:.1f}-{100 * high:.1f} %)"


def exact_interval(count: int, of: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the Clopper-Pearson interval: the shares under which such a count is not too unlikely on either side.

    >>> [round(bound, 4) for bound in exact_interval(20, 20)]
    [0.8316, 1.0]
    """
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else _share_where(lambda share: _at_least(count, of, share) < tail)
    high = 1.0 if count == of else _share_where(lambda share: 1 - _at_least(count + 1, of, share) > tail)
    return low, high


def _share_where(is_below: Callable[[float], bool]) -> float:
    """Return the share up to which the test holds, by halving."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def _at_least(count: int, of: int, share: float) -> float:
    """Return how likely at least `count` of `of` are, if each is with this share."""
    ways = (lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) for k in range(count, of + 1))
    return fsum(exp(way + k * log(share) + (of - k) * log1p(-share)) for k, way in enumerate(ways, start=count))


def judged(protocol: Protocol, people: Iterable[Vignette], engines: Sequence[Engine] = ()) -> tuple[Judged, ...]:
    """Assess every person and keep both labels."""
    place = protocol.locales[0].id
    return tuple(
        Judged(each.id, each.expect.label, assessed(each, protocol, locale=place, engines=engines).disposition)
        for each in people
    )


def rows(people: Sequence[Judged]) -> list[tuple[str, ...]]:
    """Return one row for each label, the most urgent first, and one for all."""
    found = [
        _row(label.replace("_", " "), [each for each in people if each.wanted.value == label])
        for label in reversed(LABELS)
    ]
    return [*found, _row("all", people)]


def _row(name: str, people: Sequence[Judged]) -> tuple[str, ...]:
    """Count too low only among those who could be told less, and too high only among those who could be told more."""
    above = [each for each in people if each.wanted is not Disposition.SELF_CARE]
    below = [each for each in people if each.wanted is not Disposition.EMERGENCY]
    shares = (
        Share(sum(each.given is each.wanted for each in people), len(people)),
        Share(sum(each.given.rank < each.wanted.rank for each in above), len(above)),
        Share(sum(each.given.rank > each.wanted.rank for each in below), len(below)),
    )
    return name, str(len(people)), *map(str, shares)


def emergencies_found(people: Sequence[Judged]) -> Share:
    """Return how many of those whom a reader calls an emergency the program calls one."""
    those = [each for each in people if each.wanted is Disposition.EMERGENCY]
    return Share(sum(each.given is Disposition.EMERGENCY for each in those), len(those))


def sentence(people: Sequence[Judged]) -> str:
    """Return the one line that matters most."""
    return f"Emergencies found: {emergencies_found(people)}. In brackets: the exact 95 % interval (Clopper-Pearson)."


def differing(people: Iterable[Judged]) -> tuple[str, ...]:
    """Return everybody who gets another label than a reader decided."""
    return tuple(
        f"{each.id}: {each.wanted.value} to a reader, {each.given.value} here"
        for each in people
        if each.given is not each.wanted
    )


def as_markdown(people: Sequence[Judged]) -> str:
    """Return the table for a page."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|---|--:|--:|--:|--:|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows(people)]
    return "\n".join([sentence(people), "", *lines, *(f"- {each}" for each in differing(people))])


def as_text(people: Sequence[Judged]) -> str:
    """Return the table for a screen."""
    table = [COLUMNS, *rows(people)]
    widths = [max(len(row[column]) for row in table) for column in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return "\n".join([NOTICE, "", sentence(people), "", *lines, *differing(people)])
