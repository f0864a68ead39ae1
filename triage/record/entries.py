"""One thing written in a diary, as a frozen value, and as cells of text for files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from math import inf
from typing import Literal, get_args

from triage.kernel.diagnostics import did_you_mean, one_line
from triage.kernel.errors import BadInput

Kind = Literal["spasm", "symptom", "trigger", "medicine", "sleep", "score", "measure"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Scores = tuple[tuple[str, int], ...]

SCORE_MAX = 10
MINUTES_MAX = 2880  # two days; longer ones are symptoms that last
NIGHTS_MAX = 365
TEXT_CHARS_MAX = 500  # a note, not a letter
YEAR_MIN = 1900
CLOCK_SLACK = timedelta(minutes=5)  # two clocks of one person
SHOWN_MAX = 30  # how much of a wrong cell is repeated
_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
_LIST = re.compile(r"[\s,;]+")

# what an entry of each kind may hold beside its time and a note; the first tuple must be there
HOLDS: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "spasm": ((), ("limbs", "severity", "minutes", "triggers")),
    "symptom": (("change",), ("name", "limbs", "severity")),
    "trigger": (("triggers",), ()),
    "medicine": (("name", "change"), ("detail",)),
    "sleep": (("nights",), ()),
    "score": (("now",), ("usual",)),
    "measure": (("name", "value"), ()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; what its kind does not hold stays empty.

    `at` is aware. A symptom's `at` is when it started. `nights` counts broken nights up to that day; 0 is a good night.
    """

    at: datetime
    kind: Kind
    limbs: tuple[str, ...] = ()
    severity: int | None = None
    minutes: float | None = None
    triggers: tuple[str, ...] = ()
    name: str = ""
    change: str = ""
    detail: str = ""
    nights: int | None = None
    now: Scores = ()
    usual: Scores = ()
    value: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry with its number."""

    number: int
    entry: Entry


COLUMNS: tuple[str, ...] = tuple(Entry.__dataclass_fields__)
_EMPTY: Mapping[str, object] = {
    name: each.default for name, each in Entry.__dataclass_fields__.items() if name not in ("at", "kind")
}


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that may be used; an empty set takes any."""

    limbs: frozenset[str] = frozenset()
    triggers: frozenset[str] = frozenset()
    symptoms: frozenset[str] = frozenset()
    changes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    measures: Mapping[str, tuple[float, float]] = field(default_factory=dict)


ANYTHING = Known()


def checked(entry: Entry, *, now: datetime, known: Known = ANYTHING) -> Entry:
    """Return the entry if it may be kept at the time `now`. Raises BadInput with one clear line."""
    must, may = HOLDS[entry.kind]
    for name in must:
        if getattr(entry, name) == _EMPTY[name]:
            raise BadInput(f"{_shown_name(name)} is missing; an entry of the kind '{entry.kind}' needs it")
    for name in COLUMNS[2:]:
        if name not in (*must, *may, "note") and getattr(entry, name) != _EMPTY[name]:
            raise BadInput(f"{_shown_name(name)} does not belong to an entry of the kind '{entry.kind}'")
    _in_range(entry)
    _in_time(entry.at, now)
    _all_known(entry, known)
    return entry


def _shown_name(name: str) -> str:
    return f"'{name}'"


def _in_range(entry: Entry) -> None:
    figures = [("severity", entry.severity, SCORE_MAX), ("minutes", entry.minutes, MINUTES_MAX)]
    figures += [("nights", entry.nights, NIGHTS_MAX)]
    figures += [("score", value, SCORE_MAX) for _, value in (*entry.now, *entry.usual)]
    for name, value, most in figures:
        if value is not None and not 0 <= value <= most:
            raise BadInput(f"{name} {value:g} is out of range; give 0 to {most}")
    for name, text in (("name", entry.name), ("detail", entry.detail), ("note", entry.note)):
        if len(text) > TEXT_CHARS_MAX:
            raise BadInput(f"{name} is too long; use at most {TEXT_CHARS_MAX} characters")
        if not text.isprintable():
            raise BadInput(f"{name} holds a control character or a line break; write it on one line")


def _in_time(at: datetime, now: datetime) -> None:
    if at.tzinfo is None:
        raise BadInput(f"{at:%Y-%m-%d %H:%M} has no time zone")
    if at.year < YEAR_MIN:
        raise BadInput(f"{at:%Y-%m-%d} is before {YEAR_MIN}; check the year")
    if at > now + CLOCK_SLACK:
        raise BadInput(f"{at:%Y-%m-%d %H:%M} is in the future; the diary holds what has happened")


