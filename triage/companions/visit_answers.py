"""One person's answers as a visit needs them: dates with what was near, and each topic with its answer in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from triage.companions.visit import Episode, Row, VisitFile
from triage.decision.evidence import Evidence
from triage.engines.base import Sheet, Valuation
from triage.engines.sheet import sheet_of
from triage.interview.prompts import PromptView, view_of
from triage.interview.saying import answer_text
from triage.kernel.answers import Answer
from triage.kernel.truth import NO, YES
from triage.protocol.models import Protocol, Question
from triage.protocol.texts import locale_of


@dataclass(frozen=True, slots=True)
class Told:
    """One topic and its answer in words."""

    row: Row
    answer: str


class Answers:
    """Reads one person's answers; private ones only if they are to be shown."""

    def __init__(
        self,
        held: VisitFile,
        protocol: Protocol,
        answers: Mapping[str, Answer],
        *,
        at: datetime,
        locale: str,
        show_private: bool = False,
    ) -> None:
        """Keep what is to be read."""
        self._held = held
        self._protocol = protocol
        self._questions = {each.id: each for each in protocol.questions if show_private or not each.private}
        self._answers = {name: answer for name, answer in answers.items() if name in self._questions}
        self._at = at
        self._place = locale_of(protocol, locale)
        self._sheet: Sheet = sheet_of(protocol, answers, at, Valuation.AS_SAID)
        self._evidence = Evidence(protocol, self._sheet, answers)
        self.left_out = len(self._answers) < len(answers)

    def told(self, part: str) -> tuple[Told, ...]:
        """Return the topics of one part with their answers."""
        return tuple(Told(row, self._row(row)) for row in self._held.rows if row.part == part)

    def text(self, name: str) -> str:
        """Return one answer in words, or nothing if there is none that counts."""
        question = self._questions.get(name)
        if question is None or name not in self._answers or self._sheet.applies[name] is not YES:
            return ""
        return answer_text(self._view(question), self._answers[name])

    def episodes(self, more: Sequence[Episode] = ()) -> tuple[Episode, ...]:
        """Return every dated thing, earliest first: those of the answers and those given besides."""
        found = [*more]
        for stand in self._held.timeline:
            moment = self._answers[stand.question].moment if self.text(stand.question) else None
            if moment is not None:
                told = [text for name in stand.tell if (text := self.text(name))]
                said = ": ".join([stand.says, *(["; ".join(told)] if told else [])])
                exact = self._questions[stand.question].precision != "day"
                found.append(Episode(moment if exact else moment.date(), said, self._near(stand.near)))
        return in_time(found)

    def near_today(self) -> tuple[str, ...]:
        """Return what was near on the day of the check."""
        return self._near(self._held.check_day)

    def _near(self, names: Sequence[str]) -> tuple[str, ...]:
        things = (self._held.near[name] for name in names)
        return tuple(dict.fromkeys(each.says for each in things if self._evidence.truth(each.when) is YES))

    def _row(self, row: Row) -> str:
        words = self._held.words
        known = [name for name in row.questions if name in self._questions]
        told = {name: text for name in known if (text := self._of_row(row, name))}
        if told:
            several = len(row.questions) > 1
            return "; ".join(self._named(name, text) if several else text for name, text in told.items())
        if known and any(self.text(name) for name in known):
            return words["none"]
        if known and all(self._sheet.applies[name] is NO for name in known):
            return words["not_needed"]
        return words["write"]

    def _named(self, name: str, text: str) -> str:
        named = self._held.named.get(name, "")
        return f"{named}: {text}" if named else text

    def _of_row(self, row: Row, name: str) -> str:
        """Return one question's answer, kept to the options of the row where it has some of them."""
        question = self._questions[name]
        mine = [option.id for option in question.options if option.id in row.options]
        if not mine or not self.text(name):
            return self.text(name)
        answer = self._answers[name]
        kept = answer.chosen.intersection(mine)
        if not kept and answer.word is None:
            return ""
        return answer_text(self._view(question), Answer(chosen=kept, word=answer.word))

    def _view(self, question: Question) -> PromptView:
        return view_of(self._protocol, question, self._place, number=1, previous_section=None, still_open=0, given=None)


def in_time(episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    """Return episodes, earliest first."""
    return tuple(sorted(episodes, key=lambda each: _key(each.at)))


def _key(at: date | datetime) -> tuple[int, int, int, int, int]:
    """Order by day, then by the clock of that day; a day without a time comes first."""
    clock = (at.hour + 1, at.minute) if isinstance(at, datetime) else (0, 0)
    return (at.year, at.month, at.day, *clock)
