"""Promises about answers: a danger sign never lowers, self-care rests on denials, nothing that was left out matters."""

from dataclasses import dataclass

from triage.decision.assessment import Assessment
from triage.engines.base import Valuation
from triage.engines.sheet import sheet_of
from triage.kernel.answers import Word
from triage.kernel.scale import urgency_key
from triage.kernel.truth import YES
from triage.protocol.models import Question
from triage.prove.bench import Bench, Person, named
from triage.prove.outcome import SELF_CARE, Urgency
from triage.prove.solver import TRUE, Formula, Model, both, choose, either, never, no, replaced
from triage.prove.symbols import Said, answers, pairs_of, sayable
from triage.prove.verdict import Findings, Property

REASONS_MAX = 4  # different reasons that are looked for why one answer lowers a result


def danger_never_lowers(bench: Bench, found: Findings) -> None:
    """Turn each denial into each other answer, all else equal; the questions that then open are answered anyhow."""
    pairs = 0
    excused = []
    for question in bench.protocol.questions:
        if question.denial is None or question.handover:
            continue
        others = bench.others([question.id])
        after = bench.turned_urgency(bench.finished, others)
        lower = (
            bench.obeyed(others),
            bench.said[question.id].only(question.denial),
            bench.as_said.used(question.id),
            bench.result.answered,
            bench.turned(bench.result.answered, others),
            after.less_than(bench.finished),
        )
        for option, told in _turns(question, others[question.id]):
            pairs += 1
            excuse = _excuse(bench, question.id, option, others)
            if not never(excuse):
                excused.append(f"{question.id}={option}")
            _lowered(bench, found, f"{question.id}: {question.denial} to {option}", (*lower, told, no(excuse)), others)
    found.notes.append(f"{pairs} pairs of a question and an answer that is no denial")
    found.notes.append(f"{len(excused)} of them may lower for a reason in the file, and only then: {named(excused)}")


def _excuse(bench: Bench, question: str, option: str, others: dict[str, Said]) -> Formula:
    """Whether something held before the answer that may be lost by it, or holds then that may lower."""
    those = [each for each in bench.claims.may_lower if each.question == question and option in each.options]
    rules = [bench.yes(f"rule:{name}") for each in those for name in each.rules]
    before = [bench.as_said.of(each.when).yes for each in those if each.when is not None]
    then = [bench.turned(bench.as_said.of(each.then).yes, others) for each in those if each.then is not None]
    return either(*rules, *before, *then)


def _turns(question: Question, said: Said) -> list[tuple[str, Formula]]:
    """Return the answers that a denial turns into: each option and each doubt, alone."""
    names = [*(each for each in said.chosen if each != question.denial), *(word.value for word in Word)]
    return [(name, said.only(name)) for name in names]


def _lowered(bench: Bench, found: Findings, name: str, lower: tuple[Formula, ...], others: dict[str, Said]) -> None:
    """Note each reason why an answer lowers, with people for the first of them."""
    for _ in range(REASONS_MAX):
        model = bench.find(*lower)
        if model is None:
            return
        first, then = bench.read(model, bench.said), bench.read_turned(model, others)
        lost = _lost(bench.assessed(first), bench.assessed(then))
        if any(lost.says in each.says for each in found.against):
            found.add(name, f"lowers too: {lost.says}")
        else:
            people = two_people(bench, (*lower, *lost.held(bench)), others)
            told = [bench.assessed(each) for each in people]
            says = f"{told_of(told[0])} becomes {told_of(told[1])}: {_lost(*told).says}"
            found.add(name, says, people, confirmed=_key(told[1]) < _key(told[0]))
        if lost.later:
            return
        lower = (*lower, no(both(*lost.held(bench))))


@dataclass(frozen=True, slots=True)
class _Lost:
    """What a more urgent result stood on and a less urgent one has lost: rules, or else the unsafe doubt."""

    rules: tuple[str, ...]
    later: bool

    @property
    def says(self) -> str:
        if self.later:
            return "the same rules, but later"
        if not self.rules:
            return "a doubt that made the check unsafe to finish counts no more once a rule holds"
        return f"lost {named(self.rules)}"

    def held(self, bench: Bench) -> tuple[Formula, ...]:
        """What was true of the more urgent result."""
        if self.later:
            return ()
        doubt = (no(bench.result.above), bench.result.unsafe)
        return tuple(bench.yes(f"rule:{name}") for name in self.rules) or doubt


def _lost(before: Assessment, after: Assessment) -> _Lost:
    still = {each.id for each in after.rules if each.truth == "yes"}
    top = {name for action in before.actions for name in action.rules if action.label is before.disposition}
    lost = tuple(sorted(name for name in top if name not in still))[:1]
    return _Lost(lost, later=bool(top) and not lost)


def two_people(bench: Bench, wanted: tuple[Formula, ...], others: dict[str, Said]) -> tuple[Person, Person]:
    """Return the plainest person for whom everything is true, and the same person with the other answers."""
    model = bench.plainest_model(*wanted)
    return bench.read(model, bench.said), bench.read_turned(model, others)


