"""What was proved, in plain words, and each counterexample as an answers file."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from triage.protocol.models import Protocol
from triage.prove.bench import Person
from triage.prove.solver import VERSION
from triage.prove.verdict import Counterexample, Verdict

ABOUT = "about the protocol, not the medicine"
BY_INTERVIEW = "only an interview gives these answers; a file opens the screen of each detail"


def lines(verdicts: Sequence[Verdict], protocol: Protocol, *, at: str, out: Path | None) -> Iterator[str]:
    """Yield the report line by line; with `out` the counterexamples are written there."""
    for each in verdicts:
        yield from _verdict(each, protocol, at, out)
    good = sum(each.outcome == "holds" for each in verdicts)
    seconds, queries = sum(each.seconds for each in verdicts), sum(each.queries for each in verdicts)
    yield ""
    yield f"{good} of {len(verdicts)} properties hold, {seconds:.1f} s, {queries:,} questions to {VERSION}."
    yield f"Protocol {protocol.id} {protocol.version}, {len(protocol.rules)} rules, hash {protocol.hash[:12]}."
    yield ABOUT


def _verdict(each: Verdict, protocol: Protocol, at: str, out: Path | None) -> Iterator[str]:
    yield f"{each.number:2}. {each.name}: {each.outcome} ({each.seconds:.1f} s, {VERSION})"
    yield f"    {each.says}"
    yield from (f"    . {note}" for note in each.notes)
    for number, against in enumerate(each.against, start=1):
        yield from _against(against, f"{each.number:02}_{number:02}_{_slug(against.name)}", protocol, at, out)


def _against(each: Counterexample, name: str, protocol: Protocol, at: str, out: Path | None) -> Iterator[str]:
    doubt = "" if each.confirmed else " (the program does not do this: the proof itself is wrong here)"
    yield f"    - {each.name}: {each.says}{doubt}"
    several = ("before", "after") if len(each.people) > 1 else ("",)
    for person, which in zip(each.people, several, strict=False):
        text = answers_file(person, protocol, at)
        note = "" if person.as_file else f"  ({BY_INTERVIEW})"
        if out is None:
            yield f"      {which or 'person'}: {json.dumps(text['answers'])}{note}"
            continue
        file = out / f"{name}{which and '_' + which}.json"
        file.write_text(json.dumps(text, indent=2) + "\n", encoding="utf-8")
        yield f"      {which or 'person'}: triage assess {file} --as text{note}"


def answers_file(person: Person, protocol: Protocol, at: str) -> dict[str, object]:
    """Return an answers file of a person."""
    return {"protocol": protocol.id, "at": at, "answers": dict(person.raw)}


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40]
