"""What stands behind the rules: sources missing, past their review, unused, unread."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from triage.kernel.scale import Disposition
from triage.protocol.models import Advice, Modifier, Protocol, Rule, SafetyNet, Source

NOTICE = "This page is about the protocol, not the medicine."
Entry = Rule | Modifier | Advice | SafetyNet
KINDS: dict[type[Entry], str] = {Rule: "rule", Modifier: "modifier", Advice: "advice", SafetyNet: "safety net"}


@dataclass(frozen=True, slots=True)
class Check:
    """One question about the sources: what was found, one line each. `fails` says whether finding any is a failure."""

    title: str
    remedy: str
    found: tuple[str, ...]
    fails: bool = False


@dataclass(frozen=True, slots=True)
class Audit:
    """All checks of one protocol on one day."""

    protocol: str
    day: date
    cited: str
    checks: tuple[Check, ...]

    @property
    def failed(self) -> bool:
        """Whether a rule has no source, or something is past its review."""
        return any(check.fails and check.found for check in self.checks)


def audit(protocol: Protocol, day: date) -> Audit:
    """Look at every source and at everything that cites one, as they stand on that day."""
    sources = {source.id: source for source in protocol.sources}
    entries = tuple(_entries(protocol))
    used = {name for entry in entries for name in entry.sources}
    checks = (
        Check("Rules without a source", "name one, or general_knowledge", _sourceless(protocol), fails=True),
        Check("Past review", "have it read again, then move review_by", _late(protocol, entries, day), fails=True),
        Check(
            "Sources all of whose citers are past review",
            "read the source again",
            _late_sources(protocol, entries, day),
        ),
        Check(
            "Sources that no rule, modifier, advice or safety net cites",
            "write what follows from it, or say why nothing does",
            tuple(
                _named(source) + _elsewhere(source, protocol) for source in protocol.sources if source.id not in used
            ),
        ),
        Check(
            "Rules on general knowledge only",
            "check each against the current document of the body named in the brief",
            _rules(protocol, lambda rule: _marks(rule, sources) == {"general_knowledge"}),
        ),
        Check(
            "Sources read only second-hand that are the only source of an emergency rule",
            "open the document itself",
            _second_hand(protocol, sources),
        ),
    )
    cited = f"{len(protocol.rules)} rules, {len(entries) - len(protocol.rules)} other entries, {len(sources)} sources"
    return Audit(f"{protocol.id} {protocol.version}", day, cited, checks)


def as_text(found: Audit) -> str:
    """Return the counts first, then the lists."""
    lines = [f"Sources of protocol {found.protocol} on {found.day}: {found.cited}.", NOTICE, ""]
    lines += [f"{len(check.found):5}  {check.title}{_mark(check)}" for check in found.checks]
    for check in found.checks:
        if check.found:
            lines += [
                "",
                f"{check.title} ({len(check.found)}); to do: {check.remedy}",
                *(f"  {one}" for one in check.found),
            ]
    return "\n".join(lines)


def _mark(check: Check) -> str:
    return " - must be mended" if check.fails and check.found else ""


def _entries(protocol: Protocol) -> Iterator[Entry]:
    yield from protocol.rules
    yield from protocol.modifiers
    yield from protocol.advice
    yield from protocol.safety_nets


def _rules(protocol: Protocol, wanted: Callable[[Rule], bool]) -> tuple[str, ...]:
    """Return the rules that are wanted, the most urgent first."""
    urgent = sorted(protocol.rules, key=lambda rule: (-rule.then.rank, rule.within.rank))
    return tuple(f"{rule.then.value}: {rule.id} ({rule.title})" for rule in urgent if wanted(rule))


def _sourceless(protocol: Protocol) -> tuple[str, ...]:
    return _rules(protocol, lambda rule: not rule.sources)


def _late(protocol: Protocol, entries: tuple[Entry, ...], day: date) -> tuple[str, ...]:
    whole = (f"{protocol.review_by}: the protocol {protocol.id} itself",) if protocol.review_by < day else ()
    late = sorted((entry for entry in entries if entry.review_by < day), key=lambda entry: entry.review_by)
    return whole + tuple(f"{entry.review_by}: {KINDS[type(entry)]} {entry.id}" for entry in late)


def _late_sources(protocol: Protocol, entries: tuple[Entry, ...], day: date) -> tuple[str, ...]:
    """Return the cited sources that nothing in date rests on: a source has no date of review of its own."""
    fresh = {name for entry in entries if entry.review_by >= day for name in entry.sources}
    late = {name for entry in entries for name in entry.sources} - fresh
    return tuple(_named(source) for source in protocol.sources if source.id in late)


def _marks(rule: Rule, sources: dict[str, Source]) -> set[str]:
    return {sources[name].mark for name in rule.sources}


def _second_hand(protocol: Protocol, sources: dict[str, Source]) -> tuple[str, ...]:
    urgent = [rule for rule in protocol.rules if rule.then is Disposition.EMERGENCY and len(set(rule.sources)) == 1]
    found: dict[str, list[str]] = {}
    for rule in urgent:
        if _marks(rule, sources) == {"second_hand"}:
            found.setdefault(rule.sources[0], []).append(rule.id)
    return tuple(f"{_named(sources[name])}: {', '.join(rules)}" for name, rules in found.items())


def _elsewhere(source: Source, protocol: Protocol) -> str:
    named = [threshold.id for threshold in protocol.thresholds if source.id in threshold.sources]
    return f" - behind the threshold {', '.join(named)}" if named else ""


def _named(source: Source) -> str:
    return f"{source.id} ({source.publisher}, {source.title}, {source.year}; {source.mark.replace('_', ' ')})"
