"""`triage protocol prove`: every promise of a protocol, proved or with somebody for whom it does not hold."""

import sys
from collections.abc import Sequence
from pathlib import Path

from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import DONE, VERIFICATION_FAILED, BadInput
from triage.protocol.library import folder_of, load_protocol
from triage.protocol.models import Protocol
from triage.prove import properties_answers, properties_hazards, properties_result, properties_rules, report
from triage.prove.bench import Bench
from triage.prove.claims import Claims, file_of, load
from triage.prove.verdict import Property, Verdict, proved

PROPERTIES: tuple[Property, ...] = tuple(
    sorted(
        (
            *properties_rules.PROPERTIES,
            *properties_answers.PROPERTIES,
            *properties_hazards.PROPERTIES,
            *properties_result.PROPERTIES,
        ),
        key=lambda each: each.number,
    )
)


def prove(name: str, *, only: str | None = None, out: Path | None = None) -> tuple[str, int]:
    """Prove the properties of a protocol, or the one named by number or name; return the report and the exit code."""
    chosen = _chosen(only)
    folder = folder_of(name)
    protocol = load_protocol(name)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    bench = Bench(protocol, load(file_of(folder), protocol))
    verdicts = [_shown(each, bench) for each in chosen]
    text = "\n".join(report.lines(verdicts, protocol, at=bench.at.isoformat(), out=out))
    return text, DONE if all(each.outcome == "holds" for each in verdicts) else VERIFICATION_FAILED


def check(protocol: Protocol, claims: Claims, properties: Sequence[Property] = PROPERTIES) -> list[Verdict]:
    """Return what is proved of a protocol that is loaded already."""
    bench = Bench(protocol, claims)
    return [proved(each, bench) for each in properties]


def _chosen(only: str | None) -> tuple[Property, ...]:
    if only is None:
        return PROPERTIES
    wanted = only.replace("-", " ").replace("_", " ").strip().lower()
    found = tuple(each for each in PROPERTIES if wanted in (str(each.number), each.name))
    if not found:
        names = [each.name for each in PROPERTIES]
        raise BadInput(f"no property '{only[:40]}'{did_you_mean(wanted, names)}; properties: {', '.join(names)}")
    return found


def _shown(each: Property, bench: Bench) -> Verdict:
    """Prove one property and tell on the error stream how it went, because all of them take a while."""
    sys.stderr.write(f"{each.number:2}. {each.name} ... ")
    sys.stderr.flush()
    verdict = proved(each, bench)
    sys.stderr.write(f"{verdict.outcome} ({verdict.seconds:.1f} s)\n")
    return verdict
