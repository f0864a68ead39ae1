"""Answers in the clinical brief's codes become answers to our questions, by the `brief` codes the protocol lists.

Nothing here is typed by hand, so a code that a question or an option loses is seen by the tests that stand on this.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import cast

from tests.shipped import AT, PROTOCOL, QUESTIONS

Value = str | float | Sequence[str] | None  # None: left blank
BriefAnswers = Mapping[str, Value]

DATA = Path(__file__).parent / "data"
OUR_WORDS = {"not_sure": "not_sure", "prefer_not": "declined"}

_QUESTIONS_OF: Mapping[str, list[str]] = defaultdict(list)  # e11 -> the questions that ask a part of it
_PLACES_OF: Mapping[str, list[tuple[str, str]]] = defaultdict(list)  # e11.back_pain -> question and option
for _question in PROTOCOL.questions:
    for _code in _question.brief:
        _QUESTIONS_OF[_code].append(_question.id)
    for _option in _question.options:
        for _code in _option.brief:
            _PLACES_OF[_code].append((_question.id, _option.id))
_MEASURES = {code: measure for measure in PROTOCOL.measures for code in measure.brief}
RULE_OF = {code: rule.id for rule in PROTOCOL.rules for code in rule.brief}


def read_data(name: str) -> dict[str, object]:
    """Return one of our copies of the brief's tables."""
    return cast("dict[str, object]", json.loads((DATA / name).read_text(encoding="utf-8")))


def places_of(code: str) -> Sequence[tuple[str, str]]:
    """Return where an option of the brief stands: our questions and their options."""
    return _PLACES_OF.get(code, [])


def questions_of(code: str) -> Sequence[str]:
    """Return our questions that ask a question of the brief, or a part of it, or the figure it needs."""
    if code in _MEASURES:
        return [name for name in (_MEASURES[code].source, _MEASURES[code].against) if name]
    return _QUESTIONS_OF.get(code, [])


def to_raw(answers: BriefAnswers) -> dict[str, object]:
    """Return the same person's answers as a file of ours writes them.

    Every option that lists a code is ticked, so a first screen opens its details. A blank is left out.
    """
    raw: dict[str, object] = dict(_figures(answers))
    for question, ticked in _ticked(answers).items():
        denial = QUESTIONS[question].denial
        said = [each for each in ticked if each != denial] or ticked  # it denies only if all its parts deny
        raw[question] = said if len(said) > 1 else said[0]
    return raw


def _ticked(answers: BriefAnswers) -> Mapping[str, list[str]]:
    ticked: defaultdict[str, list[str]] = defaultdict(list)
    for code, value in answers.items():
        for said in _said(value):
            for question, option in _places(code, said):
                if option not in ticked[question]:
                    ticked[question].append(option)
    return ticked


def _said(value: Value) -> Iterable[str]:
    if value is None or isinstance(value, int | float):
        return ()
    return (value,) if isinstance(value, str) else value


def _places(code: str, said: str) -> Sequence[tuple[str, str]]:
    if said in OUR_WORDS:
        return [(name, OUR_WORDS[said]) for name in _QUESTIONS_OF[code] if QUESTIONS[name].options]
    places = _PLACES_OF[f"{code}.{said}"]
    assert places, f"no option of ours lists {code}.{said}"
    return places


def _figures(answers: BriefAnswers) -> Iterable[tuple[str, object]]:
    for code, value in answers.items():
        if not isinstance(value, int | float):
            continue
        if code not in _MEASURES:
            yield _QUESTIONS_OF[code][0], value
            continue
        measure = _MEASURES[code]
        match measure.measure:
            case "hours_since":
                yield measure.source or "", (AT - timedelta(hours=value)).isoformat()
            case "days_since":
                yield measure.source or "", (AT - timedelta(days=value)).isoformat()
            case "highest":
                yield measure.source or "", value
            case "biggest_rise":
                yield measure.against or "", _number(answers["spasm_max"]) - value
            case "count_not_sure":
                raise AssertionError(f"{code} is counted, never given")


def _number(value: Value) -> float:
    assert isinstance(value, int | float)
    return value
