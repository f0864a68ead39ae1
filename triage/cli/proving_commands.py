"""`triage protocol prove`: the verb that needs the solver of the extra `verify`."""

from pathlib import Path
from typing import Annotated

import typer

from triage.cli.options import Folder, show
from triage.kernel.errors import BadInput


def protocol_prove(
    folder: Folder = None,
    only: Annotated[str | None, typer.Option(help="One property, by its number or name.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write each counterexample here, as an answers file.")] = None,
    seeded_faults: Annotated[
        bool, typer.Option("--seeded-faults", help="Plant faults, and say what finds each of them.")
    ] = False,
) -> None:
    """Prove what the protocol promises, over the rules and the order of the questions; about 2 minutes."""
    from triage.cli import authoring

    _needs_the_solver()
    from triage.prove import faults, proving

    name = authoring.default_folder(folder)
    show(lambda: faults.table(name) if seeded_faults else proving.prove(name, only=only, out=out))


def _needs_the_solver() -> None:
    """Raise BadInput with what to install where the solver is missing."""
    from importlib.util import find_spec

    if find_spec("z3") is None:
        raise BadInput("proofs need the solver Z3; install the extra 'verify': pip install 'ms-triage[verify]'")
