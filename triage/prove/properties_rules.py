"""Promises about the rules themselves: each can hold, none hides behind another."""

from collections.abc import Iterable

from triage.decision.assessment import Assessment
from triage.interview.machine import OUT_OF_SCOPE
from triage.interview.session import Interview
from triage.protocol.models import Rule
from triage.prove.bench import Bench, Person, named
from triage.prove.outcome import EMERGENCY
from triage.prove.solver import Formula, Undecided, both, either, no
from triage.prove.verdict import Findings, Property

STEPS_MAX = 400  # an interview of this protocol asks about 80 questions; this only stops one that never ends


def every_rule_is_reached(bench: Bench, found: Findings) -> None:
    """Each rule holds in a complete check that a real interview reaches."""
    reached = 0
    for rule in bench.protocol.rules:
        if _reached(bench, rule, found):
            reached += 1
    found.notes.append(f"{reached} of {len(bench.protocol.rules)} rules held at the end of an interview that was run")


def _reached(bench: Bench, rule: Rule, found: Findings) -> bool:
    """Run interviews with people for whom the rule holds; a calmer person is more likely to be asked everything."""
    last: Person | None = None
    try:
        for wanted in _attempts(bench, rule):
            model = bench.find(*wanted)
            if model is None:
                continue
            last = bench.read(model, bench.said)
            if _interviewed(bench, last, rule) or _interviewed(bench, last := bench.person(*wanted), rule):
                return True
    except Undecided:
        found.undecided.append(rule.id)
        return False
    if last is None:
        found.add(rule.id, "can never hold, whatever is answered")
    else:
        found.add(rule.id, "can hold, but no interview that was tried ends with it", [last])
    return False


def _attempts(bench: Bench, rule: Rule) -> Iterable[tuple[Formula, ...]]:
    """Yield what to look for: first with nothing more urgent beside the rule, last only that it holds."""
    holds, rules = bench.yes(f"rule:{rule.id}"), bench.protocol.rules
    scope = [bench.yes(f"rule:{each.id}") for each in rules if OUT_OF_SCOPE in each.tags and each is not rule]
    higher = [bench.yes(f"rule:{each.id}") for each in rules if each.then.rank > rule.then.rank]
    rivals = [bench.yes(f"rule:{each.id}") for each in rules if each.then is rule.then and each is not rule]
    calm = (holds, bench.result.answered, no(either(*scope, *higher)))
    yield (*calm, no(either(*rivals)))
    yield calm
    yield holds, bench.result.answered, no(either(*scope, bench.result.emergency))
    yield (holds,)


def _interviewed(bench: Bench, person: Person, rule: Rule) -> bool:
    """Whether the rule holds at the end of an interview with this person."""
    interview = Interview(bench.protocol, bench.at, engines=bench.engines)
    for _ in range(STEPS_MAX):
        if interview.prompt is None:
            break
        question = interview.prompt.question
        interview = interview.answer(person.raw.get(question.id, question.denial or "not_sure"))
    return _holds(interview.result, rule)


def _holds(result: Assessment, rule: Rule) -> bool:
    return any(each.id == rule.id and each.truth == "yes" for each in result.rules)


def no_emergency_is_masked(bench: Bench, found: Findings) -> None:
    """Each emergency rule holds for somebody for whom no other emergency rule does, or is marked."""
    emergencies = [rule for rule in bench.protocol.rules if rule.then is EMERGENCY]
    marked = []
    for rule in emergencies:
        others = [bench.yes(f"rule:{each.id}") for each in emergencies if each is not rule]
        if bench.find(bench.yes(f"rule:{rule.id}"), no(either(*others))) is not None:
            continue
        if rule.id in bench.claims.accompanied:
            marked.append(rule.id)
            continue
        found.add(rule.id, f"never holds without {_company(bench, rule, emergencies)}")
    found.notes.append(f"{len(emergencies)} emergency rules; {len(marked)} marked as always accompanied")


def _company(bench: Bench, rule: Rule, emergencies: list[Rule]) -> str:
    """Return which rules always hold with this one; if none does alone, say so."""
    always = _implied(bench, rule, [each for each in emergencies if each is not rule])
    return named(each.id for each in always) or "one or another emergency rule"


def none_is_subsumed(bench: Bench, found: Findings) -> None:
    """No rule adds nothing: another that always holds with it, through its door, at least as urgent and as soon."""
    marked = 0
    for rule in bench.protocol.rules:
        stronger = [each for each in bench.protocol.rules if each is not rule and _covers(each, rule)]
        for other in _implied(bench, rule, stronger):
            if (rule.id, other.id) in bench.claims.subsumed:
                marked += 1
            else:
                found.add(rule.id, f"whenever it holds, {other.id} holds: {_told(other)} against {_told(rule)}")
    found.notes.append(f"{marked} pairs marked with a reason")


def _told(rule: Rule) -> str:
    return f"{rule.then.value} {rule.within.value} {rule.door}"


def _covers(other: Rule, rule: Rule) -> bool:
    sooner = other.within.rank <= rule.within.rank
    return other.door == rule.door and other.then.rank >= rule.then.rank and sooner


def _implied(bench: Bench, rule: Rule, candidates: list[Rule]) -> list[Rule]:
    """Return the candidates that hold whenever the rule holds; each person found rules many of them out."""
    left = candidates
    while left:
        missing = either(*(no(bench.yes(f"rule:{each.id}")) for each in left))
        model = bench.find(both(bench.yes(f"rule:{rule.id}"), missing))
        if model is None:
            break
        left = [each for each in left if model.holds(bench.yes(f"rule:{each.id}"))]
    return left


PROPERTIES = (
    Property(
        1,
        "every rule is reached",
        "Every rule can hold, and an interview gets there.",
        every_rule_is_reached,
    ),
    Property(
        2,
        "no emergency is masked",
        "Every emergency rule can be the only one that holds, or is marked as always accompanied.",
        no_emergency_is_masked,
    ),
    Property(
        3,
        "no rule is idle",
        "No rule only holds when another, through the same door, at least as urgent and as soon, holds too.",
        none_is_subsumed,
    ),
)
