"""Asking which kind of spasm fits, and the page that says it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TextIO

from triage.companions.asking import Choices, Page
from triage.companions.data import all_sources, closing, sources_line, wrapped
from triage.companions.spasm_kind import Flags, applies, fit, holds, is_emergency
from triage.companions.spasm_kind_data import NONE, Asked, Causes, Decision, Kind, Line, Said
from triage.kernel.answers import Word
from triage.protocol.models import Locale, Protocol
from triage.protocol.texts import fill, locale_of


def asked(
    held: Decision, protocol: Protocol, *, at: datetime, locale: str, stdin: TextIO, stdout: TextIO
) -> tuple[Said, bool]:
    """Ask and return the answers, and whether they are an emergency, which ends the questions. Raises Left."""
    page, place = Page(stdin, stdout), locale_of(protocol, locale)
    opening = [line for text in held.opening for line in wrapped(text)]
    page.show([held.words["title"], "", *wrapped(_notice(protocol, "top_line", place)), "", *opening])
    said: dict[str, tuple[str, ...]] = {}
    for question in held.questions:
        if not applies(question, said):
            continue
        said[question.id] = _answer(page, question, held)
        if is_emergency(held, said, protocol, at=at, locale=locale):
            return said, True
    return said, False


def _answer(page: Page, question: Asked, held: Decision) -> tuple[str, ...]:
    alone = [*([NONE] if question.none else []), Word.NOT_SURE.value]
    ids = [*question.options, *alone]
    labels = (*question.options.values(), *(held.words[each] for each in alone))
    choices = Choices(question.ask, labels, several=question.several, alone=len(alone), help=question.help)
    return tuple(ids[place] for place in page.choose(choices))


def right_service(held: Decision, flags: Flags) -> list[str]:
    """Return where to go for a person whose MS is not confirmed, and why; empty if nothing was found."""
    action = flags.right_service
    if action is None or not flags.told:
        return []
    told = held.words["flags_no_ms"].format(told="; ".join(flags.told))
    return ["", *wrapped(held.words["flags"]), "", *wrapped(action.do), *wrapped(action.say), "", *wrapped(told)]


def as_text(held: Decision, said: Said, flags: Flags, protocol: Protocol, locale: str) -> str:
    """Return the page: kinds, causes other than MS, what a clinician checks, and when to see someone."""
    words, place, found = held.words, locale_of(protocol, locale), fit(held, said)
    lines = ["", *wrapped(words["no_danger"])] if not flags.told else []
    lines += ["", words["what_fits"], *_kinds(held, found.best)]
    lines += [] if found.best or found.also else wrapped(words["nothing_fits"])
    lines += ["", words["could_be"], *_kinds(held, found.also)] if found.also else []
    lines += ["", *wrapped(words["how_sure"])]
    shown = (*found.best, *found.also) or held.kinds
    fitting = [each for each in held.causes if any(kind.id in each.kinds for kind in shown)]
    named = [each for each in held.causes if each.named is not None and holds(each.named, said)]
    causes = [*named, *(each for each in fitting if each not in named)]
    lines += ["", words["causes"], *wrapped(words["causes_first"]), *_causes(held, causes, named, place)]
    for key, group in (("at_visit", held.visit), ("next", held.next), ("about", held.about)):
        lines += ["", words[key], *_lines(group, place)]
    cited = all_sources(shown, causes, held.visit, held.next, held.about)
    lines += ["", *wrapped(words["check"]), "", *wrapped(f"{words['sources']}: {sources_line(protocol, cited)}.")]
    return "\n".join([*lines, *closing(protocol, locale)])


def _kinds(held: Decision, kinds: Sequence[Kind]) -> list[str]:
    clue = held.words["clue"]
    return [line for each in kinds for line in wrapped(clue.format(name=each.name, text=each.text), hang="- ")]


def _causes(held: Decision, groups: Sequence[Causes], named: Sequence[Causes], place: Locale) -> list[str]:
    lines: list[str] = []
    for each in groups:
        lines += ["", held.words["cause_named"].format(name=each.name) if each in named else each.name]
        lines += [line for item in each.items for line in wrapped(item, hang="- ")]
        lines += wrapped(f"{held.words['checks']}: {fill(each.checks, place)}")
    return lines


def _lines(group: Sequence[Line], place: Locale) -> list[str]:
    return [line for each in group for line in wrapped(fill(each.text, place), hang="- ")]


def _notice(protocol: Protocol, key: str, place: Locale) -> str:
    return fill(protocol.dispositions.notices.get(key, ""), place)
