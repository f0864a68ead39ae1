"""`triage diary`: a private diary on this machine, written in one line or by questions."""

from types import ModuleType
from typing import Annotated

import typer

from triage.cli.options import SETTINGS, Name, show
from triage.kernel.errors import BadInput

diary_app = typer.Typer(
    context_settings=SETTINGS,
    rich_markup_mode=None,
    help="A private diary of spasms, symptoms, triggers, medicines, sleep and stiffness, on this machine only.",
    no_args_is_help=True,
)

DiaryFile = Annotated[
    str | None, typer.Option("--file", help="The diary's file; else that of TRIAGE_DIARY, else your data folder.")
]


def needs_the_diary() -> ModuleType:
    """Return what does the work; a check without a diary never loads it. Raises BadInput if a package is missing."""
    try:
        from triage.cli import diary_keeping
    except ModuleNotFoundError as error:
        raise BadInput(f"the diary needs {error.name}: pip install 'ms-triage[diary]'") from None
    return diary_keeping


@diary_app.command("add")
def add(
    text: Annotated[list[str] | None, typer.Argument(help="One entry; left out, you are asked.")] = None,
    file: DiaryFile = None,
    protocol: Name = "ms",
) -> None:
    """Write one entry: "spasm right leg 6 at 23:30 yesterday after heat"; without words you are asked."""
    show(lambda: needs_the_diary().added(" ".join(text or []), file, protocol))


@diary_app.command("show")
def show_entries(
    since: Annotated[str | None, typer.Option(help="Only from this time on, like '2 weeks ago'.")] = None,
    file: DiaryFile = None,
    protocol: Name = "ms",
) -> None:
    """List the entries with their numbers."""
    show(lambda: needs_the_diary().shown(since, file, protocol))


@diary_app.command("remove")
def remove(
    number: Annotated[int, typer.Argument(help="The entry's number, as 'triage diary show' tells it.")],
    file: DiaryFile = None,
    protocol: Name = "ms",
) -> None:
    """Take one entry out."""
    show(lambda: needs_the_diary().removed(number, file, protocol))


@diary_app.command("summary")
def summary(file: DiaryFile = None, protocol: Name = "ms") -> None:
    """Say what the diary holds, and which patterns stand out. A pattern, not a cause."""
    show(lambda: needs_the_diary().summed_up(file, protocol))


@diary_app.command("export")
def export(
    to: Annotated[str, typer.Argument(help="A CSV file to write, or - for standard output.")],
    file: DiaryFile = None,
    protocol: Name = "ms",
) -> None:
    """Write the whole diary to a CSV file that only you can read."""
    show(lambda: needs_the_diary().exported(to, file, protocol))


@diary_app.command("import")
def import_entries(
    source: Annotated[str, typer.Argument(help="A CSV file with the columns of an export.")],
    file: DiaryFile = None,
    protocol: Name = "ms",
) -> None:
    """Read entries from a CSV file: all or none, each mistake with its row."""
    show(lambda: needs_the_diary().imported(source, file, protocol))


@diary_app.command("plot")
def plot(
    kind: Annotated[str, typer.Argument(help="hours, weekdays, scores or triggers.")],
    as_form: Annotated[str, typer.Option("--as", help="terminal, svg or png.")] = "terminal",
    out: Annotated[str | None, typer.Option("--out", help="The file for an svg or png.")] = None,
    file: DiaryFile = None,
    protocol: Name = "ms",
) -> None:
    """Draw the diary: spasms by hour or weekday, stiffness over time, spasms after triggers."""
    show(lambda: needs_the_diary().plotted(kind, as_form, out, (file, protocol)))


@diary_app.command("erase")
def erase(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    file: DiaryFile = None,
    protocol: Name = "ms",
) -> None:
    """Delete the whole diary, after asking."""
    show(lambda: needs_the_diary().erased(file, protocol, agreed=yes))
