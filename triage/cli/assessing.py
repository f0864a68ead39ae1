"""`triage assess`: a file of answers in, a result out, no questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from triage.cli.files import read_document
from triage.decision.assess import assess
from triage.decision.assessment import Assessment
from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import DONE, ENGINES_DIFFERED, BadInput
from triage.protocol.library import load_protocol, shipped
from triage.protocol.models import Protocol
from triage.protocol.voices import worded
from triage.reports.last_resort import rendered

CLOCK_AHEAD_MAX = timedelta(days=1)  # another time zone's clock may be ahead, never by more
KEYS = ("protocol", "at", "answers", "locale")


@dataclass(frozen=True, slots=True)
class Case:
    """An answers file as it was read: the protocol in its language, the answers as written, their time and place."""

    protocol: Protocol
    answers: Mapping[str, object]
    at: datetime
    locale: str


def read_case(file: str, now: datetime, language: str, locale: str | None = None) -> Case:
    """Return an answers file. Raises BadInput with one clear line."""
    document = read_document(file)
    unknown = [key for key in document if key not in KEYS]
    if unknown:
        raise BadInput(f"unknown key '{unknown[0][:30]}'{did_you_mean(unknown[0], KEYS)}; keys: {', '.join(KEYS)}")
    protocol = _protocol(document.get("protocol", "ms"), language)
    answers = document.get("answers")
    if not isinstance(answers, Mapping):
        raise BadInput('\'answers\' is missing or no object; write {"answers": {"question": "option"}}')
    place = locale or _text(document.get("locale", "international"), "locale")
    return Case(protocol, answers, _time(document.get("at"), now), place)


def run(  # noqa: PLR0913 - each option is an argument
    file: str,
    *,
    as_format: str,
    locale: str | None,
    language: str = "en",
    now: datetime,
    width: int,
    carer: bool = False,
    show_private: bool = False,
) -> tuple[str, int]:
    """Return the report and the exit code. Raises BadInput before anything is written.

    JSON is data for a program and holds everything; a text to read leaves private answers out unless told otherwise.
    """
    case = read_case(file, now, language, locale)
    protocol = worded(case.protocol, "carer" if carer else "self")
    result = assess(protocol, case.answers, at=case.at, locale=case.locale)
    report = rendered(result, protocol, as_format=as_format, width=width, private=show_private)
    return report, exit_code(result)


def exit_code(result: Assessment) -> int:
    """Return 5 if the engines differed, so that a program can tell; the label is never in the exit code."""
    return ENGINES_DIFFERED if result.engines_differed else DONE


def _text(value: object, key: str) -> str:
    if isinstance(value, str) and value:
        return value
    raise BadInput(f"'{key}' should be a text")


def _protocol(name: object, language: str) -> Protocol:
    text = _text(name, "protocol")
    if text not in shipped():
        raise BadInput(f"no protocol '{text[:30]}'{did_you_mean(text, shipped())}; protocols: {', '.join(shipped())}")
    return load_protocol(text, language)


def _time(value: object, now: datetime) -> datetime:
    if value is None:
        return now
    try:
        at = datetime.fromisoformat(_text(value, "at"))
    except ValueError:
        raise BadInput(f"'at' is not a date and time; write it like {now.isoformat(timespec='minutes')}") from None
    at = at if at.tzinfo is not None else at.replace(tzinfo=now.tzinfo)
    if at - now > CLOCK_AHEAD_MAX:
        raise BadInput("'at' is more than a day in the future")
    return at
