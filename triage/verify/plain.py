"""Whether the texts of a protocol are plain: what an 11-year-old could not follow, each with its place and a remedy.

The words it looks for are data (rules/plain), and so are the meanings of hard words (a protocol's glossary).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from triage.kernel.diagnostics import Diagnostic, Span, one_line
from triage.protocol.models import Protocol
from triage.verify.plain_codes import PLAIN
from triage.verify.plain_texts import Shown, shown_texts
from triage.verify.plain_words import Language, alternatives, language, whole

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"')])\s+")
PLACEHOLDER = re.compile(r"\{[a-z_]+(?::[^{}]*)?\}")
BRACKETS = re.compile(r"\([^()]*\)")
CLAUSE_END = re.compile(r"[,;:.!?()\"]")
SHOWN_CHARS_MAX = 60  # as much of a text as makes the place clear

Details = dict[str, object]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What the checks look up: the words of the language, and every form the glossary explains."""

    words: Language
    explained: str


def findings(protocol: Protocol) -> tuple[Diagnostic, ...]:
    """Return what is not plain in the texts a person or a carer may read, in file order."""
    words = language(protocol.language)
    if words is None:
        return (_diagnostic(Span("protocol.yaml", 1, 1), "L200", {"tag": protocol.language}),)
    forms = tuple(form for term in protocol.glossary for form in term.words)
    book = Rulebook(words, alternatives(forms))
    return tuple(sorted({found for shown in shown_texts(protocol) for found in _read(shown, book)}))


def _read(shown: Shown, book: Rulebook) -> Iterator[Diagnostic]:
    for code, check in CHECKS:
        for details in check(shown, book):
            yield _diagnostic(shown.span, code, {"part": shown.part, **details})


def _diagnostic(span: Span, code: str, details: Details) -> Diagnostic:
    words = {key: one_line(str(value), SHOWN_CHARS_MAX) for key, value in details.items()}
    return Diagnostic(span, code, PLAIN[code].template.format(**words))


def _plain(text: str) -> str:
    """Return the text with straight apostrophes and with the names of services left out."""
    return PLACEHOLDER.sub("", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text.

    >>> sentences("Rest. Keep to 38.5 or less!")
    ['Rest.', 'Keep to 38.5 or less!']
    """
    return [part for part in SENTENCE_END.split(text.strip()) if part]


def _clauses(sentence: str, words: Language) -> list[str]:
    starts = whole(words.any_of("clause_starts"))
    return [clause for part in CLAUSE_END.split(sentence) for clause in starts.split(part)]


def _too_long(shown: Shown, book: Rulebook) -> Iterator[Details]:
    """A service's name counts as one word, for each place names it differently."""
    limit = book.words.sentence_words_max
    for sentence in sentences(shown.text) if shown.form != "label" else ():
        count = sum(any(char.isalnum() for char in word) for word in sentence.split())
        if count > limit:
            yield {"words": sentence, "count": count, "limit": limit}


def _says_no_twice(shown: Shown, book: Rulebook) -> Iterator[Details]:
    for clause in _clauses(_plain(shown.text), book.words):
        count = len(book.words.found("negatives", clause))
        if count > 1:
            yield {"words": clause.strip(), "count": count}


def _asks_by_no(shown: Shown, book: Rulebook) -> Iterator[Details]:
    if shown.question is None or shown.question.kind != "yes_no":
        return
    for sentence in sentences(_plain(shown.text)):
        if sentence.endswith("?") and book.words.found("negatives", sentence):
            yield {"words": sentence}


def _asks_twice(shown: Shown, book: Rulebook) -> Iterator[Details]:
    if shown.form != "ask":
        return
    text = _plain(shown.text)
    if text.count("?") > 1:
        yield {"words": sentences(text)[-1]}
    both = rf"{book.words.any_of('joiners')}\s+{book.words.any_of('question_starts')}"
    for found in whole(both).finditer(BRACKETS.sub("", text)):
        yield {"words": found.group(0)}


def _hard_word(shown: Shown, book: Rulebook) -> Iterator[Details]:
    text = _plain(shown.text)
    explained = [found.span() for found in whole(book.explained).finditer(text)]
    for found in book.words.found("hard_words", text):
        if not any(start <= found.start() and found.end() <= end for start, end in explained):
            yield {"words": found.group(0)}


def _third_answer(shown: Shown, book: Rulebook) -> Iterator[Details]:
    """Look at a yes-or-no question for alternatives, for degrees, and for things that not everyone has."""
    question, words = shown.question, book.words
    if question is None or question.kind != "yes_no":
        return
    asked = next((each for each in sentences(BRACKETS.sub("", _plain(shown.text))) if each.endswith("?")), "")
    found = [*_alternatives(asked, words), *words.found("degrees", asked)]
    if question.ask_if is None:
        owned = rf"{words.any_of('possessives')}\s+(?:\w+\s+)?{words.any_of('not_everyone_has')}"
        found += whole(owned).finditer(asked)
    for each in found:
        yield {"words": each.group(0)}


def _alternatives(asked: str, words: Language) -> list[re.Match[str]]:
    """Return where a question offers alternatives: lists of one kind and side clauses may hold 'and' and 'or'."""
    side = whole(words.any_of("clause_starts"))
    _, _, rest = asked.partition(",")
    main = rest if rest and side.match(asked) else asked
    joiners = words.found("joiners", main)
    free = [
        *words.found("lists_begin", main),
        *(each for each in side.finditer(main) if each[0] not in _texts(joiners)),
    ]
    return [each for each in joiners if not any(one.start() < each.start() for one in free)]


def _texts(found: list[re.Match[str]]) -> set[str]:
    return {each[0] for each in found}


def _word_to_avoid(shown: Shown, book: Rulebook) -> Iterator[Details]:
    for word, instead in book.words.instead.items():
        for found in whole(alternatives((word,))).finditer(_plain(shown.text)):
            yield {"words": found.group(0), "remedy": instead}


def _tells_the_cause(shown: Shown, book: Rulebook) -> Iterator[Details]:
    words = book.words
    told = rf"{words.any_of('tells')}\s+(?:{words.any_of('fillers')}\s+)*{words.any_of('diagnoses')}"
    for sentence in sentences(_plain(shown.text)) if shown.form == "sentences" else ():
        for found in whole(told).finditer(sentence):
            before = CLAUSE_END.split(sentence[: found.start()])[-1]
            if not words.found("tells_unless", before):
                yield {"words": found.group(0)}


def _figure_of_chance(shown: Shown, book: Rulebook) -> Iterator[Details]:
    for found in book.words.found("chances", _plain(shown.text)):
        yield {"words": found.group(0)}


def _number_in_letters(shown: Shown, book: Rulebook) -> Iterator[Details]:
    for found in book.words.found("number_words", _plain(shown.text)):
        yield {"words": found.group(0)}


CHECKS: tuple[tuple[str, Callable[[Shown, Rulebook], Iterator[Details]]], ...] = (
    ("L201", _too_long),
    ("L202", _says_no_twice),
    ("L203", _asks_by_no),
    ("L204", _asks_twice),
    ("L205", _hard_word),
    ("L206", _third_answer),
    ("L207", _word_to_avoid),
    ("L208", _tells_the_cause),
    ("L209", _figure_of_chance),
    ("L210", _number_in_letters),
)
