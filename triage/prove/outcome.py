"""Label, time and doors as formulas, joined as the decision joins them; and whether anything is left to ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from triage.decision.outcome import STEPS_MAX
from triage.kernel.scale import Disposition, TimeFrame, stepped_sooner
from triage.protocol.models import Effect, Modifier, Rule
from triage.prove.encoding import World
from triage.prove.solver import FALSE, TRUE, Formula, at_least, both, either, no

CONTACT, EMERGENCY, SELF_CARE = Disposition.CONTACT_NEUROLOGIST, Disposition.EMERGENCY, Disposition.SELF_CARE
UNMOVED = (SELF_CARE, EMERGENCY)  # no modifier moves their time


@dataclass(frozen=True, slots=True)
class Urgency:
    """A label and a time: whether the label is at least so high, and whether the time is at most so late."""

    label: Mapping[Disposition, Formula]
    time: Mapping[TimeFrame, Formula]

    def is_label(self, label: Disposition) -> Formula:
        """Whether the label is this one."""
        above = [each for name, each in self.label.items() if name.rank > label.rank]
        return both(self.label[label], *(no(each) for each in above))

    def less_than(self, other: "Urgency") -> Formula:
        """Whether this is less urgent: a lower label, or the same label and a later time.

        The time of self-care is a re-check and no urgency (semantics, The result).
        """
        lower = either(*(both(no(self.label[each]), other.label[each]) for each in Disposition))
        higher = either(*(both(self.label[each], no(other.label[each])) for each in Disposition))
        later = either(*(both(no(self.time[each]), other.time[each]) for each in TimeFrame))
        return either(lower, both(no(higher), self.label[Disposition.NOT_FINISHED], later))


class Result:
    """What follows from one world. `without` names modifiers to leave out; `widest` counts what may still hold."""

    def __init__(self, world: World, *, without: Sequence[str] = (), widest: bool = False) -> None:
        """Read a world."""
        self.world, self.protocol = world, world.protocol
        self._modifiers = [each for each in world.protocol.modifiers if each.id not in without]
        self._widest = widest

    def holds(self, rule: Rule) -> Formula:
        """Whether a rule counts."""
        truth = self.world.truth(f"rule:{rule.id}")
        return no(truth.no) if self._widest else truth.yes

    def by(self, rule: Rule, time: TimeFrame) -> Formula:
        """Whether a rule holds and its time, after the modifiers, is at most so late."""
        return both(self.holds(rule), self._in_time(rule, time))

    def _in_time(self, rule: Rule, time: TimeFrame) -> Formula:
        """Whether a rule's time, after the modifiers, is at most so late."""
        if rule.within.rank <= time.rank:
            return TRUE
        if rule.then in UNMOVED:
            return FALSE
        floors = [self._acts(each, rule, "floor", time) for each in self._modifiers]
        steps = [self._acts(each, rule, "step_sooner", time) for each in self._modifiers]
        stepped = [
            at_least(count, [each for each in steps if each is not FALSE])
            for count in range(1, STEPS_MAX + 1)
            if stepped_sooner(rule.within, count).rank <= time.rank
        ]
        return either(*floors, *stepped)

    def _acts(self, modifier: Modifier, rule: Rule, kind: str, time: TimeFrame) -> Formula:
        """Whether a modifier steps this rule's time, or floors it at or before a time."""
        effects = [each for each in modifier.effects if each.kind == kind and _touches(each, rule)]
        if kind == "floor":
            effects = [each for each in effects if each.within is not None and each.within.rank <= time.rank]
        truth = self.world.truth(f"modifier:{modifier.id}")
        return (no(truth.no) if self._widest else truth.yes) if effects else FALSE

    def label_at_least(self, label: Disposition) -> Formula:
        """Whether a rule of this label or a higher one holds."""
        return either(*(self.holds(rule) for rule in self.protocol.rules if rule.then.rank >= label.rank))

    @cached_property
    def above(self) -> Formula:
        """Whether a rule above self-care holds."""
        return self.label_at_least(CONTACT)

    @cached_property
    def emergency(self) -> Formula:
        """Whether an emergency rule holds."""
        return self.label_at_least(EMERGENCY)

    @cached_property
    def times(self) -> Mapping[TimeFrame, Formula]:
        """Whether the soonest action is at most so late; self-care rules count only if nothing else holds."""
        found = {}
        for time in TimeFrame:
            higher = [self.by(rule, time) for rule in self.protocol.rules if rule.then is not SELF_CARE]
            calm = [self.by(rule, time) for rule in self.protocol.rules if rule.then is SELF_CARE]
            found[time] = either(*higher, both(no(self.above), either(*calm)))
        return found

    # ------------------------------------------------------------------------------------------- finished, and given

    @cached_property
    def answered(self) -> Formula:
        """Whether every question that applies is answered, but for what only the hand-over wants."""
        asked = [each.id for each in self.protocol.questions if not each.handover]
        return both(*(either(self.world.applies(name).no, self.world.used(name)) for name in asked))

    @cached_property
    def complete(self) -> Formula:
        """Whether the interview has nothing left to ask: no rule or modifier is open that could change the result."""
        settled = [
            either(no(self.world.truth(f"rule:{rule.id}").unknown), no(self._matters(rule)))
            for rule in self.protocol.rules
        ]
        modifiers = [no(self.world.truth(f"modifier:{each.id}").unknown) for each in self.protocol.modifiers]
        later = both(self.above, no(self.times[self.protocol.dispositions.unsafe_doubt.within]))
        gates = [each.id for each in self.protocol.questions if each.gating]
        asked = both(*(either(no(self.world.applies(name).yes), self.world.used(name)) for name in gates))
        return either(
            self.emergency, both(*settled, either(no(self.above), both(*modifiers)), either(no(later), asked))
        )

    def _matters(self, rule: Rule) -> Formula:
        """Whether this rule, if it came true, would change the label, a time or a door (decision.relevance.matters)."""
        if rule.then is SELF_CARE:
            return both(no(self.above), no(self.times[rule.within]))
        door = [each for each in self.protocol.rules if each.door == rule.door]
        sooner = [
            both(self._in_time(rule, time), no(both(self.times[time], either(*(self.by(each, time) for each in door)))))
            for time in TimeFrame
        ]
        return either(no(self.label_at_least(rule.then)), *sooner)

    @cached_property
    def unsafe(self) -> Formula:
        """Whether a gating question was left in doubt."""
        gating = [each.id for each in self.protocol.questions if each.gating]
        return either(*(both(self.world.used(name), self.world.reading(name).doubted) for name in gating))

    def given(self, complete: Formula) -> Urgency:
        """Return what the person is told, if the check is finished or not."""
        fixed = self.protocol.dispositions
        doubt = both(no(self.above), complete, self.unsafe)
        calm = both(no(self.above), complete, no(self.unsafe))
        open_ended = both(no(self.above), no(complete))
        waiting = both(self.above, no(self.emergency))
        nothing = both(calm, no(self.label_at_least(SELF_CARE)))

        def by(time: TimeFrame) -> Formula:
            return either(
                both(either(self.above, calm), self.times[time]),
                both(self.unsafe, either(doubt, waiting), _soon(fixed.unsafe_doubt.within, time)),
                both(open_ended, _soon(fixed.unfinished.within, time)),
                both(nothing, _soon(fixed.nothing_found.within, time)),
            )

        labels = {
            SELF_CARE: TRUE,
            Disposition.NOT_FINISHED: either(self.above, doubt, open_ended),
            CONTACT: either(self.above, doubt),
            Disposition.POSSIBLE_RELAPSE: self.label_at_least(Disposition.POSSIBLE_RELAPSE),
            EMERGENCY: self.emergency,
        }
        return Urgency(labels, {time: by(time) for time in TimeFrame})


def _soon(within: TimeFrame, time: TimeFrame) -> Formula:
    return TRUE if within.rank <= time.rank else FALSE


def _touches(effect: Effect, rule: Rule) -> bool:
    tagged = not effect.tags or not set(effect.tags).isdisjoint(rule.tags)
    return tagged and (not effect.labels or rule.then in effect.labels)
