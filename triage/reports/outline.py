"""A result as headed parts, before any format: the same words in every report."""

from dataclasses import dataclass
from datetime import datetime

from triage.decision.assessment import Action, Assessment
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.models import Protocol
from triage.protocol.words import Words

REASONS_MAX = 3  # brief D1.5: the top three reasons
PHONE_REASONS_MAX = 4
OUT_OF_SCOPE = "out_of_scope"  # who is under 18 or has no confirmed MS does not say "I have MS"
NOBODY_YET = "none yet"  # how a protocol's files say it


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, its items, and whether they are steps to take in order."""

    title: str
    items: tuple[str, ...]
    numbered: bool = False


def outline_of(result: Assessment, protocol: Protocol) -> tuple[Part, ...]:
    """Return the parts of a report in reading order, leaving out empty ones."""
    words = protocol.screen
    steps = _steps(result, words)
    parts = (
        Part(words.what_to_do, steps, numbered=len(steps) > 1),
        Part(words.why, _reasons(result)),
        Part(words.while_help_comes, result.emergency_screen),
        Part(words.also_tell, _also_tell(result)),
        Part(words.also_important, result.modifier_advice),
        Part(words.what_was_not_sure, _doubts(result, words)),
        *_advice(result, words),
        Part(words.when_to_get_help, result.safety_net),
        Part(words.what_to_say, _phone(result, protocol)),
        Part(words.not_used, _not_used(result, protocol)),
        Part(words.not_asked_yet, result.not_asked_yet),
        Part(words.about, _about(result, protocol)),
    )
    return tuple(part for part in parts if part.items)


def _steps(result: Assessment, words: Words) -> tuple[str, ...]:
    return tuple(step for action in _shown(result) for step in _step(action, words))


def _shown(result: Assessment) -> tuple[Action, ...]:
    """Return the actions to show; beside an emergency nothing less urgent stands."""
    if result.disposition is not Disposition.EMERGENCY:
        return result.actions
    return tuple(action for action in result.actions if action.label is Disposition.EMERGENCY)


def _step(action: Action, words: Words) -> tuple[str, ...]:
    heads = {
        TimeFrame.NOW: words.now,
        TimeFrame.SAME_DAY: words.same_day,
        TimeFrame.WITHIN_48H: words.within_48h,
        TimeFrame.WITHIN_14_DAYS: words.within_14_days,
        TimeFrame.ROUTINE: words.routine,
    }
    head = "" if action.door == "home" else f"{heads[action.within]}: "
    return tuple(f"{head}{say}" for say in (action.say, *action.also))


def _also_tell(result: Assessment) -> tuple[str, ...]:
    """Return what else holds beside an emergency, to be told to whoever helps (brief D1.2)."""
    if result.disposition is not Disposition.EMERGENCY:
        return ()
    above = (Disposition.CONTACT_NEUROLOGIST, Disposition.POSSIBLE_RELAPSE)
    return tuple(rule.title for rule in result.rules if rule.truth == "yes" and rule.then in above)


def _reasons(result: Assessment) -> tuple[str, ...]:
    seen = dict.fromkeys(reason for action in _shown(result) for reason in action.because)
    return tuple(seen)[:REASONS_MAX]


def _doubts(result: Assessment, words: Words) -> tuple[str, ...]:
    asked = tuple(doubt.ask for doubt in result.doubts)
    if asked and result.possible.rank > result.disposition.rank:
        return (*asked, words.if_any_is_yes)
    return asked


def _advice(result: Assessment, words: Words) -> tuple[Part, ...]:
    home = result.disposition is Disposition.SELF_CARE
    head = words.at_home if home else words.while_you_wait
    return tuple(Part(head.format(title=block.title), (*block.cautions, *block.text)) for block in result.advice)


def _phone(result: Assessment, protocol: Protocol) -> tuple[str, ...]:
    """Return words to read out; how they begin is the protocol's, because they name the illness."""
    if result.disposition is Disposition.SELF_CARE or result.failed:
        return ()
    notices, times = protocol.dispositions.notices, protocol.dispositions.times
    words = protocol.screen
    first = [each for each in result.actions if each.within is result.within or each.label is result.disposition]
    named = {rule for action in first for rule in action.rules}
    reasons = "; ".join([rule.title for rule in result.rules if rule.id in named][:PHONE_REASONS_MAX])
    if not reasons:
        return (f'"{notices.get("say_unfinished", words.say_check_began)}"',)
    held = {rule.id for rule in result.rules if rule.truth == "yes"}
    elsewhere = any(OUT_OF_SCOPE in rule.tags for rule in protocol.rules if rule.id in held)
    begin = words.say_check_done if elsewhere else notices.get("say_finished", words.say_check_done)
    return (words.say_so.format(begin=begin, time=times[result.within.value], reasons=reasons),)


def _not_used(result: Assessment, protocol: Protocol) -> tuple[str, ...]:
    """Return the answers that did not count; a 'none' to a question that does not apply says nothing."""
    denials = {question.id: question.denial for question in protocol.questions}
    told = (each for each in result.not_used if each.answer != denials.get(each.question))
    return tuple(f"{each.ask} ({each.why})" for each in told)


def _about(result: Assessment, protocol: Protocol) -> tuple[str, ...]:
    identity, words = result.protocol, protocol.screen
    time = f"{datetime.fromisoformat(result.at):%Y-%m-%d %H:%M %z}"
    reviewed_by = words.nobody_yet if result.reviewed_by == NOBODY_YET else result.reviewed_by
    lines = [
        *result.notices,
        words.identity.format(
            id=identity.id, version=identity.version, hash=identity.hash[:12], place=result.locale, time=time
        ),
        _engines(result, words),
        words.reviewed_by.format(names=reviewed_by, count=result.unreviewed_rules),
        *_basis(result, protocol),
    ]
    if not result.complete and result.disposition is not Disposition.EMERGENCY:
        lines.append(words.not_complete)
    return tuple(lines)


def _engines(result: Assessment, words: Words) -> str:
    if result.engines_agreed:
        return words.engines_agree.format(count=len(result.engines), names=", ".join(result.engines))
    if result.engines_differed:
        return words.engines_differ
    if result.failed:
        return words.check_failed
    note = f" {result.engines_note}." if result.engines_note else ""
    return words.one_engine.format(names=", ".join(result.engines)) + note


def _basis(result: Assessment, protocol: Protocol) -> tuple[str, ...]:
    held = [rule for rule in result.rules if rule.truth == "yes"]
    meanings = {each.id: each.meaning for each in protocol.thresholds}
    chosen = dict.fromkeys(meanings.get(name, name) for rule in held for name in rule.chosen_by_us)
    general = [rule.title for rule in held if rule.basis == "general_knowledge"]
    lines = []
    if chosen:
        lines.append(protocol.screen.chosen_by_us.format(figures="; ".join(chosen)))
    if general:
        lines.append(protocol.screen.general_knowledge.format(titles="; ".join(general)))
    return tuple(lines)
