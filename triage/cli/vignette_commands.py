"""`triage protocol vignettes`: the table of invented people, by label, with exact intervals."""

from typing import Annotated

import typer

from triage.cli.options import Folder, show
from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import DONE, VERIFICATION_FAILED, BadInput

FORMATS = ("text", "markdown")


def protocol_vignettes(
    folder: Folder = None,
    as_format: Annotated[str, typer.Option("--as", help="text or markdown.")] = "text",
) -> None:
    """Count the vignettes by label: emergencies found, too low, too high, with exact intervals."""
    show(lambda: _table(folder, as_format))


def _table(folder: Folder, as_format: str) -> tuple[str, int]:
    from triage.cli import authoring
    from triage.protocol.library import folder_of, load_protocol
    from triage.verify import vignette_table, vignettes

    if as_format not in FORMATS:
        hint = did_you_mean(as_format, FORMATS)
        raise BadInput(f"no format '{as_format[:20]}'{hint}; formats: {', '.join(FORMATS)}")
    name = authoring.default_folder(folder)
    protocol = load_protocol(name)
    found = vignette_table.judged(protocol, vignettes.load(folder_of(name) / vignettes.FOLDER, protocol))
    text = vignette_table.as_text(found) if as_format == "text" else vignette_table.as_markdown(found)
    return text, VERIFICATION_FAILED if vignette_table.differing(found) else DONE
