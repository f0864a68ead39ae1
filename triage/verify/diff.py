"""What moves from one version of a protocol to the next: answer patterns up and down, rule by rule, with a witness."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Literal

from triage.decision.evidence import raw_answer
from triage.decision.intake import read_answers
from triage.decision.outcome import outcome_of
from triage.engines.base import Valuation
from triage.engines.reference import Reference
from triage.engines.sheet import sheet_of
from triage.kernel.answers import Answer
from triage.kernel.errors import BadInput
from triage.kernel.truth import YES
from triage.protocol.conditions import Chosen, Compare, Condition, Unknown, leaves
from triage.protocol.languages import texts_of
from triage.protocol.models import Case, Protocol, Rule
from triage.verify.cases import AT, cases_of, read_case
from triage.verify.fuzz import random_answers
from triage.verify.readings import Raw, Ways
from triage.verify.variants import expanded, findings_of, sheet_of_case

Told = Mapping[str, object]
Bump = Literal["none", "patch", "minor", "major"]
Key = tuple[int, int]  # greater for the more urgent; (-1, 0) if the rule does not hold
BUMPS: tuple[Bump, ...] = ("none", "patch", "minor", "major")
PATTERNS_MAX = 3000  # patterns of one rule that are tried; of more, as many are drawn by chance
STILL: Key = (-1, 0)


@dataclass(frozen=True, slots=True)
class RuleMoves:
    """How the patterns of one rule's own questions move: tried patterns, those up and down, and one of each.

    `whole` says whether every pattern was tried.
    """

    rule: str
    how: Literal["new", "gone", "changed"]
    tried: int
    whole: bool
    up: int
    down: int
    witness_up: Raw
    witness_down: Raw


@dataclass(frozen=True, slots=True)
class PeopleMoves:
    """How whole people move: how many were assessed by both versions, up, down, and the first of each.

    `unread` counts people one version cannot read.
    """

    people: int
    up: int
    down: int
    unread: int
    witness_up: Told
    witness_down: Told


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that moves, how many texts changed, and the version step it needs."""

    rules: tuple[RuleMoves, ...]
    people: PeopleMoves
    texts: int
    same: bool

    @property
    def needed(self) -> Bump:
        """Down is major, up is minor, words are a patch."""
        if self.people.down or any(each.down for each in self.rules):
            return "major"
        if self.people.up or any(each.up for each in self.rules):
            return "minor"
        return "none" if self.same else "patch"


def diff(old: Protocol, new: Protocol, *, sets: int, seed: int) -> Diff:
    """Compare two versions on each changed rule's own patterns, on all cases of both, and on random people."""
    before, after = texts_of(old), texts_of(new)
    own = {key for key in before.keys() | after.keys() if not key.startswith("screen.")}
    return Diff(
        rules=tuple(_rules(old, new, seed)),
        people=_people(old, new, sets, seed),
        texts=sum(before.get(key) != after.get(key) for key in own),
        same=old.hash == new.hash,
    )


def bump_of(old: str, new: str) -> Bump:
    """Return which part of a version was raised; anything that is no higher version is none.

    >>> bump_of("0.1.0", "0.2.0")
    'minor'
    """
    first, second = _parts(old), _parts(new)
    if second <= first:
        return "none"
    place = next(number for number, (one, other) in enumerate(zip(first, second, strict=True)) if one != other)
    return ("major", "minor", "patch")[place]


def _parts(version: str) -> tuple[int, int, int]:
    numbers = [int(part) for part in version.split(".")[:3] if part.isdecimal()]
    major, minor, patch = (*numbers, 0, 0, 0)[:3]
    return major, minor, patch


# ----------------------------------------------------------------------------------------------------- rule by rule


def _rules(old: Protocol, new: Protocol, seed: int) -> Iterator[RuleMoves]:
    before, after = ({rule.id: rule for rule in each.rules} for each in (old, new))
    findings = findings_of(old), findings_of(new)
    for name in [*before, *(name for name in after if name not in before)]:
        first, second = before.get(name), after.get(name)
        if first is not None and second is not None:
            same_words = (first.then, first.within) == (second.then, second.within)
            if same_words and expanded(first.when, findings[0]) == expanded(second.when, findings[1]):
                continue
        conditions = [
            expanded(rule.when, found)
            for rule, found in zip((first, second), findings, strict=True)
            if rule is not None
        ]
        yield _moves(name, (old, first), (new, second), conditions, random.Random(f"{seed} {name}"))  # noqa: S311


def _moves(
    name: str,
    old: tuple[Protocol, Rule | None],
    new: tuple[Protocol, Rule | None],
    conditions: Sequence[Condition],
    chance: random.Random,
) -> RuleMoves:
    known = old[0] if new[1] is None else new[0]
    asked = [leaf for each in conditions for leaf in leaves(each) if isinstance(leaf, Chosen | Compare | Unknown)]
    patterns, whole = _patterns(known, asked, chance)
    up = [raw for raw in patterns if _moved(old, new, raw) == 1]
    down = [raw for raw in patterns if _moved(old, new, raw) == -1]
    return RuleMoves(
        rule=name,
        how="new" if old[1] is None else "gone" if new[1] is None else "changed",
        tried=len(patterns),
        whole=whole,
        up=len(up),
        down=len(down),
        witness_up=_shortened(old, new, min(up, key=len, default={})),
        witness_down=_shortened(old, new, min(down, key=len, default={})),
    )


