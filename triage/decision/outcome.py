"""From one engine's truths to a label and times: flat, order-free, joined by the more urgent."""

from dataclasses import dataclass

from triage.engines.base import Truths
from triage.kernel.scale import Disposition, TimeFrame, highest, soonest, stepped_sooner, urgency_key
from triage.kernel.truth import NO, YES
from triage.protocol.models import Effect, Modifier, Protocol, Rule

STEPS_MAX = 2  # brief D5: 'one step sooner' modifiers add up to at most two steps


@dataclass(frozen=True, slots=True)
class Held:
    """A rule that holds, with its time after modifiers."""

    rule: Rule
    within: TimeFrame


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from one set of truths; `label` is None if no rule above self-care and no self-care rule holds."""

    label: Disposition | None
    within: TimeFrame | None
    held: tuple[Held, ...]
    modifiers: tuple[Modifier, ...]

    @property
    def key(self) -> tuple[int, int]:
        """Greater for the more urgent outcome."""
        if self.label is None or self.within is None:
            return (-1, 0)
        return urgency_key(self.label, self.within)


def outcome_of(protocol: Protocol, truths: Truths, *, unknown_counts: bool = False) -> Outcome:
    """Join the rules that hold; with `unknown_counts` also those that may still hold."""
    holding = [rule for rule in protocol.rules if _counts(truths, f"rule:{rule.id}", unknown_counts=unknown_counts)]
    modifiers = tuple(
        each for each in protocol.modifiers if _counts(truths, f"modifier:{each.id}", unknown_counts=unknown_counts)
    )
    held = tuple(Held(rule, modified(rule, modifiers)) for rule in holding)
    if not held:
        return Outcome(None, None, (), modifiers)
    label = highest((each.rule.then for each in held), default=Disposition.SELF_CARE)
    above = [each for each in held if each.rule.then is not Disposition.SELF_CARE]
    within = soonest((each.within for each in above or held), default=TimeFrame.ROUTINE)
    return Outcome(label, within, held, modifiers)


def _counts(truths: Truths, name: str, *, unknown_counts: bool) -> bool:
    truth = truths.get(name, NO)
    return truth is YES or (unknown_counts and truth is not NO)


def modified(rule: Rule, modifiers: tuple[Modifier, ...]) -> TimeFrame:
    """Return a rule's time after the modifiers that hold; only sooner, never for self-care or an emergency."""
    if rule.then in (Disposition.SELF_CARE, Disposition.EMERGENCY):
        return rule.within
    effects = [(each.id, effect) for each in modifiers for effect in each.effects if _applies(effect, rule)]
    steps = len({name for name, effect in effects if effect.kind == "step_sooner"})
    within = stepped_sooner(rule.within, min(STEPS_MAX, steps))
    floors = [effect.within for _, effect in effects if effect.kind == "floor" and effect.within is not None]
    return soonest([within, *floors], default=within)


def _applies(effect: Effect, rule: Rule) -> bool:
    tagged = not effect.tags or not set(effect.tags).isdisjoint(rule.tags)
    return tagged and (not effect.labels or rule.then in effect.labels)
