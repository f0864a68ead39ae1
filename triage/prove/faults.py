"""`triage protocol prove --seeded-faults`: planted mistakes, and which of the checks finds each."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triage.kernel.errors import DONE, VERIFICATION_FAILED
from triage.protocol.library import folder_of, load_protocol
from triage.protocol.models import Protocol
from triage.prove.claims import Claims, file_of, load
from triage.prove.planting import Fault, NothingToPlant, planted
from triage.prove.proving import PROPERTIES, check
from triage.prove.report import ABOUT
from triage.prove.solver import VERSION
from triage.verify import vignettes
from triage.verify.cases import run_cases

SLOW = (
    "every rule is reached",
    "no rule is idle",
    "a danger sign never lowers",
    "nothing left out could raise",
    "no circumstance delays",
    "the range is sound",
)
QUICK = tuple(each for each in PROPERTIES if each.name not in SLOW)  # the others take a few seconds for each fault
FAULTS_MIN = 30  # so many must be planted and found (issue, Proved)

Failing = Mapping[str, frozenset[str]]  # a property -> the names of its counterexamples


@dataclass(frozen=True, slots=True)
class Found:
    """What found one fault: how many cases and vignettes failed, and which properties; None means not run."""

    fault: Fault
    proofs: tuple[int, ...]
    cases: int
    vignettes: int | None

    @property
    def found(self) -> bool:
        """Whether anything did."""
        return bool(self.proofs or self.cases or self.vignettes)


def table(name: str) -> tuple[str, int]:
    """Plant every fault that the claims name; return the table and the exit code."""
    folder, protocol = folder_of(name), load_protocol(name)
    claims = load(file_of(folder), protocol)
    people = vignettes.load(folder / vignettes.FOLDER, protocol) if (folder / vignettes.FOLDER).is_dir() else ()
    before = failing(protocol, claims)
    rows, empty = [], []
    for number, fault in enumerate(claims.faults, start=1):
        sys.stderr.write(f"{number} of {len(claims.faults)}: {fault.id}\n")
        try:
            rows.append(found_by(fault, protocol, claims, before, people))
        except NothingToPlant as error:
            empty.append(f"{fault.id}: cannot be planted, {error}")
    lost = [row for row in rows if not row.found]
    lines = [*_table(rows), *empty, "", *_summary(rows, lost)]
    good = not lost and not empty and len(rows) >= FAULTS_MIN
    return "\n".join(lines), DONE if good else VERIFICATION_FAILED


def failing(protocol: Protocol, claims: Claims) -> Failing:
    """Return what already fails, so that only what is new is counted as found."""
    return {each.name: frozenset(wrong.name for wrong in each.against) for each in check(protocol, claims, QUICK)}


def found_by(
    fault: Fault, protocol: Protocol, claims: Claims, before: Failing, people: Sequence[vignettes.Vignette]
) -> Found:
    """Run the checks on a protocol with one fault; the vignettes take long and run only if nothing else found it."""
    wrong = planted(fault, protocol)
    after = failing(wrong, claims)
    numbers = {each.name: each.number for each in QUICK}
    proofs = tuple(numbers[name] for name, wrong in after.items() if wrong - before.get(name, frozenset()))
    cases = len(run_cases(wrong).failures)
    told = None if proofs or cases else len(vignettes.check(wrong, people))
    return Found(fault, proofs, cases, told)


def _table(rows: Sequence[Found]) -> list[str]:
    lines = [f"{'fault':36} {'where':44} {'proofs':14} {'cases':>6} {'vignettes':>9}  found"]
    for row in rows:
        where = f"{row.fault.entry}: {row.fault.change}"
        proofs = ", ".join(map(str, row.proofs)) or "-"
        told = "not run" if row.vignettes is None else str(row.vignettes)
        lines.append(
            f"{row.fault.id:36} {where:44} {proofs:14} {row.cases:6} {told:>9}  {'yes' if row.found else 'NO'}"
        )
    return lines


def _summary(rows: Sequence[Found], lost: Sequence[Found]) -> list[str]:
    used = sorted({number for row in rows for number in row.proofs})
    names = {number: ", ".join(each.name for each in QUICK if each.number == number) for number in used}
    proofs, cases = sum(bool(row.proofs) for row in rows), sum(bool(row.cases) for row in rows)
    alone = sum(bool(row.vignettes) for row in rows)
    return [
        f"{len(rows)} faults planted, {len(rows) - len(lost)} found.",
        f"{proofs} by a proof, {cases} by the cases beside the rules, {alone} by the vignettes alone.",
        *(f"proof {number}: {names[number]}" for number in used),
        f"{VERSION}; {ABOUT}",
    ]
