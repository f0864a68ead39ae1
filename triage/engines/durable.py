"""The second engine: the same conditions as rules of durable-rules, which is imported here and nowhere else.

Each precaution below answers a measured defect of durable-rules 2.0.28; docs/durable-rules.md lists them.
"""

import json
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from types import ModuleType
from typing import Protocol as Interface
from typing import cast

from triage.engines.base import OPEN, Sheet, Truths
from triage.engines.rulesets import DATA_SENTINEL, SENTINEL, START, Draft, draft, fields_of, split, value_of
from triage.kernel.errors import EngineVoid
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.conditions import Condition
from triage.protocol.graph import conditions_of
from triage.protocol.lowering import ALWAYS, Field, lower
from triage.protocol.models import Protocol

# One session lives at a time and is deleted at its end. The ids are few because the engine knows them by a hash only.
SESSIONS = tuple(f"s{number}" for number in range(16))
FIRED_MAX = 20_000  # no ruleset within our limits fires so often; stops a session that repeats itself
KEPT_MAX = 4  # protocols whose rulesets are kept: the memory of one that is dropped never comes back

_lock = Lock()  # two threads inside the engine are a segmentation fault


class Extension(Interface):
    """The compiled half of durable-rules, as far as we call it; its Python half runs actions, and we have none."""

    def assert_fact(self, handle: int, fact: str) -> tuple[int, int]:
        """Tell a fact; return 0 if rules took it up, and the session."""
        ...

    def start_action_for_state(self, handle: int, state: int) -> tuple[str, str] | None:
        """Return the session's own record and the first rule that fired."""
        ...

    def complete_and_start_action(self, handle: int, state: int) -> str | None:
        """Return the next rule that fired."""
        ...

    def delete_state(self, handle: int, session: str) -> None:
        """Forget a session."""
        ...


@cache
def available() -> str | None:
    """Return why durable-rules cannot be used here, or None if it can."""
    try:
        _engine()
    except Exception as error:  # noqa: BLE001 - a compiled extension fails in many ways; all of them mean the same here
        return f"durable-rules cannot be imported ({type(error).__name__}: {error})"
    return None


def _engine() -> ModuleType:
    from durable import engine

    return cast(ModuleType, engine)


class Durable:
    """Evaluates every named condition of a protocol with durable-rules.

    The rulesets are built at the first evaluation, so that a failure to build them voids readings and nothing else.
    """

    name = "durable"

    def __init__(self, protocol: Protocol) -> None:
        """Keep the conditions; nothing is compiled yet."""
        self._conditions = {name: condition for name, _, condition in conditions_of(protocol)}
        self._rulesets: Rulesets | None = None

    def evaluate(self, sheet: Sheet) -> Truths:
        """Return the truth of every named condition. Raises EngineVoid if this reading cannot be trusted."""
        try:
            with _lock:
                if self._rulesets is None:
                    self._rulesets = _rulesets_of(self._conditions)
                truths = self._rulesets.read(sheet)
            return {name: truths[name] for name in self._conditions}
        except EngineVoid:
            raise
        except Exception as error:  # noqa: BLE001 - only its kind is told: its text could repeat an answer
            raise EngineVoid(type(error).__name__) from None


# --------------------------------------------------------------------------------------------------------- one ruleset


@dataclass(slots=True)
class Ruleset:
    """A few conditions of one layer as compiled rules."""

    names: Sequence[str]
    codes: Mapping[Field, str]
    extension: Extension
    handle: int
    sessions: deque[str] = field(default_factory=lambda: deque(SESSIONS))

    def read(self, values: Mapping[Field, int]) -> dict[str, Truth]:
        """Return the truth of each condition; a void session is tried once more, under another id."""
        fact = {code: values[each] for each, code in self.codes.items() if each in values}
        try:
            fired = self._session(fact)
        except Exception:  # noqa: BLE001 - whatever it was, the second time it is raised
            fired = self._session(fact)
        return {name: _truth(name, f"y{place}" in fired, f"n{place}" in fired) for place, name in enumerate(self.names)}

    def _session(self, fact: Mapping[str, int]) -> set[str]:
        """Return the names of the rules that fire for a fact.

        An id comes back into use only once its session is deleted: one left behind would void every later reading.
        """
        if not self.sessions:
            raise EngineVoid("too many sessions failed; this ruleset is given up until the program starts again")
        session, started = self.sessions.popleft(), False
        try:
            started = SENTINEL in self._tell({"sid": session, START: 1})
            fired = self._tell({"sid": session, **fact}) if started else set()
        finally:
            if started:  # deleting a session in which nothing ever fired ends the process
                self.extension.delete_state(self.handle, session)
                self.sessions.append(session)
        if DATA_SENTINEL not in fired:
            raise EngineVoid("a rule that always fires did not")
        return fired

    def _tell(self, fact: Mapping[str, object]) -> set[str]:
        code, state = self.extension.assert_fact(self.handle, json.dumps(fact))
        first = self.extension.start_action_for_state(self.handle, state) if code == 0 else None
        if first is None:
            raise EngineVoid(f"a fact was not taken up (code {code})")
        record, message = first[0], cast("str | None", first[1])
        if "exception" in record:
            raise EngineVoid("an action failed")
        fired: set[str] = set()
        for _ in range(FIRED_MAX):
            if not message:
                return fired
            fired.add(message[2 : message.index('"', 2)])  # {"rule":{...}}; behind it stand the facts, which are ours
            message = self.extension.complete_and_start_action(self.handle, state)
        raise EngineVoid("a session does not end")


