"""The page about published definitions: each one criterion by criterion, then which choice moves the result."""

from collections.abc import Iterator, Sequence
from textwrap import fill as wrapped

from triage.decision.assessment import Assessment
from triage.interview.prompts import view_of
from triage.interview.saying import answer_text
from triage.kernel.answers import Answer
from triage.kernel.truth import NO, UNKNOWN, YES
from triage.protocol.models import Locale, Protocol
from triage.protocol.texts import fill
from triage.verify.definitions import Checked, Definitions, Kind, Move, Verdict, moves

RESULT = {YES: "met", NO: "not met", UNKNOWN: "cannot tell"}
MARK = {YES: "yes", NO: "no", UNKNOWN: "?"}
TITLES: dict[Kind, str] = {
    "relapse": "Definitions of a relapse",
    "signs": "Warning signs, no definition",
    "opposite": "What a relapse is told apart from",
}
NONE = "if it did not ask this"


class Page:
    """Writes the page for one person, in the words of one place."""

    def __init__(self, held: Definitions, result: Assessment, protocol: Protocol, place: Locale, width: int) -> None:
        """Keep what the check itself says, which comes first, and where the words come from."""
        self._held, self._result, self._protocol, self._place, self._width = held, result, protocol, place, width
        self._questions = {question.id: question for question in protocol.questions}
        self._sources = {source.id: source for source in protocol.sources}

    def text(self, found: Sequence[Verdict]) -> str:
        """Return the whole page."""
        lines = ["Published definitions of a relapse", "", *self._first(), ""]
        lines += [self._wrap(fill(each, self._place)) for each in self._held.intro]
        lines += ["", self._wrap(_summary(found))]
        lines += [self._wrap(f"- {each.definition.name}: {RESULT[each.truth]}", 2) for each in _relapses(found)]
        told: set[str] = set()
        for kind, title in TITLES.items():
            among = [verdict for verdict in found if verdict.definition.kind == kind]
            lines += ["", "", title] if among else []
            lines += [line for verdict in among for line in self._verdict(verdict, told)]
        lines += ["", "", "Which choice moves the result", "", *self._moves(found)]
        lines += ["", "", "Not in our material", ""]
        lines += [self._wrap(f"- {name}: {why}", 2) for name, why in self._held.not_held]
        return "\n".join(lines)

    def _first(self) -> Iterator[str]:
        """Yield what the check says to do, so that nobody reads on instead."""
        yield self._wrap(f"What the check says of these answers: {self._result.headline}")
        yield from (self._wrap(each.do) for each in self._result.actions[:1] if each.do != self._result.headline)

    def _wrap(self, text: str, indent: int = 0, first: int = 0) -> str:
        return wrapped(text, self._width, initial_indent=" " * first, subsequent_indent=" " * (first + indent))

    def _verdict(self, verdict: Verdict, told: set[str]) -> Iterator[str]:
        yield ""
        yield self._wrap(f"{verdict.definition.name}: {RESULT[verdict.truth]}")
        for each in verdict.criteria:
            again = " (answers above)" if each.criterion.says in told else ""
            yield self._wrap(f"{MARK[each.truth]:5}{each.criterion.says}{again}", 5, 2)
            yield from (self._wrap(line, 2, 7) for line in self._read(each, told))
        for name in verdict.definition.sources:
            source = self._sources[name]
            mark = source.mark.replace("_", " ")
            yield self._wrap(f"Source: {source.publisher}, {source.title}, {source.year} ({mark})", 2, 2)
        if verdict.definition.note:
            yield self._wrap(f"Note: {verdict.definition.note}", 2, 2)

    def _read(self, checked: Checked, told: set[str]) -> Iterator[str]:
        """Yield the answers that decided, the first time they decide a criterion; a private one is not repeated."""
        if checked.criterion.says in told:
            return
        told.add(checked.criterion.says)
        for name, answer in checked.answers.items():
            said = "answered in private" if self._questions[name].private else self._said(name, answer)
            yield f"{self._ask(name)} {said}"
        for name in checked.unanswered:
            yield f"Not answered: {self._ask(name)}"

    def _ask(self, name: str) -> str:
        return fill(self._questions[name].ask, self._place)

    def _said(self, name: str, answer: Answer) -> str:
        view = view_of(
            self._protocol,
            self._questions[name],
            self._place,
            number=1,
            previous_section=None,
            still_open=0,
            given=answer,
        )
        return answer_text(view, answer)

    def _moves(self, found: Sequence[Verdict]) -> Iterator[str]:
        turned = moves(self._held, found)
        for choice, words in self._held.choices.items():
            here = [move for move in turned if move.choice == choice]
            touched = list(dict.fromkeys(move.definition.name for move in here))
            yield self._wrap(f"{words}: this alone moves {len(touched)} of {len(_relapses(found))}.")
            for name in touched:
                yield self._wrap(f"- {name}: {_turns([move for move in here if move.definition.name == name])}", 2, 2)


def _relapses(found: Sequence[Verdict]) -> list[Verdict]:
    return [verdict for verdict in found if verdict.definition.kind == "relapse"]


def _summary(found: Sequence[Verdict]) -> str:
    truths = [verdict.truth for verdict in _relapses(found)]
    said = ", ".join(f"{truths.count(truth)} {words}" for truth, words in RESULT.items())
    return f"Of {len(truths)} definitions of a relapse: {said}."


def _turns(of_one: Sequence[Move]) -> str:
    """Return what one definition is as written, and what it would be with each other way."""
    told = [f"{RESULT[of_one[0].before]} as written"]
    for truth, words in RESULT.items():
        ways = [move.says.rstrip(".") for move in of_one if move.after is truth]
        with_words = " or ".join(f'"{way}"' for way in ways if way)
        told += [f"{words} with {with_words}"] if with_words else []
        told += [f"{words} {NONE}"] if "" in ways else []
    return f"{'; '.join(told)}."
