"""What to do: one action for each door and time, soonest first, the ambulance before everything else."""

from collections.abc import Iterable, Mapping, Sequence

from triage.decision.assessment import Action
from triage.decision.outcome import Held, Outcome
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.models import FixedAction, Locale, Protocol
from triage.protocol.texts import do_sentence, fill


def actions_of(protocol: Protocol, outcome: Outcome, locale: Locale) -> tuple[Action, ...]:
    """Return the actions of the rules that hold; self-care rules give one only if nothing above them holds."""
    above = [each for each in outcome.held if each.rule.then is not Disposition.SELF_CARE]
    groups: dict[tuple[TimeFrame, str], list[Held]] = {}
    for each in above or outcome.held:
        groups.setdefault((each.within, each.rule.door), []).append(each)
    order = _door_order(locale)
    made = [_action(door, within, held, protocol, locale) for (within, door), held in groups.items()]
    return tuple(sorted(made, key=lambda action: (action.within.rank, -action.label.rank, order.get(action.door, 99))))


def _door_order(locale: Locale) -> Mapping[str, int]:
    """Doors are listed in the locale from the most urgent on: the ambulance, then the emergency department."""
    return {door: number for number, door in enumerate(locale.doors)}


def _action(door: str, within: TimeFrame, held: Sequence[Held], protocol: Protocol, locale: Locale) -> Action:
    ranked = sorted(held, key=lambda each: -each.rule.then.rank)
    words = _once(fill(each.rule.say, locale) for each in ranked)
    return Action(
        within=within,
        label=ranked[0].rule.then,
        door=door,
        do=do_sentence(door, within, locale, protocol.dispositions.times),
        say=words[0],
        also=words[1:],
        because=_once(fill(each.rule.because, locale) for each in ranked),
        rules=tuple(each.rule.id for each in ranked),
    )


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def fixed_action(fixed: FixedAction, label: Disposition, protocol: Protocol, locale: Locale) -> Action:
    """Return one of the protocol's own actions, given when no rule decides."""
    return Action(
        within=fixed.within,
        label=label,
        door=fixed.door,
        do=do_sentence(fixed.door, fixed.within, locale, protocol.dispositions.times),
        say=fill(fixed.say, locale),
        because=(fill(fixed.because, locale),),
        rules=(),
    )
