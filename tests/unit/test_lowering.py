"""The lowering against the meaning of a condition, without durable-rules: a plain evaluator of its tests is enough."""

import ast
import inspect
import operator
import random
from collections.abc import Mapping, Sequence

import pytest

from tests.random_conditions import random_condition, random_protocol, random_sheet
from triage.engines.base import NOTHING, OPEN, Reading, Sheet, Valuation
from triage.engines.durable import passed_on
from triage.engines.reference import Reference
from triage.engines.rulesets import value_of
from triage.kernel.answers import Word
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol import lowering
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Operator, Unknown
from triage.protocol.graph import conditions_of
from triage.protocol.lowering import (
    ALWAYS,
    FALSE,
    TRUE,
    Atom,
    Field,
    Group,
    Program,
    Tree,
    atoms_of,
    join,
    lower,
    rank,
    size,
)

SIGNS = {"==": operator.eq, ">=": operator.ge, "<=": operator.le, "<": operator.lt, ">": operator.gt}
A, B = Chosen(question="eyes", options=("a",)), Chosen(question="legs", options=("b",))
OPTION_OR_WORD = Chosen(question="eyes", options=("a", "not_sure"))
FEVER = Compare(subject="temperature", operator="at_least", bound=38.0)


def fires(tree: Tree, values: Mapping[Field, int]) -> bool:
    if isinstance(tree, Atom):
        return tree.field in values and SIGNS[tree.sign](values[tree.field], tree.value)
    return (all if tree.join == "all" else any)(fires(part, values) for part in tree.parts)


def run(program: Program, sheet: Sheet) -> Mapping[str, Truth]:
    values = {ALWAYS: 1}
    atoms = [atom for layer in program.layers for each in layer for tree in each[1:] for atom in atoms_of(tree)]
    for field in {atom.field for atom in atoms}:
        reading = sheet.readings.get(field.subject, OPEN)
        value = value_of(field, reading, sheet.valuation, program.bounds.get(field.subject, ()))
        values |= {} if value is None else {field: value}
    truths: dict[str, Truth] = {}
    for layer in program.layers:
        for each in layer:
            yes, no = fires(each.certainly, values), fires(each.certainly_not, values)
            assert not (yes and no), f"{each.name} certainly holds and certainly does not"
            truths[each.name] = YES if yes else NO if no else UNKNOWN
        values |= passed_on(truths)
    return truths


def truth_of(condition: Condition, valuation: Valuation = Valuation.AS_SAID, **readings: Reading) -> Truth:
    return run(lower({"rule:x": condition}), Sheet(valuation, readings, {}))["rule:x"]


def pieces(program: Program) -> list[str]:
    return [each.name for layer in program.layers for each in layer if each.name.startswith("piece:")]


def eyes(option: str) -> Atom:
    return Atom(Field("option", "eyes", option), "==", 1)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(37.79, 0, id="below every bound is 0"),
        pytest.param(37.8, 1, id="on the first bound is 1"),
        pytest.param(37.80000001, 2, id="just above it is 2"),
        pytest.param(38.0, 3, id="on the last bound is 3"),
        pytest.param(1e300, 4, id="above every bound is 4"),
    ],
)
def test_rank(figure: float, expected: int) -> None:
    assert rank((37.8, 38.0), figure) == expected


def test_ranks_compare_as_figures_do() -> None:
    rng = random.Random(1)
    for _ in range(2000):
        bounds = sorted({round(rng.uniform(-3, 3), 1) for _ in range(rng.randint(1, 6))})
        bound, figure = rng.choice(bounds), round(rng.uniform(-4, 4), 1)
        for compare in SIGNS.values():
            assert compare(rank(bounds, figure), rank(bounds, bound)) == compare(figure, bound)


def test_no_bounds_rank_everything_alike() -> None:
    assert rank((), -5.0) == rank((), 5.0) == 0


@pytest.mark.parametrize(
    ("how", "parts", "joined"),
    [
        pytest.param("all", [], TRUE, id="all of nothing always holds"),
        pytest.param("any", [], FALSE, id="any of nothing never holds"),
        pytest.param("all", [eyes("a")], eyes("a"), id="one part is itself"),
        pytest.param("all", [eyes("a"), FALSE], FALSE, id="one that never holds decides an 'and'"),
        pytest.param("any", [eyes("a"), TRUE], TRUE, id="one that always holds decides an 'or'"),
        pytest.param("any", [eyes("a"), FALSE], eyes("a"), id="one that never holds adds nothing to an 'or'"),
        pytest.param("any", [eyes("a"), eyes("a")], eyes("a"), id="the same twice is once"),
        pytest.param(
            "all",
            [Group("all", (eyes("a"), eyes("b"))), eyes("c")],
            Group("all", (eyes("a"), eyes("b"), eyes("c"))),
            id="an 'and' in an 'and' is one 'and'",
        ),
        pytest.param(
            "all",
            [Group("any", (eyes("a"), eyes("b"))), eyes("c")],
            Group("all", (Group("any", (eyes("a"), eyes("b"))), eyes("c"))),
            id="an 'or' in an 'and' stays",
        ),
    ],
)
def test_join(how: lowering.Join, parts: Sequence[Tree], joined: Tree) -> None:
    assert join(how, parts) == joined


