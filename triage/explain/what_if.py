"""What would change a person's result: what they can find out, what would make it urgent, when time itself does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations

from triage.decision.assess import assess_answers, doubts_of, given_label, range_of
from triage.engines.sheet import SECONDS
from triage.explain.changes import Change, Key, Person, changes, figures_of, key_of
from triage.explain.why import reasons
from triage.kernel.answers import Answer
from triage.kernel.errors import NoSafeAnswer
from triage.kernel.scale import Disposition, TimeFrame

NEAR_MAX = 8  # more lines than this are not read on a bad night
SETTLE_MAX = 3  # a search through larger sets takes too long to wait for
LOOK_AHEAD = timedelta(days=14)  # after that nobody goes by an old check


@dataclass(frozen=True, slots=True)
class Turning:
    """A time at which the same answers give a more urgent result, and which."""

    at: datetime
    label: Disposition
    within: TimeFrame


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would change the result; every entry was assessed again by all engines.

    `check` are doubts that could raise it, `near` other answers that would, `lower` answers that would lower it.
    `settle` names the fewest doubted questions that leave one label, if there are doubts.
    """

    given: Disposition
    within: TimeFrame
    low: Disposition
    high: Disposition
    check: tuple[Change, ...]
    near: tuple[Change, ...]
    lower: tuple[Change, ...]
    settle: tuple[str, ...]
    turning: Turning | None


def what_if(person: Person, *, fast: Person, lowering: bool = False, show_private: bool = False) -> WhatIf:
    """Search the answers next to a person's. `fast` is the same person looked at by one engine only.

    Without `show_private` nothing is told of private questions.

    What `fast` finds is assessed again as `person`; raises NoSafeAnswer if that says otherwise, because then neither
    can be told.
    """
    before = fast.seen()
    base = key_of(before)
    private = {each.id for each in fast.protocol.questions if each.private and not show_private}
    doubted = frozenset(name for name, answer in fast.answers.items() if answer.word is not None) - private
    found = [each for each in changes(fast) if each.question not in private]
    raising = [each for each in found if each.key > base and each.label is not Disposition.NOT_FINISHED]
    lasting = {each.id for each in fast.protocol.questions if each.lasting}
    near = _near(fast, [each for each in raising if each.question not in doubted | lasting])
    lower = [each for each in found if each.key < base and each.complete] if lowering else []
    low, high = range_of(fast.protocol, doubts_of(before), given_label(before))
    shown = WhatIf(
        given=given_label(before),
        within=before.outcome.within or TimeFrame.ROUTINE,
        low=low,
        high=high,
        check=_distinct(each for each in raising if each.question in doubted),
        near=near,
        lower=tuple(sorted(lower, key=lambda each: each.key)),
        settle=_settling(fast, doubted),
        turning=_turning(fast, base),
    )
    return _confirmed(person, shown)


def _near(person: Person, raising: Sequence[Change]) -> tuple[Change, ...]:
    """Return the changes that complete a rule for which something the person told speaks already."""
    told = reasons(person.protocol, person.answers, at=person.at, engines=person.engines, locale="")
    nearly = {each.rule.id for each in told if each.state == "nearly"}
    close = [each for each in raising if nearly.intersection(each.rules)]
    return _worst_of_each(close)[:NEAR_MAX]


def _distinct(found: Iterable[Change]) -> tuple[Change, ...]:
    """Return one change for each question and result, most urgent first."""
    told: dict[tuple[str, Key], Change] = {}
    for each in found:
        told.setdefault((each.question, each.key), each)
    return tuple(sorted(told.values(), key=lambda each: each.key, reverse=True))


def _worst_of_each(found: Iterable[Change]) -> tuple[Change, ...]:
    """Return the most urgent change of each question, most urgent first."""
    worst: dict[str, Change] = {}
    for each in found:
        if each.question not in worst or each.key > worst[each.question].key:
            worst[each.question] = each
    return tuple(sorted(worst.values(), key=lambda each: each.key, reverse=True))


def _settling(person: Person, doubted: frozenset[str]) -> tuple[str, ...]:
    """Return the fewest doubted questions that leave one label when they are answered in the calmest way."""
    calm = _calmest(person, doubted)
    for size in range(1, min(SETTLE_MAX, len(calm)) + 1):
        for names in combinations(calm, size):
            if _is_settled(person, {name: calm[name] for name in names}):
                return names
    return tuple(calm) if calm and _is_settled(person, calm) else ()


def _calmest(person: Person, doubted: frozenset[str]) -> dict[str, Answer]:
    calm: dict[str, Change] = {}
    for each in changes(person, tuple(doubted)):
        if each.answer.word is None and (each.question not in calm or each.key < calm[each.question].key):
            calm[each.question] = each
    return {name: each.answer for name, each in calm.items()}


def _is_settled(person: Person, answers: Mapping[str, Answer]) -> bool:
    seen = replace(person, answers={**person.answers, **answers}).seen()
    low, high = range_of(person.protocol, doubts_of(seen), given_label(seen))
    return low is high


def _turning(person: Person, base: Key) -> Turning | None:
    """Return the first time at which the same answers are more urgent; never asked above self-care."""
    if base[0] > Disposition.SELF_CARE.rank:
        return None
    for moment in sorted(_instants(person)):
        seen = replace(person, at=moment).seen()
        if key_of(seen) > base and given_label(seen) is not Disposition.NOT_FINISHED:
            return Turning(moment, given_label(seen), seen.outcome.within or TimeFrame.ROUTINE)
    return None


def _instants(person: Person) -> set[datetime]:
    """Return when a duration passes a bound: 24 hours after the start, and so on."""
    found = set()
    for name, bounds in figures_of(person.protocol).items():
        moment = person.answers[name].moment if name in person.answers else None
        for measure, bound in bounds if moment is not None else ():
            if measure is not None and measure.measure in SECONDS and moment is not None:
                found.add(moment + timedelta(seconds=bound * SECONDS[measure.measure]))
    return {each for each in found if person.at < each <= person.at + LOOK_AHEAD}


def _confirmed(person: Person, shown: WhatIf) -> WhatIf:
    """Assess every change again, as the person themselves would be."""
    for change in (*shown.check, *shown.near, *shown.lower):
        answers = {**person.answers, change.question: change.answer}
        again = Person(person.protocol, answers, person.at, person.engines).opened(change.question)
        result = assess_answers(person.protocol, again.answers, at=person.at, engines=person.engines)
        if result.failed or result.disposition is not change.label:
            raise NoSafeAnswer(f"{change.question} did not come out the same when it was assessed again")
    if shown.turning is not None:
        result = assess_answers(person.protocol, person.answers, at=shown.turning.at, engines=person.engines)
        if result.failed or result.disposition is not shown.turning.label:
            raise NoSafeAnswer("the time did not come out the same when it was assessed again")
    return shown
