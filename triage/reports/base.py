"""What every output format offers, and how formats are found."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol as Interface

from triage.decision.assessment import Assessment
from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import BadInput
from triage.protocol.models import Protocol


class Format(Interface):
    """One output format."""

    name: str
    media_type: str

    def render(self, result: Assessment, protocol: Protocol, *, width: int) -> str:
        """Return the whole report; `width` is in columns, for formats that wrap."""
        ...


def formats() -> tuple[str, ...]:
    """Return the names of the formats: the modules of this package that define FORMAT."""
    package = import_module("triage.reports")
    return tuple(sorted(each.name for each in iter_modules(package.__path__) if each.name.startswith("as_")))


def known_format(name: str) -> None:
    """Raise BadInput with the known names if there is no such format."""
    known = [each.removeprefix("as_") for each in formats()]
    if name not in known:
        raise BadInput(f"no format '{name}'{did_you_mean(name, known)}; formats: {', '.join(known)}")


def format_named(name: str) -> Format:
    """Return a format. Raises BadInput with the known names."""
    known_format(name)
    found: Format = import_module(f"triage.reports.as_{name}").FORMAT
    return found
