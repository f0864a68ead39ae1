"""Times as they are typed into the diary: those of a check, and a clock before its day or with o'clock."""

import re
from datetime import datetime

from triage.companions.diary_line import ReadWhen
from triage.frontends.lexicon import lexicon_of, tidied
from triage.frontends.moments import read_moment
from triage.kernel.errors import BadInput
from triage.protocol.words import Words, forms

_O_CLOCK = re.compile(r"\b(\d{1,2}) ?o'?clock\b")
_CLOCK_WORDS_MAX = 2  # '11 pm' is two words
_NOON = 12
SINCE = "since "
_WORDS_MAX = 8


def when_reader(at: datetime, screen: Words) -> ReadWhen:
    """Return what reads one time, counted from `at`: an ISO date or instant, or None."""
    times = lexicon_of(screen).times
    ago = tuple(f" {tidied(form)}" for form in forms(screen.typed_ago))

    def read(said: str) -> str | None:
        words = _on_the_clock(tidied(said))
        plain = times.lead.sub("", words)
        how_long = times.ago.fullmatch(plain) and not words.endswith(ago)
        if how_long and not words.startswith(SINCE):
            return None  # '5 minutes' is how long, '5 minutes ago' is when
        return _read(words, at, screen)

    return read


def _read(words: str, at: datetime, screen: Words) -> str | None:
    found = read_moment(words, at, screen, by_day=True)
    if found is not None:
        return found
    parts = lexicon_of(screen).times.lead.sub("", words).split(" ")
    for count in range(1, min(_CLOCK_WORDS_MAX, len(parts) - 1) + 1):
        if len(parts) <= _WORDS_MAX and parts[0][:1].isdecimal():
            turned = " ".join([*parts[count:], *parts[:count]])
            found = read_moment(turned, at, screen, by_day=True)
            if found is not None and len(found) > len("2026-11-20"):
                return found
    return None


def _on_the_clock(words: str) -> str:
    """Return '23 o'clock' as 23:00. Raises BadInput for an hour that could be morning or evening, or is none."""
    found = _O_CLOCK.search(words)
    if found is None:
        return words
    if int(found[1]) <= _NOON:
        raise BadInput("say am or pm")
    return words.replace(found[0], f"{found[1]}:00")
