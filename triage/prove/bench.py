"""Everything a proof of one protocol needs: its formulas, a solver, and real people to confirm what the solver says."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from triage.decision.assess import assess_answers
from triage.decision.assessment import Assessment, RawAnswer
from triage.decision.evidence import raw_answer
from triage.decision.intake import read_answers
from triage.engines.base import Engine, Valuation
from triage.engines.reference import Reference
from triage.kernel.answers import Answer
from triage.protocol.models import Protocol
from triage.prove.claims import Claims
from triage.prove.encoding import World
from triage.prove.outcome import Result, Urgency
from triage.prove.solver import TRUE, Formula, Model, Solver, both, no, replaced
from triage.prove.symbols import Said, answer_in, answers, pairs_of, sayable, says
from triage.verify.cases import AT

FILE_TRIES = 12  # how often other values are looked for, because a file would add what a detail implies

Typed = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Person:
    """A set of answers that the solver found, as a file writes it. `as_file` says that a file reads the same."""

    answers: Typed
    raw: Mapping[str, RawAnswer]
    as_file: bool


class Bench:
    """One protocol as formulas, beside the protocol itself."""

    def __init__(self, protocol: Protocol, claims: Claims, at: datetime = AT) -> None:
        """Make the variables; formulas are made when a property asks for them."""
        self.protocol, self.claims, self.at = protocol, claims, at
        self.said = answers(protocol)
        self.solver = Solver(*(sayable(each, at) for each in self.said.values()))
        self.as_said = World(protocol, self.said, Valuation.AS_SAID)
        self.in_doubt = World(protocol, self.said, Valuation.IN_DOUBT)
        self.result = Result(self.as_said)
        self.engines: tuple[Engine, ...] = (Reference(protocol),)

    @cached_property
    def finished(self) -> Urgency:
        """What a person is told who answered every question that applies."""
        return self.result.given(TRUE)

    @cached_property
    def told(self) -> Urgency:
        """What a person is told who answered some questions."""
        return self.result.given(self.result.complete)

    @cached_property
    def warned(self) -> Formula:
        """Whether an emergency is told: one holds, or stands behind a question that is asked before stopping."""
        before = frozenset(each.id for each in self.protocol.questions if each.before_stopping)
        left = Result(World(self.protocol, self.said, Valuation.AS_SAID, before))
        return no(both(no(self.result.emergency), no(left.emergency)))

    def yes(self, name: str) -> Formula:
        """Whether a named condition holds."""
        return self.as_said.truth(name).yes

    # ------------------------------------------------------------------------------------- the same person, changed

    def others(self, changed: Collection[str]) -> dict[str, Said]:
        """Return fresh variables for some questions."""
        return answers(self.protocol, "b", changed)

    def obeyed(self, others: Mapping[str, Said]) -> Formula:
        """What fresh answers obey."""
        return both(*(sayable(each, self.at) for each in others.values()))

    def turned(self, formula: Formula, others: Mapping[str, Said]) -> Formula:
        """Return a formula about the person whose answers to some questions are others."""
        return replaced(formula, [pair for name, each in others.items() for pair in pairs_of(self.said[name], each)])

    def turned_urgency(self, urgency: Urgency, others: Mapping[str, Said]) -> Urgency:
        """Return the urgency of the person whose answers to some questions are others."""
        return Urgency(
            {label: self.turned(each, others) for label, each in urgency.label.items()},
            {time: self.turned(each, others) for time, each in urgency.time.items()},
        )

    # ------------------------------------------------------------------------------------------------------- people

    def find(self, *wanted: Formula) -> Model | None:
        """Return values for which everything wanted is true. Raises Undecided."""
        return self.solver.find(*wanted)

    def person(self, *wanted: Formula) -> Person:
        """Return the plainest person for whom everything wanted is true; there must be one."""
        return self.read(self.plainest_model(*wanted), self.said)

    def plainest_model(self, *wanted: Formula) -> Model:
        """Return the plainest values for which everything wanted is true; there must be some.

        Looks first for somebody whose answers a file reads as they are: a detail in a file opens its screen.
        """
        more: tuple[Formula, ...] = ()
        for _ in range(FILE_TRIES):
            model = self._plainest((*wanted, *more))
            if model is None:
                break
            found = self.read(model, self.said)
            if found.as_file:
                return model
            taken = read_answers(self.protocol, found.raw, self.at).answers
            moved = [name for name, answer in taken.items() if found.answers.get(name) != answer]
            more = (*more, no(both(*(says(self.said[name], found.answers.get(name), self.at) for name in moved))))
        model = self._plainest(wanted)
        assert model is not None, "what was found once is found again"
        return model

    def _plainest(self, wanted: tuple[Formula, ...]) -> Model | None:
        """Leave out, or deny, as much as can be; a counterexample is read by people."""
        best = self.find(*wanted)
        if best is None:
            return None
        for question in self.protocol.questions:
            said = self.said[question.id]
            for calm in (no(said.answered), said.only(question.denial) if question.denial else TRUE):
                model = best if best.holds(calm) else self.find(*wanted, calm)
                if model is not None:
                    best, wanted = model, (*wanted, calm)
                    break
        return best

    def read(self, model: Model, said: Mapping[str, Said]) -> Person:
        """Return a model's person: the answers that count."""
        return self.as_person(self.answers_that_count(model, said, lambda formula: formula))

    def read_turned(self, model: Model, others: Mapping[str, Said]) -> Person:
        """Return the person whose answers to some questions are others."""
        said = {**self.said, **others}
        return self.as_person(self.answers_that_count(model, said, lambda formula: self.turned(formula, others)))

    def answers_that_count(
        self, model: Model, said: Mapping[str, Said], turned: Callable[[Formula], Formula]
    ) -> dict[str, Answer]:
        """Return the answers to the questions that apply."""
        applying = (name for name in said if model.holds(turned(self.as_said.applies(name).yes)))
        found = {name: answer_in(model, said[name], self.at) for name in applying}
        return {name: answer for name, answer in found.items() if answer is not None}

    def as_person(self, typed: Typed) -> Person:
        """Return answers beside the way a file writes them."""
        raw = {name: raw_answer(answer) for name, answer in typed.items()}
        return Person(typed, raw, dict(read_answers(self.protocol, raw, self.at).answers) == dict(typed))

    def assessed(self, person: Person) -> Assessment:
        """Return what the program tells this person."""
        return assess_answers(self.protocol, person.answers, at=self.at, engines=self.engines)

    def confirmed(self, person: Person, shown: Callable[[Assessment], bool]) -> bool:
        """Return whether the program does to this person what the formulas say."""
        return shown(self.assessed(person))


def named(ids: Iterable[str], most: int = 6) -> str:
    """Return a few names and how many more there are."""
    listed = list(ids)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more
