import csv
import io

import pytest

from tests.people import random_person
from tests.shipped import AT, PROTOCOL, REFERENCE
from tests.verify.row_answers import answers_for
from triage.decision.evidence import Evidence
from triage.decision.intake import read_answers
from triage.engines.base import Valuation
from triage.engines.sheet import sheet_of
from triage.kernel.errors import BadInput
from triage.kernel.truth import NO, YES
from triage.protocol.conditions import All, Any, Chosen, Condition, Count, Named, Not
from triage.verify.decision_table import WAYS_MAX, Opened, Row, as_csv, as_markdown, table, ways
from triage.verify.rule_graph import topics

TABLES = {topic: table(PROTOCOL, topic) for topic in topics(PROTOCOL)}
ROWS_MAX = 14  # of one rule, whose 'any' and 'all' alone may give more than the table would open up
PEOPLE = 60
A, B, C = (Chosen(question=name, options=("yes",)) for name in "abc")
F = Named(finding="f")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(A, [{A: True}], id="one test is one row"),
        pytest.param(Not(of=A), [{A: False}], id="a negated test is a no"),
        pytest.param(All(of=(A, B)), [{A: True, B: True}], id="all is one row"),
        pytest.param(Any(of=(A, B)), [{A: True}, {B: True}], id="any is a row each"),
        pytest.param(Not(of=Any(of=(A, B))), [{A: False, B: False}], id="not any is one row of no"),
        pytest.param(Not(of=All(of=(A, B))), [{A: False}, {B: False}], id="not all is a no each"),
        pytest.param(Any(of=(A, All(of=(A, B)))), [{A: True}], id="a row that only adds is left out"),
        pytest.param(All(of=(A, Not(of=A))), [], id="a yes and a no at once is no row"),
        pytest.param(Any(of=()), [], id="nothing to hold never holds"),
        pytest.param(Count(at_least=2, of=(A, B, C)), [{A: True, B: True}, {A: True, C: True}, {B: True, C: True}],
                     id="a count is a row for each group"),
        pytest.param(Not(of=Count(at_least=2, of=(A, B, C))),
                     [{A: False, B: False}, {A: False, C: False}, {B: False, C: False}],
                     id="under a count, enough of them are no"),
        pytest.param(All(of=(F, A)), [{B: True, A: True}, {C: True, A: True}], id="a finding is written out"),
    ],
)  # fmt: skip
def test_ways_are_the_disjunctive_normal_form(condition: Condition, expected: list[dict[Condition, bool]]) -> None:
    opened: Opened = frozenset({F, Count(at_least=2, of=(A, B, C))})
    assert list(ways(condition, {"f": Any(of=(B, C))}, opened)) == expected


def test_a_finding_that_is_not_written_out_stays_a_column() -> None:
    assert ways(All(of=(F, A)), {"f": B}, frozenset()) == ({F: True, A: True},)


def holds(row: Row) -> bool:
    """Whether answers can be found under which the reference says that the row's rule holds."""
    for raw in answers_for(row.way):
        answers = read_answers(PROTOCOL, raw, AT).answers
        truths = REFERENCE[0].evaluate(sheet_of(PROTOCOL, answers, AT, Valuation.AS_SAID))
        if truths[f"rule:{row.rule.id}"] is YES:
            return True
    return False


@pytest.mark.parametrize("topic", TABLES)
def test_every_row_can_be_answered_and_then_its_rule_holds_by_the_reference(topic: str) -> None:
    assert [row.rule.id for row in TABLES[topic].rows if not holds(row)] == []


@pytest.mark.parametrize("seed", range(PEOPLE))
def test_a_rule_holds_for_a_person_exactly_if_one_of_its_rows_does(seed: int) -> None:
    answers = read_answers(PROTOCOL, random_person(seed), AT).answers
    sheet = sheet_of(PROTOCOL, answers, AT, Valuation.AS_SAID)
    truths, evidence = REFERENCE[0].evaluate(sheet), Evidence(PROTOCOL, sheet, answers)
    matched = {
        row.rule.id
        for shown in TABLES.values()
        for row in shown.rows
        if all(evidence.truth(condition) is (YES if wanted else NO) for condition, wanted in row.way.items())
    }
    assert matched == {rule.id for rule in PROTOCOL.rules if truths[f"rule:{rule.id}"] is YES}


def test_every_rule_has_a_row_and_no_rule_too_many() -> None:
    counts = [
        sum(row.rule is rule for row in TABLES[topic].rows)
        for topic, rules in topics(PROTOCOL).items()
        for rule in rules
    ]
    assert min(counts) >= 1
    assert max(counts) <= ROWS_MAX
    assert WAYS_MAX <= ROWS_MAX


def test_the_values_are_yes_no_or_a_dash_then_what_follows() -> None:
    head, *rows = csv.reader(io.StringIO(as_csv(TABLES["chest"])))
    assert head[-5:] == ["label", "time", "door", "rule", "sources"]
    assert {cell for row in rows for cell in row[:-5]} == {"yes", "no", "-"}
    assert rows[0][-5:] == ["emergency", "now", "ambulance", "chest_pain", "general_knowledge"]


@pytest.mark.parametrize("topic", TABLES)
def test_each_line_of_the_markdown_table_has_the_same_cells(topic: str) -> None:
    lines = [line for line in as_markdown(TABLES[topic]).splitlines() if line.startswith("|")]
    assert len(lines) == 2 + len(TABLES[topic].rows)
    assert {line.replace("\\|", "").count("|") for line in lines} == {6 + len(TABLES[topic].columns)}


def test_the_table_says_what_it_is_about_and_lists_its_conditions_in_english() -> None:
    text = as_markdown(TABLES["mood"])
    assert "about the protocol, not the medicine" in text
    assert "- C5: Temperature is at least 38" in text


def test_one_rule_has_a_table_of_its_own() -> None:
    assert {row.rule.id for row in table(PROTOCOL, "chest_pain").rows} == {"chest_pain"}
    with pytest.raises(BadInput, match="no topic or rule 'chst'"):
        table(PROTOCOL, "chst")
