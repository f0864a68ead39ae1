"""`triage protocol verify` and `triage protocol witness`: the figures, and the cases that are missing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triage.cli.options import Name, show
from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import DONE, VERIFICATION_FAILED, BadInput

if TYPE_CHECKING:
    from triage.verify.figures import Bench

QUICK_PEOPLE = 8  # every so many of the vignettes are people of a quick run


def protocol_verify(
    *,
    quick: Annotated[bool, typer.Option("--quick", help="A sample that takes about a minute.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write the figures to this file, as JSON.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same figures.")] = 1,
    only: Annotated[list[int] | None, typer.Option("--only", help="Only this figure; may be repeated.")] = None,
    protocol: Name = "ms",
) -> None:
    """Measure how well the cases test the rules, and what faults and chance can do to a result."""
    show(lambda: verified(protocol, quick=quick, out=out, seed=seed, only=only or []))


def protocol_witness(
    rule: Annotated[str | None, typer.Argument(help="A rule's id; every rule if left out.")] = None,
    protocol: Name = "ms",
) -> None:
    """Show the smallest answer sets that the cases of a rule lack, ready to paste under `cases:`."""
    typer.echo(lacking(rule, protocol))


def verified(name: str, *, quick: bool, out: Path | None, seed: int, only: list[int]) -> tuple[str, int]:
    """Return the table of figures and the exit code."""
    import tempfile

    from triage.verify.figures import FIGURES, as_json, as_table, measure_all

    known = sorted({number for number, *_ in FIGURES})
    for number in only:
        if number not in known:
            raise BadInput(f"no figure {number}; figures: {', '.join(map(str, known))}")
    with tempfile.TemporaryDirectory() as folder:
        figures = list(measure_all(_bench(name, Path(folder), quick=quick, seed=seed), only))
    if out is not None:
        try:
            out.write_text(as_json(figures), encoding="utf-8")
        except OSError as error:
            raise BadInput(f"{out}: cannot be written: {(error.strerror or '').lower()}") from None
    failed = any(each.met is False for each in figures)
    return as_table(figures), VERIFICATION_FAILED if failed else DONE


def _bench(name: str, folder: Path, *, quick: bool, seed: int) -> "Bench":
    from triage.cli.checking import clock
    from triage.cli.whole_runs import Disk, Whole
    from triage.engines.choice import engines_for
    from triage.protocol.library import folder_of, load_protocol
    from triage.verify import vignettes
    from triage.verify.figures import FULL, QUICK, Bench
    from triage.verify.label_mutants import stated

    loaded = load_protocol(name)
    told = vignettes.load(folder_of(name) / vignettes.FOLDER, loaded)
    people = [
        (vignettes.filled(each, loaded), len(each.expect.actions)) for each in told[:: QUICK_PEOPLE if quick else 1]
    ]
    whole = Whole(loaded, engines_for(loaded), folder)
    first = {each.level: each for each in reversed(told)}  # one person of each label
    formats = ("text",) if quick else ("text", "json", "markdown")
    runs = [(f"{each.id} {form}", whole.of_file(each.answers, form)) for each in first.values() for form in formats]
    spoken = list(first.values())[: 1 if quick else 2]  # an interview takes as long as a hundred files
    long_runs = [(f"{each.id} interview", whole.of_interview(vignettes.filled(each, loaded))) for each in spoken]
    return Bench(
        protocol=loaded,
        engines=engines_for(loaded),
        people=people,
        stated=stated(loaded, folder_of(name)),
        runs=runs,
        long_runs=long_runs,
        disk=lambda rng: Disk(folder / "check.json", rng),
        today=clock().date(),
        seed=seed,
        sizes=QUICK if quick else FULL,
        progress=lambda text: typer.echo(text, err=True),
    )


def lacking(rule: str | None, name: str) -> str:
    """Return the missing cases as YAML, and what no case could be found for."""
    from triage.protocol.library import load_protocol
    from triage.verify.witness import Witnesses, as_yaml

    loaded = load_protocol(name)
    known = [each.id for each in loaded.rules]
    if rule is not None and rule not in known:
        raise BadInput(f"no rule '{rule[:40]}'{did_you_mean(rule, known)}")
    search = Witnesses(loaded)
    found, lost = search.of(rule)
    lines = (
        [as_yaml(found)] if found else ["# no case is missing: every mutant is noticed, every atom decides in a pair"]
    )
    lines += [f"# no case found that notices {each}" for each in lost]
    lines += [f"# proved redundant, the interview never lets it decide: {each}" for each in search.redundant(rule)]
    return "\n".join(lines)
