"""The other half of figure 2: a rule's label or time changed.

No case beside a rule states them. What does is a table that stands apart from the rules, and the vignettes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from triage.decision.actions import actions_of
from triage.decision.assess import look
from triage.decision.outcome import outcome_of
from triage.engines.base import Truths
from triage.engines.reference import Reference
from triage.kernel.answers import Answer
from triage.kernel.errors import BadInput
from triage.kernel.scale import Disposition, TimeFrame
from triage.kernel.truth import YES
from triage.protocol.models import Protocol, Rule
from triage.protocol.texts import NEUTRAL, locale_of
from triage.verify.cases import AT

FILE = "stated_results.json"  # beside the protocol, as the brief's codes are
LABELS: list[Disposition] = [label for label in Disposition if label is not Disposition.NOT_FINISHED]
TIMES = list(TimeFrame)
Stated = Mapping[str, tuple[str, str]]  # a rule's id -> its label and time
Shown = tuple[Disposition | None, tuple[tuple[str, TimeFrame], ...]]


@dataclass(frozen=True, slots=True)
class LabelMutant:
    """One rule with another label or another time, and whether the table or a vignette notices."""

    rule: str
    change: str
    killed: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A vignette's truths, and how many first actions it states."""

    truths: Truths
    stated: int


def seen(protocol: Protocol, people: Sequence[tuple[Mapping[str, Answer], int]]) -> list[Seen]:
    """Read people's whole answers once; with each goes how many first actions its vignette states."""
    engines = (Reference(protocol),)
    return [Seen(look(protocol, answers, AT, engines).truths, stated) for answers, stated in people]


def stated(protocol: Protocol, folder: Path) -> Stated:
    """Return the label and time that the table states of each rule. Raises BadInput; no table states nothing."""
    if not (folder / FILE).exists():
        return {}
    try:
        table = json.loads((folder / FILE).read_text(encoding="utf-8"))
        by_code = {code: (row[0], row[1]) for code, row in {**table["brief"], **table["amended"]}.items()}
        ours = {name: (row[0], row[1]) for name, row in table["ours"].items()}
    except (OSError, ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise BadInput(f"{folder.name}/{FILE}: cannot be read; it states each rule's label and time") from error
    coded = {rule.id: by_code[code] for rule in protocol.rules for code in rule.brief if code in by_code}
    return {**coded, **ours}


def unlike(protocol: Protocol, table: Stated) -> tuple[str, ...]:
    """Return the rules whose label or time is not what the table states, or of which it states nothing."""
    said = {rule.id: (rule.then.value, rule.within.value) for rule in protocol.rules}
    names = [*said, *(name for name in table if name not in said)]
    differing = [name for name in names if said.get(name) != table.get(name)]
    return tuple(f"{name}: {said.get(name)} here, {table.get(name)} in {FILE}" for name in differing)


def label_mutants(protocol: Protocol, vignettes: Sequence[Seen], table: Stated) -> Iterator[LabelMutant]:
    """Yield each rule one label up, one down, one time sooner, one later."""
    for index, rule in enumerate(protocol.rules):
        concerned = [each for each in vignettes if each.truths[f"rule:{rule.id}"] is YES]
        for change, other in _neighbours(rule):
            rules = (*protocol.rules[:index], other, *protocol.rules[index + 1 :])
            changed = protocol.model_copy(update={"rules": rules})
            noticed = rule.id in table or any(_shown(changed, each) != _shown(protocol, each) for each in concerned)
            yield LabelMutant(rule.id, change, noticed)


def _neighbours(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for step in (-1, 1):
        label, time = LABELS.index(rule.then) + step, rule.within.rank + step
        if 0 <= label < len(LABELS):
            yield f"label {LABELS[label]}", rule.model_copy(update={"then": LABELS[label]})
        if 0 <= time < len(TIMES):
            yield f"time {TIMES[time]}", rule.model_copy(update={"within": TIMES[time]})


def _shown(protocol: Protocol, person: Seen) -> Shown:
    outcome = outcome_of(protocol, person.truths)
    actions = actions_of(protocol, outcome, locale_of(protocol, NEUTRAL))
    return outcome.label, tuple((each.door, each.within) for each in actions[: person.stated])
