"""A year of diary of an invented person with patterns planted on purpose, and how often just those are found.

`python -m tests.companions_diary.years 200` prints the rates over 200 seeds.
"""

import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from triage.companions.patterns import patterns
from triage.record.entries import Entry

FIRST = datetime(2025, 11, 1, tzinfo=UTC)
DAYS = 365
NULL_TRIGGERS = {
    "stress": 0.25,
    "tired": 0.3,
    "cold": 0.15,
    "caffeine": 0.2,
    "dry": 0.12,
    "exercise": 0.2,
    "sore": 0.05,
}


@dataclass(frozen=True)
class Plant:
    """What is true of the person: a trigger after which spasms come more often, and when they like to come."""

    name: str
    trigger: str = ""
    part: int | None = None
    weekday: int | None = None
    base: float = 0.25
    after: float = 0.65

    @property
    def truths(self) -> frozenset[str]:
        part = ("night", "morning", "afternoon", "evening")[self.part] if self.part is not None else ""
        day = str(self.weekday) if self.weekday is not None else ""
        return frozenset(each for each in (self.trigger, part, day) if each)


PLANTS = (
    Plant("nothing at all"),
    Plant("nothing, spasms often", base=0.6),
    Plant("spasms after heat", trigger="heat"),
    Plant("spasms in the night", part=0),
    Plant("spasms on Saturdays", weekday=5),
    Plant("heat, night and Saturdays", trigger="heat", part=0, weekday=5),
)


def year(seed: int, plant: Plant, *, forgets: float = 0.0) -> tuple[Entry, ...]:
    """Return the entries of one year. `forgets` is how often a trigger goes unnoted when no spasm followed."""
    rng = random.Random(f"{plant.name} {seed}")
    triggers = {**NULL_TRIGGERS, "heat": 0.25}
    entries: list[Entry] = []
    waiting: list[tuple[datetime, str]] = []
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        around = [
            (day + timedelta(minutes=rng.gauss(840, 90)), name) for name in triggers if rng.random() < triggers[name]
        ]
        moments = _spasms(rng, day, plant, heated=any(name == plant.trigger for _, name in waiting))
        entries += _written(rng, moments, waiting, forgets)
        waiting = around
        if rng.random() < 0.6:
            entries.append(Entry(at=day + timedelta(hours=7), kind="sleep", nights=int(rng.random() < 0.2)))
        if rng.random() < 0.3:
            entries.append(Entry(at=day + timedelta(hours=9), kind="score", now=(("right_leg", rng.randint(2, 6)),)))
    return tuple(sorted(entries, key=lambda each: each.at))


def _spasms(rng: random.Random, day: datetime, plant: Plant, *, heated: bool) -> list[datetime]:
    """Return the spasms from 14:30 of the day before to 14:30: up to three, in a cluster."""
    start = day - timedelta(hours=9, minutes=30)
    chance = plant.after if heated else plant.base
    moments = []
    if rng.random() < chance:
        for _ in range(rng.choice((1, 1, 2, 3))):
            at = start + timedelta(minutes=rng.randrange(24 * 60))
            if plant.part is not None and rng.random() < 0.5:
                at = day + timedelta(minutes=rng.randrange(6 * 60) + plant.part * 360)
            moments.append(at)
    if plant.weekday == day.weekday() and rng.random() < 0.5:
        moments.append(day + timedelta(minutes=rng.randrange(24 * 60)))
    return moments


def _written(
    rng: random.Random, moments: list[datetime], waiting: list[tuple[datetime, str]], forgets: float
) -> list[Entry]:
    """Return what the person writes: a trigger in its own right, or, now and then, with the spasm it came before."""
    entries = []
    left = []
    for at, name in waiting:
        followed = [each for each in moments if at <= each < at + timedelta(hours=24)]
        if followed and rng.random() < 0.4:
            left.append((min(followed), name))
        elif followed or rng.random() >= forgets:
            entries.append(Entry(at=at, kind="trigger", triggers=(name,)))
    for at in moments:
        named = tuple(name for when, name in left if when == at)
        entries.append(Entry(at=at, kind="spasm", limbs=("right_leg",), severity=rng.randint(2, 9), triggers=named))
    return entries


def rates(plant: Plant, seeds: int, *, forgets: float = 0.0) -> tuple[int, int, int]:
    """Return in how many diaries all that was planted was found, in how many anything else, and how many claims."""
    found_all = with_others = others = 0
    for seed in range(seeds):
        names = [each.name for each in patterns(year(seed, plant, forgets=forgets)).patterns]
        found_all += plant.truths <= set(names)
        wrong = [name for name in names if name not in plant.truths]
        with_others += bool(wrong)
        others += len(wrong)
    return found_all, with_others, others


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    forgets = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    for each in PLANTS:
        found_all, with_others, others = rates(each, count, forgets=forgets)
        print(f"{each.name}: all planted found in {found_all} of {count}; something else in {with_others} of {count}")
