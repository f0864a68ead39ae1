"""A result that may be printed or shared: what rests on a private answer is named, not told."""

from collections.abc import Iterable, Mapping

from triage.decision.assessment import Action, Assessment, RuleResult
from triage.protocol.models import Locale, Protocol, Rule
from triage.protocol.texts import fill, locale_of


def shareable(result: Assessment, protocol: Protocol) -> Assessment:
    """Return the result without what private answers say; times, doors and labels stay.

    A protocol without the notices for it (`private_title`, `private_say`, `private_because`) has no private words.
    """
    place = locale_of(protocol, result.locale)
    words = {key: fill(text, place) for key, text in protocol.dispositions.notices.items()}
    private = {question.id for question in protocol.questions if question.private}
    hidden = {rule.id: rule for rule in protocol.rules if rule.private and "private_say" in words}
    told = [rule.id for rule in result.rules if rule.truth == "yes" and rule.id in hidden]
    doubts = tuple(doubt for doubt in result.doubts if doubt.question not in private)
    if not told and len(doubts) == len(result.doubts):
        return result
    notice = (words["private_left_out"],) if "private_left_out" in words else ()
    return result.model_copy(
        update={
            "actions": tuple(_action(action, hidden, words, place) for action in result.actions),
            "rules": tuple(_rule(rule, words) if rule.id in hidden else rule for rule in result.rules),
            "doubts": doubts,
            "not_used": tuple(each for each in result.not_used if each.question not in private),
            "notices": (*notice, *result.notices),
        }
    )


def _action(action: Action, hidden: Mapping[str, Rule], words: Mapping[str, str], place: Locale) -> Action:
    rules = [hidden[name] for name in action.rules if name in hidden]
    if not rules:
        return action
    said = {fill(rule.say, place) for rule in rules}
    why = {fill(rule.because, place) for rule in rules}
    lines = _once(words["private_say"] if text in said else text for text in (action.say, *action.also))
    return action.model_copy(
        update={
            "say": lines[0],
            "also": lines[1:],
            "because": _once(words["private_because"] if text in why else text for text in action.because),
        }
    )


def _rule(rule: RuleResult, words: Mapping[str, str]) -> RuleResult:
    return rule.model_copy(update={"title": words["private_title"], "because": words["private_because"], "answers": {}})


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
