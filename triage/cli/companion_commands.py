"""The verbs of the companion tools: triggers compared, which kind of spasm, and a reader about medicines."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triage.cli.options import Locale, show
from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import DONE, ENGINES_DIFFERED, INTERRUPTED, BadInput

if TYPE_CHECKING:
    from triage.companions.triggers import Comparison
    from triage.protocol.models import Protocol

PICTURES = ("text", "csv", "svg")

Out = Annotated[Path | None, typer.Option("--out", help="Write to this file instead of the screen.")]


def triggers(
    as_format: Annotated[str, typer.Option("--as", help="text, csv or svg.")] = "text",
    out: Out = None,
    pick: Annotated[bool, typer.Option("--pick", help="Ask what was around before your last spasms.")] = False,
    had: Annotated[str | None, typer.Option("--had", help="The same with no question, for example dry,tired.")] = None,
    locale: Locale = None,
) -> None:
    """Compare what sets off spasms with MS and in everyone, as an article has it. No diagnosis."""
    from triage.cli import checking
    from triage.companions import triggers as comparison
    from triage.protocol.library import load_protocol

    if as_format not in PICTURES:
        hint = did_you_mean(as_format, PICTURES)
        raise BadInput(f"no format '{as_format[:20]}'{hint}; formats: {', '.join(PICTURES)}")
    if as_format != "text" and (pick or had is not None):
        raise BadInput(f"--pick and --had give text; leave out --as {as_format}")
    protocol = load_protocol("ms")
    held, place = comparison.load(protocol), locale or checking.guessed_locale()
    if pick or had is not None:
        text = _picked(held, protocol, place, had)
    else:
        text = _compared(held, protocol, place, as_format)
    _deliver(text, out)


def spasm_kind(
    answers: Annotated[str | None, typer.Option("--answers", help="Answers in a file, or -; no questions.")] = None,
    locale: Locale = None,
) -> None:
    """Tell stiffness, spasm, clonus and twitch apart, with or without MS. No diagnosis."""
    from triage.cli import checking
    from triage.cli.files import read_document
    from triage.companions import spasm_kind as deciding
    from triage.companions import spasm_kind_data, spasm_kind_page
    from triage.companions.asking import Left
    from triage.protocol.library import load_protocol
    from triage.reports.base import format_named
    from triage.reports.sharing import shareable

    protocol, at, place = load_protocol("ms"), checking.clock(), locale or checking.guessed_locale()
    held = spasm_kind_data.load(protocol)
    if answers is not None:
        said = deciding.read_said(held, read_document(answers))
    else:
        try:
            said, _ = spasm_kind_page.asked(held, protocol, at=at, locale=place, stdin=sys.stdin, stdout=sys.stdout)
        except Left:
            raise typer.Exit(_left()) from None
    flags = deciding.flags(held, said, protocol, at=at, locale=place)
    first = spasm_kind_page.right_service(held, flags)
    if flags.emergency or (flags.told and not first):
        report = format_named("text").render(shareable(flags.result, protocol), protocol, width=checking.width())
        first = ["", *report.splitlines()]
    rest = [] if flags.emergency else [spasm_kind_page.as_text(held, said, flags, protocol, place)]
    text = "\n".join((*first, *rest))
    text = text.lstrip("\n") if answers is not None else text  # a gap is wanted only below questions
    show(lambda: (text, ENGINES_DIFFERED if flags.result.engines_differed else DONE))


def medicines(
    name: Annotated[list[str] | None, typer.Argument(help="A class or a medicine, for example baclofen.")] = None,
    locale: Locale = None,
) -> None:
    """Read what the articles say on a class of medicine, and what to watch for. No advice on your own."""
    from triage.cli import checking
    from triage.companions import medicines as reader
    from triage.protocol.library import load_protocol

    protocol = load_protocol("ms")
    held, place = reader.load(protocol), locale or checking.guessed_locale()
    show(lambda: (reader.as_text(held, " ".join(name) if name else None, protocol, place), DONE))


def _compared(held: "Comparison", protocol: "Protocol", place: str, as_format: str) -> str:
    from triage.companions import triggers_page

    match as_format:
        case "csv":
            typer.echo(held.notes[0].text, err=True)  # a table of values has no place for it
            return triggers_page.as_csv(held)
        case "svg":
            return triggers_page.as_svg(held, protocol, place)
        case _:
            return triggers_page.as_text(held, protocol, place)


def _picked(held: "Comparison", protocol: "Protocol", place: str, had: str | None) -> str:
    from triage.companions import triggers_pick
    from triage.companions.asking import Left

    if had is not None:
        return triggers_pick.as_text(held, triggers_pick.named(held, had), protocol, place).lstrip("\n")
    try:
        picked = triggers_pick.asked(held, protocol, place, sys.stdin, sys.stdout)
    except Left:
        raise typer.Exit(_left()) from None
    return triggers_pick.as_text(held, picked, protocol, place)


def _left() -> int:
    """Say that nothing was kept, to a person who leaves."""
    typer.echo("Stopped. Nothing was saved.", err=True)
    return INTERRUPTED


def _deliver(text: str, out: Path | None) -> None:
    """Print a text, or write it to a file."""
    if out is None:
        typer.echo(text)
        return
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{out}: cannot be written: {(error.strerror or 'unknown reason').lower()}") from None
    typer.echo(f"Written to {out}.", err=True)
