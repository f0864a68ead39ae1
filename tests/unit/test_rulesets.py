"""How conditions are packed: within every measured limit, and no two names that look the same to the engine."""

import random

import pytest

from tests.random_conditions import random_protocol
from triage.engines.rulesets import (
    CONDITIONS_MAX,
    FIELDS_MAX,
    RULES_MAX,
    check_hashes,
    draft,
    expression,
    fields_of,
    pending_max,
    split,
    within_limits,
)
from triage.protocol.graph import conditions_of
from triage.protocol.lowering import FALSE, TRUE, Atom, Field, Group, Lowered, atoms_of, lower


def flag(name: str) -> Atom:
    return Atom(Field("option", "eyes", name), "==", 1)


def condition(number: int, width: int = 1) -> Lowered:
    tree = Group("any", tuple(flag(f"{number}-{each}") for each in range(width)))
    return Lowered(f"rule:r{number}", tree, FALSE)


def test_two_names_with_one_hash_are_refused() -> None:
    with pytest.raises(ValueError, match="'q779192' and 'q562789'"):
        check_hashes(["q1", "q562789", "q779192"])


def test_the_names_we_use_differ() -> None:
    check_hashes([f"f{number}" for number in range(1000)])


def test_a_name_may_come_twice() -> None:
    check_hashes(["q1", "q1"])


def test_an_expression_is_written_as_the_engine_reads_it() -> None:
    low = Field("low", "age")
    tree = Group("all", (flag("a"), Group("any", (flag("b"), Atom(low, ">=", 3), Atom(low, "<", 1)))))
    codes = {flag("a").field: "f2", flag("b").field: "f3", low: "f4"}
    written = {"$and": [{"f2": 1}, {"$or": [{"f3": 1}, {"$gte": {"f4": 3}}, {"$lt": {"f4": 1}}]}]}
    assert expression(tree, codes) == written


def test_a_test_that_never_fires_is_left_out_and_one_that_always_fires_reads_the_fact_itself() -> None:
    made = draft([Lowered("rule:never", FALSE, TRUE)])
    assert set(made.rules) == {"r0", "r1", "n0"}
    assert made.rules["n0"] == {"all": [{"m": {"f1": 1}}]}


def test_no_name_of_a_protocol_goes_in() -> None:
    made = draft([condition(0, width=3)])
    assert list(made.codes.values()) == ["f1", "f2", "f3", "f4"]
    assert "eyes" not in str(made.rules)


@pytest.mark.parametrize(
    ("batch", "fits"),
    [
        pytest.param(
            [condition(number) for number in range(29)], True, id="29 conditions are 60 rules with the sentinels"
        ),
        pytest.param([condition(number) for number in range(30)], False, id="30 conditions are two too many"),
        pytest.param([condition(number, width=12) for number in range(4)], True, id="48 nodes may wait"),
        pytest.param([condition(number, width=12) for number in range(5)], False, id="60 nodes and the sentinel"),
    ],
)
def test_limits(batch: list[Lowered], fits: bool) -> None:
    assert within_limits(batch) is fits


def test_a_layer_is_halved_until_it_fits_and_keeps_its_order() -> None:
    layer = [condition(number) for number in range(100)]
    batches = list(split(layer))
    assert [each for batch in batches for each in batch] == layer
    assert [len(batch) for batch in batches] == [25, 25, 25, 25]


def test_one_condition_that_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="rule:r0 is too large"):
        list(split([condition(0, width=100)]))


def test_tests_that_begin_alike_wait_once() -> None:
    alike = [Lowered(f"rule:r{n}", Group("all", (flag("a"), flag(f"b{n}"))), FALSE) for n in range(10)]
    assert pending_max(alike) == 1 + 10
    assert pending_max(alike[:1]) == 1 + 1


def test_a_flag_is_not_both_0_and_1() -> None:
    yes, no = flag("a"), flag("a")._replace(value=0)
    assert pending_max([Lowered("rule:r", yes, no)]) == 1 + 1


@pytest.mark.parametrize("seed", range(10))
def test_random_protocols_stay_within_every_limit(seed: int) -> None:
    protocol = random_protocol(random.Random(seed), findings=20, rules=60)
    program = lower({name: each for name, _, each in conditions_of(protocol)})
    for layer in program.layers:
        for batch in split(layer):
            made = draft(batch)
            atoms = {atom for each in batch for tree in each[1:] for atom in atoms_of(tree)}
            assert len(made.rules) <= RULES_MAX
            assert len(made.codes) + 1 <= FIELDS_MAX
            assert len(atoms) + 2 <= CONDITIONS_MAX
            assert set(fields_of(batch)) <= set(made.codes)