def _key(result: Assessment) -> tuple[int, int]:
    return urgency_key(result.disposition, result.within)


def told_of(result: Assessment) -> str:
    """Return label and time of a result."""
    return f"{result.disposition.value} {result.within.value}"


def self_care_rests_on_denials(bench: Bench, found: Findings) -> None:
    """Self-care is told only when nothing is left to ask and every danger question that may apply was answered."""
    calm = bench.told.is_label(SELF_CARE)
    unfinished = bench.find(calm, no(bench.result.complete))
    if unfinished is not None:
        found.add("not complete", "self-care before the end", [bench.read(unfinished, bench.said)])
    marked = {each.id for each in bench.protocol.questions if each.gating}
    unsaid = {name: _unsaid(bench, name) for name in sorted(marked | bench.claims.dangers)}
    found.notes.append(
        f"{len(marked)} questions that the protocol marks, {len(bench.claims.dangers)} that the file names"
    )
    if bench.find(calm, either(*unsaid.values())) is None:
        return
    for name, wrong in unsaid.items():
        if bench.find(calm, wrong) is not None:
            person = bench.person(calm, wrong)
            shown = bench.confirmed(person, lambda result: result.disposition is SELF_CARE)
            found.add(name, "was not answered, or left in doubt, and self-care is told", [person], confirmed=shown)


def _unsaid(bench: Bench, question: str) -> Formula:
    """Whether a question applies, or may, and was not answered without a doubt."""
    answered = both(bench.as_said.used(question), no(bench.said[question].doubted))
    return both(no(bench.as_said.applies(question).no), no(answered))


def nothing_left_out_could_raise(bench: Bench, found: Findings) -> None:
    """When nothing is left to ask, no answer to what was not asked gives a more urgent result."""
    more = answers(bench.protocol, "more")
    obeyed = both(*(sayable(each, bench.at) for each in more.values()))
    swaps = [
        (mine, choose(said.answered, mine, theirs))
        for name, said in bench.said.items()
        for mine, theirs in pairs_of(said, more[name])
    ]

    def grown(formula: Formula) -> Formula:
        return replaced(formula, swaps)

    whole = Urgency(
        {label: grown(each) for label, each in bench.told.label.items()},
        {time: grown(each) for time, each in bench.told.time.items()},
    )
    raised = (
        obeyed,
        bench.result.complete,
        no(bench.result.emergency),
        grown(bench.result.complete),
        bench.told.less_than(whole),
    )
    model = bench.find(*raised)
    if model is None:
        found.notes.append("every state in which nothing is left to ask, with every answer to what was not asked")
        return
    model = bench.plainest_model(*raised)
    before = bench.read(model, bench.said)
    after = _grown_person(bench, model, more, swaps)
    told = [bench.assessed(each) for each in (before, after)]
    says = f"{told_of(told[0])} could have been {told_of(told[1])}"
    confirmed = told[0].complete and _key(told[1]) > _key(told[0])
    found.add("an answer that was not asked for", says, (before, after), confirmed=confirmed)


def danger_questions_come_up(bench: Bench, found: Findings) -> None:
    """Each question is asked whenever the file says: a danger that nobody is asked about is found by nobody."""
    asked = [(name, each) for each in bench.claims.asked for name in each.questions]
    for name, claim in asked:
        wanted = bench.as_said.of(claim.when).yes if claim.when else TRUE
        withheld = both(wanted, no(bench.as_said.applies(name).yes))
        if bench.find(withheld) is not None:
            person = bench.person(withheld)
            asks = sheet_of(bench.protocol, person.answers, bench.at, Valuation.AS_SAID).applies[name]
            found.add(name, f"is not asked: {claim.why}", [person], confirmed=asks is not YES)
    found.notes.append(f"{len(asked)} questions come up whenever the file says")


def _grown_person(bench: Bench, model: Model, more: dict[str, Said], swaps: list[tuple[Formula, Formula]]) -> Person:
    typed = bench.answers_that_count(
        model,
        {name: said if model.holds(said.answered) else more[name] for name, said in bench.said.items()},
        lambda formula: replaced(formula, swaps),
    )
    return bench.as_person(typed)


PROPERTIES = (
    Property(
        4,
        "a danger sign never lowers",
        "A denial turned into 'not sure' or into a sign never gives a lower label or a later time.",
        danger_never_lowers,
    ),
    Property(
        5,
        "self-care rests on denials",
        "Self-care is told only when the check is complete and every gating question that applies was answered.",
        self_care_rests_on_denials,
    ),
    Property(
        9,
        "danger questions come up",
        "Every question about a danger is asked of everybody for whom the file of claims says so.",
        danger_questions_come_up,
    ),
    Property(
        9,
        "nothing left out could raise",
        "When the interview ends, no answer to a question it left out could have given a more urgent result.",
        nothing_left_out_could_raise,
    ),
)
