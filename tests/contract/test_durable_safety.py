"""What keeps durable-rules safe to use: threads, memory, limits, and every way in which a reading can be void."""

import random
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.random_conditions import protocol_of
from triage.engines import durable
from triage.engines.base import Sheet, Truths, Valuation
from triage.engines.durable import Durable, Ruleset, available
from triage.engines.reference import Reference
from triage.engines.rulesets import PENDING_MAX, draft, pending_max
from triage.engines.sheet import sheet_of
from triage.kernel.errors import EngineVoid
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.conditions import Condition, Named
from triage.protocol.loader import load
from triage.protocol.lowering import ALWAYS, FALSE, Atom, Field, Lowered, Tree
from triage.protocol.models import Protocol
from triage.verify.cases import AT
from triage.verify.fuzz import memory, random_answers

needs_durable = pytest.mark.skipif(available() is not None, reason=str(available()))
SHIPPED = Path(__file__).resolve().parents[2] / "rules" / "ms"
SAID, DOUBT = Valuation.AS_SAID, Valuation.IN_DOUBT
GROWTH_MAX = 4_000_000  # bytes; without delete_state it would be 0.7 MB for each session


@pytest.fixture(scope="module")
def shipped() -> Protocol:
    return load(SHIPPED)


# ------------------------------------------------------------------------------------------------- threads and memory


@needs_durable
def test_four_threads_get_the_answers_of_one(shipped: Protocol) -> None:
    rng = random.Random(11)
    sheets = [sheet_of(shipped, random_answers(shipped, rng, AT), AT, DOUBT) for _ in range(40)]
    expected = [Reference(shipped).evaluate(sheet) for sheet in sheets]
    shared = Durable(shipped)

    def read_all(engine: Durable) -> list[Truths]:
        return [engine.evaluate(sheet) for sheet in sheets]

    with ThreadPoolExecutor(max_workers=4) as pool:
        results = list(pool.map(read_all, [shared, shared, Durable(shipped), Durable(shipped)]))
    assert all(each == expected for each in results)


@needs_durable
@pytest.mark.skipif(memory() == 0, reason="the system does not tell how much memory a process holds")
def test_memory_stays_flat(shipped: Protocol) -> None:
    rng = random.Random(12)
    sheets = [sheet_of(shipped, random_answers(shipped, rng, AT), AT, SAID) for _ in range(20)]
    engine = Durable(shipped)
    for sheet in sheets * 5:
        engine.evaluate(sheet)
    before = memory()
    for sheet in sheets * 40:
        engine.evaluate(sheet)
    assert memory() - before < GROWTH_MAX


@needs_durable
def test_rulesets_are_built_once_for_the_same_conditions(shipped: Protocol) -> None:
    first, second = Durable(shipped), Durable(shipped.model_copy(update={"title": "Other words", "hash": "1" * 64}))
    for engine in (first, second):
        engine.evaluate(sheet_of(shipped, {}, AT, SAID))
    assert first._rulesets is second._rulesets
    assert len(durable._kept) <= durable.KEPT_MAX


@needs_durable
def test_a_protocol_that_cannot_be_built_is_void_and_is_not_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    circle = protocol_of({"x": Named(finding="y"), "y": Named(finding="x")}, {})
    built: list[object] = []
    build = durable._build

    def counted(conditions: Mapping[str, Condition]) -> durable.Rulesets:
        built.append(conditions)
        return build(conditions)

    monkeypatch.setattr(durable, "_build", counted)
    for _ in range(3):
        with pytest.raises(EngineVoid, match="cannot be built"):
            Durable(circle).evaluate(Sheet(SAID, {}, applies={}))
    assert len(built) == 1


def flags(number: int) -> list[Tree]:
    return [Atom(Field("option", "eyes", str(each)), "==", 1) for each in range(number)]


@needs_durable
@pytest.mark.parametrize(
    ("width", "fails"),
    [
        pytest.param(PENDING_MAX - 1, False, id="what we allow passes"),
        pytest.param(63, False, id="64 waiting nodes pass"),
        pytest.param(64, True, id="65 waiting nodes fail with error 303"),
    ],
)
def test_the_engine_keeps_as_many_waiting_nodes_as_we_reckon(width: int, fails: bool) -> None:
    batch = [Lowered(f"rule:r{number}", tree, FALSE) for number, tree in enumerate(flags(width))]
    assert pending_max(batch) == width + 1
    ruleset = durable._compile(0, draft(batch))
    values = dict.fromkeys(ruleset.codes, 1)
    if fails:
        with pytest.raises(Exception, match="303"):
            ruleset.read(values)
    else:
        assert set(ruleset.read(values).values()) == {YES}


# ------------------------------------------------------------------------------------------------------- void readings


