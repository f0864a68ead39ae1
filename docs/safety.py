"""Writes the tables of docs/safety_case.md: `python docs/safety.py`; `--check` only looks.

The words between the tables are written by hand. The tables come from the hazard log, the rules, the names of the
proved properties, docs/figures.json if it is there, and from running every vignette and every worked case.
"""

import ast
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the worked cases are read as the tests read them

from tests import people as brief_people  # noqa: E402
from triage.decision.assessment import Assessment  # noqa: E402
from triage.engines.reference import Reference  # noqa: E402
from triage.kernel.scale import Disposition  # noqa: E402
from triage.protocol.library import folder_of, load_protocol  # noqa: E402
from triage.protocol.models import Protocol, Rule  # noqa: E402
from triage.prove import claims  # noqa: E402
from triage.verify import hazard_log, vignette_table, vignettes  # noqa: E402
from triage.verify.cases import cases_of  # noqa: E402
from triage.verify.hazard_log import UNRATED, Guard, Hazard, HazardLog, Known, rules_of  # noqa: E402
from triage.verify.vignette_table import Judged  # noqa: E402

DOCS = ROOT / "docs"
LOG, PAGE, FIGURES = DOCS / "hazards.yaml", DOCS / "safety_case.md", DOCS / "figures.json"
MET = {True: "yes", False: "NO", None: "so far"}
TEST = re.compile(r"^ *def (test_\w+)", re.MULTILINE)


@cache
def protocol() -> Protocol:
    """Return the shipped protocol."""
    return load_protocol("ms")


@cache
def log() -> HazardLog:
    """Return the hazard log."""
    return hazard_log.load(LOG)


