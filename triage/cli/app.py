"""The verbs of the command line."""

from collections.abc import Sequence
from typing import Annotated

import typer

from triage.cli import companion_commands, picture_commands, visit_commands
from triage.cli.diary_commands import diary_app
from triage.cli.guard import guarded
from triage.cli.options import (
    SETTINGS,
    AnswersFile,
    As,
    Carer,
    DiaryFile,
    Language,
    Locale,
    Name,
    Plain,
    ShowPrivate,
    WithDiary,
    show,
)
from triage.cli.protocol_commands import protocol_app
from triage.kernel.errors import DONE

EXAMPLES = """Examples:

  triage                                   ask now, step by step

  triage check --locale en-GB --plain      the same for screen readers and pipes

  triage assess answers.json --as text     no questions, answers from a file

  triage protocol explain stroke_signs_last_day

For people with multiple sclerosis, their carers and nurses: which red flags need help, where and by when.
Not a diagnosis. Nothing is stored unless you ask, and nothing is sent.
"""

app = typer.Typer(
    context_settings=SETTINGS,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=EXAMPLES,
    no_args_is_help=False,
)
app.add_typer(protocol_app, name="protocol")


def _version(wanted: bool) -> None:
    if wanted:
        from triage import __version__

        typer.echo(f"triage {__version__}")
        raise typer.Exit(DONE)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Ask now when no verb is given."""
    if context.invoked_subcommand is None:
        check()


@app.command()
def check(  # noqa: PLR0913, PLR0917 - each option is an argument
    plain: Plain = False,
    locale: Locale = None,
    language: Language = None,
    as_format: As = "text",
    protocol: Name = "ms",
    carer: Carer = False,
    nurse: Annotated[bool, typer.Option("--as-nurse", help="Questions as they are said on the phone.")] = False,
    save: Annotated[str | None, typer.Option(help="Keep the answers in this file; else nothing is stored.")] = None,
    resume: Annotated[str | None, typer.Option(help="Go on with a check that --save kept.")] = None,
    show_private: ShowPrivate = False,
    with_diary: WithDiary = False,
    diary_file: DiaryFile = None,
) -> None:
    """Answer a questionnaire and be told what to do, where and by when."""
    from triage.cli import checking

    wishes = checking.Wishes(
        plain=plain,
        locale=locale,
        language=language,
        as_format=as_format,
        protocol=protocol,
        voice=checking.voice_of(for_someone_else=carer, as_nurse=nurse),
        save=save,
        resume=resume,
        show_private=show_private,
        with_diary=with_diary,
        diary_file=diary_file,
    )
    raise typer.Exit(checking.run(wishes))


@app.command()
def assess(
    file: AnswersFile,
    as_format: As = "json",
    locale: Locale = None,
    language: Language = None,
    carer: Carer = False,
    show_private: ShowPrivate = False,
) -> None:
    """Assess a file of answers; no questions are asked."""
    from triage.cli import assessing, checking

    report, code = assessing.run(
        file,
        as_format=as_format,
        locale=locale,
        language=language or "en",
        now=checking.clock(),
        width=checking.WIDTH_DEFAULT,
        carer=carer,
        show_private=show_private,
    )
    typer.echo(report, nl=False)
    raise typer.Exit(code)


@app.command()
def why(
    file: AnswersFile,
    rule: Annotated[str | None, typer.Option(help="Only this rule, by id or brief code.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also the rules that do not hold.")] = False,
    show_private: ShowPrivate = False,
) -> None:
    """Say of each rule why it holds, nearly holds or does not: the clause, the answer it read, the source."""
    from triage.cli import checking, explaining

    now, width = checking.clock(), checking.width()
    show(lambda: explaining.why(file, now=now, rule=rule, everything=everything, private=show_private, width=width))


@app.command("what-if")
def what_if(
    file: AnswersFile,
    reader: Annotated[
        str, typer.Option("--for", help="person, or author, nurse, teacher: also what lowers.")
    ] = "person",
    language: Language = None,
    show_private: ShowPrivate = False,
) -> None:
    """Say what would change a result: what to find out, what would make it urgent, and when time does."""
    from triage.cli import checking, explaining

    now, width, words = checking.clock(), checking.width(), language or "en"
    show(lambda: explaining.whether(file, now=now, reader=reader, language=words, private=show_private, width=width))


@app.command()
def quiz(
    topic: Annotated[str | None, typer.Option(help="Only people of one topic, for example stroke.")] = None,
    seed: Annotated[int | None, typer.Option(help="The same seed gives the same game.")] = None,
    plain: Plain = False,  # the quiz has no other mode yet
    locale: Locale = None,
) -> None:
    """Train on invented people: find the label and the red flags. Not for real symptoms."""
    from triage.cli import checking, quizzing

    raise typer.Exit(quizzing.run(topic=topic, seed=seed, locale=locale or checking.guessed_locale()))


@app.command()
def doctor() -> None:
    """Say what works on this machine."""
    from triage.cli.doctor import report

    show(report)


app.command()(picture_commands.definitions)
app.command()(companion_commands.triggers)
app.command("spasm-kind")(companion_commands.spasm_kind)
app.command()(companion_commands.medicines)
app.add_typer(diary_app, name="diary")
app.command()(visit_commands.limbs)
app.command()(visit_commands.plan)
app.command()(visit_commands.visit)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""

    def command() -> int:
        try:
            app(args=list(arguments), prog_name="triage", standalone_mode=True)
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else DONE
        return DONE

    return guarded(command)
