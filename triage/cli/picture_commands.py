"""The verbs that show a protocol as a picture or a table, what stands behind it, and the published definitions."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from triage.cli.options import Carer, Locale, Name, show
from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import DONE, VERIFICATION_FAILED, BadInput

GRAPHS = ("mermaid", "svg", "text")
TABLES = ("markdown", "csv")
MERMAID_CHARS_MAX = 50_000  # Mermaid's own default

Topic = Annotated[str | None, typer.Argument(help="A topic or a rule's id; every rule if left out.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write to this file instead of the screen.")]


def protocol_graph(
    topic: Topic = None,
    as_format: Annotated[str, typer.Option("--as", help="text, mermaid or svg.")] = "text",
    out: Out = None,
    protocol: Name = "ms",
) -> None:
    """Show what each rule reads: questions, measures and findings, rules, results."""
    from triage.protocol.library import load_protocol
    from triage.verify import graph_svg, rule_graph

    _among(as_format, GRAPHS)
    loaded = load_protocol(protocol)
    shown = rule_graph.picture(loaded, topic)
    match as_format:
        case "mermaid":
            text = rule_graph.as_mermaid(shown)
            if len(text) > MERMAID_CHARS_MAX:
                typer.echo("Too large for most Mermaid viewers; ask for one topic, or for --as svg.", err=True)
        case "svg":
            text = graph_svg.as_svg(rule_graph.pictures(loaded, topic), shown.title)
        case _:
            text = rule_graph.as_text(shown)
    _deliver(text, out)


def protocol_table(
    topic: Annotated[str, typer.Argument(help="A topic or a rule's id.")],
    as_format: Annotated[str, typer.Option("--as", help="markdown or csv.")] = "markdown",
    out: Out = None,
    protocol: Name = "ms",
) -> None:
    """Show a topic as a decision table: one row for each way a rule holds."""
    from triage.protocol.library import load_protocol
    from triage.verify import decision_table

    _among(as_format, TABLES)
    shown = decision_table.table(load_protocol(protocol), topic)
    if as_format == "csv":
        typer.echo(decision_table.NOTICE, err=True)  # a table of values has no place for it
    _deliver(decision_table.as_csv(shown) if as_format == "csv" else decision_table.as_markdown(shown), out)


def protocol_sources(
    today: Annotated[str | None, typer.Option("--today", help="The day to judge by, for example 2027-01-31.")] = None,
    protocol: Name = "ms",
) -> None:
    """Say what stands behind the rules: sources missing, past review, unused, unread."""
    from triage.cli import checking
    from triage.protocol.library import load_protocol
    from triage.verify.source_audit import as_text, audit

    found = audit(load_protocol(protocol), _day(today) if today is not None else checking.clock().date())
    show(lambda: (as_text(found), VERIFICATION_FAILED if found.failed else DONE))


def definitions(
    file: Annotated[str, typer.Argument(help="Answers in JSON or YAML, or - for standard input.")],
    locale: Locale = None,
    carer: Carer = False,
) -> None:
    """Show a person's answers under each published definition of a relapse. No diagnosis."""
    from triage.cli import assessing, checking
    from triage.decision.assess import assess
    from triage.decision.intake import read_answers
    from triage.protocol.texts import locale_of
    from triage.protocol.voices import worded
    from triage.reports.sharing import shareable
    from triage.verify.definitions import load, verdicts
    from triage.verify.definitions_page import Page

    case = assessing.read_case(file, checking.clock(), "en", locale)
    protocol = worded(case.protocol, "carer" if carer else "self")
    held = load(protocol)
    found = verdicts(held, protocol, read_answers(protocol, case.answers, case.at).answers, case.at)
    result = shareable(assess(protocol, case.answers, at=case.at, locale=case.locale), protocol)
    page = Page(held, result, protocol, locale_of(protocol, case.locale), checking.WIDTH_DEFAULT)
    show(lambda: (page.text(found), DONE))


def _among(name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise BadInput(f"no format '{name[:20]}'{did_you_mean(name, known)}; formats: {', '.join(known)}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"'{text[:20]}' is no date; write it like 2027-01-31") from None


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
