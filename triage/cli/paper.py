"""The self-care plan and the visit summary from an answers file, in the format asked for."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

from triage.cli.assessing import Case, read_case
from triage.cli.checking import clock, guessed_locale
from triage.cli.limb_asking import ask
from triage.companions import limb_score, visit_pages
from triage.companions import plan as plans
from triage.companions import visit as visits
from triage.companions.body_svg import as_svg
from triage.companions.data import closing
from triage.companions.limb_score import Scores, views
from triage.companions.page import Page, as_markdown, as_text
from triage.companions.plan_page import page_of
from triage.decision.assess import assess
from triage.decision.assessment import Assessment
from triage.decision.intake import read_answers
from triage.frontends.plain import Lines
from triage.kernel.answers import Answer
from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import DONE, ENGINES_DIFFERED, BadInput
from triage.protocol.library import load_protocol
from triage.protocol.models import Protocol
from triage.protocol.voices import worded
from triage.reports.sharing import shareable

OWNERS_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
OWNER_ONLY = 0o600  # a page tells of somebody's health
FORMATS = ("text", "markdown", "html", "pdf")


@dataclass(frozen=True, slots=True)
class Seen:
    """An answers file, assessed: private answers stay off the result unless they were asked for."""

    protocol: Protocol
    result: Assessment
    answers: Mapping[str, Answer]
    differed: bool


def see(file: str, *, now: datetime, locale: str | None, carer: bool, show_private: bool) -> Seen:
    """Return an answers file with its result. Raises BadInput."""
    case = _case(file, now, locale)
    protocol = worded(case.protocol, "carer" if carer else "self")
    result = assess(protocol, case.answers, at=case.at, locale=case.locale)
    answers = read_answers(protocol, case.answers, case.at).answers
    told = result if show_private else shareable(result, protocol)
    return Seen(protocol, told, answers, result.engines_differed)


def _case(file: str, now: datetime, locale: str | None) -> Case:
    return read_case(file, now, "en", locale)


def known_format(name: str) -> str:
    """Return the name of a format. Raises BadInput."""
    if name in FORMATS:
        return name
    raise BadInput(f"no format '{name[:20]}'{did_you_mean(name, FORMATS)}; formats: {', '.join(FORMATS)}")


def made(page: Page, as_format: str) -> str | bytes:
    """Return the page in a format."""
    match as_format:
        case "markdown":
            return as_markdown(page)
        case "html":
            from triage.companions.page_html import as_html

            return as_html(page)
        case "pdf":
            from triage.companions.pdf import as_pdf

            return as_pdf(page)
        case _:
            return as_text(page)


def deliver(content: str | bytes, out: Path | None) -> None:
    """Print a page, or write it to a file. Raises BadInput; a PDF is not shown on a screen."""
    if out is None and isinstance(content, bytes):
        if sys.stdout.isatty():
            raise BadInput("a PDF is no text for a screen; name a file: --out page.pdf")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    if out is None:
        typer.echo(content)
        return
    raw = content if isinstance(content, bytes) else f"{content}\n".encode()
    try:
        with os.fdopen(os.open(out, OWNERS_NEW_FILE, OWNER_ONLY), "wb") as file:
            file.write(raw)
    except OSError as error:
        raise BadInput(f"{out}: cannot be written: {(error.strerror or 'unknown reason').lower()}") from None
    typer.echo(f"Written to {out}.", err=True)


def spare(file: str | None, out: Path | None) -> None:
    """Raise BadInput if a page would be written over the answers it is made from."""
    if file is not None and out is not None and out.exists() and Path(file).exists() and out.samefile(file):
        raise BadInput(f"{out}: holds the answers; choose another file for the page")


def plan(file: str, *, now: datetime, locale: str | None, carer: bool, as_format: str, out: Path | None) -> int:
    """Deliver the self-care plan and return the exit code. Raises BadInput."""
    known_format(as_format)
    spare(file, out)
    seen = see(file, now=now, locale=locale, carer=carer, show_private=False)
    held = plans.load(seen.protocol)
    found = plans.plan_of(held, seen.protocol, seen.result, seen.answers)
    deliver(made(page_of(held, found, seen.protocol, seen.result), as_format), out)
    return _code(seen)


def visit(  # noqa: PLR0913 - each option is an argument
    file: str,
    *,
    now: datetime,
    locale: str | None,
    carer: bool,
    as_format: str,
    out: Path | None,
    questions: Sequence[str],
    show_private: bool,
    with_diary: bool,
    diary_file: str | None,
) -> int:
    """Deliver the visit summary and return the exit code. Raises BadInput."""
    known_format(as_format)
    spare(file, out)
    seen = see(file, now=now, locale=locale, carer=carer, show_private=show_private)
    held = visits.load(seen.protocol)
    page = visit_pages.page_of(
        held,
        limb_score.load(seen.protocol),
        seen.protocol,
        seen.result,
        seen.answers,
        asked=visits.asked_lines(held, questions),
        episodes=_episodes(seen.protocol, diary_file) if with_diary else (),
        show_private=show_private,
    )
    deliver(made(page, as_format), out)
    return _code(seen)


def _episodes(protocol: Protocol, file: str | None) -> tuple[visits.Episode, ...]:
    from triage.cli.diary_commands import needs_the_diary

    needs_the_diary()
    from triage.cli.diary_use import episodes

    return episodes(protocol, file)


def limbs(file: str | None, *, now: datetime, locale: str | None, carer: bool, as_json: bool, svg: Path | None) -> int:
    """Deliver the stiffness scores of a file, or ask for them, and return the exit code. Raises BadInput."""
    spare(file, svg)
    case = _case(file, now, locale) if file else Case(load_protocol("ms"), {}, now, locale or guessed_locale())
    protocol = worded(case.protocol, "carer" if carer else "self")
    held = limb_score.load(protocol)
    taken = read_answers(protocol, case.answers, case.at).answers if file else _asked(held, protocol, case)
    if taken is None:
        typer.echo(held.words["left"])
        return DONE
    found = limb_score.limbs_of(held, taken)
    text = limb_score.as_text(held, found, protocol, case.locale)
    typer.echo(json.dumps({"answers": limb_score.raw_answers(held, taken)}, indent=2) if as_json else text)
    if svg is not None:
        notice = next(line for line in closing(protocol, case.locale) if line)
        deliver(as_svg(held, found, notice=notice), svg)
    return DONE


def _asked(held: Scores, protocol: Protocol, case: Case) -> Mapping[str, Answer] | None:
    """Ask on the terminal or in a pipe; what is shown goes to the error stream, so that the table can be kept."""
    return ask(*views(held, protocol, case.locale), Lines(sys.stdin, sys.stderr), clock)


def _code(seen: Seen) -> int:
    return ENGINES_DIFFERED if seen.differed else DONE
