"""Promises about the result: always complete, inside its range, never delayed, never at odds with itself."""

from itertools import combinations

from triage.decision.outcome import modified
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.models import Advice, Modifier
from triage.prove.bench import Bench
from triage.prove.outcome import CONTACT, EMERGENCY, SELF_CARE, Result
from triage.prove.solver import TRUE, Formula, both, either, no
from triage.prove.verdict import Findings, Property

CARE = (SELF_CARE, CONTACT, Disposition.POSSIBLE_RELAPSE, EMERGENCY)


def every_check_ends_whole(bench: Bench, found: Findings) -> None:
    """Every complete check has a label, an action with a time and a door, and says when to come back."""
    for problem in _without_words(bench):
        found.add("words", problem)
    complete = bench.result.answered
    if bench.find(complete, no(either(*(bench.finished.is_label(label) for label in CARE)))) is not None:
        found.add("label", "a complete check without a label")
    if bench.find(complete, no(bench.finished.time[TimeFrame.ROUTINE])) is not None:
        found.add("time", "a complete check without a time")
    for label in CARE:
        nets = [bench.yes(f"safety_net:{net.id}") for net in bench.protocol.safety_nets if label in net.labels]
        wanted = (complete, bench.finished.is_label(label), no(either(*nets)))
        if bench.find(*wanted) is not None:
            person = bench.person(*wanted)
            shown = bench.confirmed(person, lambda result: not result.safety_net)
            found.add(label.value, "nothing says when to come back", [person], confirmed=shown)
    _without_advice(bench, found)


def _without_words(bench: Bench) -> list[str]:
    """Return each door and each time that some place has no words for."""
    fixed = bench.protocol.dispositions
    actions = (fixed.unsafe_doubt, fixed.nothing_found, fixed.unfinished, fixed.fallback)
    doors = {rule.door for rule in bench.protocol.rules} | {each.door for each in actions}
    found = [
        f"{place.id} has no door '{door}'"
        for place in bench.protocol.locales
        for door in sorted(doors - set(place.doors))
    ]
    found += [f"no words for the time '{time.value}'" for time in TimeFrame if not fixed.times.get(time.value)]
    found += [f"no words for the label '{label.value}'" for label in CARE if label.value not in fixed.labels]
    return found if fixed.emergency_screen else [*found, "an emergency has no words of its own"]


def _without_advice(bench: Bench, found: Findings) -> None:
    """An emergency has its own words; others are told what to do meanwhile, and always when to come back."""
    for label in CARE[:-1]:
        blocks = [bench.yes(f"advice:{each.id}") for each in bench.protocol.advice if _goes_with(each, label)]
        extra = [bench.yes(f"modifier:{each.id}") for each in bench.protocol.modifiers if _advises(each)]
        wanted = (bench.result.answered, bench.finished.is_label(label), no(either(*blocks, *extra)))
        if bench.find(*wanted) is not None:
            found.notes.append(f"with {label.value}, some people get when to come back but no block of advice")


def _goes_with(block: Advice, label: Disposition) -> bool:
    return not block.labels or label in block.labels


def _advises(modifier: Modifier) -> bool:
    return any(each.kind == "advice" for each in modifier.effects)


def range_is_sound(bench: Bench, found: Findings) -> None:
    """What is confirmed is not above what is given, and that is not above what is possible; rule by rule too."""
    certain, widest = Result(bench.in_doubt), Result(bench.in_doubt, widest=True)
    for label in CARE:
        given = bench.result.label_at_least(label)
        above = both(certain.label_at_least(label), no(given))
        below = both(given, no(widest.label_at_least(label)))
        for says, wrong in (("confirmed above given", above), ("given above possible", below)):
            if bench.find(wrong) is not None:
                found.add(label.value, says, [bench.person(wrong)])
    for rule in bench.protocol.rules:
        said, doubted = bench.as_said.truth(f"rule:{rule.id}"), bench.in_doubt.truth(f"rule:{rule.id}")
        wrong = either(both(doubted.yes, no(said.yes)), both(said.yes, doubted.no))
        if bench.find(wrong) is not None:
            found.add(rule.id, "read as certain in doubt, and otherwise as said", [bench.person(wrong)])
    found.notes.append(f"the range of every set of answers, and {len(bench.protocol.rules)} rules one by one")


def no_modifier_delays(bench: Bench, found: Findings) -> None:
    """With a modifier the result is never less urgent than without it; and each time is checked in the program too."""
    for modifier in bench.protocol.modifiers:
        without = Result(bench.as_said, without=[modifier.id]).given(TRUE)
        worse = bench.finished.less_than(without)
        if bench.find(worse) is not None:
            found.add(modifier.id, "the result is less urgent than without it", [bench.person(worse)])
    moving = [each for each in bench.protocol.modifiers if not all(effect.kind == "advice" for effect in each.effects)]
    tried = 0
    for rule in bench.protocol.rules:
        for size in range(len(moving) + 1):
            for some in combinations(moving, size):
                tried += 1
                if modified(rule, some).rank > rule.within.rank:
                    found.add(rule.id, f"delayed by {', '.join(each.id for each in some)}")
    found.notes.append(f"{len(bench.protocol.modifiers)} modifiers; {tried:,} rules with circumstances run as well")


def advice_does_not_contradict(bench: Bench, found: Findings) -> None:
    """No two blocks that the file keeps apart stand together, and none stands where the file forbids it."""
    blocks = {each.id: each for each in bench.protocol.advice}
    for apart in bench.claims.apart:
        never = [] if apart.never_when is None else [bench.as_said.of(apart.never_when).yes]
        together = [_shown(bench, blocks[name]) for name in apart.advice]
        if bench.find(*together, *never) is not None:
            person = bench.person(*together, *never)
            told = {each.id for each in bench.assessed(person).advice}
            found.add(" with ".join(apart.advice), apart.why, [person], confirmed=set(apart.advice) <= told)
    found.notes.append(f"{len(bench.claims.apart)} pairs and prohibitions in the file")


def _shown(bench: Bench, block: Advice) -> Formula:
    labels = [bench.told.is_label(label) for label in block.labels]
    right = either(*labels) if labels else no(bench.result.emergency)
    return both(bench.yes(f"advice:{block.id}"), right)


PROPERTIES = (
    Property(
        6,
        "every check ends whole",
        "Every complete check has one label, an action with a time and a door, advice, and when to come back.",
        every_check_ends_whole,
    ),
    Property(
        10,
        "the range is sound",
        "What is confirmed is never above what is given, and what is given never above what is possible.",
        range_is_sound,
    ),
    Property(
        11,
        "no circumstance delays",
        "No modifier lowers a result or makes it later.",
        no_modifier_delays,
    ),
    Property(
        12,
        "advice does not contradict",
        "No two pieces of advice that contradict each other stand together.",
        advice_does_not_contradict,
    ),
)