SURE, UNSURE = Reading(chosen=frozenset({"a"})), Reading(word=Word.NOT_SURE)
NEITHER, BOTH = Reading(chosen=frozenset({"z"})), Reading(chosen=frozenset({"a"}), word=Word.NOT_SURE)
SAID, DOUBT = Valuation.AS_SAID, Valuation.IN_DOUBT


@pytest.mark.parametrize(
    ("options", "reading", "valuation", "expected"),
    [
        pytest.param(("a",), OPEN, SAID, UNKNOWN, id="a question not yet answered is open"),
        pytest.param(("a", "b"), SURE, SAID, YES, id="one of the options was chosen"),
        pytest.param(("a", "b"), NEITHER, DOUBT, NO, id="another option was chosen"),
        pytest.param(("a",), UNSURE, SAID, NO, id="a doubt, as said, is not the option"),
        pytest.param(("a",), UNSURE, DOUBT, UNKNOWN, id="a doubt, in doubt, may be the option"),
        pytest.param(("a", "not_sure"), UNSURE, DOUBT, YES, id="the word is named"),
        pytest.param(("a", "declined"), UNSURE, DOUBT, UNKNOWN, id="another word is named"),
        pytest.param(("b",), BOTH, SAID, NO, id="these and not sure of the rest, as said, is not the rest"),
        pytest.param(("b",), BOTH, DOUBT, UNKNOWN, id="these and not sure of the rest, in doubt, may be the rest"),
        pytest.param(("a",), BOTH, DOUBT, YES, id="these and not sure of the rest is these"),
    ],
)
def test_option(options: tuple[str, ...], reading: Reading, valuation: Valuation, expected: Truth) -> None:
    assert truth_of(Chosen(question="eyes", options=options), valuation, eyes=reading) is expected


@pytest.mark.parametrize(
    ("how", "low", "high", "expected"),
    [
        pytest.param("at_least", 38.0, 38.0, YES, id="on the bound is at least the bound"),
        pytest.param("over", 38.0, 38.0, NO, id="on the bound is not over it"),
        pytest.param("at_most", 38.0, 38.0, YES, id="on the bound is at most the bound"),
        pytest.param("under", 38.0, 38.0, NO, id="on the bound is not under it"),
        pytest.param("over", 38.000001, 38.000001, YES, id="just over"),
        pytest.param("under", 37.999999, 37.999999, YES, id="just under"),
        pytest.param("at_least", 37.0, 39.0, UNKNOWN, id="a count that can still reach the bound is open"),
        pytest.param("under", 37.0, 39.0, UNKNOWN, id="a count that can still leave is open"),
        pytest.param("at_most", 39.0, 41.0, NO, id="a count that is past the bound already"),
    ],
)
def test_figure(how: Operator, low: float, high: float, expected: Truth) -> None:
    node = Compare(subject="temperature", operator=how, bound=38.0)
    for valuation in Valuation:
        assert truth_of(node, valuation, temperature=Reading(low=low, high=high)) is expected


@pytest.mark.parametrize("how", ["at_least", "at_most", "under", "over"])
@pytest.mark.parametrize(
    ("reading", "valuation", "expected"),
    [
        pytest.param(OPEN, SAID, UNKNOWN, id="a figure not yet given is open"),
        pytest.param(UNSURE, SAID, NO, id="a doubt, as said, is past no bound"),
        pytest.param(UNSURE, DOUBT, UNKNOWN, id="a doubt, in doubt, may be past it"),
        pytest.param(NOTHING, DOUBT, NO, id="a skipped question is past no bound"),
        pytest.param(Reading(chosen=frozenset({"never"})), DOUBT, NO, id="never is past no bound"),
    ],
)
def test_no_figure(how: Operator, reading: Reading, valuation: Valuation, expected: Truth) -> None:
    assert truth_of(Compare(subject="hours", operator=how, bound=48.0), valuation, hours=reading) is expected


def test_under_is_not_the_negation_of_at_least_without_a_figure() -> None:
    under = Compare(subject="temperature", operator="under", bound=35.0)
    at_least = Compare(subject="temperature", operator="at_least", bound=35.0)
    assert truth_of(under, temperature=UNSURE) is NO
    assert truth_of(Not(of=at_least), temperature=UNSURE) is YES


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        pytest.param(OPEN, UNKNOWN, id="not yet answered"),
        pytest.param(SURE, NO, id="answered"),
        pytest.param(NOTHING, NO, id="skipped"),
        pytest.param(UNSURE, YES, id="a word"),
        pytest.param(BOTH, YES, id="a word beside an option"),
    ],
)
def test_unknown(reading: Reading, expected: Truth) -> None:
    for valuation in Valuation:
        assert truth_of(Unknown(subject="eyes"), valuation, eyes=reading) is expected


