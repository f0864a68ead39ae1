"""The verbs for what a person prints: stiffness scores, the self-care plan, the summary for a visit."""

from pathlib import Path
from typing import Annotated

import typer

from triage.cli.options import AnswersFile, Carer, DiaryFile, Locale, ShowPrivate, WithDiary

PaperAs = Annotated[str, typer.Option("--as", help="text, markdown, html or pdf.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write to this file instead of the screen.")]


def limbs(
    file: Annotated[str | None, typer.Argument(help="Answers in JSON or YAML; asked for if left out.")] = None,
    svg: Annotated[Path | None, typer.Option("--svg", help="Write the body outline to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As an answers file, for the check.")] = False,
    locale: Locale = None,
    carer: Carer = False,
) -> None:
    """Show how stiff each arm and leg is, from 0 to 10, now and on a usual day."""
    from triage.cli import checking, paper

    raise typer.Exit(
        paper.limbs(file, now=checking.clock(), locale=locale, carer=carer, as_json=as_json, svg=svg),
    )


def plan(
    file: AnswersFile,
    as_format: PaperAs = "text",
    out: Out = None,
    locale: Locale = None,
    carer: Carer = False,
) -> None:
    """Make a self-care plan from the answers of a finished check: cautions first, one page to print."""
    from triage.cli import checking, paper

    now = checking.clock()
    raise typer.Exit(paper.plan(file, now=now, locale=locale, carer=carer, as_format=as_format, out=out))


def visit(  # noqa: PLR0913, PLR0917 - each option is an argument
    file: AnswersFile,
    as_format: PaperAs = "text",
    out: Out = None,
    ask: Annotated[list[str] | None, typer.Option("--ask", help="Something you want to ask; may stand again.")] = None,
    show_private: ShowPrivate = False,
    with_diary: WithDiary = False,
    diary_file: DiaryFile = None,
    locale: Locale = None,
    carer: Carer = False,
) -> None:
    """Make two pages for the neurologist or MS nurse from the answers of a check."""
    from triage.cli import checking, paper

    raise typer.Exit(
        paper.visit(
            file,
            now=checking.clock(),
            locale=locale,
            carer=carer,
            as_format=as_format,
            out=out,
            questions=tuple(ask or ()),
            show_private=show_private,
            with_diary=with_diary,
            diary_file=diary_file,
        )
    )