def properties() -> dict[str, tuple[int, str]]:
    """Return the proved properties by name, each with its number and sentence, without loading the solver."""
    found = {}
    for file in sorted((ROOT / "triage" / "prove").glob("properties_*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Property":
                number, name, says = (ast.literal_eval(each) for each in call.args[:3])
                found[name] = (number, says)
    return dict(sorted(found.items(), key=lambda each: each[1]))


def tests() -> set[str]:
    """Return every test file, and every test as `file::test`."""
    found = set()
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        name = file.relative_to(ROOT).as_posix()
        found |= {name, *(f"{name}::{test}" for test in TEST.findall(file.read_text(encoding="utf-8")))}
    return found


@cache
def bank() -> tuple[vignettes.Vignette, ...]:
    """Return the vignettes."""
    return vignettes.load(folder_of("ms") / vignettes.FOLDER, protocol())


def known() -> Known:
    """Return what the log may name."""
    return Known(tests(), properties(), {each.id for each in bank()})


@cache
def results() -> Mapping[str, Assessment]:
    """Return what the program says of each vignette."""
    engines, place = (Reference(protocol()),), protocol().locales[0].id
    return {each.id: vignettes.assessed(each, protocol(), locale=place, engines=engines) for each in bank()}


def vignette_people() -> list[Judged]:
    """Return the vignettes with both labels."""
    return [Judged(each.id, each.expect.label, results()[each.id].disposition) for each in bank()]


def worked_people() -> list[Judged]:
    """Return the worked cases of the clinical brief with both labels."""
    return [
        Judged(
            str(case["name"]),
            Disposition(str(case["disposition"]).replace("-", "_")),
            brief_people.completed(brief_people.worked(case))[1].disposition,
        )
        for case in brief_people.CASES
    ]


# ------------------------------------------------------------------------------------------------------------ tables


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines)


def code(names: Iterable[str]) -> str:
    """Return names in code type."""
    return ", ".join(f"`{name}`" for name in names)


def verified_by(entry: Guard | Hazard) -> Iterator[str]:
    """Yield the tests and the proved properties of an entry."""
    if entry.tests:
        yield "tests " + code(re.sub(r"^tests/|\.py", "", name) for name in entry.tests)
    if entry.properties:
        yield "proofs " + ", ".join(f"*{name}*" for name in entry.properties)


def claims_of(rules: Sequence[Rule]) -> int:
    """Return how many claims of rules/proofs/ms.yaml say that one of these rules is an emergency whatever else is."""
    codes = {each for rule in rules for each in rule.brief}
    hazards = claims.load(claims.file_of(folder_of("ms")), protocol()).hazards
    return sum(bool(codes & set(each.brief)) for each in hazards)


def rule_evidence(row: Hazard) -> Iterator[str]:
    """Yield what the rules of a row rest on: cases beside them, people for whom one holds, claims that are proved."""
    rules = rules_of(row.id, protocol())
    if not rules:
        return
    urgent = sum(rule.then is Disposition.EMERGENCY for rule in rules)
    cases = sum(len(list(cases_of(rule))) for rule in rules)
    ids = {rule.id for rule in rules}
    people = sum(any(each.truth == "yes" and each.id in ids for each in found.rules) for found in results().values())
    claimed = claims_of(rules)
    yield f"rules {len(rules)} ({urgent} emergency), cases {cases}, vignettes {people}, claims {claimed}"


def hazards_table(kinds: Sequence[str]) -> str:
    """Return the rows of some kinds: harm, what guards, what verifies."""
    rows = []
    for row in log().hazards:
        if row.kind in kinds:
            guards = [f"rules of {code(row.topics)}"] if row.topics else []
            people = [f"people {code(row.people)}"] if row.people else []
            evidence = [*rule_evidence(row), *verified_by(row), *people]
            rows.append((f"`{row.id}`", row.harm, "; ".join([*guards, code(row.guards)]), "; ".join(evidence)))
    return table(("Hazard", "Harm", "Guarded by", "Verified by"), rows)


def controls_table() -> str:
    """Return the controls, what verifies each and how many rows lean on it."""
    leaning = {guard.id: sum(guard.id in row.guards for row in log().hazards) for guard in log().guards}
    return table(
        ("Control", "What it does", "Verified by", "Hazards"),
        [(f"`{each.id}`", each.does, "; ".join(verified_by(each)), str(leaning[each.id])) for each in log().guards],
    )


def properties_table() -> str:
    """Return the properties that `triage protocol prove` proves."""
    return table(
        ("#", "Property", "What is proved"),
        [(str(number), name, says) for name, (number, says) in properties().items()],
    )


def figures_table() -> str:
    """Return the measured figures, or how to measure them."""
    if not FIGURES.exists():
        return "Not measured for this page yet: `triage protocol verify --out docs/figures.json` does it."
    found = json.loads(FIGURES.read_text(encoding="utf-8"))
    return table(
        ("#", "Figure", "Measured", "Target", "Met"),
        [(str(each["figure"]), each["name"], each["value"], each["target"], MET[each["met"]]) for each in found],
    )


def summary() -> str:
    """Return the counts that a reader wants first."""
    rules, rows = protocol().rules, log().hazards
    rated = sum(any(value != UNRATED for value in row.ratings.values()) for row in rows)
    general = sum(set(rule.sources) == {"general_knowledge"} for rule in rules)
    nobody = sum(rule.reviewed_by == "none yet" for rule in rules)
    kinds = ", ".join(f"{sum(row.kind == kind for row in rows)} {kind}" for kind in hazard_log.KINDS)
    worked = len(brief_people.CASES)
    return "\n".join(
        (
            f"- {len(rows)} hazards ({kinds}); {rated} rated by a clinician.",
            f"- {len(log().guards)} controls of the program, and {len(rules)} rules.",
            f"- {nobody} of {len(rules)} rules reviewed by nobody yet; {general} rest on general knowledge alone.",
            f"- {len(properties())} properties to prove; {len(bank())} vignettes; {worked} worked cases.",
        )
    )


TABLES: dict[str, Callable[[], str]] = {
    "summary": summary,
    "incidents": lambda: hazards_table(["incident"]),
    "hazards": lambda: hazards_table(["clinical", "software"]),
    "controls": controls_table,
    "properties": properties_table,
    "figures": figures_table,
    "vignettes": lambda: f"{vignette_table.NOTICE}\n\n{vignette_table.as_markdown(vignette_people())}",
    "worked": lambda: vignette_table.as_markdown(worked_people()),
}


def page(old: str) -> str:
    """Return the page with fresh tables."""
    for name, made in TABLES.items():
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        before, rest = old.split(begin, 1)
        old = f"{before}{begin}\n{made()}\n{end}{rest.split(end, 1)[1]}"
    return old


if __name__ == "__main__":
    loose = hazard_log.orphans(log(), protocol(), known())
    if loose:
        sys.exit("\n".join(loose))
    written = PAGE.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        sys.exit(0 if page(written) == written else "docs/safety_case.md is out of date; run python docs/safety.py")
    PAGE.write_text(page(written), encoding="utf-8")
