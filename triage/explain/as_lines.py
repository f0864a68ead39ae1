"""Why, and what if, as plain lines of text."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

from triage.explain.changes import Change, Person
from triage.explain.what_if import WhatIf
from triage.explain.why import Clause, Reason
from triage.interview.prompts import PromptView, view_of
from triage.interview.saying import answer_text
from triage.kernel.answers import Answer
from triage.kernel.scale import Disposition, TimeFrame
from triage.kernel.truth import YES
from triage.protocol.models import Locale
from triage.protocol.texts import fill, locale_of
from triage.protocol.words import forms

WIDTH = 72
HEADS = {
    "held": "These rules hold.",
    "nearly": "These nearly hold: one thing is missing, and something you said speaks for them.",
    "open": "These are still open: a question that decides them is not answered.",
    "not": "These do not hold.",
}


def why_lines(reasons: Sequence[Reason], *, everything: bool, width: int = WIDTH) -> list[str]:
    """Return the reasons under their headings; rules that do not hold are counted unless `everything` is wanted."""
    lines: list[str] = []
    for state, head in HEADS.items():
        found = [each for each in reasons if each.state == state]
        if not found:
            continue
        if state == "not" and not everything:
            lines += ["", *wrap(f"{len(found)} other rules do not hold. Add --all to read why.", width)]
            continue
        lines += ["", *wrap(head, width)]
        for each in found:
            lines += ["", *_reason(each, width)]
    return lines[1:]


def _reason(reason: Reason, width: int) -> list[str]:
    rule = reason.rule
    name = f"; {rule.id}" if reason.title == rule.title else ""
    head = f"{reason.title} ({rule.then.value.replace('_', ' ')}, {rule.within.value.replace('_', ' ')}{name})"
    clauses = [line for clause in reason.clauses for line in _clause(clause, width)]
    return [*wrap(head, width), *clauses, *_hanging("Source: ", "; ".join(reason.sources), width)]


def _clause(clause: Clause, width: int) -> list[str]:
    word = "Holds: " if clause.truth is YES else "Does not hold: "
    read = "; ".join(f"{each.ask} {each.said}" for each in clause.read)
    return [
        *_hanging(f"  {word}", clause.text, width),
        *_hanging("  Read: ", read or "no answer; it was not asked, or not answered", width),
    ]


def what_if_lines(found: WhatIf, person: Person, locale: str, width: int = WIDTH) -> list[str]:
    """Return what would change the result, most urgent first, in the protocol's language."""
    return _Page(person, locale_of(person.protocol, locale), width).lines(found)


class _Page:
    """One person's what-if, in the words of one place."""

    def __init__(self, person: Person, place: Locale, width: int) -> None:
        self._person, self._place, self._width = person, place, width
        self._words, self._fixed = person.protocol.screen, person.protocol.dispositions
        self._questions = {each.id: each for each in person.protocol.questions}

    def lines(self, found: WhatIf) -> list[str]:
        lines = self._wrapped(self._result(found.given, found.within))
        if found.low is not found.high:
            low, high = self._label(found.low), self._label(found.high)
            lines += self._wrapped(self._words.range_of_results.format(low=low, high=high))
        lines += self._part(self._words.to_settle, (self._ask(name) for name in found.settle))
        lines += self._part(self._words.worth_finding_out, map(self._change, found.check))
        lines += self._part(self._words.sooner_if, map(self._change, found.near))
        if not found.near and not found.check:
            lines += ["", *self._wrapped(self._words.none_close)]
        lines += self._part(self._words.less_urgent, map(self._change, found.lower))
        top = fill(self._fixed.notices.get("top_line", ""), self._place)
        lines += ["", *self._clock(found), *self._wrapped(self._words.always_urgent.format(top_line=top))]
        return [*lines, *self._wrapped(self._words.about_protocol)]

    def _clock(self, found: WhatIf) -> list[str]:
        """Say when time alone changes the result; above self-care nobody is told how long they could wait."""
        if found.given is not Disposition.SELF_CARE:
            return []
        if found.turning is None:
            return self._wrapped(self._words.check_again)
        moment = found.turning.at
        month = forms(self._words.months)[moment.month - 1]
        day = self._words.day_and_month.format(day=moment.day, month=month, year=moment.year)
        label, time = self._label(found.turning.label), self._fixed.times[found.turning.within.value]
        return self._wrapped(self._words.still_there.format(day=day, clock=f"{moment:%H:%M}", label=label, time=time))

    def _change(self, change: Change) -> str:
        label, time = self._label(change.label), self._fixed.times[change.within.value]
        said = answer_text(self._view(change.question, change.answer), self._told(change))
        return self._words.if_answered.format(ask=self._ask(change.question), answer=said, label=label, time=time)

    def _told(self, change: Change) -> Answer:
        """Return only what is new in the answer: beside earlier ticks the added one is what matters."""
        before = self._person.answers.get(change.question)
        added = change.answer.chosen - before.chosen if before is not None else change.answer.chosen
        return Answer(chosen=added) if added else change.answer

    def _ask(self, name: str) -> str:
        return fill(self._questions[name].ask, self._place)

    def _view(self, name: str, given: Answer) -> PromptView:
        return view_of(
            self._person.protocol,
            self._questions[name],
            self._place,
            number=1,
            previous_section=None,
            still_open=0,
            given=given,
        )

    def _label(self, label: Disposition) -> str:
        return fill(self._fixed.labels[label.value].title, self._place)

    def _result(self, label: Disposition, within: TimeFrame) -> str:
        if label is Disposition.SELF_CARE:  # its time is a time to check again, no urgency
            return f"{self._label(label)}."
        return self._words.your_result.format(label=self._label(label), time=self._fixed.times[within.value])

    def _part(self, title: str, items: Iterable[str]) -> list[str]:
        listed = [line for item in items for line in _hanging("- ", item, self._width)]
        return ["", *self._wrapped(f"{title}:"), *listed] if listed else []

    def _wrapped(self, text: str) -> list[str]:
        return wrap(text, self._width)


def _hanging(lead: str, text: str, width: int) -> list[str]:
    return wrap(text, width, initial_indent=lead, subsequent_indent=" " * (len(lead) - len(lead.lstrip()) + 2))
