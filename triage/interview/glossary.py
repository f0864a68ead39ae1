"""The hard words of one screen, with what they mean."""

import re
from dataclasses import dataclass

from triage.interview.prompts import PromptView
from triage.protocol.models import Locale, Protocol
from triage.protocol.texts import fill


@dataclass(frozen=True, slots=True)
class Explained:
    """A word as a heading, and its meaning."""

    word: str
    meaning: str


def terms_on(view: PromptView, protocol: Protocol, place: Locale) -> tuple[Explained, ...]:
    """Return the glossary's words that stand on this screen as whole words, in the glossary's order."""
    screen = " ".join((view.ask, view.help, view.why, *(choice.label for choice in view.choices)))
    return tuple(
        Explained(_capital(term.words[0]), fill(term.meaning, place))
        for term in protocol.glossary
        if any(_stands_in(word, screen) for word in term.words)
    )


def _stands_in(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
