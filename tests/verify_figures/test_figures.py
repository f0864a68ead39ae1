"""The figures as a table, as JSON and as an exit code; traceability; small scope."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.shipped import PROTOCOL, REFERENCE
from tests.verify_figures.small_cases import TOLD, A, Answers, with_cases
from triage.cli.verify_commands import lacking, verified
from triage.engines.base import Sheet, Truths
from triage.engines.reference import Reference
from triage.kernel.errors import BadInput
from triage.kernel.truth import YES
from triage.protocol.models import Protocol
from triage.verify.figures import FIGURES, Figure, as_json, as_table
from triage.verify.reach import Reach
from triage.verify.small_scope import small_scope
from triage.verify.traceability import traceability

TODAY = date(2026, 11, 21)
TWO: list[Answers] = [{"signs": "a"}, {"signs": ("a", "b")}]
NOT: list[Answers] = [{"signs": "b"}, {"signs": "none"}]
DOUBT: list[Answers] = [{"signs": "not_sure"}]


def traced(protocol: Protocol, **changed: object) -> tuple[str, ...]:
    rule = protocol.rules[0].model_copy(
        update={"sources": (PROTOCOL.sources[0].id,), "hazards": ("airway_lost",), **changed}
    )
    whole = protocol.model_copy(update={"rules": (rule,)})
    return traceability(whole, TODAY, Reach(whole), hazards=("airway_lost",)).missing


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        pytest.param({}, (), id="a whole rule"),
        pytest.param({"sources": ()}, ("it: no source",), id="no source"),
        pytest.param({"sources": ("made_up",)}, ("it: source 'made_up' is not listed",), id="a source nobody knows"),
        pytest.param({"hazards": ()}, ("it: no hazard",), id="no hazard"),
        pytest.param({"hazards": ("x",)}, ("it: hazard 'x' is not in the log",), id="a hazard nobody knows"),
        pytest.param({"reviewed_by": ""}, ("it: no reviewer named, not even 'none yet'",), id="no reviewer"),
        pytest.param(
            {"review_by": date(2026, 1, 1)}, ("it: its review was due on 2026-01-01",), id="a review that is late"
        ),
    ],
)
def test_what_a_rule_lacks(changed: dict[str, object], missing: tuple[str, ...]) -> None:
    assert traced(with_cases(A, holds=TWO, not_holds=NOT, in_doubt=DOUBT), **changed) == missing


def test_a_case_in_doubt_is_asked_for_only_where_one_can_exist() -> None:
    assert traced(with_cases(A, holds=TWO, not_holds=NOT)) == ("it: no case in doubt, though one can exist",)
    sure = A.model_copy(update={"options": ("a", "not_sure", "declined")})
    assert traced(with_cases(sure, holds=TWO, not_holds=NOT)) == ()
    assert len(traced(with_cases(A, in_doubt=DOUBT))) == 2


def test_small_scope_tries_a_small_rule_whole_and_finds_an_engine_that_differs() -> None:
    protocol = with_cases(TOLD)
    found = small_scope(protocol, (Reference(protocol), Reference(protocol)), limit=100, seed=1)
    assert (found.whole, found.sampled, found.differences) == (1, 0, ())
    assert found.sheets > 10

    class Eager(Reference):
        def evaluate(self, sheet: Sheet) -> Truths:
            return dict.fromkeys(super().evaluate(sheet), YES)

    assert small_scope(protocol, (Reference(protocol), Eager(protocol)), limit=2, seed=1).differences


def figure(met: bool | None) -> Figure:
    return Figure(9, "Order", "0 differ", "0", met, seed=1, seconds=0.5, how="shuffled")


@pytest.mark.parametrize(
    ("met", "word"),
    [
        pytest.param(True, "| yes |", id="met"),
        pytest.param(False, "| NO |", id="not met"),
        pytest.param(None, "| so far |", id="nothing wrong in less than the target asks for"),
    ],
)
def test_a_figure_in_the_table_and_as_data(met: bool | None, word: str) -> None:
    assert word in as_table([figure(met)])
    assert "not the medicine" in as_table([figure(met)])
    [row] = json.loads(as_json([figure(met)]))
    assert set(row) == {"figure", "name", "value", "target", "met", "seed", "seconds", "how"}


def test_the_command_measures_one_figure_and_writes_it(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    table, _ = verified("ms", quick=True, out=out, seed=2, only=[22])
    assert "| 22 |" in table
    assert [row["figure"] for row in json.loads(out.read_text())] == [22]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param({"only": [99]}, "no figure 99", id="a figure that is not measured"),
        pytest.param({"out": Path("/nowhere/x.json"), "only": [22]}, "cannot be written", id="a file in no folder"),
    ],
)
def test_the_command_says_what_it_cannot_do(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        verified("ms", **{"quick": True, "out": None, "seed": 1, "only": [], **arguments})  # type: ignore[arg-type]


def test_witness_names_a_rule_that_does_not_exist() -> None:
    with pytest.raises(BadInput, match="no rule 'blue_lip'"):
        lacking("blue_lip", "ms")


def test_witness_of_a_shipped_rule() -> None:
    assert lacking("blue_lips", "ms").startswith("#")


def test_every_figure_has_a_target_in_words() -> None:
    assert all(name and target for _, name, target, _ in FIGURES)
    assert REFERENCE[0].name == "reference"
