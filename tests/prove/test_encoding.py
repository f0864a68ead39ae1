"""What is proved is proved of the program: on random answers the formulas say what the reference says."""

import os
import random
from itertools import combinations

import pytest

pytest.importorskip("z3", reason="the extra 'verify' is not installed")

from tests.people import random_person
from tests.shipped import AT, PROTOCOL
from triage.decision.intake import read_answers
from triage.decision.outcome import outcome_of
from triage.decision.relevance import open_questions
from triage.engines.base import Sheet, Truths, Valuation
from triage.engines.reference import Reference
from triage.engines.sheet import sheet_of
from triage.kernel.answers import Answer
from triage.kernel.scale import Disposition, TimeFrame
from triage.kernel.truth import NO, YES
from triage.protocol.graph import conditions_of
from triage.prove.encoding import World
from triage.prove.outcome import Result
from triage.prove.solver import Formula, Solver, both, either, no
from triage.prove.symbols import answer_in, answers, sayable, says
from triage.verify.fuzz import random_answers

SEED = int(os.environ.get("TRIAGE_SEED", "1"))
SETS = int(os.environ.get("TRIAGE_SETS", "25"))  # of each kind; set it to some hundreds for a long run
SAID = answers(PROTOCOL)
WORLDS = {valuation: World(PROTOCOL, SAID, valuation) for valuation in Valuation}
RESULTS = {widest: Result(WORLDS[Valuation.AS_SAID], widest=widest) for widest in (False, True)}
REFERENCE = Reference(PROTOCOL)
SOLVER = Solver()


def differs(formula: Formula, truth: bool) -> Formula:
    """Whether a formula is not what the reference says."""
    return no(formula) if truth else formula


def of_truths(world: World, sheet: Sheet, truths: Truths) -> dict[str, Formula]:
    """Return for each named condition and each `ask_if` whether the formulas differ from the reference."""
    found = {}
    for name, _, _ in conditions_of(PROTOCOL):
        pair = world.truth(name)
        found[name] = either(differs(pair.yes, truths[name] is YES), differs(pair.no, truths[name] is NO))
    for question, applies in sheet.applies.items():
        pair = world.applies(question)
        found[f"ask_if:{question}"] = either(differs(pair.yes, applies is YES), differs(pair.no, applies is NO))
    return found


def of_outcome(said: dict[str, Answer], sheet: Sheet, truths: Truths) -> dict[str, Formula]:
    """Return for label, time and what is left to ask whether the formulas differ from the decision."""
    found = {}
    for widest, result in RESULTS.items():
        outcome = outcome_of(PROTOCOL, truths, unknown_counts=widest)
        for label in set(Disposition) - {Disposition.NOT_FINISHED}:
            reached = outcome.label is not None and outcome.label.rank >= label.rank
            found[f"label {label} {widest}"] = differs(result.label_at_least(label), reached)
        for time in TimeFrame:
            soon = outcome.within is not None and outcome.within.rank <= time.rank
            found[f"time {time} {widest}"] = differs(result.times[time], soon)
    held = {each.rule.id: each.within.rank for each in outcome_of(PROTOCOL, truths).held}
    for rule in PROTOCOL.rules:
        for time in TimeFrame:
            soon = rule.id in held and held[rule.id] <= time.rank
            found[f"{rule.id} by {time}"] = differs(RESULTS[False].by(rule, time), soon)
    left = open_questions(PROTOCOL, sheet, truths, said)
    return {**found, "nothing left to ask": differs(RESULTS[False].complete, not left)}


def random_sets() -> dict[str, dict[str, Answer]]:
    """Return random answers to some of the questions, and random people who deny most things."""
    rng = random.Random(SEED)
    anything = {f"random answers {number}": random_answers(PROTOCOL, rng, AT) for number in range(SETS)}
    people = {f"random person {seed}": read_answers(PROTOCOL, random_person(seed), AT) for seed in range(SETS)}
    return anything | {name: dict(each.answers) for name, each in people.items()}


def hurried_sets() -> dict[str, dict[str, Answer]]:
    """Return people for whom two circumstances make an action sooner that could wait; chance seldom makes them."""
    world, found = WORLDS[Valuation.AS_SAID], {}
    late = [each for each in PROTOCOL.rules if each.within is TimeFrame.ROUTINE]
    waiting = [world.truth(f"rule:{each.id}").yes for each in late if each.then is not Disposition.SELF_CARE]
    hurrying = [each.id for each in PROTOCOL.modifiers if any(effect.kind == "step_sooner" for effect in each.effects)]
    for pair in combinations(hurrying, 2):
        sayables = (sayable(each, AT) for each in SAID.values())
        model = SOLVER.find(*sayables, either(*waiting), *(world.truth(f"modifier:{name}").yes for name in pair))
        assert model is not None, "any two circumstances can come together"
        said = {name: answer_in(model, each, AT) for name, each in SAID.items()}
        found[" and ".join(pair)] = {name: answer for name, answer in said.items() if answer is not None}
    return found


def test_the_formulas_say_what_the_reference_says() -> None:
    for name, said in {**random_sets(), **hurried_sets()}.items():
        found: dict[str, Formula] = {}
        for valuation, world in WORLDS.items():
            sheet = sheet_of(PROTOCOL, said, AT, valuation)
            truths = REFERENCE.evaluate(sheet)
            found |= {f"{valuation.value} {key}": each for key, each in of_truths(world, sheet, truths).items()}
            if valuation is Valuation.AS_SAID:
                found |= of_outcome(said, sheet, truths)
        told = both(*(says(each, said.get(question), AT) for question, each in SAID.items()))
        assert SOLVER.find(told) is not None, "these answers can be said"
        model = SOLVER.find(told, either(*found.values()))
        assert model is None or [wrong for wrong, each in found.items() if model.holds(each)] == [], name
