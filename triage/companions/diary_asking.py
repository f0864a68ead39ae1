"""Writing one entry by questions, and looking over what the diary could answer, over two streams of text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from triage.companions.asking import Choices, Page
from triage.companions.data import wrapped
from triage.companions.diary_feed import Raw, Suggestion
from triage.companions.diary_line import ReadWhen, moment_of
from triage.companions.diary_words import Book
from triage.kernel.diagnostics import one_line
from triage.kernel.errors import BadInput
from triage.record.entries import KINDS, MINUTES_MAX, NIGHTS_MAX, SCORE_MAX, Entry, Kind, checked

SHOWN_MAX = 30
_T = TypeVar("_T")


class Questions(Page):
    """Questions answered by a figure, a time or a few words, beside the numbered ones."""

    def ask(self, question: str, prompt: str, read: Callable[[str], _T]) -> _T:
        """Ask until the line can be read. Raises Left when the person leaves."""
        problem: list[str] = []
        while True:
            self.show([*problem, "", *wrapped(question)])
            try:
                return read(self._typed(prompt))
            except BadInput as error:
                problem = ["", *wrapped(str(error))]


def ask_entry(page: Questions, book: Book, at: datetime, read_when: ReadWhen) -> Entry | None:
    """Ask for one entry and return it once the person agrees, else None. Raises Left when the person leaves."""
    page.show(wrapped(book.say("leave")))
    kind = KINDS[_pick(page, book, "ask_kind", [book.kinds[kind] for kind in KINDS])]
    moment = _when(page, book, kind, at, read_when)
    try:
        entry = _FIELDS[kind](page, book, Entry(at=moment, kind=kind))
        note = page.ask(book.say("ask_note"), _prompt(book, "how_text"), str)
        entry = checked(replace(entry, note=note), now=at, known=book.known)
    except BadInput as error:
        page.show(["", *wrapped(f"{error}. {book.say('not_kept')}")])
        return None
    agreed = _pick(page, book, "ask_keep", [book.say("yes"), book.say("no")], entry=book.told(entry))
    return entry if agreed == 0 else None


def _pick(page: Page, book: Book, word: str, labels: Sequence[str], **details: str) -> int:
    return page.choose(Choices(book.say(word, **details), tuple(labels), several=False, alone=0))[0]


def _prompt(book: Book, how: str, **details: object) -> str:
    return book.say("prompt", how=book.say(how, **details))


def _when(page: Questions, book: Book, kind: Kind, at: datetime, read_when: ReadWhen) -> datetime:
    def read(typed: str) -> datetime:
        if not typed or typed.lower() in book.lists["unsure"]:
            return moment_of(None, kind, at, book)
        when = read_when(typed)
        if when is None:
            raise BadInput(book.say("no_time", said=one_line(typed, SHOWN_MAX)))
        moment = moment_of(when, kind, at, book)
        if moment > at:
            raise BadInput(book.say("future", when=f"{moment:%Y-%m-%d %H:%M}"))
        return moment

    word = "ask_when_symptom" if kind == "symptom" else "ask_when"
    return page.ask(book.say(word), _prompt(book, "how_time"), read)


def _figure(page: Questions, book: Book, word: str, most: int, **details: str) -> int | None:
    """Return a whole number, or None if the person is not sure."""

    def read(typed: str) -> int | None:
        if not typed or typed.lower() in book.lists["unsure"]:
            return None
        if not re.fullmatch(r"\d{1,4}", typed, re.ASCII) or int(typed) > most:
            raise BadInput(book.say("type_number", low=0, high=most))
        return int(typed)

    return page.ask(book.say(word, **details), _prompt(book, "how_number", low=0, high=most), read)


def _several(page: Page, book: Book, word: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    choices = (*labels.values(), book.say("not_sure"))
    places = page.choose(Choices(book.say(word), choices, several=True, alone=1))
    return tuple(list(labels)[place] for place in places if place < len(labels))


def _named(page: Page, book: Book, word: str, labels: Mapping[str, str]) -> str:
    return list(labels)[_pick(page, book, word, list(labels.values()))]


def _spasm(page: Questions, book: Book, entry: Entry) -> Entry:
    return replace(
        entry,
        limbs=_several(page, book, "ask_places", book.places),
        severity=_figure(page, book, "ask_severity", SCORE_MAX),
        minutes=_figure(page, book, "ask_minutes", MINUTES_MAX),
        triggers=_several(page, book, "ask_triggers", book.triggers),
    )


def _symptom(page: Questions, book: Book, entry: Entry) -> Entry:
    return replace(
        entry,
        name=_named(page, book, "ask_symptom", book.symptoms),
        change=_named(page, book, "ask_change", book.changes["symptom"]),
        limbs=_several(page, book, "ask_places", book.places),
        severity=_figure(page, book, "ask_severity", SCORE_MAX),
    )


def _trigger(page: Questions, book: Book, entry: Entry) -> Entry:
    return replace(entry, triggers=_several(page, book, "ask_trigger", book.triggers))


def _medicine(page: Questions, book: Book, entry: Entry) -> Entry:
    def name(typed: str) -> str:
        if not typed:
            raise BadInput(book.say("type_name"))
        return typed

    return replace(
        entry,
        name=page.ask(book.say("ask_medicine"), _prompt(book, "how_text"), name),
        change=_named(page, book, "ask_medicine_change", book.changes["medicine"]),
        detail=page.ask(book.say("ask_detail"), _prompt(book, "how_text"), str),
    )


def _sleep(page: Questions, book: Book, entry: Entry) -> Entry:
    return replace(entry, nights=_figure(page, book, "ask_nights", NIGHTS_MAX))


def _score(page: Questions, book: Book, entry: Entry) -> Entry:
    now, usual = [], []
    for limb in book.scored:
        score = _figure(page, book, "ask_score", SCORE_MAX, limb=book.places[limb])
        if score is None:
            continue
        now.append((limb, score))
        before = _figure(page, book, "ask_usual", SCORE_MAX, limb=book.places[limb])
        usual += [(limb, before)] if before is not None else []
    return replace(entry, now=tuple(now), usual=tuple(usual))


def _measure(page: Questions, book: Book, entry: Entry) -> Entry:
    name = _named(page, book, "ask_measure", {key: each.label for key, each in book.measures.items()})
    measure = book.measures[name]
    bounds = {"low": f"{measure.low:g}", "high": f"{measure.high:g}"}

    def read(typed: str) -> float:
        if re.fullmatch(r"\d{1,4}([.,]\d{1,2})?", typed, re.ASCII):
            figure = float(typed.replace(",", "."))
            if measure.low <= figure <= measure.high:
                return figure
        raise BadInput(book.say("type_number", **bounds))

    value = page.ask(book.say("ask_value", unit=measure.unit, **bounds), _prompt(book, "how_text"), read)
    return replace(entry, name=name, value=value)


_FIELDS: Mapping[Kind, Callable[[Questions, Book, Entry], Entry]] = {
    "spasm": _spasm,
    "symptom": _symptom,
    "trigger": _trigger,
    "medicine": _medicine,
    "sleep": _sleep,
    "score": _score,
    "measure": _measure,
}


# ---------------------------------------------------------------------------------------------------- feeding the check


def confirm(page: Page, book: Book, suggestions: Sequence[Suggestion], asks: Mapping[str, str]) -> dict[str, Raw]:
    """Show each value with its question and where it comes from, and return those the person agrees to.

    `asks` holds the questions in words. Not sure uses nothing: the check asks that question. Raises Left.
    """
    if not suggestions:
        return {}
    lead = book.say("offer_one") if len(suggestions) == 1 else book.say("offer", count=len(suggestions))
    page.show(wrapped(lead))
    agreed: dict[str, Raw] = {}
    labels = (book.say("use"), book.say("ask_me"), book.say("not_sure"))
    for each in suggestions:
        shown, why = book.say("offered", shown=each.shown), book.say("why_offered", why=each.why)
        question = Choices(asks[each.question], labels, several=False, alone=0, help=f"{shown}. {why}.")
        if page.choose(question) == (0,):
            agreed[each.question] = each.raw
    return agreed
