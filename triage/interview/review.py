"""What a person can look over before the result: every answer by section, and answers that do not fit together."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count, groupby

from triage.decision.assess import Picture
from triage.decision.intake import ANSWERED_BY
from triage.decision.relevance import in_order
from triage.interview.prompts import PromptView, view_of
from triage.kernel.answers import Answer
from triage.kernel.truth import YES, Truth
from triage.protocol.models import Contradiction, Locale, Protocol, Question
from triage.protocol.texts import fill


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its answer; `number` is what is typed to change it."""

    number: int
    view: PromptView
    answer: Answer


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one section."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """All answers in order; `set_aside` were given and no longer apply."""

    parts: tuple[Part, ...]
    set_aside: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The answers that can be changed, by number."""
        return tuple(row for part in self.parts for row in part.rows)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Answers that do not fit together, in the protocol's words, and the rows that can be changed."""

    id: str
    say: str
    rows: tuple[Row, ...]


def review_of(protocol: Protocol, picture: Picture, place: Locale) -> Review:
    """Return every answer of one person: those that count by section, then those set aside."""
    answered = [each for each in in_order(protocol) if each.id in picture.answers and each.id != ANSWERED_BY]
    counted = [each for each in answered if picture.as_said.applies[each.id] is YES]
    rows = _rows(protocol, counted, picture.answers, place)
    parts = tuple(Part(title, tuple(found)) for title, found in groupby(rows, key=lambda row: row.view.section))
    others = [each for each in answered if each not in counted]
    return Review(parts, tuple(_rows(protocol, others, picture.answers, place)))


def disagreements_of(protocol: Protocol, truths: Mapping[str, Truth]) -> tuple[Contradiction, ...]:
    """Return the contradictions that hold."""
    return tuple(each for each in protocol.contradictions if truths.get(f"contradiction:{each.id}") is YES)


def disagreement(pair: Contradiction, protocol: Protocol, picture: Picture, place: Locale) -> Disagreement:
    """Return a contradiction with the answers that make it."""
    by_name = {each.id: each for each in protocol.questions}
    asked = [by_name[name] for name in pair.questions if name in picture.answers]
    return Disagreement(pair.id, fill(pair.say, place), tuple(_rows(protocol, asked, picture.answers, place)))


def _rows(protocol: Protocol, questions: list[Question], answers: Mapping[str, Answer], place: Locale) -> list[Row]:
    return [
        Row(number, _view(protocol, question, answers, place, number), answers[question.id])
        for number, question in zip(count(1), questions, strict=False)
    ]


def _view(
    protocol: Protocol, question: Question, answers: Mapping[str, Answer], place: Locale, number: int
) -> PromptView:
    given = answers[question.id]
    return view_of(protocol, question, place, number=number, previous_section=None, still_open=0, given=given)
