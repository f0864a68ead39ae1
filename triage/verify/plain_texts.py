"""Every text of a protocol that a person or a carer may read, with its place and its part."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from triage.kernel.diagnostics import Span
from triage.protocol.models import Dispositions, Locale, Place, Protocol, Question
from triage.protocol.voices import worded

Form = Literal["sentences", "ask", "label"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One text: where it stands, what it is for, and how it is read.

    A `label` names or lists something: an answer, a heading, a title. An `ask` is a question that wants one answer.
    """

    span: Span
    part: str
    text: str
    form: Form = "sentences"
    question: Question | None = None


def shown_texts(protocol: Protocol) -> Iterator[Shown]:
    """Yield the person's texts, then those that a carer reads instead."""
    own = tuple(_texts(protocol))
    yield from own
    known = {(each.span, each.part, each.text) for each in own}
    for each in _texts(worded(protocol, "carer")):
        if (each.span, each.part, each.text) not in known:
            yield Shown(each.span, f"{each.part}, for a carer", each.text, each.form, each.question)


def _texts(protocol: Protocol) -> Iterator[Shown]:
    yield from _head(protocol)
    for question in protocol.questions:
        yield from _question(question)
    for rule in protocol.rules:
        yield from _titled(rule.place, f"rule {rule.id}", rule.title, {"say": rule.say, "because": rule.because})
    for block in protocol.advice:
        texts = _numbered("text", block.text) | _numbered("cautions", block.cautions)
        yield from _titled(block.place, f"advice {block.id}", block.title, texts)
    for modifier in protocol.modifiers:
        effects = _numbered("advice", (effect.text for effect in modifier.effects if effect.text))
        yield from _titled(modifier.place, f"modifier {modifier.id}", modifier.title, effects)
    for net in protocol.safety_nets:
        yield Shown(_span(net.place), f"safety net {net.id}", net.text)
    for pair in protocol.contradictions:
        yield Shown(_span(pair.place), f"contradiction {pair.id}, say", pair.say)
    for term in protocol.glossary:
        yield Shown(_span(term.place), f"term {term.id}, meaning", term.meaning)
    yield from _fixed(protocol.dispositions)
    for locale in protocol.locales:
        yield from _doors(locale)


def _span(place: Place) -> Span:
    return Span(place.file, place.line, place.column)


def _numbered(key: str, texts: Iterable[str]) -> dict[str, str]:
    return {f"{key} {number}": text for number, text in enumerate(texts, start=1)}


def _titled(place: Place, name: str, title: str, texts: Mapping[str, str]) -> Iterator[Shown]:
    yield Shown(_span(place), f"{name}, title", title, "label")
    for key, text in texts.items():
        yield Shown(_span(place), f"{name}, {key}", text)


def _question(question: Question) -> Iterator[Shown]:
    span, name = _span(question.place), f"question {question.id}"
    yield Shown(span, f"{name}, ask", question.ask, "ask", question)
    yield Shown(span, f"{name}, why", question.why)
    yield Shown(span, f"{name}, help", question.help)
    for option in question.options:
        yield Shown(span, f"{name}, option {option.id}", option.label, "label")
    for group in dict.fromkeys(option.group for option in question.options if option.group):
        yield Shown(span, f"{name}, group", group, "label")


def _head(protocol: Protocol) -> Iterator[Shown]:
    span = Span("protocol.yaml", 1, 1)
    yield Shown(span, "title", protocol.title, "label")
    for section in protocol.sections:
        yield Shown(span, f"section {section.id}", section.title, "label")
    for key in ("scope", "not_for", "not_asked_yet"):
        for part, text in _numbered(key, getattr(protocol, key)).items():
            yield Shown(span, part, text, "label")
    for part, text in _numbered("at_start", protocol.at_start).items():
        yield Shown(span, part, text)


def _fixed(fixed: Dispositions) -> Iterator[Shown]:
    """Yield every text of the dispositions by its path; ids and times of an action are no texts."""
    span = Span("dispositions.yaml", 1, 1)
    for path, text in _leaves(fixed.model_dump(mode="json", exclude={"carer"}), ()):
        if path[-1] not in ("within", "door"):
            form: Form = "label" if path[0] == "times" or path[-1] == "title" else "sentences"
            yield Shown(span, ".".join(path), text, form)


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(part, (*path, str(key)))
    elif isinstance(value, list):
        for number, part in enumerate(value, start=1):
            yield from _leaves(part, (*path, str(number)))


def _doors(locale: Locale) -> Iterator[Shown]:
    span = Span(f"locales/{locale.id}.yaml", 1, 1)
    for name, door in locale.doors.items():
        yield Shown(span, f"door {name}, name", door.name, "label")
        yield Shown(span, f"door {name}, title", door.title, "label")
        yield Shown(span, f"door {name}, do", door.do)
