"""Figure 19: one exception at every call site of the engines, the decision, the advice and the reports.

A first run notes each place that calls a function of these packages; then the run is repeated once for each place, and
the call there raises. What is told must be the fixed advice, or no less urgent than without the fault; never nothing.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from triage.kernel.scale import Disposition

PACKAGES = ("triage.engines", "triage.decision", "triage.reports")
# These catch whatever breaks inside them, so the call of one is no place where it could break.
DOORS = (
    "triage.decision.assess.assess",
    "triage.decision.assess.assess_answers",
    "triage.reports.last_resort.rendered",
    "triage.reports.base.known_format",  # checks an option before anything is asked or read
)
PARTS = ("<module>", "<genexpr>")  # no calls of their own


class Injected(Exception):
    """The fault that was put in."""


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """A place in the program: who calls, on which line, and what."""

    caller: str
    line: int
    called: str

    def __str__(self) -> str:
        """Show the place the way editors jump to, and the function that raised."""
        return f"{self.caller}:{self.line} -> {self.called}"


@dataclass(frozen=True, slots=True)
class Told:
    """What the person was told at the end: the label, whether it is the fixed advice, the text, and any fault.

    `least` is the label that the answers known at the end call for; the run without a fault says it if it is None.
    """

    label: Disposition | None
    fixed: bool
    text: str
    fault: str = ""
    least: Disposition | None = None


Run = Callable[[], Told]


@dataclass(frozen=True, slots=True)
class Injection:
    """What happened with a fault at one place."""

    scenario: str
    site: Site
    told: Told
    problem: str


def inject_everywhere(
    scenarios: Iterable[tuple[str, Run]], packages: Sequence[str] = PACKAGES, every: int = 1, first: int = 0
) -> Iterator[Injection]:
    """Yield what happened for each place of each scenario; with `every`, only of some, from the `first`."""
    for name, run in scenarios:
        without = run()
        for site in sites(run, packages)[first % every :: every]:
            with _raising(site, packages) as raised:
                told = run()
            if raised:
                yield Injection(name, site, told, problem(told, without))


def problem(told: Told, without: Told) -> str:
    """Say what is wrong with what was told under a fault; nothing if it is safe."""
    if told.fault:
        return told.fault
    if told.label is None or not told.text.strip():
        return "nothing was told"
    least = told.least or without.label
    if not told.fixed and least is not None and told.label.rank < least.rank:
        return f"{told.label} instead of {least}"
    return ""


def sites(run: Run, packages: Sequence[str] = PACKAGES) -> list[Site]:
    """Return every place from which a function of the packages is called during a run."""
    found: set[Site] = set()

    def note(frame: FrameType, event: str, arg: object) -> None:
        site = _site(frame, packages)
        if site is not None:
            found.add(site)

    with _traced(note):
        run()
    return sorted(found)


@contextmanager
def _raising(site: Site, packages: Sequence[str]) -> Iterator[list[Site]]:
    """Raise at the first call from a place; Python then drops the tracer itself, so it raises once."""
    raised: list[Site] = []

    def strike(frame: FrameType, event: str, arg: object) -> None:
        if _site(frame, packages) == site:
            raised.append(site)
            raise Injected(str(site))

    with _traced(strike):
        yield raised


@contextmanager
def _traced(tracer: Callable[[FrameType, str, object], None]) -> Iterator[None]:
    before, hook = sys.gettrace(), sys.unraisablehook
    sys.unraisablehook = lambda unraisable: None  # a generator that is dropped half-way meets the tracer too
    sys.settrace(tracer)
    try:
        yield
    finally:
        sys.settrace(before)
        sys.unraisablehook = hook


def _site(frame: FrameType, packages: Sequence[str]) -> Site | None:
    module = frame.f_globals.get("__name__", "")
    caller = frame.f_back
    if caller is None or not module.startswith(tuple(packages)) or frame.f_code.co_name in PARTS:
        return None
    calls_from = str(caller.f_globals.get("__name__", "?"))
    if not calls_from.startswith("triage"):
        return None  # a library that calls back, such as a sort with a key: its caller is the place
    called = f"{module}.{frame.f_code.co_qualname}"
    return None if called in DOORS else Site(calls_from, caller.f_lineno, called)
