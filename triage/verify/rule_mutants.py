"""Figure 2: is every small mistake in a rule noticed by the cases beside the rules, or proved to change nothing?

A mutant of a rule is run on the rule's own cases; a mutant of a finding on the cases of every rule that rests on it. A
mutant that every case passes is compared with its original over every way to answer their questions, as said and in
doubt: if they never differ it is equivalent. The label and the time of a rule are no part of its cases: their mutants
are run on the vignettes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from triage.engines.base import Valuation
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.conditions import Condition
from triage.protocol.models import Protocol, Rule
from triage.verify.mutants import Mutant, mutants_of
from triage.verify.reach import Reach
from triage.verify.readings import Raw
from triage.verify.variants import Cases, expanded

Fate = Literal["killed", "equivalent", "survived", "open"]  # open: too many combinations to compare them all


@dataclass(frozen=True, slots=True)
class Telling:
    """Answers that tell a mutant from its original, and the kind of case that can say so."""

    kind: str
    answers: Raw


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a mutant; `tellings` tell it from its original if it survived."""

    mutant: Mutant
    fate: Fate
    tellings: tuple[Telling, ...] = ()


class ForcedFailure(AssertionError):
    """The check of mutants is broken: it missed a mutant that has to be noticed."""


def forced_failure(protocol: Protocol, cases: Cases) -> None:
    """Turn every rule round: each has to be noticed, or no kill below means anything. Raises ForcedFailure."""
    for rule in protocol.rules:
        turned = next(each for each in mutants_of(f"rule:{rule.id}", rule.when) if each.how == "negate")
        if not killed(turned, cases):
            raise ForcedFailure(f"'{rule.id}' turned round passes its cases; the check of mutants cannot be trusted")
        if killed(replace(turned, condition=rule.when), cases):
            raise ForcedFailure(f"'{rule.id}' unchanged fails its cases; run `triage protocol test` first")


def all_mutants(protocol: Protocol) -> Iterator[Mutant]:
    """Yield the mutants of every rule, then of every finding."""
    for rule in protocol.rules:
        yield from mutants_of(f"rule:{rule.id}", rule.when)
    for finding in protocol.findings:
        yield from mutants_of(f"finding:{finding.id}", finding.when)


def killed(mutant: Mutant, cases: Cases) -> bool:
    """Whether a case says otherwise than the mutant."""
    kind, name = mutant.owner.split(":")
    if kind == "rule":
        return any(each.truth(mutant.condition, cases.findings) is not each.wanted for each in cases.of(name))
    changed = {**cases.findings, name: mutant.condition}
    return any(
        each.truth_changed(rule.when, changed) is not each.wanted
        for rule in cases.users[name]
        for each in cases.of(rule.id)
    )


def judge(mutant: Mutant, cases: Cases, reach: Reach) -> Judged:
    """Run a mutant on the cases; compare a survivor with its original everywhere, a finding's through each rule."""
    if killed(mutant, cases):
        return Judged(mutant, "killed")
    kind, name = mutant.owner.split(":")
    if kind == "rule":
        return compare(mutant, (cases.rule(name).when, mutant.condition), reach)
    alone = compare(mutant, (cases.findings[name], mutant.condition), reach)
    if alone.fate == "equivalent":
        return alone
    fates = []
    for rule in cases.users[name]:
        told = through(mutant, rule, cases, reach)
        if told.fate == "survived":
            return told
        fates.append(told.fate)
    return Judged(mutant, "open" if "open" in fates else "equivalent")


def compare(mutant: Mutant, pair: tuple[Condition, Condition], reach: Reach) -> Judged:
    """Return answers that tell two conditions apart, in a way that a case can say; or that there are none."""
    tellings, exact = [], True
    for valuation in Valuation:
        reached = reach.of(pair, valuation)
        exact = exact and reached.exact
        for (first, second), raw in sorted(reached.found.items(), key=lambda each: UNKNOWN in each[0]):
            kind = _kind_of(first, valuation)
            if first is not second and kind is not None:
                tellings.append(Telling(kind, raw))
    return Judged(mutant, "survived" if tellings else "equivalent" if exact else "open", tuple(tellings))


def _kind_of(truth: Truth, valuation: Valuation) -> str | None:
    """Return the kind of case that says this truth; doubt is said of answers in doubt, the rest of answers as said."""
    if valuation is Valuation.IN_DOUBT:
        return "in_doubt" if truth is UNKNOWN else None
    return {YES: "holds", NO: "does_not_hold"}.get(truth)


def judged(protocol: Protocol, cases: Cases, reach: Reach) -> Iterator[Judged]:
    """Yield the fate of every mutant, after the forced failure. Raises ForcedFailure."""
    forced_failure(protocol, cases)
    for mutant in all_mutants(protocol):
        yield judge(mutant, cases, reach)


def through(mutant: Mutant, rule: Rule, cases: Cases, reach: Reach) -> Judged:
    """Compare what a rule makes of a finding and of its mutant."""
    name = mutant.owner.split(":")[1]
    changed = {**cases.findings, name: mutant.condition}
    return compare(mutant, (expanded(rule.when, cases.findings), expanded(rule.when, changed)), reach)


def tally(found: Sequence[Judged]) -> Mapping[Fate, int]:
    """Count the fates."""
    fates: tuple[Fate, ...] = ("killed", "equivalent", "survived", "open")
    return {fate: sum(each.fate == fate for each in found) for fate in fates}
