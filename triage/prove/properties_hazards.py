"""Promises about the medicine's dangers as the file of claims names them: each is an emergency, none is silenced."""

from triage.kernel.scale import Disposition
from triage.prove.bench import Bench
from triage.prove.outcome import EMERGENCY, SELF_CARE
from triage.prove.properties_answers import told_of, two_people
from triage.prove.solver import both, no
from triage.prove.verdict import Findings, Property

RELAPSE = Disposition.POSSIBLE_RELAPSE
HAZARDS_MIN = 40  # so many dangers of the brief must be named (issue, Proved 7)


def every_hazard_is_an_emergency(bench: Bench, found: Findings) -> None:
    """Whoever tells of a hazard is told an emergency, whatever else they answer or leave out."""
    hazards = bench.claims.hazards
    for hazard in hazards:
        told = bench.as_said.of(hazard.when).yes
        if bench.find(told) is None:
            found.add(hazard.id, f"nobody can tell of this: {hazard.says}")
            continue
        missed = both(told, no(bench.warned))
        if bench.find(missed) is not None:
            person = bench.person(missed)
            result = bench.assessed(person)
            confirmed = result.disposition is not EMERGENCY
            found.add(hazard.id, f"{hazard.says} is told {told_of(result)}", [person], confirmed=confirmed)
    found.notes.append(f"{len(hazards)} hazards, each beside every other answer and beside none")
    if len(hazards) < HAZARDS_MIN:
        found.add("too few", f"{len(hazards)} hazards are named; {HAZARDS_MIN} are needed")


def nothing_silences_a_relapse(bench: Bench, found: Findings) -> None:
    """A relapse stays one when signs of infection are added; calm endings have their conditions."""
    _infection(bench, found)
    for ending in bench.claims.endings:
        those, allowed = bench.as_said.of(ending.those).yes, bench.as_said.of(ending.only_if).yes
        wrong = (bench.result.answered, bench.finished.is_label(SELF_CARE), those, no(allowed))
        if bench.find(*wrong) is not None:
            person = bench.person(*wrong)
            shown = bench.confirmed(person, lambda result: result.disposition is SELF_CARE)
            found.add("calm ending", ending.says, [person], confirmed=shown)
    found.notes.append(f"{len(bench.claims.endings)} conditions of a calm ending in the file")


def _infection(bench: Bench, found: Findings) -> None:
    claim = bench.claims.infection
    if claim is None:
        found.add("infection", "the file does not say which questions tell of an infection")
        return
    others = bench.others(claim.questions)
    silenced = (
        bench.obeyed(others),
        bench.result.answered,
        bench.turned(bench.result.answered, others),
        bench.as_said.of(claim.none).yes,
        bench.result.label_at_least(RELAPSE),
        no(bench.turned(bench.result.label_at_least(RELAPSE), others)),
    )
    if bench.find(*silenced) is None:
        relapses = sum(rule.then is RELAPSE for rule in bench.protocol.rules)
        found.notes.append(f"{relapses} relapse rules, with every answer to {', '.join(claim.questions)}")
        return
    before, after = two_people(bench, silenced, others)
    told = [bench.assessed(each) for each in (before, after)]
    confirmed = told[0].disposition.rank >= RELAPSE.rank > told[1].disposition.rank
    found.add("infection", f"{told_of(told[0])} becomes {told_of(told[1])}", (before, after), confirmed=confirmed)


PROPERTIES = (
    Property(
        7,
        "every hazard is an emergency",
        "Each named hazard of the brief is an emergency, whatever else is answered.",
        every_hazard_is_an_emergency,
    ),
    Property(
        8,
        "nothing silences a relapse",
        "Infection never silences a relapse; a case ends calmly only under the conditions in the file of claims.",
        nothing_silences_a_relapse,
    ),
)