def _truth(name: str, certainly: bool, certainly_not: bool) -> Truth:  # noqa: FBT001 - the two planes, in their order
    if certainly and certainly_not:
        raise EngineVoid(f"{name} certainly holds and certainly does not")
    if certainly:
        return YES
    return NO if certainly_not else UNKNOWN


def _no_action(_: object) -> None:
    """Stand in for the action a rule must have; it is never run, since we only read which rules fired."""


def _compile(number: int, ruleset: Draft) -> Ruleset:
    engine = _engine()
    rules = {name: {**rule, "run": _no_action} for name, rule in ruleset.rules.items()}
    compiled = engine.Ruleset(f"c{number}", None, rules)
    return Ruleset(ruleset.names, ruleset.codes, engine.durable_rules_engine, compiled._handle)  # noqa: SLF001


# -------------------------------------------------------------------------------------------------------- all rulesets


@dataclass(frozen=True, slots=True)
class Rulesets:
    """All conditions of one protocol as compiled rules, layer by layer."""

    fields: Sequence[Field]
    bounds: Mapping[str, tuple[float, ...]]
    layers: Sequence[Sequence[Ruleset]]

    def read(self, sheet: Sheet) -> Truths:
        """Return the truth of every condition, and of every piece of one."""
        values = {ALWAYS: 1}
        for each in self.fields:
            reading = sheet.readings.get(each.subject, OPEN)
            value = value_of(each, reading, sheet.valuation, self.bounds.get(each.subject, ()))
            if value is not None:
                values[each] = value
        truths: dict[str, Truth] = {}
        for layer in self.layers:
            for ruleset in layer:
                found = ruleset.read(values)
                truths |= found
                values |= passed_on(found)  # nothing in this layer reads them; the next one does
        return truths


def passed_on(found: Mapping[str, Truth]) -> dict[Field, int]:
    """Return what later layers are told about these conditions."""
    values = {}
    for name, truth in found.items():
        kind, _, rest = name.partition(":")
        if kind == "finding" and truth is not UNKNOWN:
            values[Field("finding", rest)] = int(truth is YES)
        elif kind == "piece" and truth is YES:
            values[Field("piece", name)] = 1
    return values


_kept: OrderedDict[tuple[tuple[str, Condition], ...], Rulesets | Exception] = OrderedDict()


def _rulesets_of(conditions: Mapping[str, Condition]) -> Rulesets:
    """Return the rulesets of these conditions. Built once, even if that fails: what is dropped stays in memory.

    The key is the conditions themselves: nothing else in a protocol changes what its rulesets say.
    """
    key = tuple(conditions.items())
    if key not in _kept:
        try:
            _kept[key] = _build(conditions)
        except Exception as error:  # noqa: BLE001 - kept, and raised below
            _kept[key] = error
    _kept.move_to_end(key)
    if len(_kept) > KEPT_MAX:
        _kept.popitem(last=False)
    found = _kept[key]
    if isinstance(found, Exception):
        raise EngineVoid(f"rulesets cannot be built: {found}")
    return found


def _build(conditions: Mapping[str, Condition]) -> Rulesets:
    program = lower(conditions)
    drafts = [[draft(batch) for batch in split(layer)] for layer in program.layers]
    layers = [[_compile(number, each) for number, each in enumerate(layer)] for layer in drafts]
    fields = [each for each in fields_of(lowered for layer in program.layers for lowered in layer) if each != ALWAYS]
    return Rulesets(fields, program.bounds, layers)
