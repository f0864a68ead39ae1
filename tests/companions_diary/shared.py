"""The diary's words, a reader of times, and the moment at which tests write."""

from datetime import datetime, timedelta, timezone

from tests.shipped import PROTOCOL
from triage.cli.diary_times import when_reader
from triage.companions.diary_line import read_line
from triage.companions.diary_words import load
from triage.record.entries import Entry

BOOK = load(PROTOCOL)
AT = datetime(2026, 11, 21, 10, tzinfo=timezone(timedelta(hours=1)))  # a Saturday
WHEN = when_reader(AT, PROTOCOL.screen)


def line(text: str) -> Entry:
    return read_line(text, BOOK, AT, WHEN)