@pytest.mark.parametrize(
    ("needed", "expected"),
    [
        pytest.param(0, YES, id="none needed"),
        pytest.param(1, YES, id="as many as hold"),
        pytest.param(2, UNKNOWN, id="open ones may still make it"),
        pytest.param(3, NO, id="more than can hold"),
        pytest.param(4, NO, id="more than there are"),
    ],
)
def test_count(needed: int, expected: Truth) -> None:
    node = Count(at_least=needed, of=(A, B, FEVER))
    assert truth_of(node, eyes=SURE, temperature=NOTHING) is expected


def test_a_long_count_grows_by_its_length_and_not_by_its_subsets() -> None:
    options = tuple(Chosen(question="eyes", options=(f"o{number}",)) for number in range(30))
    program = lower({"rule:x": Count(at_least=15, of=options)})
    assert len(pieces(program)) < 2 * 15 * 16
    for held, expected in ((14, NO), (15, YES), (16, YES)):
        reading = Reading(chosen=frozenset(f"o{number}" for number in range(30 - held, 30)))
        assert run(program, Sheet(SAID, {"eyes": reading}, {}))["rule:x"] is expected


def test_a_negation_turns_the_two_tests_round() -> None:
    plain, turned = (lower({"rule:x": each}).layers[0][0] for each in (A, Not(of=A)))
    assert (plain.certainly, plain.certainly_not) == (turned.certainly_not, turned.certainly)


def test_words_are_told_apart_from_options() -> None:
    fields = [atom.field for atom in atoms_of(lower({"rule:x": OPTION_OR_WORD}).layers[0][0].certainly)]
    assert fields == [Field("option", "eyes", "a"), Field("word", "eyes", "not_sure")]


def test_a_wide_condition_is_split_into_pieces_that_one_rule_can_carry() -> None:
    many = Chosen(question="eyes", options=tuple(f"o{number}" for number in range(100)))
    program = lower({"rule:x": All(of=(many, Any(of=(A, B)), FEVER))})
    assert pieces(program)
    assert_sizes(program)


def test_equal_pieces_are_made_once() -> None:
    many = Chosen(question="eyes", options=tuple(f"o{number}" for number in range(20)))
    alone = pieces(lower({"rule:x": many}))
    assert pieces(lower({"rule:x": many, "rule:y": many})) == alone


def assert_sizes(program: Program) -> None:
    for layer in program.layers:
        for each in layer:
            assert size(each.certainly).fits
            assert size(each.certainly_not).fits


def assert_layers(program: Program) -> None:
    seen: set[str] = set()
    for layer in program.layers:
        for each in layer:
            fields = {atom.field for tree in each[1:] for atom in atoms_of(tree)}
            assert {f"finding:{field.subject}" for field in fields if field.kind == "finding"} <= seen
            assert {field.subject for field in fields if field.kind == "piece"} <= seen
        seen |= {each.name for each in layer}


@pytest.mark.parametrize("seed", range(60))
def test_random_protocols_read_as_the_reference_reads_them(seed: int) -> None:
    rng = random.Random(seed)
    protocol = random_protocol(rng)
    conditions = {name: condition for name, _, condition in conditions_of(protocol)}
    program = lower(conditions)
    assert_sizes(program)
    assert_layers(program)
    reference = Reference(protocol)
    for number in range(20):
        sheet = random_sheet(rng, list(Valuation)[number % 2])
        truths = run(program, sheet)
        assert {name: truths[name] for name in conditions} == reference.evaluate(sheet)


def test_random_conditions_reach_every_truth() -> None:
    rng = random.Random(5)
    conditions = [random_condition(rng) for _ in range(200)]
    truths = [run(lower({"rule:x": each}), random_sheet(rng, DOUBT))["rule:x"] for each in conditions]
    assert min(truths.count(truth) for truth in Truth) > 20


def test_findings_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="cycle"):
        lower({"finding:x": Named(finding="y"), "finding:y": Named(finding="x")})


def test_a_finding_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError, match="finding:y"):
        lower({"rule:x": Named(finding="y")})


def test_the_lowering_knows_no_other_reading() -> None:
    imports = [node for node in ast.walk(ast.parse(inspect.getsource(lowering))) if isinstance(node, ast.ImportFrom)]
    assert not [node.module for node in imports if node.module and "engines" in node.module]
    assert not [node.module for node in imports if node.module and node.module.endswith("truth")]
