"""One typed line becomes one entry; what is not understood is refused, never guessed."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import cast

from triage.companions.diary_words import Book
from triage.kernel.diagnostics import nearest, one_line
from triage.kernel.errors import BadInput
from triage.record.entries import MINUTES_MAX, SCORE_MAX, TEXT_CHARS_MAX, Entry, Kind, Scores, checked

LINE_CHARS_MAX = 2 * TEXT_CHARS_MAX
PHRASE_WORDS_MAX = 4
SHOWN_MAX = 30
_FIGURE = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)(?:/10)?", re.ASCII)
_JOINED = re.compile(r"(\d{1,4}(?:[.,]\d)?)([a-z]+)", re.ASCII)
_BY_THE_HOUR = ("spasm", "trigger")  # their hour is counted, so a day alone is not enough

ReadWhen = Callable[[str], str | None]
"""Reads a time as an ISO date or instant; None if it is none. Raises BadInput if no such time can be."""
Found = tuple[str, object, str]
Table = Mapping[str, object]


def read_line(text: str, book: Book, at: datetime, read_when: ReadWhen) -> Entry:
    """Return the entry that a line describes, as told at the time `at`. Raises BadInput with one clear line."""
    if len(text) > LINE_CHARS_MAX:
        raise BadInput(book.say("too_long", most=LINE_CHARS_MAX))
    words, note = _without_note(text.replace(",", " ").replace(";", " ").split(), text, book)
    first = words[0].lower() if words else ""
    if first in book.read_measures and first not in book.read_kinds:
        words.insert(0, "measure")
    kind = book.read_kinds.get(words[0].lower() if words else "")
    if kind is None:
        said = one_line(words[0] if words else "", SHOWN_MAX)
        raise BadInput(book.say("start_with", said=said, kinds=", ".join(book.kinds)))
    when, rest = _time(words[1:], book, read_when)
    empty = Entry(at=moment_of(when, cast(Kind, kind), at, book), kind=cast(Kind, kind), note=note)
    entry = _READERS[empty.kind](empty, rest, book)
    if entry.at > at:
        raise BadInput(book.say("future", when=book.when(entry)))
    return checked(entry, now=at, known=book.known)


def moment_of(when: str | None, kind: Kind, at: datetime, book: Book) -> datetime:
    """Return the moment for what was read as a time; none said is now, and a day alone is about its noon."""
    if when is None:
        return at.replace(second=0, microsecond=0)
    if len(when) > len("2026-11-20"):
        moment = datetime.fromisoformat(when).replace(second=0, microsecond=0)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=at.tzinfo)
    if kind in _BY_THE_HOUR:
        raise BadInput(book.say("add_a_clock", said=when))
    day = date.fromisoformat(when)
    noon = datetime.combine(day, time(12), tzinfo=at.tzinfo)
    return min(noon, at.replace(second=0, microsecond=0)) if day == at.date() else noon


def _without_note(words: list[str], text: str, book: Book) -> tuple[list[str], str]:
    for number, word in enumerate(words):
        if word.lower() in book.lists["note"]:
            return words[:number], text.split(word, 1)[1].strip() if number else ""
    return words, ""


# ---------------------------------------------------------------------------------------------------------------- time


def _time(words: Sequence[str], book: Book, read_when: ReadWhen) -> tuple[str | None, list[str]]:
    """Return the time that stands among the words, and the words without it."""
    first, last, when = _longest(words, book, read_when)
    if when is None:
        return None, list(words)
    before, after = words[:first], words[last:]
    for part in (before, after):
        start, end, again = _longest(part, book, read_when)
        if again is not None:
            told = {"first": " ".join(words[first:last]), "second": " ".join(part[start:end])}
            raise BadInput(book.say("two_times", **told))
    return when, [*before, *after]


def _longest(words: Sequence[str], book: Book, read_when: ReadWhen) -> tuple[int, int, str | None]:
    """Return the longest run of words that is a time. Raises BadInput for one that can be no time."""
    wrong = ""
    for length in range(min(len(words), 2 * PHRASE_WORDS_MAX), 0, -1):
        for first in range(len(words) - length, -1, -1):
            said = " ".join(words[first : first + length]).lower()
            try:
                when = read_when(said)
            except BadInput:
                wrong = said
                continue
            if when is not None:
                return first, first + length, when
    if wrong:
        raise BadInput(book.say("no_clock", said=one_line(wrong, SHOWN_MAX)))
    return 0, 0, None


# --------------------------------------------------------------------------------------------------------------- words


def _scan(words: Sequence[str], tables: Mapping[str, Table], book: Book) -> Iterator[Found]:
    """Yield what each phrase stands for, by the name of its table. Raises BadInput at the first unknown word."""
    here = 0
    while here < len(words):
        length, found = _match([word.lower() for word in words[here : here + PHRASE_WORDS_MAX]], tables, book)
        if found is None:
            if not length:
                raise _not_read(words[here].lower(), tables, book)
        else:
            yield found
        here += length


def _match(words: Sequence[str], tables: Mapping[str, Table], book: Book) -> tuple[int, Found | None]:
    """Return how many words were read, and as what; a filler is read as nothing."""
    figure, joined = _FIGURE.fullmatch(words[0]), _JOINED.fullmatch(words[0])
    if figure and len(words) > 1 and words[1] in book.units and "minutes" in tables:
        return 2, ("minutes", _number(figure[1]) * book.units[words[1]], " ".join(words[:2]))
    if joined and joined[2] in book.units and "minutes" in tables:
        return 1, ("minutes", _number(joined[1]) * book.units[joined[2]], words[0])
    if figure:
        return 1, ("figure", _number(figure[1]), words[0])
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        for name, table in tables.items():
            if phrase in table:
                return length, (name, table[phrase], phrase)
    return (1, None) if words[0] in book.lists["fillers"] else (0, None)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _not_read(word: str, tables: Mapping[str, Table], book: Book) -> BadInput:
    said = one_line(word, SHOWN_MAX)
    if "places" in tables and any(form.endswith(f" {word}") for form in book.read_places):
        return BadInput(book.say("side", said=said))
    near = nearest(word, {each for table in tables.values() for form in table for each in form.split()})
    return BadInput(book.say("perhaps", said=said, near=near) if near else book.say("not_read", said=said))


def _one(found: Sequence[Found], name: str, book: Book, word: str) -> object | None:
    """Return the one value of a table. Raises BadInput if two differ."""
    values = {value: said for each, value, said in found if each == name}
    if len(values) > 1:
        first, second = list(values.values())[:2]
        raise BadInput(book.say(word, first=first, second=second))
    return next(iter(values), None)


def _ids(found: Sequence[Found], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for table, ids, _ in found if table == name for each in cast("tuple[str]", ids)))


def _strength(found: Sequence[Found], book: Book) -> int | None:
    figure = cast("float | None", _one(found, "figure", book, "two_figures"))
    return None if figure is None else _in_range(figure, book)


def _in_range(figure: float, book: Book) -> int:
    if figure > SCORE_MAX or figure != int(figure):
        raise BadInput(book.say("range", figure=f"{figure:g}"))
    return int(figure)


# --------------------------------------------------------------------------------------------------------------- kinds


def _spasm(empty: Entry, words: Sequence[str], book: Book) -> Entry:
    tables: dict[str, Table] = {"places": book.read_places, "triggers": book.read_triggers, "minutes": {}}
    found = list(_scan(words, tables, book))
    minutes = cast("float | None", _one(found, "minutes", book, "two_changes"))
    if minutes is not None and minutes > MINUTES_MAX:
        raise BadInput(book.say("no_minutes"))
    return replace(
        empty,
        limbs=_ids(found, "places"),
        triggers=_ids(found, "triggers"),
        severity=_strength(found, book),
        minutes=None if minutes is None else round(minutes, 2),
    )


def _symptom(empty: Entry, words: Sequence[str], book: Book) -> Entry:
    changes = book.read_changes["symptom"]
    tables: dict[str, Table] = {"changes": changes, "symptoms": book.read_symptoms, "places": book.read_places}
    found = list(_scan(words, tables, book))
    change = cast("tuple[str] | None", _one(found, "changes", book, "two_changes"))
    name = cast("tuple[str] | None", _one(found, "symptoms", book, "two_changes"))
    if change is None:
        raise BadInput(book.say("no_change"))
    if name is None and change != ("relapse",):
        raise BadInput(book.say("no_symptom"))
    limbs, severity = _ids(found, "places"), _strength(found, book)
    return replace(empty, name=name[0] if name else "", change=change[0], limbs=limbs, severity=severity)


def _trigger(empty: Entry, words: Sequence[str], book: Book) -> Entry:
    found = list(_scan(words, {"triggers": book.read_triggers}, book))
    figures = [said for name, _, said in found if name == "figure"]
    if figures:
        raise BadInput(book.say("not_read", said=figures[0]))
    if not found:
        raise BadInput(book.say("no_trigger"))
    return replace(empty, triggers=_ids(found, "triggers"))


def _medicine(empty: Entry, words: Sequence[str], book: Book) -> Entry:
    changes = book.read_changes["medicine"]
    for here in range(len(words)):
        for length in range(PHRASE_WORDS_MAX, 0, -1):
            phrase = " ".join(words[here : here + length]).lower()
            if phrase not in changes:
                continue
            rest = list(words[here + length :])
            name = " ".join(words[:here]) if here else " ".join(rest[:1])
            if name:
                return replace(empty, name=name, change=changes[phrase][0], detail=" ".join(rest[0 if here else 1 :]))
    raise BadInput(book.say("no_medicine"))


def _sleep(empty: Entry, words: Sequence[str], book: Book) -> Entry:
    names = {"broken": "sleep_broken", "good": "sleep_good", "nights": "nights"}
    tables: dict[str, Table] = {name: dict.fromkeys(book.lists[listed], True) for name, listed in names.items()}
    found = list(_scan(words, tables, book))
    said = {name for name, _, _ in found} & {"broken", "good"}
    figure = cast("float | None", _one(found, "figure", book, "two_changes"))
    if len(said) != 1 or (figure is not None and (figure != int(figure) or "good" in said)):
        raise BadInput(book.say("no_sleep"))
    return replace(empty, nights=0 if "good" in said else 1 if figure is None else int(figure))


def _score(empty: Entry, words: Sequence[str], book: Book) -> Entry:
    tables: dict[str, Table] = {
        "places": book.read_places,
        **{name: dict.fromkeys(book.lists[name], True) for name in ("now", "usual")},
    }
    found = list(_scan(words, tables, book))
    turn = next((number for number, each in enumerate(found) if each[0] == "usual"), len(found))
    now = _scores([each for each in found[:turn] if each[0] != "now"], (), book)
    alone = tuple(limb for limb, _ in now) if len(now) == 1 else ()
    usual = _scores(found[turn + 1 :], alone, book) if turn < len(found) else ()
    if not now or (turn < len(found) and not usual):
        raise BadInput(book.say("no_score"))
    return replace(empty, now=now, usual=usual)


def _scores(found: Sequence[Found], alone: tuple[str, ...], book: Book) -> Scores:
    """Read places with their figures, or one figure for every place in order, or one for the only place named."""
    names = [name for name, _, _ in found]
    figures = [_in_range(cast(float, value), book) for name, value, _ in found if name == "figure"]
    if names == ["figure"] * len(book.scored):
        return tuple(zip(book.scored, figures, strict=True))
    if names == ["figure"] and alone:
        return ((alone[0], figures[0]),)
    if names != ["places", "figure"] * len(figures):
        raise BadInput(book.say("no_score"))
    limbs = [cast("tuple[str, ...]", value) for name, value, _ in found if name == "places"]
    pairs = [(limb, figure) for listed, figure in zip(limbs, figures, strict=True) for limb in listed]
    if len(dict(pairs)) < len(pairs) or not set(dict(pairs)) <= set(book.scored):
        raise BadInput(book.say("no_score"))
    return tuple(pairs)


def _measure(empty: Entry, words: Sequence[str], book: Book) -> Entry:
    tables: dict[str, Table] = {
        "measures": book.read_measures,
        "units": dict.fromkeys(book.lists["measure_units"], True),
    }
    found = list(_scan(words, tables, book))
    name = cast("tuple[str] | None", _one(found, "measures", book, "two_changes"))
    figure = cast("float | None", _one(found, "figure", book, "two_changes"))
    if name is None or figure is None:
        raise BadInput(book.say("no_measure"))
    return replace(empty, name=name[0], value=figure)


_READERS: Mapping[Kind, Callable[[Entry, Sequence[str], Book], Entry]] = {
    "spasm": _spasm,
    "symptom": _symptom,
    "trigger": _trigger,
    "medicine": _medicine,
    "sleep": _sleep,
    "score": _score,
    "measure": _measure,
}
