"""The protocol in other shapes: a list of questions, and JSON Schemas of protocol files and answers files."""

from typing import Any as Json

from triage.kernel.answers import Word
from triage.protocol.models import Locale, Protocol, Question
from triage.protocol.shapes import DISPOSITIONS, FOLDERS, LISTS, LOCALE, PROTOCOL, Key, Shape
from triage.protocol.texts import fill

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Object = dict[str, Json]


def question_list(protocol: Protocol, place: Locale) -> list[Object]:
    """Return every question as plain data, with the words of one place.

    Each is `{id, kind, ask, brief, options: [{id, label, brief}], unit, min, max, section, ask_if, for}`; `not_sure`
    is an
    option of every question, `declined` of those that offer it.
    """
    return [_question(question, place) for question in protocol.questions]


def _question(question: Question, place: Locale) -> Object:
    options = [
        {"id": option.id, "label": fill(option.label, place), "brief": list(option.brief)}
        for option in question.options
    ]
    if question.kind != "scale":
        options.append(_word(Word.NOT_SURE, "Not sure", question, "not_sure"))
        if question.may_decline:
            options.append(_word(Word.DECLINED, "Prefer not to say", question, "prefer_not"))
    return {
        "id": question.id,
        "section": question.section,
        "kind": question.kind,
        "ask": fill(question.ask, place),
        "say_on_phone": fill(question.say_on_phone, place),
        "why": fill(question.why, place),
        "brief": list(question.brief),
        "options": options,
        "unit": question.unit,
        "min": question.low,
        "max": question.high,
        "conditional": question.ask_if is not None,
        "for": "handover" if question.handover else None,
    }


def _word(word: Word, label: str, question: Question, code: str) -> Object:
    return {"id": word.value, "label": label, "brief": [f"{each}.{code}" for each in question.brief]}


def answers_schema(protocol: Protocol) -> Object:
    """Return the JSON Schema of an answers file for one protocol."""
    return {
        "$schema": DRAFT,
        "title": f"Answers for {protocol.title}",
        "type": "object",
        "required": ["answers"],
        "additionalProperties": False,
        "properties": {
            "protocol": {"const": protocol.id},
            "at": {"type": "string", "format": "date-time", "description": "Time of the assessment with its zone"},
            "locale": {"enum": [locale.id for locale in protocol.locales]},
            "answers": {
                "type": "object",
                "additionalProperties": False,
                "properties": {question.id: _answer_schema(question) for question in protocol.questions},
            },
        },
    }


def _answer_schema(question: Question) -> Object:
    words = [word.value for word in Word]
    options = [option.id for option in question.options]
    number = {"type": "number", "minimum": question.low, "maximum": question.high}
    word: Object = {"enum": words}
    by_kind: dict[str, list[Object]] = {
        "many": [{"enum": options + words}, {"type": "array", "minItems": 1, "items": {"enum": options + words}}],
        "choice": [{"enum": options + words}],
        "yes_no": [{"enum": options + words}, {"type": "boolean"}],
        "number": [number, word],
        "scale": [number, word, {"type": "object", "properties": dict.fromkeys(options, number), "minProperties": 1}],
        "moment": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}, word],
    }
    if question.kind == "moment" and options:
        by_kind["moment"].append({"enum": options})
    return {"description": question.ask, "anyOf": by_kind[question.kind]}


def protocol_schema() -> Object:
    """Return the JSON Schema of every file of a protocol, each kind under `$defs`."""
    schemas = file_schemas()
    kinds = {name: {key: value for key, value in each.items() if key[0] != "$"} for name, each in schemas.items()}
    return {
        "$schema": DRAFT,
        "title": "A file of a triage protocol",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in kinds],
        "$defs": {"condition": _condition_schema(), **kinds},
    }


def file_schemas() -> dict[str, Object]:
    """Return one JSON Schema for each kind of file, by name, for completion in editors."""
    single = {"protocol": PROTOCOL, "dispositions": DISPOSITIONS, "locale": LOCALE}
    lists = {name: {"type": "array", "items": _shape_schema(shape)} for name, shape in (FOLDERS | LISTS).items()}
    whole = {name: _shape_schema(shape) for name, shape in single.items()}
    return {
        name: {"$schema": DRAFT, "$defs": {"condition": _condition_schema()}, **body}
        for name, body in (lists | whole).items()
    }


def _condition_schema() -> Object:
    part: Object = {"$ref": "#/$defs/condition"}
    parts: Object = {"type": "array", "minItems": 1, "items": part}
    count = {
        "type": "object",
        "required": ["at_least", "of"],
        "properties": {"at_least": {"type": "integer"}, "of": parts},
    }
    keys = {"all": parts, "any": parts, "not": part, "count": count, "unknown": {"type": "string"}}
    return {
        "description": "A finding's name, or one key: all, any, not, count, unknown, a question or a measure",
        "anyOf": [{"type": "string"}, {"type": "object", "minProperties": 1, "maxProperties": 1, "properties": keys}],
    }


def _shape_schema(shape: Shape) -> Object:
    return {
        "description": shape.what,
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, key in shape.keys.items() if key.required],
        "properties": {name: _key_schema(key) for name, key in shape.keys.items()},
    }


def _key_schema(key: Key) -> Object:
    plain: dict[str, Object] = {
        "id": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}$"},
        "text": {"type": ["string", "number"], "minLength": 1},
        "flag": {"enum": ["yes", "no", True, False]},
        "number": {"type": "number"},
        "integer": {"type": "integer", "minimum": 0},
        "date": {"type": "string", "format": "date"},
        "condition": {"$ref": "#/$defs/condition"},
        "shape": {},
        "mapping": {"type": "object"},
        "word": {"enum": list(key.among)},
        "words": {"type": "array", "items": {"enum": list(key.among)}},
        "texts": {"type": "array", "items": {"type": ["string", "number"]}},
    }
    if key.form == "mapping" and key.shape is not None:
        return {"type": "object", "additionalProperties": _shape_schema(key.shape)}
    return plain[key.form]