def _moved(old: tuple[Protocol, Rule | None], new: tuple[Protocol, Rule | None], raw: Raw) -> int:
    """Return 1 if the rule is more urgent now, -1 if it is less, 0 if it is the same or cannot be read."""
    first, second = _key(old, raw), _key(new, raw)
    return 0 if first is None or second is None else (second > first) - (second < first)


def _shortened(old: tuple[Protocol, Rule | None], new: tuple[Protocol, Rule | None], raw: Raw) -> Raw:
    """Return a witness without the answers that it does not need."""
    way = _moved(old, new, raw)
    for name in list(raw):
        less = {key: value for key, value in raw.items() if key != name}
        if _moved(old, new, less) == way:
            raw = less
    return raw


def _patterns(
    protocol: Protocol, asked: Sequence[Chosen | Compare | Unknown], chance: random.Random
) -> tuple[list[Raw], bool]:
    subjects = {each.id for each in protocol.questions} | {each.id for each in protocol.measures}
    known = [leaf for leaf in asked if (leaf.question if isinstance(leaf, Chosen) else leaf.subject) in subjects]
    ways, whole = Ways(protocol).of(sorted(set(known), key=str))
    groups = list(ways.values())
    if prod(map(len, groups)) <= PATTERNS_MAX:
        combined = list(product(*groups))
    else:
        combined = [tuple(chance.choice(group) for group in groups) for _ in range(PATTERNS_MAX)]
        whole = False
    return [{key: value for way in each for key, value in way.raw.items()} for each in combined], whole


def _key(version: tuple[Protocol, Rule | None], raw: Raw) -> Key | None:
    """Return how urgent the rule is for these answers, or None if this version cannot read them."""
    protocol, rule = version
    if rule is None:
        return STILL
    try:
        case = sheet_of_case("holds", rule.id, Case(answers=dict(raw), place=rule.place), protocol)
    except (BadInput, ValueError):
        return None
    held = case.truth(rule.when, findings_of(protocol)) is YES
    return (rule.then.rank, -rule.within.rank) if held else STILL


# --------------------------------------------------------------------------------------------------------- whole people


def _people(old: Protocol, new: Protocol, sets: int, seed: int) -> PeopleMoves:
    engines = Reference(old), Reference(new)
    people, unread = 0, 0
    up: list[Told] = []
    down: list[Told] = []
    for raw, given in _everybody(old, new, sets, seed):
        try:
            keys = [
                _outcome(protocol, engine, raw, given) for protocol, engine in zip((old, new), engines, strict=True)
            ]
        except (BadInput, ValueError):
            unread += 1
            continue
        people += 1
        if keys[0] != keys[1]:
            (up if keys[1] > keys[0] else down).append(
                {**raw, **{name: f"{figure:g}" for name, figure in given.items()}}
            )
    shortest = [min(each, key=len, default={}) for each in (up, down)]
    return PeopleMoves(people, len(up), len(down), unread, *shortest)


def _everybody(
    old: Protocol, new: Protocol, sets: int, seed: int
) -> Iterator[tuple[Mapping[str, object], Mapping[str, float]]]:
    for protocol in (old, new):
        for rule in protocol.rules:
            for _, _, case in cases_of(rule):
                answers, given = read_case(case, protocol)
                yield _raw(answers), given
    chance = random.Random(seed)  # noqa: S311 - the same seed gives the same people; nothing secret
    for _ in range(sets):
        yield _raw(random_answers(chance.choice((old, new)), chance, AT)), {}


def _raw(answers: Mapping[str, Answer]) -> dict[str, object]:
    return {name: raw_answer(answer) for name, answer in answers.items()}


def _outcome(protocol: Protocol, engine: Reference, raw: Mapping[str, object], given: Mapping[str, float]) -> Key:
    answers = read_answers(protocol, raw, AT).answers
    measures = {each.id for each in protocol.measures}
    if not given.keys() <= measures:
        raise BadInput("a measure is not there")
    truths = engine.evaluate(sheet_of(protocol, answers, AT, Valuation.AS_SAID, given))
    return outcome_of(protocol, truths).key


def report(found: Diff, old: Protocol, new: Protocol) -> list[str]:
    """Return the difference as lines of text."""
    people = found.people
    lines = [f"{old.id} {old.version} to {new.version}: about the protocol, not the medicine."]
    for each in found.rules:
        extent = "all" if each.whole else "drawn"
        lines.append(f"{each.rule} ({each.how}): of {each.tried} patterns ({extent}), {each.up} up, {each.down} down.")
        lines += [f"  up: {_told(each.witness_up)}"] if each.up else []
        lines += [f"  down: {_told(each.witness_down)}"] if each.down else []
    lines.append(
        f"Whole people, cases of both versions and random ones: {people.people} assessed by both, {people.up} up, "
        f"{people.down} down, {people.unread} that one version cannot read."
    )
    lines += [f"  up: {_told(people.witness_up)}"] if people.up else []
    lines += [f"  down: {_told(people.witness_down)}"] if people.down else []
    lines.append(f"Texts that changed: {found.texts}.")
    return lines


def _told(raw: Told) -> str:
    said = (f"{name}: {', '.join(value) if isinstance(value, tuple) else value}" for name, value in raw.items())
    return "; ".join(said) or "no answer at all"


def enough(needed: Bump, given: Bump) -> bool:
    """Whether the version was raised by as much as the changes need."""
    return BUMPS.index(given) >= BUMPS.index(needed)
