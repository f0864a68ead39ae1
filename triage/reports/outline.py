"""A result as headed parts, before any format: the same words in every report."""

from dataclasses import dataclass
from datetime import datetime

from triage.decision.assessment import Action, Assessment
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.models import Protocol

REASONS_MAX = 3  # brief D1.5: the top three reasons
PHONE_REASONS_MAX = 4
TIME_HEADS = {
    TimeFrame.NOW: "Now",
    TimeFrame.SAME_DAY: "Today",
    TimeFrame.WITHIN_48H: "Within 2 days",
    TimeFrame.WITHIN_14_DAYS: "Within 14 days",
    TimeFrame.ROUTINE: "When it suits",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, its items, and whether they are steps to take in order."""

    title: str
    items: tuple[str, ...]
    numbered: bool = False


def outline_of(result: Assessment, protocol: Protocol) -> tuple[Part, ...]:
    """Return the parts of a report in reading order, leaving out empty ones."""
    steps = _steps(result)
    parts = (
        Part("What to do", steps, numbered=len(steps) > 1),
        Part("Why", _reasons(result)),
        Part("While you wait for help", result.emergency_screen),
        Part("Also tell them", _also_tell(result)),
        Part("Also important", result.modifier_advice),
        Part("What you were not sure about", _doubts(result)),
        *_advice(result),
        Part("When to get help again", result.safety_net),
        Part("What to say on the phone", _phone(result, protocol)),
        Part("Answers that were not used", _not_used(result, protocol)),
        Part("Not asked yet", result.not_asked_yet),
        Part("About this result", _about(result, protocol)),
    )
    return tuple(part for part in parts if part.items)


def _steps(result: Assessment) -> tuple[str, ...]:
    return tuple(step for action in _shown(result) for step in _step(action))


def _shown(result: Assessment) -> tuple[Action, ...]:
    """Return the actions to show; beside an emergency nothing less urgent stands."""
    if result.disposition is not Disposition.EMERGENCY:
        return result.actions
    return tuple(action for action in result.actions if action.label is Disposition.EMERGENCY)


def _step(action: Action) -> tuple[str, ...]:
    head = "" if action.door == "home" else f"{TIME_HEADS[action.within]}: "
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


def _doubts(result: Assessment) -> tuple[str, ...]:
    asked = tuple(doubt.ask for doubt in result.doubts)
    if asked and result.possible.rank > result.disposition.rank:
        return (
            *asked,
            "If any of these turns out to be yes, it may be more urgent than this. Then do this check again.",
        )
    return asked


def _advice(result: Assessment) -> tuple[Part, ...]:
    home = result.disposition is Disposition.SELF_CARE
    lead = "What you can do" if home else "While you wait, never instead of calling"
    return tuple(Part(f"{lead}: {block.title}", (*block.cautions, *block.text)) for block in result.advice)


def _phone(result: Assessment, protocol: Protocol) -> tuple[str, ...]:
    """Return words to read out; how they begin is the protocol's, because they name the illness."""
    if result.disposition is Disposition.SELF_CARE or result.failed:
        return ()
    notices, times = protocol.dispositions.notices, protocol.dispositions.times
    first = [each for each in result.actions if each.within is result.within or each.label is result.disposition]
    named = {rule for action in first for rule in action.rules}
    reasons = "; ".join([rule.title for rule in result.rules if rule.id in named][:PHONE_REASONS_MAX])
    if not reasons:
        return (f'"{notices.get("say_unfinished", "I could not finish a check of warning signs.")}"',)
    begin = notices.get("say_finished", "I answered a check of warning signs.")
    return (f'"{begin} It told me to get help {times[result.within.value]}. The reason: {reasons}."',)


def _not_used(result: Assessment, protocol: Protocol) -> tuple[str, ...]:
    """Return the answers that did not count; a 'none' to a question that does not apply says nothing."""
    denials = {question.id: question.denial for question in protocol.questions}
    told = (each for each in result.not_used if each.answer != denials.get(each.question))
    return tuple(f"{each.ask} ({each.why})" for each in told)


def _about(result: Assessment, protocol: Protocol) -> tuple[str, ...]:
    identity = result.protocol
    time = f"{datetime.fromisoformat(result.at):%Y-%m-%d %H:%M %z}"
    lines = [
        *result.notices,
        f"Protocol {identity.id} {identity.version}, {identity.hash[:12]}. Place: {result.locale}. Time: {time}.",
        _engines(result),
        f"Reviewed by: {result.reviewed_by}. Rules not yet reviewed by a clinician: {result.unreviewed_rules}.",
        *_basis(result, protocol),
    ]
    if not result.complete and result.disposition is not Disposition.EMERGENCY:
        lines.append("This check is not complete.")
    return tuple(lines)


def _engines(result: Assessment) -> str:
    if result.engines_agreed:
        return f"Checked by {len(result.engines)} engines ({', '.join(result.engines)}), and they agree."
    if result.engines_differed:
        return "The two engines did not agree. You see the more urgent result."
    if result.failed:
        return "The check broke down. You see the fixed advice."
    note = f" {result.engines_note}." if result.engines_note else ""
    return f"Checked by one engine only ({', '.join(result.engines)}).{note}"


def _basis(result: Assessment, protocol: Protocol) -> tuple[str, ...]:
    held = [rule for rule in result.rules if rule.truth == "yes"]
    meanings = {each.id: each.meaning for each in protocol.thresholds}
    chosen = dict.fromkeys(meanings.get(name, name) for rule in held for name in rule.chosen_by_us)
    general = [rule.title for rule in held if rule.basis == "general_knowledge"]
    lines = []
    if chosen:
        lines.append(f"Figures chosen by us without a guideline: {'; '.join(chosen)}.")
    if general:
        lines.append(f"Resting on general knowledge only: {'; '.join(general)}.")
    return tuple(lines)
