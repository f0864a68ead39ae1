"""Every text of a protocol by key, and the protocol in another language: one walk reads them and puts them back."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from pydantic import BaseModel

from triage.protocol import models
from triage.protocol.models import Protocol
from triage.protocol.words import BAR, Words, forms

Change = Callable[[str, str], str]  # key and text in, text out
_M = TypeVar("_M", bound=BaseModel)

TEXTS: Mapping[type[BaseModel], tuple[str, ...]] = {
    Protocol: ("title", "scope", "not_for", "at_start", "not_asked_yet", "carer"),
    models.Section: ("title",),
    models.Question: ("ask", "say_on_phone", "why", "help", "carer"),
    models.Option: ("label", "carer", "group"),
    models.Threshold: ("meaning",),
    models.Rule: ("title", "say", "because", "carer"),
    models.Modifier: ("title", "carer"),
    models.Effect: ("text",),
    models.Advice: ("title", "text", "cautions", "carer"),
    models.SafetyNet: ("text", "carer"),
    models.Contradiction: ("say", "carer"),
    models.Term: ("meaning", "carer"),
    models.LabelText: ("title", "lead"),
    models.FixedAction: ("say", "because", "emergency"),
    models.Dispositions: ("times", "emergency_screen", "notices", "intro", "stopped", "carer"),
    models.Door: ("name", "title", "do", "carer"),
    models.Locale: ("title",),
    Words: tuple(Words.model_fields),
}
INNER: Mapping[type[BaseModel], tuple[str, ...]] = {
    Protocol: (
        *("screen", "dispositions", "sections", "questions", "thresholds", "rules", "modifiers", "advice"),
        *("safety_nets", "contradictions", "glossary", "locales"),
    ),
    models.Question: ("options",),
    models.Modifier: ("effects",),
    models.Dispositions: ("labels", "unfinished", "unsafe_doubt", "nothing_found", "fallback"),
    models.Locale: ("doors",),
}


def texts_of(protocol: Protocol) -> dict[str, str]:
    """Return every text that a person may read, or that is read from them, by its key, in the protocol's order."""
    found: dict[str, str] = {}

    def note(key: str, text: str) -> str:
        found[key] = text
        return text

    _walked(protocol, "", note)
    return found


def spoken(protocol: Protocol, language: str, texts: Mapping[str, str]) -> Protocol:
    """Return the protocol in another language; ids, conditions and the hash stay as they are.

    A text that is not in `texts` stays in the protocol's own language and says so, so that none is lost in silence.
    Raises ValueError if the protocol already speaks as somebody else than the person: start from the loaded one.
    """
    if protocol.voice != "self":
        raise ValueError(f"this protocol speaks as '{protocol.voice}' already; start from the loaded one")
    mark = texts.get("screen.untranslated", protocol.screen.untranslated)

    def put(key: str, text: str) -> str:
        if key in texts:
            return texts[key]
        read_not_shown = key.startswith("screen.") or key.endswith(".words")
        return text if read_not_shown else mark.format(text=text)

    return _walked(protocol, "", put).model_copy(update={"language": language})


def _walked(entry: _M, key: str, change: Change) -> _M:
    new: dict[str, object] = {}
    for name in TEXTS.get(type(entry), ()):
        new[name] = _changed(getattr(entry, name), f"{key}{name}", change)
    for name in INNER.get(type(entry), ()):
        new[name] = _inner(getattr(entry, name), f"{key}{name}", change)
    if isinstance(entry, models.Term):
        listed = f" {BAR} ".join(entry.words)
        new["words"] = forms(change(f"{key}words", listed))
    return entry.model_copy(update=new)


def _changed(value: object, key: str, change: Change) -> object:
    match value:
        case str():
            return change(key, value) if value else value
        case tuple():
            return tuple(_changed(each, f"{key}.{number}", change) for number, each in enumerate(value, start=1))
        case dict():
            return {name: _changed(each, f"{key}.{name}", change) for name, each in value.items()}
        case _:
            raise TypeError(key)


def _inner(value: object, key: str, change: Change) -> object:
    match value:
        case BaseModel():
            return _walked(value, f"{key}.", change)
        case tuple():
            return tuple(
                _walked(each, f"{key}.{getattr(each, 'id', number)}.", change)
                for number, each in enumerate(value, start=1)
            )
        case dict():
            return {name: _walked(each, f"{key}.{name}.", change) for name, each in value.items()}
        case _:
            raise TypeError(key)
