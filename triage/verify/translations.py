"""What is wrong with a language of a protocol: texts that are missing, stale, or that lost a figure or a service."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from triage.kernel.diagnostics import Diagnostic, Span, did_you_mean, one_line
from triage.protocol.languages import texts_of
from triage.protocol.models import Protocol
from triage.protocol.translations import FOLDER, Translation, file_of, languages_of, read
from triage.protocol.words import forms
from triage.verify.translation_codes import TRANSLATION

SHOWN_MAX = 60
WORDS_SAME_MAX = 3  # names are the same in many languages; a sentence is not
MONTHS = "screen.months"
_BRACES = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"\b[a-z]{2,}\b")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")


def findings(protocol: Protocol, folder: Path) -> tuple[Diagnostic, ...]:
    """Return every mistake of every language that a protocol folder has, in file order."""
    sources = texts_of(protocol)
    return tuple(
        sorted(found for language in languages_of(folder) for found in _of_language(sources, folder, language))
    )


def coverage(protocol: Protocol, folder: Path) -> tuple[str, ...]:
    """Return one line a language: how many texts can be shown in it, of how many."""
    sources = texts_of(protocol)
    lines = []
    for language in languages_of(folder):
        known = read(folder, language)
        done = sum(key in known and known[key].is_current(source) for key, source in sources.items())
        lines.append(f"{language}: {done} of {len(sources)} texts translated and current.")
    return tuple(lines)


def _of_language(sources: Mapping[str, str], folder: Path, language: str) -> Iterator[Diagnostic]:
    known = read(folder, language)
    name = f"{FOLDER}/{file_of(folder, language).name}"
    for key, each in known.items():
        if key not in sources:
            yield _told(Span(name, each.line, 1), "S302", key=key, hint=did_you_mean(key, sources))
    for key, source in sources.items():
        each = known.get(key, Translation(source, ""))
        span = Span(name, each.line, 1)
        if not each.text:
            yield _told(span, "S300", key=key, source=source)
        elif not each.is_current(source):
            yield _told(span, "S301", key=key, source=source)
        else:
            yield from _of_text(span, key, source, each.text)


def _of_text(span: Span, key: str, source: str, text: str) -> Iterator[Diagnostic]:
    for code, pattern in (("S303", _BRACES), ("S304", _FIGURE)):
        # words that are read, not shown, have other figures and forms in every language
        wanted, found = _listed(pattern, source), _listed(pattern, text)
        if wanted != found and ".typed_" not in key:
            yield _told(span, code, key=key, wanted=_shown(wanted), found=_shown(found))
    if text == source and len(_WORD.findall(text)) > WORDS_SAME_MAX:
        yield _told(span, "S305", key=key, source=source)
    if key == MONTHS and len(forms(text)) != len(forms(source)):
        yield _told(span, "S306", key=key, wanted=len(forms(source)), found=len(forms(text)))


def _listed(pattern: re.Pattern[str], text: str) -> Counter[str]:
    bare = text if pattern is _BRACES else _BRACES.sub(" ", text)
    return Counter(found.replace(",", ".") for found in pattern.findall(bare))


def _shown(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements())) or "none"


def _told(span: Span, code: str, **details: object) -> Diagnostic:
    before, _, remedy = TRANSLATION[code].template.partition("{hint}")
    words = {key: one_line(str(detail), SHOWN_MAX) for key, detail in details.items()}
    return Diagnostic(span, code, before.format(**words) + (str(details.get("hint", "")) or remedy.format(**words)))
