"""The smallest answer sets that would notice a surviving mutant or complete a pair, ready to paste under `cases:`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from triage.engines.base import Valuation
from triage.kernel.errors import BadInput
from triage.kernel.truth import UNKNOWN, YES
from triage.protocol.models import Case, Protocol, Rule
from triage.verify.mcdc import Covered, Half, coverage, half_of, is_pair, possible, rules_of, why_uncovered
from triage.verify.mutants import Mutant
from triage.verify.reach import Reach
from triage.verify.readings import Raw, RawValue
from triage.verify.rule_mutants import Judged, Telling, all_mutants, judge, through
from triage.verify.variants import ALWAYS, NEVER, Cases, CaseSheet, replaced, sheet_of_case


@dataclass(frozen=True, slots=True)
class Witness:
    """A case to add beside a rule, and what it would notice."""

    rule: str
    kind: str
    answers: Raw
    notices: tuple[str, ...]

    @property
    def line(self) -> str:
        """Return the case as one line of YAML."""
        inner = ", ".join(f"{name}: {_yaml(value)}" for name, value in self.answers.items())
        return f"- {{{inner}}}"


def _yaml(value: RawValue) -> str:
    if isinstance(value, str):
        return value
    parts = value if isinstance(value, tuple) else [f"{name}: {each}" for name, each in value.items()]
    opening, closing = ("[", "]") if isinstance(value, tuple) else ("{", "}")
    return opening + ", ".join(parts) + closing


class Witnesses:
    """Finds missing cases of one protocol, tries each as `triage protocol test` would, and keeps the fewest."""

    def __init__(self, protocol: Protocol, cases: Cases | None = None, reach: Reach | None = None) -> None:
        """Keep what is shared by all rules."""
        self._protocol = protocol
        self._cases = cases or Cases(protocol)
        self._reach = reach or Reach(protocol)

    def of(self, rule: str | None = None) -> tuple[list[Witness], list[str]]:
        """Return the cases to add, for one rule or all, and what no case could be found for."""
        found, lost = self.telling(self._survivors(rule), self._uncovered(rule))
        return [*found, *self._in_doubt(rule)], lost

    def redundant(self, rule: str | None = None) -> list[str]:
        """Return the atoms that can never decide, whatever is answered: the rule says the same without them."""
        return [
            f"{each.atom.owner}: {each.atom.english}"
            for each in self._uncovered(rule)
            if why_uncovered(each, self._cases, self._reach) == "proved redundant"
        ]

    def telling(self, mutants: Iterable[Judged], atoms: Iterable[Covered]) -> tuple[list[Witness], list[str]]:
        """Return the cases that notice these mutants and complete these atoms, and what no case was found for."""
        found: list[Witness] = []
        lost: list[str] = []
        for each in mutants:
            if any(self._notices(witness, each.mutant) for witness in found):
                continue
            witness = self._for_mutant(each)
            lost += [] if witness else [_named(each.mutant)]
            found += [witness] if witness else []
        for atom in atoms:
            added = self._for_atom(atom, found)
            found += added or []
            lost += [f"{atom.atom.owner}: {atom.atom.english}"] if added is None else []
        return found, lost

    def _survivors(self, rule: str | None) -> Iterator[Judged]:
        for mutant in all_mutants(self._protocol):
            if rule is None or self._concerns(mutant.owner, rule):
                judged = judge(mutant, self._cases, self._reach)
                if judged.fate == "survived":
                    yield judged

    def _uncovered(self, rule: str | None) -> Iterator[Covered]:
        for each in coverage(self._protocol, self._cases):
            if not each.whole and (rule is None or self._concerns(each.atom.owner, rule)):
                yield each

    def _in_doubt(self, wanted: str | None) -> Iterator[Witness]:
        """Yield a case in doubt for each rule that has none though one can exist."""
        for rule in self._protocol.rules:
            if rule.cases.in_doubt or wanted not in (None, rule.id):
                continue
            answers = self._reach.of((rule.when,), Valuation.IN_DOUBT, answered=True).found.get((UNKNOWN,))
            sheet = self._read(answers, "in_doubt", rule) if answers else None
            if answers and sheet and sheet.truth(rule.when, self._cases.findings) is UNKNOWN:
                yield Witness(rule.id, "in_doubt", answers, (f"rule:{rule.id}: no case in doubt",))

    def _concerns(self, owner: str, rule: str) -> bool:
        kind, name = owner.split(":")
        return name == rule if kind == "rule" else any(each.id == rule for each in self._cases.users[name])

    # ---------------------------------------------------------------------------------------------------------- mutants

    def _for_mutant(self, judged: Judged) -> Witness | None:
        for rule, tellings in self._places(judged):
            for telling in tellings:
                if self._tells(telling.answers, telling.kind, rule, judged.mutant):
                    fewest = self._fewest(telling, rule, judged.mutant)
                    return Witness(rule.id, telling.kind, fewest, (_named(judged.mutant),))
        return None

    def _places(self, judged: Judged) -> Iterator[tuple[Rule, Sequence[Telling]]]:
        kind, name = judged.mutant.owner.split(":")
        if kind == "rule":
            yield self._cases.rule(name), judged.tellings
            return
        for rule in self._cases.users[name]:
            yield rule, through(judged.mutant, rule, self._cases, self._reach).tellings

    def _fewest(self, telling: Telling, rule: Rule, mutant: Mutant) -> Raw:
        def tells(answers: Raw) -> bool:
            return self._tells(answers, telling.kind, rule, mutant)

        return _without_needless(telling.answers, tells)

    def _notices(self, witness: Witness, mutant: Mutant) -> bool:
        concerned = self._concerns(mutant.owner, witness.rule)
        return concerned and self._tells(witness.answers, witness.kind, self._cases.rule(witness.rule), mutant)

    def _tells(self, answers: Raw, kind: str, rule: Rule, mutant: Mutant) -> bool:
        sheet = self._read(answers, kind, rule)
        if sheet is None or sheet.truth(rule.when, self._cases.findings) is not sheet.wanted:
            return False
        sort, name = mutant.owner.split(":")
        if sort == "rule":
            return sheet.truth(mutant.condition, self._cases.findings) is not sheet.wanted
        return sheet.truth_changed(rule.when, {**self._cases.findings, name: mutant.condition}) is not sheet.wanted

    def _read(self, answers: Raw, kind: str, rule: Rule) -> CaseSheet | None:
        try:
            return sheet_of_case(kind, rule.id, Case(answers=dict(answers), place=rule.place), self._protocol)
        except (BadInput, ValueError):
            return None

    # ------------------------------------------------------------------------------------------------------------ atoms

    def _for_atom(self, covered: Covered, found: Sequence[Witness]) -> list[Witness] | None:
        """Return cases that complete an atom's pair, none if no pair exists; None if no case was found."""
        rules = rules_of(covered.atom, self._cases)
        seen = set(covered.halves)
        for witness in found:
            seen |= {half for rule in rules if rule.id == witness.rule and (half := self._half(witness, rule, covered))}
        if is_pair(seen) or why_uncovered(covered, self._cases, self._reach) == "proved redundant":
            return []
        added: list[Witness] = []
        for rule in rules:
            for witness in self._halves(rule, covered):
                half = self._half(witness, rule, covered)
                if half is not None and half not in seen:
                    seen.add(half)
                    added.append(witness)
                if is_pair(seen):
                    return added
        return None

    def _halves(self, rule: Rule, covered: Covered) -> Iterator[Witness]:
        halves = possible(covered.atom, rule, self._cases, self._reach)[0]
        for (_, truth), answers in halves.items():
            kind = "holds" if truth is YES else "does_not_hold"
            notices = (f"{covered.atom.owner}: {covered.atom.english}",)
            witness = Witness(rule.id, kind, answers, notices)
            wanted = self._half(witness, rule, covered)
            if wanted is not None:
                yield replace(witness, answers=_without_needless(answers, self._same_half(witness, rule, covered)))

    def _same_half(self, witness: Witness, rule: Rule, covered: Covered) -> Callable[[Raw], bool]:
        wanted = self._half(witness, rule, covered)

        def tells(answers: Raw) -> bool:
            return self._half(replace(witness, answers=answers), rule, covered) == wanted

        return tells

    def _half(self, witness: Witness, rule: Rule, covered: Covered) -> Half | None:
        sheet = self._read(witness.answers, witness.kind, rule)
        if sheet is None or sheet.truth(rule.when, self._cases.findings) is not sheet.wanted:
            return None
        sort, name = covered.atom.owner.split(":")
        truths = []
        for constant in (ALWAYS, NEVER):
            if sort == "rule":
                truths.append(sheet.truth(replaced(rule.when, covered.atom.path, constant), self._cases.findings))
            else:
                own = replaced(self._cases.findings[name], covered.atom.path, constant)
                truths.append(sheet.truth_changed(rule.when, {**self._cases.findings, name: own}))
        return half_of(truths[0], truths[1], sheet.wanted)


def _named(mutant: Mutant) -> str:
    return f"{mutant.owner}: {mutant.how} at {mutant.where}"


def _without_needless(answers: Raw, tells: Callable[[Raw], bool]) -> Raw:
    kept = dict(answers)
    for name in list(kept):
        fewer = {each: value for each, value in kept.items() if each != name}
        if fewer and tells(fewer):
            kept = fewer
    return kept


def as_yaml(witnesses: Iterable[Witness]) -> str:
    """Return the cases by rule and kind, each with what it would notice."""
    rules: dict[str, dict[str, list[Witness]]] = {}
    for each in witnesses:
        rules.setdefault(each.rule, {}).setdefault(each.kind, []).append(each)
    return "\n".join(line for name, kinds in rules.items() for line in _block(name, kinds))


def _block(rule: str, kinds: Mapping[str, Sequence[Witness]]) -> Iterator[str]:
    yield f"# {rule}"
    yield "  cases:"
    for kind, listed in kinds.items():
        yield f"    {kind}:"
        for each in listed:
            yield f"      # notices {'; '.join(each.notices)}"
            yield f"      {each.line}"
