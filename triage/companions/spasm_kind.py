"""Which kind of spasm fits: a small decision over its own answers, and the red-flag check of what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.companions.spasm_kind_data import NONE, Asked, Decision, Kind, Said
from triage.decision.assess import assess
from triage.decision.assessment import Action, Assessment
from triage.engines.base import NOTHING, Engine, Reading, Valuation
from triage.engines.reference import Reference, evaluate
from triage.kernel.answers import Word
from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import BadInput
from triage.kernel.scale import Disposition, TimeFrame
from triage.kernel.truth import NO, YES
from triage.protocol.conditions import Condition
from triage.protocol.models import Protocol


@dataclass(frozen=True, slots=True)
class Fit:
    """The kinds that fit best, and those that it could also be."""

    best: tuple[Kind, ...]
    also: tuple[Kind, ...]


def fit(held: Decision, said: Said) -> Fit:
    """Return which kinds fit these answers. A doubt fits nothing by itself."""
    best = tuple(kind for kind in held.kinds if kind.fits is not None and holds(kind.fits, said))
    also = (kind for kind in held.kinds if kind.could is not None and holds(kind.could, said))
    return Fit(best, tuple(kind for kind in also if kind not in best))


def applies(question: Asked, said: Said) -> bool:
    """Whether a question is asked after these answers."""
    return question.when is None or holds(question.when, said)


def holds(condition: Condition, said: Said) -> bool:
    """Whether a condition over this tool's own answers holds; a question not answered counts as nothing chosen."""

    def reading(name: str) -> Reading:
        words = said.get(name, ())
        if words == (Word.NOT_SURE.value,):
            return Reading(word=Word.NOT_SURE)
        return Reading(chosen=frozenset(words)) if words else NOTHING

    return evaluate(condition, Valuation.AS_SAID, reading, lambda name: NO) is YES


def meant(held: Decision, said: Said) -> dict[str, object]:
    """Return what these answers say to the protocol's own questions, as a file of answers writes it."""
    joined: dict[str, dict[str, None]] = {}
    for question in held.questions:
        for option in said.get(question.id, ()):
            for name, values in question.means.get(option, {}).items():
                joined.setdefault(name, {}).update(dict.fromkeys(values))
    return {name: next(iter(values)) if len(values) == 1 else list(values) for name, values in joined.items()}


def read_said(held: Decision, raw: Mapping[str, object]) -> Said:
    """Return answers from a file. Raises BadInput with one clear line."""
    questions = {question.id: question for question in held.questions}
    said: dict[str, tuple[str, ...]] = {}
    for name, value in raw.items():
        if name not in questions:
            raise BadInput(f"no question is called '{name[:30]}'{did_you_mean(name, questions)}")
        said[name] = _chosen(questions[name], [value] if isinstance(value, str) else value)
    return {name: said[name] for name, question in questions.items() if name in said and applies(question, said)}


def _chosen(question: Asked, values: object) -> tuple[str, ...]:
    alone = (*([NONE] if question.none else []), Word.NOT_SURE.value)
    options = [*question.options, *alone]
    if not isinstance(values, list) or not values or (len(values) > 1 and not question.several):
        wanted = "a list of options" if question.several else "one option"
        raise BadInput(f"'{question.id}': give {wanted}: {', '.join(options)}")
    for value in values:
        if value not in options:
            hint = did_you_mean(str(value), options) or f"; options: {', '.join(options)}"
            raise BadInput(f"'{question.id}': no option '{str(value)[:30]}'{hint}")
    if len(values) > 1 and not set(alone).isdisjoint(values):
        raise BadInput(f"'{question.id}': {' and '.join(alone)} stand alone")
    return tuple(option for option in options if option in values)


@dataclass(frozen=True, slots=True)
class Flags:
    """What the red-flag check says of the answers so far; they are a part of its questions only.

    `told` names what was found: the rules that hold, or else the danger signs that were chosen. `right_service` is
    where a person goes for whom the check is not made: its other words are for people with MS.
    """

    result: Assessment
    told: tuple[str, ...]
    right_service: Action | None

    @property
    def emergency(self) -> bool:
        """Whether nothing else may be shown before help is called."""
        return self.result.disposition is Disposition.EMERGENCY


def flags(
    held: Decision,
    said: Said,
    protocol: Protocol,
    *,
    at: datetime,
    locale: str,
    engines: Sequence[Engine] | None = None,
) -> Flags:
    """Run the red-flag check on what the answers say to it; `at` is the aware time of the assessment."""
    result = assess(protocol, meant(held, said), at=at, locale=locale, engines=engines)
    about_scope = {each.id: said[each.id] for each in held.questions if each.scope and each.id in said}
    scope = assess(protocol, meant(held, about_scope), at=at, locale=locale, engines=(Reference(protocol),))
    outside = {rule.id for rule in scope.rules if rule.truth == "yes"}
    right = next((action for action in result.actions if not outside.isdisjoint(action.rules)), None)
    found = [
        rule
        for rule in result.rules
        if rule.truth == "yes" and rule.then is not Disposition.SELF_CARE and rule.id not in outside
    ]
    if right is not None:  # the right service is asked for today; a review some day is no reason to ring
        found = [rule for rule in found if rule.within is not TimeFrame.ROUTINE]
    return Flags(result, tuple(rule.title for rule in found) or _signs(held, said), right)


def _signs(held: Decision, said: Said) -> tuple[str, ...]:
    """Return the danger signs chosen; a doubt about them counts as one, in the words of its question."""
    signs = []
    for question in held.questions:
        for option in said.get(question.id, ()) if question.danger else ():
            doubted = f"{held.words[Word.NOT_SURE.value]}: {question.ask}"
            signs += [] if option == NONE else [question.options.get(option, doubted)]
    return tuple(signs)


def is_emergency(held: Decision, said: Said, protocol: Protocol, *, at: datetime, locale: str) -> bool:
    """Whether these answers are an emergency already, by the quickest engine; the result is then judged by all."""
    raw = meant(held, said)
    if not raw:
        return False
    result = assess(protocol, raw, at=at, locale=locale, engines=(Reference(protocol),))
    return result.disposition is Disposition.EMERGENCY
