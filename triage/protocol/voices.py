"""One protocol in the words of one speaker: the person, someone who answers for them, or a nurse on the phone."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel

from triage.protocol.models import Dispositions, Locale, Option, Protocol, Question, Voice

Changes = dict[str, object]
_M = TypeVar("_M", bound=BaseModel)


def worded(protocol: Protocol, voice: Voice) -> Protocol:
    """Return the protocol in the words of a voice; rules, ids and the hash stay as they are.

    Raises ValueError if the protocol has another voice than the person's already: words once replaced are gone.
    """
    if voice == protocol.voice:
        return protocol
    if protocol.voice != "self":
        raise ValueError(f"this protocol speaks as '{protocol.voice}' already; start from the loaded one")
    return _on_the_phone(protocol) if voice == "phone" else _for_a_carer(protocol)


def _on_the_phone(protocol: Protocol) -> Protocol:
    questions = tuple(each.model_copy(update={"ask": each.say_on_phone}) for each in protocol.questions)
    return protocol.model_copy(update={"questions": questions, "voice": "phone"})


def _for_a_carer(protocol: Protocol) -> Protocol:
    return protocol.model_copy(
        update={
            **protocol.carer,
            "voice": "carer",
            "questions": tuple(_question(each) for each in protocol.questions),
            "rules": tuple(_said(each, each.carer) for each in protocol.rules),
            "modifiers": tuple(
                each.model_copy(update={"effects": tuple(_said(one, _if(each.carer, "text")) for one in each.effects)})
                for each in protocol.modifiers
            ),
            "advice": tuple(_said(each, each.carer) for each in protocol.advice),
            "safety_nets": tuple(_said(each, _if(each.carer, "text")) for each in protocol.safety_nets),
            "contradictions": tuple(_said(each, _if(each.carer, "say")) for each in protocol.contradictions),
            "glossary": tuple(_said(each, _if(each.carer, "meaning")) for each in protocol.glossary),
            "dispositions": _fixed(protocol.dispositions),
            "locales": tuple(_place(each) for each in protocol.locales),
        }
    )


def _said(entry: _M, words: Mapping[str, object]) -> _M:
    return entry.model_copy(update=words) if words else entry


def _if(text: str, key: str) -> dict[str, str]:
    return {key: text} if text else {}


def _question(question: Question) -> Question:
    """A carer may always say that the person will not tell."""
    options = tuple(_option(each) for each in question.options)
    return question.model_copy(update={**question.carer, "options": options, "may_decline": True})


def _option(option: Option) -> Option:
    return _said(option, _if(option.carer, "label"))


def _place(locale: Locale) -> Locale:
    doors = {name: _said(door, door.carer) for name, door in locale.doors.items()}
    return locale.model_copy(update={"doors": doors})


def _fixed(fixed: Dispositions) -> Dispositions:
    changed: Changes = {}
    for path, words in fixed.carer.items():
        first, *rest = path.split(".")
        changed[first] = _replaced(changed.get(first, getattr(fixed, first)), rest, words)
    return fixed.model_copy(update=changed)


def _replaced(value: object, path: list[str], words: object) -> object:
    """Return a value with the text at the end of a path replaced; models and mappings stand between."""
    if not path:
        return words
    first, *rest = path
    if isinstance(value, BaseModel):
        return value.model_copy(update={first: _replaced(getattr(value, first), rest, words)})
    assert isinstance(value, dict)
    return {**value, first: _replaced(value[first], rest, words)}
