"""What the verbs of the command line share: their options, and how a report ends the program."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

SETTINGS = {"help_option_names": ["-h", "--help"]}

Locale = Annotated[
    str | None, typer.Option("--locale", "-l", help="Place for numbers and services, for example en-GB.")
]
Language = Annotated[str | None, typer.Option("--language", help="Language, for example es; else from your settings.")]
AnswersFile = Annotated[str, typer.Argument(help="Answers in JSON or YAML, or - for standard input.")]
As = Annotated[str, typer.Option("--as", help="text, markdown or json.")]
Plain = Annotated[bool, typer.Option("--plain", help="Line by line, not one control code.")]
Carer = Annotated[bool, typer.Option("--for-someone-else", help="Speak to someone who answers for the person.")]
ShowPrivate = Annotated[bool, typer.Option("--show-private", help="Tell what rests on private answers too.")]
Name = Annotated[str, typer.Option("--protocol", help="Protocol id or folder.")]
WithDiary = Annotated[bool, typer.Option("--with-diary", help="Use what your diary tells.")]
DiaryFile = Annotated[
    str | None, typer.Option("--diary-file", help="The diary's file; else that of TRIAGE_DIARY, else your data folder.")
]
Folder = Annotated[Path | None, typer.Argument(help="A protocol folder; the shipped one if left out.")]


def show(made: Callable[[], tuple[str, int]]) -> None:
    """Print a report and end with its exit code."""
    text, code = made()
    typer.echo(text)
    raise typer.Exit(code)