class Fake:
    """Stands in for the compiled half and plays back what each fact makes fire; an exception is raised."""

    def __init__(self, *script: list[str] | Exception, record: str = '{"sid":"s0"}', code: int = 0) -> None:
        self._script = iter(script)
        self._record = record
        self._code = code
        self._rules: Iterator[str] = iter(())
        self.deleted: list[str] = []
        self.facts: list[str] = []

    def assert_fact(self, handle: int, fact: str) -> tuple[int, int]:
        self.facts.append(fact)
        scene = next(self._script)
        if isinstance(scene, Exception):
            raise scene
        self._rules = iter(f'{{"{rule}":{{"m":{{}}}}}}' for rule in scene)
        return self._code, 1

    def start_action_for_state(self, handle: int, state: int) -> tuple[str, str] | None:
        first = next(self._rules, None)
        return None if first is None else (self._record, first)

    def complete_and_start_action(self, handle: int, state: int) -> str | None:
        return next(self._rules, None)

    def delete_state(self, handle: int, session: str) -> None:
        self.deleted.append(session)


def read(fake: Fake) -> Mapping[str, Truth]:
    return Ruleset(("rule:a", "rule:b", "rule:c"), {ALWAYS: "f1"}, fake, 1).read({ALWAYS: 1})


def test_what_fires_is_yes_no_or_open_and_the_session_is_deleted() -> None:
    fake = Fake(["r0"], ["y0", "y0", "n1", "r1"])
    assert read(fake) == {"rule:a": YES, "rule:b": NO, "rule:c": UNKNOWN}
    assert fake.deleted == ["s0"]
    assert fake.facts == ['{"sid": "s0", "f0": 1}', '{"sid": "s0", "f1": 1}']


@pytest.mark.parametrize(
    "first",
    [
        pytest.param([RuntimeError("error 303")], id="the engine raises on the start fact"),
        pytest.param([["y9"]], id="the start rule does not fire"),
        pytest.param([[]], id="nothing fires"),
        pytest.param([["r0"], RuntimeError("error 303")], id="the engine raises on the answers"),
        pytest.param([["r0"], ["y0"]], id="the answers' own sentinel does not fire"),
        pytest.param([["r0"], []], id="the answers are not taken up"),
    ],
)
def test_a_void_session_is_tried_once_more_under_another_id(first: list[list[str] | Exception]) -> None:
    fake = Fake(*first, ["r0"], ["r1", "y0"])
    assert read(fake)["rule:a"] is YES
    started = first[0] == ["r0"]
    assert fake.deleted == (["s0", "s1"] if started else ["s1"]), "a session that never started must not be deleted"


def test_an_id_whose_session_was_left_behind_is_never_used_again() -> None:
    failing = [RuntimeError("error 303")] * (len(durable.SESSIONS) - 1)
    good = [["r0"], ["r1", "y0"]] * 3
    fake = Fake(*failing, *good)
    ruleset = Ruleset(("rule:a",), {ALWAYS: "f1"}, fake, 1)
    for _ in range(len(failing) // 2):
        with pytest.raises(RuntimeError, match="303"):
            ruleset.read({ALWAYS: 1})
    assert [ruleset.read({ALWAYS: 1})["rule:a"] for _ in range(3)] == [YES] * 3
    assert set(fake.deleted) == {durable.SESSIONS[-1]}


def test_when_every_id_was_left_behind_the_ruleset_is_given_up() -> None:
    fake = Fake(*[RuntimeError("error 303")] * len(durable.SESSIONS))
    ruleset = Ruleset(("rule:a",), {ALWAYS: "f1"}, fake, 1)
    for _ in range(len(durable.SESSIONS) // 2):
        with pytest.raises(RuntimeError, match="303"):
            ruleset.read({ALWAYS: 1})
    with pytest.raises(EngineVoid, match="given up"):
        ruleset.read({ALWAYS: 1})


@pytest.mark.parametrize(
    ("fake", "reason"),
    [
        pytest.param(Fake([], []), "not taken up", id="nothing fires twice"),
        pytest.param(Fake(["r0"], ["y0"], ["r0"], ["y0"]), "always fires", id="no sentinel twice"),
        pytest.param(Fake(["r0"], ["r0"], code=2), "code 2", id="a fact was seen before"),
        pytest.param(Fake(["r0"], ["r0"], record='{"exception":"x"}'), "action failed", id="an action raised"),
        pytest.param(Fake(["r0"], ["r1", "y0", "n0"]), "certainly holds and", id="a condition holds and does not"),
    ],
)
def test_a_void_reading_is_never_a_no(fake: Fake, reason: str) -> None:
    with pytest.raises(EngineVoid, match=reason):
        read(fake)


def test_a_session_that_never_ends_is_void(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "FIRED_MAX", 3)
    with pytest.raises(EngineVoid, match="does not end"):
        read(Fake(["r0"] * 9, ["r0"] * 9))


def test_an_error_of_any_kind_voids_the_reading_and_only_its_kind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(conditions: object) -> object:
        raise OSError("an answer")

    monkeypatch.setattr(durable, "_rulesets_of", broken)
    with pytest.raises(EngineVoid, match=r"^OSError$"):  # its text could repeat an answer
        Durable(protocol_of({}, {})).evaluate(Sheet(SAID, {}, applies={}))


def test_why_it_cannot_be_imported_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> object:
        raise ImportError("undefined symbol: PyEval_CallObject")

    monkeypatch.setattr(durable, "_engine", missing)
    available.cache_clear()
    try:
        assert available() == "durable-rules cannot be imported (ImportError: undefined symbol: PyEval_CallObject)"
    finally:
        available.cache_clear()
