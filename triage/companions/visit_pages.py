"""The visit summary on two sheets of paper."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from triage.companions import body_svg, limb_score
from triage.companions.data import closing, sources_line
from triage.companions.limb_score import Scores
from triage.companions.page import BLANK, Page, Part, Picture, Table
from triage.companions.steps import steps_of
from triage.companions.visit import Episode, VisitFile
from triage.companions.visit_answers import Answers, in_time
from triage.decision.assessment import Assessment
from triage.kernel.answers import Answer
from triage.kernel.scale import Disposition
from triage.protocol.models import Protocol
from triage.protocol.words import forms

BLANK_QUESTIONS = 3  # lines to write on where no question is given
PAIN = "pain_score"


def page_of(  # noqa: PLR0913 - each is one thing a person brings
    held: VisitFile,
    scores: Scores,
    protocol: Protocol,
    result: Assessment,
    answers: Mapping[str, Answer],
    *,
    asked: Sequence[str] = (),
    episodes: Sequence[Episode] = (),
    show_private: bool = False,
) -> Page:
    """Return the two sheets; `result` has to be shareable already if private answers stay off."""
    at = datetime.fromisoformat(result.at)
    read = Answers(held, protocol, answers, at=at, locale=result.locale, show_private=show_private)
    words = held.words
    notice, identity = (line for line in closing(protocol, result.locale) if line)
    first = (
        _check(held, protocol, result),
        Part(words["while_help_comes"], items=result.emergency_screen),
        _timeline(held, read, protocol, result, episodes),
        _scores(held, scores, read, answers, notice),
        _table(held, read, "set_off"),
    )
    tables = (_table(held, read, part) for part in ("medicines", "effects", "asked"))
    second = (*tables, _tests(held), _wants(held, asked))
    left_out = _private_line(protocol) if read.left_out else ()
    return Page(
        title=words["title"],
        notice=notice,
        language=protocol.language,
        sheets=(first, second),
        foot=(words["made"].format(date=_day(at, protocol)), *left_out, _sources(held, protocol), notice, identity),
        caution=words["caution"],
        sheet_of=words["sheet_of"],
    )


def _check(held: VisitFile, protocol: Protocol, result: Assessment) -> Part:
    """Return what the check says; an emergency tells what to do now and that it cannot wait for a visit."""
    words, date_ = held.words, _day(datetime.fromisoformat(result.at), protocol)
    told = words["check_result"].format(title=result.title, date=date_, headline=result.headline)
    if result.disposition is Disposition.EMERGENCY:
        return Part(words["emergency"], lines=(words["filled"], told), items=steps_of(result, protocol), first=True)
    raised = [each.title for each in result.rules if each.truth == "yes" and each.then is not Disposition.SELF_CARE]
    flags = (words["flags"].format(titles="; ".join(dict.fromkeys(raised))),) if raised else ()
    unfinished = () if result.complete else (words["unfinished"],)
    return Part(words["check_says"], lines=(words["filled"], told, *flags, *unfinished), first=True)


def _timeline(held: VisitFile, read: Answers, protocol: Protocol, result: Assessment, more: Sequence[Episode]) -> Part:
    words = held.words
    today = datetime.fromisoformat(result.at)
    last = Episode(today.date(), words["today"].format(answer=result.title), read.near_today())
    own = read.episodes()
    room = max(1, held.episodes_max - len(own) - 1)  # what the answers tell stays; of a diary the latest
    recent = in_time(more)[-room:]
    shown = [*read.episodes(recent), last]
    rows = tuple((_day(each.at, protocol), each.said, "; ".join(each.near)) for each in shown)
    lines = [words["no_dates"]] if len(shown) == 1 else []
    lines += [words["earlier"].format(count=len(more) - len(recent))] if len(more) > len(recent) else []
    lines += [words["near_no_cause"]] if any(each.near for each in shown) else []
    table = Table(words["timeline"], (words["when"], words["what"], words["near"]), rows)
    return Part(words["timeline"], lines=tuple(lines), table=table)


def _scores(held: VisitFile, scores: Scores, read: Answers, answers: Mapping[str, Answer], notice: str) -> Part:
    words = held.words
    pain = read.text(PAIN)
    lines = (words["pain"].format(answer=pain),) if pain else ()
    counted = {name: answer for name, answer in answers.items() if read.text(name)}
    limbs = limb_score.limbs_of(scores, counted)
    if not limb_score.is_scored(limbs):
        return Part(words["scores"], lines=(*lines, words["no_scores"]))
    picture = Picture(body_svg.as_svg(scores, limbs, notice=notice), body_svg.described(scores, limbs))
    about = (scores.words["about"], words["article_score"])
    return Part(words["scores"], lines=(*lines, *about), table=limb_score.table_of(scores, limbs), picture=picture)


def _table(held: VisitFile, read: Answers, part: str) -> Part:
    words = held.words
    rows = tuple((each.row.says, each.answer) for each in read.told(part))
    return Part(words[part], table=Table(words[part], (words["topic"], words["answer"]), rows))


def _tests(held: VisitFile) -> Part:
    words = held.words
    rows = tuple((each.name, each.shows) for each in held.tests)
    table = Table(words["tests"], (words["test"], words["shows"]), rows)
    return Part(words["tests"], lines=(words["tests_intro"],), table=table)


def _wants(held: VisitFile, asked: Sequence[str]) -> Part:
    return Part(held.words["wants"], items=tuple(asked) or (BLANK,) * BLANK_QUESTIONS, numbered=True)


def _private_line(protocol: Protocol) -> tuple[str, ...]:
    line = protocol.dispositions.notices.get("private_left_out", "")
    return (line,) if line else ()


def _sources(held: VisitFile, protocol: Protocol) -> str:
    sourced = (*(each.sources for each in held.rows), *(each.sources for each in held.tests))
    names = [name for sources in sourced for name in sources]
    return f"{held.words['from']}: {sources_line(protocol, names)}."


def _day(at: date | datetime, protocol: Protocol) -> str:
    """Return a day in the words of the screen, with the time if there is one."""
    month = forms(protocol.screen.months)[at.month - 1]
    day = protocol.screen.day_and_month.format(day=at.day, month=month, year=at.year)
    return f"{day} {at:%H:%M}" if isinstance(at, datetime) else day
