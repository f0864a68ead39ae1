"""The figures of `triage protocol verify`: each measured by one function, all written the same way.

They are about the protocol and the program, not the medicine: none of them says that a rule is right for patients.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from random import Random
from time import perf_counter

from triage.engines.base import Engine
from triage.kernel.answers import Answer
from triage.protocol.models import Protocol
from triage.verify import interval
from triage.verify.fuzz import agreement
from triage.verify.inject import Run, inject_everywhere
from triage.verify.label_mutants import Stated, label_mutants, seen, unlike
from triage.verify.mcdc import coverage, why_uncovered
from triage.verify.reach import Reach
from triage.verify.rule_mutants import judged, tally
from triage.verify.simulate import Disk, simulate
from triage.verify.small_scope import small_scope
from triage.verify.traceability import traceability
from triage.verify.variants import Cases

SHOWN_MAX = 3  # of what went wrong, in the table; each function that measures can list all
ABOUT = "About the protocol and the program, not the medicine."


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `met` is nothing where all went well but less was tried than the target asks for."""

    figure: int
    name: str
    value: str
    target: str
    met: bool | None
    seed: int
    seconds: float
    how: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is tried."""

    fuzz: int
    combinations: int
    partial: int
    orders: int
    encounters: int
    every_site: int


QUICK = Sizes(fuzz=500, combinations=3, partial=50, orders=80, encounters=60, every_site=12)
FULL = Sizes(fuzz=10_000, combinations=32, partial=500, orders=1_000, encounters=1_000, every_site=1)
COMPLETIONS = 20
LONG_EVERY = 10
TARGETS = {"fuzz": 100_000, "partial": 100_000, "orders": 10_000, "encounters": 10_000}


@dataclass(frozen=True)
class Bench:
    """What the figures are measured on."""

    protocol: Protocol
    engines: Sequence[Engine]
    people: Sequence[tuple[Mapping[str, Answer], int]]  # whole answers, and how many first actions are stated of them
    stated: Stated
    runs: Sequence[tuple[str, Run]]
    long_runs: Sequence[tuple[str, Run]]  # with so many more calls that only some of their places are tried
    disk: Callable[[Random], Disk]
    today: date
    seed: int
    sizes: Sizes
    progress: Callable[[str], None] = field(default=lambda text: None)


Measured = tuple[str, bool | None, str]  # value, met, how
Measure = Callable[[Bench], Measured]


def measure_all(bench: Bench, only: Sequence[int] = ()) -> Iterator[Figure]:
    """Yield each figure as it is measured."""
    for number, name, target, measure in FIGURES:
        if only and number not in only:
            continue
        bench.progress(f"figure {number}: {name} ...")
        began = perf_counter()
        value, met, how = measure(bench)
        seconds = round(perf_counter() - began, 1)
        bench.progress(f"  {value} ({seconds:g} s)")
        yield Figure(number, name, value, target, met, bench.seed, seconds, how)


def as_json(figures: Iterable[Figure]) -> str:
    """Return the figures as a JSON list."""
    return json.dumps([asdict(each) for each in figures], indent=1, ensure_ascii=False) + "\n"


def as_table(figures: Iterable[Figure]) -> str:
    """Return the figures as a Markdown table."""
    words = {True: "yes", False: "NO", None: "so far"}
    rows = ["| # | figure | measured | target | met | seconds |", "|--:|---|---|---|---|--:|"]
    rows += [
        f"| {each.figure} | {each.name} | {each.value} | {each.target} | {words[each.met]} | {each.seconds:g} |"
        for each in figures
    ]
    note = "'so far': nothing went wrong, but less was tried than the target asks for."
    return "\n".join([*rows, "", note, ABOUT])


def _met(wrong: int, tried: int, target: int) -> bool | None:
    return False if wrong else (True if tried >= target else None)


def _some(wrong: Sequence[str]) -> str:
    return f": {'; '.join(wrong[:SHOWN_MAX])}" if wrong else ""


# -------------------------------------------------------------------------------------------------- what is measured


def _mcdc(bench: Bench) -> Measured:
    cases, reach = Cases(bench.protocol), Reach(bench.protocol)
    all_atoms = list(coverage(bench.protocol, cases))
    why = Counter(why_uncovered(each, cases, reach) for each in all_atoms if not each.whole)
    covered = sum(each.whole for each in all_atoms)
    redundant, lacking = why["proved redundant"], why["a case is missing"] + why["open"]
    value = f"{covered} of {len(all_atoms)} atoms; {redundant} proved redundant; {lacking} lack a case"
    how = (
        "rules with findings as atoms, findings by their own atoms through the rules; masking form; cases beside rules"
    )
    return value, lacking == 0, how


def _mutants(bench: Bench) -> Measured:
    fates = tally(list(judged(bench.protocol, Cases(bench.protocol), Reach(bench.protocol))))
    total, left = sum(fates.values()), fates["survived"] + fates["open"]
    value = f"{total:,} mutants: {fates['killed']:,} killed, {fates['equivalent']} proved equivalent, {left} survive"
    return (
        value,
        left == 0,
        "forced failure first; survivors compared over every combination of answers, both valuations",
    )


def _labels(bench: Bench) -> Measured:
    found = list(label_mutants(bench.protocol, seen(bench.protocol, bench.people), bench.stated))
    unnoticed = sum(not each.killed for each in found)
    wrong = unlike(bench.protocol, bench.stated)
    value = f"{len(found) - unnoticed} of {len(found)} noticed; {len(wrong)} rules unlike what is stated{_some(wrong)}"
    return value, not wrong and not unnoticed, "one label up and down, one time sooner and later; table and vignettes"


def _fuzz(bench: Bench) -> Measured:
    found = agreement(bench.protocol, bench.engines, sets=bench.sizes.fuzz, seed=bench.seed)
    wrong = found.disagreements + len(found.exceptions)
    value = f"{found.sets:,} sets, {found.comparisons:,} comparisons: {wrong} disagreements or exceptions"
    names = " = ".join(engine.name for engine in bench.engines)
    return value, _met(wrong, found.sets, TARGETS["fuzz"]), f"{names}; partial answers at and just beside the bounds"


def _small(bench: Bench) -> Measured:
    found = small_scope(bench.protocol, bench.engines, limit=bench.sizes.combinations, seed=bench.seed)
    value = (
        f"{found.whole} rules whole, {found.sampled} on a sample, {found.sheets:,} sheets: "
        f"{len(found.differences)} disagreements{_some(found.differences)}"
    )
    how = f"every combination of a rule's own answers, or {bench.sizes.combinations} of them; both valuations"
    return value, _met(len(found.differences), found.whole, len(bench.protocol.rules)), how


def _unknown(bench: Bench) -> Measured:
    found = interval.unknown_is_never_lost(
        bench.protocol, sets=bench.sizes.partial, completions=COMPLETIONS, seed=bench.seed
    )
    value = f"{found.sets:,} partial sets x {COMPLETIONS}: {len(found.wrong)} outside{_some(found.wrong)}"
    return value, _met(len(found.wrong), found.sets, TARGETS["partial"]), "random completions, reference engine"


def _order(bench: Bench) -> Measured:
    found = interval.order_does_not_matter(bench.protocol, encounters=bench.sizes.orders, seed=bench.seed)
    value = f"{found.sets:,} encounters: {len(found.wrong)} differ{_some(found.wrong)}"
    how = "interviews with steps back and corrections against the same answers shuffled"
    return value, _met(len(found.wrong), found.sets, TARGETS["orders"]), how


def _faults(bench: Bench) -> Measured:
    every = bench.sizes.every_site
    found = list(inject_everywhere(bench.runs, every=every, first=bench.seed))
    found += inject_everywhere(bench.long_runs, every=max(every, LONG_EVERY), first=bench.seed)
    wrong = [f"{each.site} ({each.problem})" for each in found if each.problem]
    runs = len(bench.runs) + len(bench.long_runs)
    value = f"{len(found):,} faults in {runs} runs: {len(wrong)} end unsafely{_some(wrong)}"
    how = f"one exception at each call site of engines, decision, reports; at 1 in {LONG_EVERY} of whole interviews"
    return value, _met(len(wrong), 1, every), how


def _simulation(bench: Bench) -> Measured:
    people = [answers for answers, _ in bench.people]
    found = simulate(bench.protocol, people, bench.disk, encounters=bench.sizes.encounters, seed=bench.seed)
    value = f"{found.encounters:,} encounters, {found.steps:,} steps: {len(found.broken)} broken{_some(found.broken)}"
    how = (
        "vignette people and random ones; changes of mind, leaving, save and resume on a failing disk, a failing engine"
    )
    return value, _met(len(found.broken), found.encounters, TARGETS["encounters"]), how


def _traced(bench: Bench) -> Measured:
    found = traceability(bench.protocol, bench.today, Reach(bench.protocol))
    value = (
        f"{found.rules} rules: {len(found.missing)} gaps{_some(found.missing)}; no case in doubt is possible for "
        f"{len(found.never_in_doubt)}; reviewed by nobody yet: {found.unreviewed}"
    )
    return value, not found.missing, "source, reviewer, review date, hazard, cases of each kind"


FIGURES: tuple[tuple[int, str, str, Measure], ...] = (
    (1, "MC/DC of rule conditions by their cases", "every atom covered or proved redundant", _mcdc),
    (2, "Rule mutants noticed by the cases", "all killed or proved equivalent", _mutants),
    (2, "Labels and times of rules changed", "all noticed", _labels),
    (5, "Engines agree on fuzzed answer sets", "0 disagreements in 100,000 sets", _fuzz),
    (6, "Engines agree in small scope", "0 disagreements, every rule whole", _small),
    (8, "Unknown is never lost", "0 of 100,000 x 20 outside [confirmed, possible]", _unknown),
    (9, "Order does not matter", "0 of 10,000 encounters differ", _order),
    (19, "Never fails open", "0 unsafe endings, every call site", _faults),
    (20, "Whole-encounter simulation", "0 broken promises in 10,000 encounters", _simulation),
    (22, "Traceability of rules", "no gap", _traced),
)