def _all_known(entry: Entry, known: Known) -> None:
    limbs = (*entry.limbs, *(limb for limb, _ in (*entry.now, *entry.usual)))
    change = (entry.change,) if entry.change else ()
    named = (entry.name,) if entry.kind == "symptom" and entry.name else ()
    measured = (entry.name,) if entry.kind == "measure" else ()
    for word, names, among in (
        ("place", limbs, known.limbs),
        ("trigger", entry.triggers, known.triggers),
        ("symptom", named, known.symptoms),
        ("figure", measured, frozenset(known.measures)),
        ("change", change, known.changes.get(entry.kind, frozenset())),
    ):
        for name in names:
            if not _ID.fullmatch(name) or (among and name not in among):
                hint = did_you_mean(name, among) or f"; use one of {', '.join(sorted(among))}" if among else ""
                raise BadInput(f"no {word} is called '{_shown(name)}'{hint}")
    low, high = known.measures.get(entry.name, (-inf, inf))
    if entry.value is not None and not low <= entry.value <= high:
        raise BadInput(f"{entry.name} {entry.value:g} is out of range; give {low:g} to {high:g}")


def _shown(text: str) -> str:
    return one_line(text, SHOWN_MAX)


# --------------------------------------------------------------------------------------------------------------- cells


def cells_of(entry: Entry) -> dict[str, str]:
    """Return the entry as text by column, only what is not empty."""
    cells = {"at": entry.at.isoformat(), "kind": entry.kind}
    for name in COLUMNS[2:]:
        value = getattr(entry, name)
        if value != _EMPTY[name]:
            cells[name] = _cell(value)
    return cells


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join("=".join(map(str, each)) if isinstance(each, tuple) else each for each in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def entry_of(cells: Mapping[str, str], zone: tzinfo | None = None) -> Entry:
    """Return the entry that cells of text hold; a time without an offset is of `zone`. Raises BadInput."""
    said = {name: text.strip() for name, text in cells.items() if text.strip()}
    kind = said.get("kind", "")
    if kind not in KINDS:
        hint = did_you_mean(kind, KINDS) or f"; use one of {', '.join(KINDS)}"
        raise BadInput(f"no kind of entry is called '{_shown(kind)}'{hint}")
    return Entry(
        at=_moment(said.get("at", ""), zone),
        kind=kind,
        limbs=_listed(said.get("limbs", "")),
        severity=_whole(said.get("severity"), "severity", SCORE_MAX),
        minutes=_figure(said.get("minutes"), "minutes"),
        triggers=_listed(said.get("triggers", "")),
        name=said.get("name", ""),
        change=said.get("change", ""),
        detail=said.get("detail", ""),
        nights=_whole(said.get("nights"), "nights", NIGHTS_MAX),
        now=_scores(said.get("now", ""), "now"),
        usual=_scores(said.get("usual", ""), "usual"),
        value=_figure(said.get("value"), "value"),
        note=said.get("note", ""),
    )


def _moment(text: str, zone: tzinfo | None) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or len(text) <= len("2026-11-20"):
        raise BadInput(f"at '{_shown(text)}' is no date and time; write it like 2026-11-20 23:30")
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in _LIST.split(text) if each))


def _whole(text: str | None, name: str, most: int) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"-?\d{1,6}(\.0)?", text, re.ASCII):
        raise BadInput(f"{name} '{_shown(text)}' is no whole number; give 0 to {most}")
    return int(float(text))


def _figure(text: str | None, name: str) -> float | None:
    if text is None:
        return None
    if not re.fullmatch(r"-?\d{1,6}([.,]\d{1,3})?", text, re.ASCII):
        raise BadInput(f"{name} '{_shown(text)}' is no number; write digits")
    return float(text.replace(",", "."))


def _scores(text: str, name: str) -> Scores:
    pairs = [each.partition("=") for each in _listed(text)]
    if not all(limb and equals for limb, equals, _ in pairs):
        raise BadInput(f"{name} '{_shown(text)}' cannot be read; write it like right_leg=6 left_leg=4")
    if len({limb for limb, _, _ in pairs}) < len(pairs):
        raise BadInput(f"{name} '{_shown(text)}' names one place twice; keep one")
    found = ((limb, _whole(score, "score", SCORE_MAX)) for limb, _, score in pairs)
    return tuple((limb, score) for limb, score in found if score is not None)
