"""One rule for a reader: condition in English, result, words, sources, cases."""

from triage.protocol.models import Case, Locale, Protocol, Rule
from triage.protocol.prose import in_english
from triage.protocol.texts import fill

MARKS = {
    "read": "text read",
    "second_hand": "only a copy or summary was read",
    "general_knowledge": "general knowledge, not read",
}


def describe(rule: Rule, protocol: Protocol, place: Locale) -> str:
    """Return the rule as plain lines, with the words of one place."""
    sources = {source.id: source for source in protocol.sources}
    meanings = {each.id: f"{each.meaning} ({each.value:g} {each.unit})" for each in protocol.thresholds}
    lines = [
        f"{rule.id}: {rule.title}",
        f"brief: {', '.join(rule.brief)}",
        f"If {in_english(rule.when, protocol)}",
        f"then {rule.then.value}, {rule.within.value}, through {rule.door}.",
        f"Say: {fill(rule.say, place)}",
        f"Because: {fill(rule.because, place)}",
        *_findings(rule, protocol),
        f"Basis: {rule.basis.replace('_', ' ')}.",
        *(f"Chosen by us, no guideline: {meanings[name]}" for name in rule.chosen_by_us),
        *(
            f"Source: {sources[name].publisher}, {sources[name].title}, {sources[name].year}; {sources[name].part}; "
            f"{sources[name].where} [{MARKS[sources[name].mark]}]"
            for name in rule.sources
        ),
        f"Hazards: {', '.join(rule.hazards) or 'none named'}",
        f"Reviewed by: {rule.reviewed_by}; review by {rule.review_by}",
        *_cases("holds", rule.cases.holds),
        *_cases("does not hold", rule.cases.does_not_hold),
        *_cases("in doubt", rule.cases.in_doubt),
    ]
    return "\n".join(lines)


def _findings(rule: Rule, protocol: Protocol) -> list[str]:
    named = [finding for finding in protocol.findings if f'"finding":"{finding.id}"' in rule.when.model_dump_json()]
    return [f"  where [{finding.meaning}] is: {in_english(finding.when, protocol)}" for finding in named]


def _cases(kind: str, cases: tuple[Case, ...]) -> list[str]:
    return [f"Case, {kind}: {_shown(case)}" for case in cases]


def _shown(case: Case) -> str:
    return "; ".join(f"{name} {_value(value)}" for name, value in case.answers.items())


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)
