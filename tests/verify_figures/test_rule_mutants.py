"""Small mistakes in rules: which there are, what notices them, and which change nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.shipped import PROTOCOL
from tests.small import PLACE, picked
from tests.verify_figures.small_cases import BOTH, HOT, TOLD, A, Answers, B, with_cases
from triage.kernel.errors import BadInput
from triage.kernel.scale import Disposition
from triage.kernel.truth import YES
from triage.protocol.conditions import All, Any, Chosen, Condition, Count, Not
from triage.protocol.library import folder_of
from triage.protocol.models import Case
from triage.verify.cases import run_cases
from triage.verify.label_mutants import Seen, Stated, label_mutants, stated, unlike
from triage.verify.mutants import KINDS, mutants_of
from triage.verify.reach import Reach
from triage.verify.rule_mutants import ForcedFailure, forced_failure, judged, tally
from triage.verify.variants import Cases
from triage.verify.witness import Witnesses, as_yaml

UNSURE = Chosen(question="signs", options=("a", "not_sure"))


@pytest.mark.parametrize(
    ("when", "hows"),
    [
        pytest.param(A, {"negate", "delete"}, id="a choice is turned round"),
        pytest.param(UNSURE, {"negate", "delete", "drop option", "drop not_sure"}, id="a list loses each of its words"),
        pytest.param(HOT, {"negate", "delete", "flip comparison", "bound +1", "bound -1"}, id="a figure moves"),
        pytest.param(BOTH, {"negate", "delete", "all <-> any", "drop operand"}, id="an all becomes an any"),
        pytest.param(Not(of=A), {"negate", "delete", "drop operand"}, id="a 'not' is lost"),
        pytest.param(
            Count(at_least=1, of=(A, B)),
            {"negate", "delete", "drop operand", "count +1", "count -1"},
            id="a count moves",
        ),
    ],
)
def test_the_mistakes_made_in_a_condition(when: Condition, hows: set[str]) -> None:
    assert {each.how for each in mutants_of("rule:it", when)} == hows
    assert hows <= set(KINDS)


GOOD: dict[str, list[Answers]] = {
    "holds": [{"signs": "a", "more": "x"}],
    "not_holds": [{"signs": "a", "more": "none"}, {"signs": "none", "more": "x"}],
}


@pytest.mark.parametrize(
    ("not_holds", "survivors"),
    [
        pytest.param(GOOD["not_holds"], set(), id="cases that miss each part once notice every mistake"),
        pytest.param(GOOD["not_holds"][:1], {"drop operand"}, id="without one of them a part can be lost"),
    ],
)
def test_what_good_cases_notice(not_holds: list[Answers], survivors: set[str]) -> None:
    protocol = with_cases(BOTH, holds=GOOD["holds"], not_holds=not_holds)
    found = judged(protocol, Cases(protocol), Reach(protocol))
    assert {each.mutant.how for each in found if each.fate == "survived" and "rule" in each.mutant.owner} == survivors


def test_a_mutant_that_changes_nothing_is_proved_equivalent() -> None:
    protocol = with_cases(Any(of=(A, All(of=(A, B)))), holds=[{"signs": "a"}], not_holds=[{"signs": "b", "more": "x"}])
    found = list(judged(protocol, Cases(protocol), Reach(protocol)))
    assert "drop operand" in {each.mutant.how for each in found if each.fate == "equivalent"}
    assert not [each for each in found if each.fate == "open"]


@pytest.mark.parametrize(
    "cases",
    [pytest.param({}, id="no cases at all"), pytest.param({"holds": [{"signs": "none"}]}, id="a case that is wrong")],
)
def test_a_kill_means_nothing_before_a_forced_failure_was_noticed(cases: dict[str, list[Answers]]) -> None:
    protocol = with_cases(A, holds=cases.get("holds", []))
    with pytest.raises(ForcedFailure):
        forced_failure(protocol, Cases(protocol))


def test_the_cases_that_are_missing_are_shown_and_do_what_they_say() -> None:
    protocol = with_cases(All(of=(TOLD, UNSURE, HOT)), holds=[{"signs": "a", "heat": "39"}], told=Any(of=(A, B)))
    found, lost = Witnesses(protocol).of("it")
    assert found
    assert not [each for each in lost if each.startswith("rule:")]
    rule = protocol.rules[0]
    cases = {
        kind: (
            *getattr(rule.cases, kind),
            *(Case(answers=dict(each.answers), place=PLACE) for each in found if each.kind == kind),
        )
        for kind in ("holds", "does_not_hold", "in_doubt")
    }
    added = rule.model_copy(update={"cases": rule.cases.model_copy(update=cases)})
    better = protocol.model_copy(update={"rules": (added,)})
    assert not [each for each in run_cases(better).failures if each.code == "T133"]
    assert tally(list(judged(better, Cases(better), Reach(better))))["survived"] == 0
    assert "holds:" in as_yaml(found)


def test_a_label_or_a_time_that_moves_is_noticed_by_a_person_or_the_table() -> None:
    protocol = with_cases(A)
    person = Seen({"rule:it": YES}, stated=1)
    assert all(each.killed for each in label_mutants(protocol, [person], {}))
    assert all(each.killed for each in label_mutants(protocol, [], {"it": ("contact_neurologist", "routine")}))
    assert not any(each.killed for each in label_mutants(protocol, [], {}))
    changes = {each.change for each in label_mutants(protocol, [], {})}
    assert f"label {Disposition.POSSIBLE_RELAPSE}" in changes


def test_every_shipped_rule_has_the_label_and_the_time_that_are_stated_of_it() -> None:
    assert unlike(PROTOCOL, stated(PROTOCOL, folder_of("ms"))) == ()


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        pytest.param({"it": ("contact_neurologist", "routine")}, 0, id="the same"),
        pytest.param({"it": ("emergency", "now")}, 1, id="another label"),
        pytest.param({}, 1, id="nothing stated"),
        pytest.param(
            {"it": ("contact_neurologist", "routine"), "gone": ("self_care", "routine")}, 1, id="no such rule"
        ),
    ],
)
def test_a_rule_unlike_what_is_stated_is_named(table: Stated, wrong: int) -> None:
    assert len(unlike(with_cases(A), table)) == wrong


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"brief": {"x": []}, "amended": {}, "ours": {}}'])
def test_a_table_that_cannot_be_read_is_one_clear_line(text: str, tmp_path: Path) -> None:
    assert stated(PROTOCOL, tmp_path) == {}
    (tmp_path / "stated_results.json").write_text(text)
    with pytest.raises(BadInput, match="cannot be read"):
        stated(PROTOCOL, tmp_path)


def test_the_shipped_rules_pass_the_forced_failure() -> None:
    forced_failure(PROTOCOL, Cases(PROTOCOL))


def test_a_mutant_can_be_told_apart_by_its_place() -> None:
    mutants = list(mutants_of("rule:it", All(of=(BOTH, picked("signs", "b")))))
    assert len({replace(each, owner="").condition for each in mutants}) == len(mutants)
