"""What other verbs take from the diary: answers for the check, which the person confirms, and dates for a visit."""

import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta

from triage.cli.diary_keeping import Desk, desk
from triage.companions.asking import Left, Page
from triage.companions.diary_asking import confirm
from triage.companions.diary_feed import suggested_answers
from triage.companions.visit import Episode
from triage.decision.intake import read_answer
from triage.frontends.lines import wrapped
from triage.kernel.answers import Answer
from triage.protocol.models import Protocol
from triage.protocol.texts import fill, locale_of
from triage.record.entries import Entry
from triage.record.store import Store

SHOWN_KINDS = ("symptom", "medicine")  # what a clinician dates; single spasms would fill the pages
NEAR_KINDS = ("trigger", "measure")


def confirmed_answers(protocol: Protocol, locale: str, file: str | None) -> dict[str, Answer]:
    """Ask about each value that the diary could answer, and return those the person agrees to. Raises BadInput."""
    here = desk(file, protocol.id)
    if here.is_empty:
        return {}
    place = locale_of(protocol, locale)
    asks = {each.id: fill(each.ask, place) for each in protocol.questions}
    offered = suggested_answers(_kept(here), here.at, here.book)
    page = Page(sys.stdin, sys.stdout)
    try:
        if offered:  # nothing stands before an emergency, so whom to call comes first here too
            page.show([*wrapped(fill(protocol.dispositions.notices.get("top_line", ""), place)), ""])
        agreed: Mapping[str, object] = confirm(page, here.book, offered, asks)
    except Left:
        return {}
    questions = {each.id: each for each in protocol.questions}
    return {name: read_answer(questions[name], raw, here.at) for name, raw in agreed.items()}


def episodes(protocol: Protocol, file: str | None) -> tuple[Episode, ...]:
    """Return what the diary tells of symptoms and medicines, with what was near each. Raises BadInput."""
    here = desk(file, protocol.id)
    if here.is_empty:
        return ()
    kept = _kept(here)
    return tuple(_episode(each, kept, here) for each in kept if each.kind in SHOWN_KINDS)


def _kept(here: Desk) -> Sequence[Entry]:
    with Store(here.path) as store:
        return store.entries()


def _episode(entry: Entry, kept: Sequence[Entry], here: Desk) -> Episode:
    span = timedelta(hours=here.book.windows["near_hours"])
    near = (each for each in kept if each.kind in NEAR_KINDS and entry.at - span <= each.at <= entry.at)
    return Episode(entry.at, here.book.told(entry), tuple(here.book.told(each) for each in near))
