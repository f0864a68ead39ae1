"""A condition in English: one more reading, by fold."""

from triage.protocol.conditions import Chosen, Compare, Condition, Named, Unknown, fold
from triage.protocol.models import Protocol

OPERATORS = {"at_least": "at least", "at_most": "at most", "under": "under", "over": "over"}
WORDS = {"not_sure": "not sure", "declined": "prefer not to say"}


class _English:
    """Names every part by the words the person sees."""

    def __init__(self, protocol: Protocol) -> None:
        self._questions = {question.id: question for question in protocol.questions}
        self._findings = {finding.id: finding.meaning for finding in protocol.findings}
        self._measures = {measure.id: measure.meaning for measure in protocol.measures}

    def chosen(self, node: Chosen) -> str:
        question = self._questions[node.question]
        labels = []
        for name in node.options:
            option = question.option(name)
            labels.append(f'"{option.label}"' if option else WORDS.get(name, name))
        return f"{_name(node.question)} is {' or '.join(labels)}"

    def compare(self, node: Compare) -> str:
        subject = self._measures.get(node.subject, _name(node.subject))
        return f"{subject} is {OPERATORS[node.operator]} {node.bound:g}"

    def unknown(self, node: Unknown) -> str:
        return f"{self._measures.get(node.subject, _name(node.subject))} is not known"

    def named(self, node: Named) -> str:
        return f"[{self._findings[node.finding]}]"

    def all_of(self, parts: list[str]) -> str:
        return _joined(parts, "and")

    def any_of(self, parts: list[str]) -> str:
        return _joined(parts, "or")

    def negate(self, part: str) -> str:
        return f"not ({part})"

    def count(self, needed: int, parts: list[str]) -> str:
        return f"at least {needed} of: {'; '.join(parts)}"


def _name(name: str) -> str:
    return name.replace("_", " ")


def _joined(parts: list[str], word: str) -> str:
    if len(parts) == 1:
        return parts[0]
    return "(" + f" {word} ".join(parts) + ")"


def in_english(condition: Condition, protocol: Protocol) -> str:
    """Return a condition as one English phrase."""
    phrase = fold(condition, _English(protocol))
    return phrase[1:-1] if phrase.startswith("(") and phrase.endswith(")") and _outer(phrase) else phrase


def _outer(phrase: str) -> bool:
    """Whether the first bracket closes only at the end."""
    depth = 0
    for index, char in enumerate(phrase):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return index == len(phrase) - 1
    return False
