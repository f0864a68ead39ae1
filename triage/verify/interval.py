"""Figures 8 and 9: what is not known yet is never lost, and the order in which it is told makes no difference."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triage.decision.assess import assess_answers, doubts_of, given_label, look, range_of
from triage.decision.evidence import raw_answer
from triage.engines.base import Engine
from triage.engines.reference import Reference
from triage.interview.session import Interview
from triage.kernel.answers import Answer
from triage.protocol.models import Protocol
from triage.verify.cases import AT
from triage.verify.fuzz import random_answers

CALM = 0.8  # of the people: they deny most danger signs, or nearly everyone would be an emergency
DENIES = 0.95
FIRST_SECTION = "emergency"


@dataclass(frozen=True, slots=True)
class Tried:
    """How many were tried, and what went wrong, each by the number of its set."""

    sets: int
    checks: int
    wrong: tuple[str, ...]


def random_person(protocol: Protocol, rng: random.Random) -> dict[str, Answer]:
    """Return random partial answers; most people deny most danger signs."""
    answers = random_answers(protocol, rng, AT)
    if rng.random() > CALM:
        return answers
    denials = {q.id: q.denial for q in protocol.questions if q.section == FIRST_SECTION and q.denial}
    calm = {name: Answer(chosen=frozenset({str(denials[name])})) for name in answers if name in denials}
    return answers | {name: answer for name, answer in calm.items() if rng.random() < DENIES}


def unknown_is_never_lost(protocol: Protocol, *, sets: int, completions: int, seed: int) -> Tried:
    """Complete partial answers in many ways: the final label is always inside [confirmed, possible]."""
    rng = random.Random(seed)  # noqa: S311 - chance for tests, not for secrets
    engines = (Reference(protocol),)
    wrong, checks = [], 0
    for number in range(sets):
        partial = random_person(protocol, rng)
        low, high = _range(protocol, partial, engines)
        for _ in range(completions):
            whole = {**_everything(protocol, rng), **partial}
            final = given_label(look(protocol, whole, AT, engines)).rank
            checks += 1
            if not low <= final <= high:
                wrong.append(f"set {number}: {final} is outside {low} to {high}")
                break
    return Tried(sets, checks, tuple(wrong))


def _range(protocol: Protocol, answers: Mapping[str, Answer], engines: Sequence[Engine]) -> tuple[int, int]:
    picture = look(protocol, answers, AT, engines)
    low, high = range_of(protocol, doubts_of(picture), given_label(picture))
    return low.rank, high.rank


def _everything(protocol: Protocol, rng: random.Random) -> dict[str, Answer]:
    """Return an answer to every question."""
    answers: dict[str, Answer] = {}
    while missing := [each for each in protocol.questions if each.id not in answers]:
        small = protocol.model_copy(update={"questions": tuple(missing)})
        answers |= random_answers(small, rng, AT)
    return answers


# --------------------------------------------------------------------------------------------------------------- order

SAME = ("disposition", "confirmed", "possible", "within", "actions", "rules", "modifiers", "advice", "safety_net")


def order_does_not_matter(protocol: Protocol, *, encounters: int, seed: int) -> Tried:
    """Tell the same answers in another order, and reach them by going back and correcting: the same assessment."""
    rng = random.Random(seed)  # noqa: S311 - chance for tests, not for secrets
    engines = (Reference(protocol),)
    wrong = []
    for number in range(encounters):
        interview = _wandered(protocol, rng, engines)
        assert interview.state is not None
        told = list(interview.state.answers.items())
        rng.shuffle(told)
        again = assess_answers(protocol, dict(told), at=AT, engines=engines)
        differing = [name for name in SAME if getattr(again, name) != getattr(interview.result, name)]
        if differing or again.failed:
            wrong.append(f"encounter {number}: {', '.join(differing) or 'it failed'}")
    return Tried(encounters, encounters, tuple(wrong))


def _wandered(protocol: Protocol, rng: random.Random, engines: Sequence[Engine]) -> Interview:
    """Return an interview that went back and changed answers on its way."""
    person, other = random_person(protocol, rng), random_person(protocol, rng)
    interview = Interview(protocol, AT, engines=engines)
    for _ in range(2 * len(protocol.questions)):
        view = interview.prompt
        if view is None or rng.random() < 1 / 200:
            break
        if view.can_go_back and rng.random() < 1 / 10:
            interview = interview.back()
            continue
        said = (other if rng.random() < 1 / 20 else person).get(view.question.id)
        interview = interview.answer(raw_answer(said) if said else view.question.denial or "not_sure")
    return interview
