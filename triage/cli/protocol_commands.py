"""`triage protocol`: the verbs for authors and programs."""

from typing import Annotated

import typer

from triage.cli import picture_commands, proving_commands, verify_commands, vignette_commands
from triage.cli.options import SETTINGS, Folder, Language, Locale, Name, show

protocol_app = typer.Typer(
    context_settings=SETTINGS,
    rich_markup_mode=None,
    help="For authors and programs: look at, check and test a protocol.",
)


@protocol_app.command("questions")
def protocol_questions(
    as_json: Annotated[bool, typer.Option("--json", help="As a JSON list.")] = False,
    locale: Locale = None,
    language: Language = None,
    protocol: Name = "ms",
) -> None:
    """List the questions with their options and brief codes."""
    from triage.cli import authoring

    typer.echo(
        authoring.questions(protocol, as_json=as_json, locale=locale or "international", language=language or "en")
    )


@protocol_app.command("lint")
def protocol_lint(folder: Folder = None) -> None:
    """Show every mistake of a protocol's files, one a line."""
    from triage.cli import authoring

    show(lambda: authoring.lint(authoring.default_folder(folder)))


@protocol_app.command("test")
def protocol_test(folder: Folder = None) -> None:
    """Run the cases that stand beside the rules."""
    from triage.cli import authoring

    show(lambda: authoring.test(authoring.default_folder(folder)))


@protocol_app.command("fuzz")
def protocol_fuzz(
    folder: Folder = None,
    sets: Annotated[int, typer.Option(help="How many random answer sets.", min=1, max=1_000_000)] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same sets.")] = 1,
) -> None:
    """Compare both engines on random partial answers, as said and in doubt."""
    from triage.cli import authoring

    show(lambda: authoring.fuzz(authoring.default_folder(folder), sets=sets, seed=seed))


@protocol_app.command("lengths")
def protocol_lengths(
    folder: Folder = None,
    callers: Annotated[int, typer.Option(help="How many simulated callers.", min=1, max=1_000_000)] = 200,
    seed: Annotated[int, typer.Option(help="The same seed gives the same callers.")] = 1,
) -> None:
    """Say how many questions callers drawn from the vignettes are asked, and how long they read."""
    from triage.cli import authoring

    typer.echo(authoring.lengths(authoring.default_folder(folder), callers=callers, seed=seed))


@protocol_app.command("translate")
def protocol_translate(
    language: Annotated[str, typer.Argument(help="A language, for example es.")],
    folder: Folder = None,
    write: Annotated[bool, typer.Option("--write", help="Bring the language's file up to date first.")] = False,
) -> None:
    """Say what is missing or stale in another language."""
    from triage.cli import authoring

    show(lambda: authoring.translate(authoring.default_folder(folder), language, write=write))


@protocol_app.command("coverage")
def protocol_coverage(folder: Folder = None) -> None:
    """Say how much of the clinical brief the protocol holds: each of its codes is on an entry, or named as missing."""
    from triage.cli import authoring

    show(lambda: authoring.coverage(authoring.default_folder(folder)))


@protocol_app.command("diff")
def protocol_diff(
    old: Annotated[str, typer.Argument(help="A protocol folder: the version before.")],
    new: Annotated[str, typer.Argument(help="Another one; the shipped protocol if left out.")] = "ms",
    sets: Annotated[int, typer.Option(help="How many random people beside the cases.", min=0, max=1_000_000)] = 500,
    seed: Annotated[int, typer.Option(help="The same seed draws the same people.")] = 1,
) -> None:
    """Say which answer patterns move up or down from one version to the next, and if its number was raised enough."""
    from triage.cli import authoring

    show(lambda: authoring.diff(old, new, sets=sets, seed=seed))


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


for _name, _verb in (
    ("graph", picture_commands.protocol_graph),
    ("table", picture_commands.protocol_table),
    ("sources", picture_commands.protocol_sources),
    ("vignettes", vignette_commands.protocol_vignettes),
    ("prove", proving_commands.protocol_prove),
    ("verify", verify_commands.protocol_verify),
    ("witness", verify_commands.protocol_witness),
):
    protocol_app.command(_name)(_verb)
