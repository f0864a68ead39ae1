"""Which atoms decide a rule on their own in its cases, and which never can."""

import pytest

from tests.small import picked
from tests.verify_figures.small_cases import BOTH, TOLD, A, Answers, B, with_cases
from triage.protocol.conditions import All, Any, Condition, Not
from triage.protocol.models import Protocol
from triage.verify.mcdc import coverage, why_uncovered
from triage.verify.reach import Reach
from triage.verify.variants import Cases

YES_YES: Answers = {"signs": "a", "more": "x"}
YES_NO: Answers = {"signs": "a", "more": "none"}
NO_YES: Answers = {"signs": "b", "more": "x"}
NO_NO: Answers = {"signs": "none", "more": "none"}


def covered(protocol: Protocol) -> list[str]:
    return [each.atom.english.split(" ")[0] for each in coverage(protocol) if each.whole and "rule" in each.atom.owner]


@pytest.mark.parametrize(
    ("when", "holds", "not_holds", "decide"),
    [
        pytest.param(BOTH, [YES_YES], [YES_NO, NO_YES], ["signs", "more"], id="each part of an all is missed once"),
        pytest.param(BOTH, [YES_YES], [YES_NO], ["more"], id="a part that is never missed alone decides nothing"),
        pytest.param(BOTH, [YES_YES], [NO_NO], [], id="two parts that fail together hide each other"),
        pytest.param(
            Any(of=(A, B)), [YES_NO, NO_YES], [NO_NO], ["signs", "more"], id="each part of an any is alone once"
        ),
        pytest.param(Any(of=(A, B)), [YES_YES], [NO_NO], [], id="two parts that hold together hide each other"),
        pytest.param(Not(of=A), [NO_NO], [YES_NO], ["signs"], id="a part turned round decides the other way"),
    ],
)
def test_an_atom_is_covered_by_two_cases_that_turn_on_it(
    when: Condition, holds: list[Answers], not_holds: list[Answers], decide: list[str]
) -> None:
    assert covered(with_cases(when, holds=holds, not_holds=not_holds)) == decide


def test_what_the_finding_reads_is_watched_through_the_rule() -> None:
    told = Any(of=(A, picked("more", "x")))
    protocol = with_cases(TOLD, holds=[YES_NO], not_holds=[NO_NO], told=told)
    found = {each.atom.english: each.whole for each in coverage(protocol) if each.atom.owner == "finding:told"}
    assert found == {'signs is "a"': True, 'more is "x"': False}


@pytest.mark.parametrize(
    ("when", "why"),
    [
        pytest.param(BOTH, "a case is missing", id="answers exist that no case has"),
        pytest.param(
            All(of=(A, picked("later", "y"))), "proved redundant", id="the second is asked only if the first holds"
        ),
        pytest.param(All(of=(A, Any(of=(A, B)))), "proved redundant", id="the first settles the rest"),
    ],
)
def test_an_uncovered_atom_lacks_a_case_or_can_never_decide(when: Condition, why: str) -> None:
    protocol = with_cases(when)
    cases, reach = Cases(protocol), Reach(protocol)
    reasons = [why_uncovered(each, cases, reach) for each in coverage(protocol, cases) if each.atom.owner == "rule:it"]
    assert why in reasons
    assert "open" not in reasons
