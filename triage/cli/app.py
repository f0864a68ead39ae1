"""The verbs of the command line."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from triage.cli.guard import guarded
from triage.kernel.errors import DONE

EXAMPLES = """Examples:

  triage                                   ask now, step by step

  triage check --locale en-GB --plain      the same for screen readers and pipes

  triage assess answers.json --as text     no questions, answers from a file

  triage protocol explain stroke_signs_last_day

For people with multiple sclerosis, their carers and nurses: which red flags need help, where and by when.
Not a diagnosis. Nothing is stored and nothing is sent.
"""

SETTINGS = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    context_settings=SETTINGS,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=EXAMPLES,
    no_args_is_help=False,
)
protocol_app = typer.Typer(
    context_settings=SETTINGS,
    rich_markup_mode=None,
    help="For authors and programs: look at, check and test a protocol.",
)
app.add_typer(protocol_app, name="protocol")

Locale = Annotated[
    str | None, typer.Option("--locale", "-l", help="Place for numbers and services, for example en-GB.")
]
As = Annotated[str, typer.Option("--as", help="text, markdown or json.")]
Plain = Annotated[bool, typer.Option("--plain", help="Line by line, not one control code.")]
Carer = Annotated[bool, typer.Option("--for-someone-else", help="Speak to someone who answers for the person.")]
ShowPrivate = Annotated[bool, typer.Option("--show-private", help="Tell what rests on private answers too.")]
Name = Annotated[str, typer.Option("--protocol", help="Protocol id or folder.")]
Folder = Annotated[Path | None, typer.Argument(help="A protocol folder; the shipped one if left out.")]


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
    as_format: As = "text",
    protocol: Name = "ms",
    carer: Carer = False,
    nurse: Annotated[bool, typer.Option("--as-nurse", help="Questions as they are said on the phone.")] = False,
    save: Annotated[str | None, typer.Option(help="Keep the answers in this file; else nothing is stored.")] = None,
    resume: Annotated[str | None, typer.Option(help="Go on with a check that --save kept.")] = None,
    show_private: ShowPrivate = False,
) -> None:
    """Answer a questionnaire and be told what to do, where and by when."""
    from triage.cli import checking

    wishes = checking.Wishes(
        plain=plain,
        locale=locale,
        as_format=as_format,
        protocol=protocol,
        voice=checking.voice_of(for_someone_else=carer, as_nurse=nurse),
        save=save,
        resume=resume,
        show_private=show_private,
    )
    raise typer.Exit(checking.run(wishes))


@app.command()
def assess(
    file: Annotated[str, typer.Argument(help="Answers in JSON or YAML, or - for standard input.")],
    as_format: As = "json",
    locale: Locale = None,
    carer: Carer = False,
    show_private: ShowPrivate = False,
) -> None:
    """Assess a file of answers; no questions are asked."""
    from triage.cli import assessing, checking

    report, code = assessing.run(
        file,
        as_format=as_format,
        locale=locale,
        now=checking.clock(),
        width=checking.WIDTH_DEFAULT,
        carer=carer,
        show_private=show_private,
    )
    typer.echo(report, nl=False)
    raise typer.Exit(code)


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

    _show(report)


@protocol_app.command("questions")
def protocol_questions(
    as_json: Annotated[bool, typer.Option("--json", help="As a JSON list.")] = False,
    locale: Locale = None,
    protocol: Name = "ms",
) -> None:
    """List the questions with their options and brief codes."""
    from triage.cli import authoring

    typer.echo(authoring.questions(protocol, as_json=as_json, locale=locale or "international"))


@protocol_app.command("lint")
def protocol_lint(folder: Folder = None) -> None:
    """Show every mistake of a protocol's files, one a line."""
    from triage.cli import authoring

    _show(lambda: authoring.lint(authoring.default_folder(folder)))


@protocol_app.command("test")
def protocol_test(folder: Folder = None) -> None:
    """Run the cases that stand beside the rules."""
    from triage.cli import authoring

    _show(lambda: authoring.test(authoring.default_folder(folder)))


@protocol_app.command("fuzz")
def protocol_fuzz(
    folder: Folder = None,
    sets: Annotated[int, typer.Option(help="How many random answer sets.", min=1, max=1_000_000)] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same sets.")] = 1,
) -> None:
    """Compare both engines on random partial answers, as said and in doubt."""
    from triage.cli import authoring

    _show(lambda: authoring.fuzz(authoring.default_folder(folder), sets=sets, seed=seed))


@protocol_app.command("lengths")
def protocol_lengths(
    folder: Folder = None,
    callers: Annotated[int, typer.Option(help="How many simulated callers.", min=1, max=1_000_000)] = 200,
    seed: Annotated[int, typer.Option(help="The same seed gives the same callers.")] = 1,
) -> None:
    """Say how many questions callers drawn from the vignettes are asked, and how long they read."""
    from triage.cli import authoring

    typer.echo(authoring.lengths(authoring.default_folder(folder), callers=callers, seed=seed))


@protocol_app.command("explain")
def protocol_explain(
    rule: Annotated[str, typer.Argument(help="A rule's id or brief code.")], protocol: Name = "ms"
) -> None:
    """Show a rule in English, with its sources and cases."""
    from triage.cli import authoring

    typer.echo(authoring.explain(rule, protocol))


@protocol_app.command("schema")
def protocol_schema(what: Annotated[str, typer.Argument(help="protocol, answers or result.")]) -> None:
    """Show the JSON Schema of protocol files, answers files or results."""
    from triage.cli import authoring

    typer.echo(authoring.schema(what))


def _show(made: Callable[[], tuple[str, int]]) -> None:
    text, code = made()
    typer.echo(text)
    raise typer.Exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""

    def command() -> int:
        try:
            app(args=list(arguments), prog_name="triage", standalone_mode=True)
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else DONE
        return DONE

    return guarded(command)
