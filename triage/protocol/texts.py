"""Words for one place: doors and units filled into the protocol's texts."""

import re
from collections.abc import Mapping

from triage.kernel.scale import TimeFrame
from triage.protocol.models import Door, Locale, Protocol
from triage.protocol.words import Words

NEUTRAL = "international"  # used when a locale is unknown
_PLACEHOLDER = re.compile(r"\{([a-z_]+)(?::(-?[0-9.]+))?\}")


def locale_of(protocol: Protocol, tag: str) -> Locale:
    """Return the locale of that tag, the neutral one if it is unknown, or the first one if there is no neutral one."""
    by_tag = {locale.id.lower(): locale for locale in protocol.locales}
    found = by_tag.get(tag.replace("_", "-").lower(), by_tag.get(NEUTRAL))
    return found if found is not None else protocol.locales[0]


def fill(text: str, locale: Locale) -> str:
    """Replace `{door}` by the door's name and `{temperature:38.0}` by the figure in the place's unit."""
    return _tidy(_PLACEHOLDER.sub(lambda match: _filled(match, locale), text))


def _filled(match: re.Match[str], locale: Locale) -> str:
    name, figure = match.group(1), match.group(2)
    if name == "temperature" and figure:
        return temperature(float(figure), locale)
    door = locale.doors.get(name)
    return door.name if door is not None else match.group(0)


def _tidy(text: str) -> str:
    """Start sentences with a capital letter even where a door's name opens them."""
    capital = re.sub(r"(^|[.!?] +)([a-zà-ÿ])", lambda match: match.group(1) + match.group(2).upper(), text)
    return re.sub(r"  +", " ", capital)


def temperature(celsius: float, locale: Locale) -> str:
    """Return a temperature in the place's unit.

    >>> temperature(38.0, Locale(id="x", language="en", title="x", temperature="fahrenheit", doors={}))
    '100.4 °F'
    """
    if locale.temperature == "fahrenheit":
        return f"{celsius * 9 / 5 + 32:.1f} °F"
    return f"{celsius:.1f} °C"


def unit_label(unit: str | None, locale: Locale, screen: Words) -> str:
    """Return how a question's unit is shown in this place."""
    if unit == "celsius":
        return "°F" if locale.temperature == "fahrenheit" else "°C"
    named = {"years": screen.unit_years, "days": screen.unit_days, "weeks": screen.unit_weeks}
    return named.get(unit or "", unit or "")


def do_sentence(door: str, within: TimeFrame, locale: Locale, times: Mapping[str, str]) -> str:
    """Return the one plain sentence that sends a person through a door by a time."""
    found = locale.doors.get(door, Door(name=door, title=door, do=""))
    return _tidy(fill(found.do.replace("{by}", times.get(within.value, within.value)), locale))
