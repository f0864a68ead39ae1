"""The hazard log has no loose end, and the tables of the safety case are those of today."""

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from tests.shipped import PROTOCOL
from triage.kernel.errors import ProtocolRejected
from triage.protocol.library import folder_of
from triage.prove import claims
from triage.verify import hazard_log
from triage.verify.hazard_log import HazardLog, orphans, rules_of

ROOT = Path(__file__).resolve().parents[2]
INCIDENTS = {
    "script_left_early",
    "sign_comes_and_goes",
    "risk_nobody_asked",
    "word_not_understood",
    "second_call_not_heard",
    "alone_at_home",
}
EMERGENCY_PROOF = "every hazard is an emergency"


def the_script() -> ModuleType:
    """Return docs/safety.py as a module."""
    spec = importlib.util.spec_from_file_location("safety", ROOT / "docs" / "safety.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SAFETY = the_script()
LOG: HazardLog = SAFETY.log()
KNOWN: hazard_log.Known = SAFETY.known()


def test_nothing_in_the_log_is_loose() -> None:
    assert orphans(LOG, PROTOCOL, KNOWN) == ()


def test_no_rating_was_made_up() -> None:
    assert {value for row in LOG.hazards for value in row.ratings.values()} == {hazard_log.UNRATED}


def test_the_six_patterns_of_public_incidents_have_their_rows() -> None:
    assert {row.id for row in LOG.hazards if row.kind == "incident"} == INCIDENTS


@pytest.mark.parametrize(
    "row", [each for each in LOG.hazards if EMERGENCY_PROOF in each.properties], ids=lambda row: row.id
)
def test_a_row_that_rests_on_proved_emergencies_has_at_least_one(row: hazard_log.Hazard) -> None:
    if row.kind == "incident":  # rests on the wording of the claims; no rule names the row
        return
    codes = {code for rule in rules_of(row.id, PROTOCOL) for code in rule.brief}
    claimed = claims.load(claims.file_of(folder_of("ms")), PROTOCOL).hazards
    assert any(codes & set(each.brief) for each in claimed)


def first(log: HazardLog, **changed: object) -> HazardLog:
    """Return the log with its first row, airway_lost, changed."""
    return replace(log, hazards=(replace(log.hazards[0], **changed), *log.hazards[1:]))  # type: ignore[arg-type]


def guard(log: HazardLog, **changed: object) -> HazardLog:
    """Return the log with its first control, emergencies_first, changed."""
    return replace(log, guards=(replace(log.guards[0], **changed), *log.guards[1:]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        pytest.param(
            lambda log: replace(log, hazards=log.hazards[1:]),
            "names 'airway_lost', which is not in the log",
            id="a rule names an unknown hazard",
        ),
        pytest.param(
            lambda log: replace(log, hazards=(*log.hazards, log.hazards[0])),
            "'airway_lost' stands 2 times",
            id="a row twice",
        ),
        pytest.param(
            lambda log: replace(log, hazards=(*log.hazards, replace(log.hazards[0], id="flood", topics=(), guards=()))),
            "hazard 'flood' is guarded by no rule and no control",
            id="a hazard that nothing guards",
        ),
        pytest.param(
            lambda log: first(log, tests=(), properties=()),
            "hazard 'airway_lost' is verified by no test and no property",
            id="a hazard that nothing verifies",
        ),
        pytest.param(
            lambda log: first(log, topics=("chest",)),
            "hazard 'airway_lost' lists rules of ['chest']; those that name it are in ['breathing_allergy'",
            id="rules of another topic",
        ),
        pytest.param(
            lambda log: first(log, guards=("luck",)), "control 'luck' is used and not described", id="no such control"
        ),
        pytest.param(
            lambda log: first(log, people=("vig_nobody",)), "names nobody called 'vig_nobody'", id="no such person"
        ),
        pytest.param(
            lambda log: first(log, tests=("tests/test_gone.py",)),
            "'tests/test_gone.py', which is not there",
            id="no such test",
        ),
        pytest.param(
            lambda log: first(log, properties=("all is well",)),
            "'all is well', which nothing proves",
            id="no such property",
        ),
        pytest.param(
            lambda log: first(log, kind="incident"),
            "hazard 'airway_lost' is a pattern of incidents with no scenario",
            id="an incident with no scenario",
        ),
        pytest.param(
            lambda log: guard(log, id="idle"), "control 'idle' is used by no hazard", id="a control nobody uses"
        ),
        pytest.param(
            lambda log: guard(log, tests=()), "control 'emergencies_first' has no test", id="a control with no test"
        ),
    ],
)
def test_a_loose_end_is_found(change: Callable[[HazardLog], HazardLog], line: str) -> None:
    assert any(line in found for found in orphans(change(LOG), PROTOCOL, KNOWN))


def test_a_rule_without_a_hazard_is_found() -> None:
    bare = PROTOCOL.model_copy(
        update={"rules": (PROTOCOL.rules[0].model_copy(update={"hazards": ()}), *PROTOCOL.rules[1:])}
    )
    assert f"rule '{PROTOCOL.rules[0].id}' names no hazard" in orphans(LOG, bare, KNOWN)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param("kind: clinical", "kind: medical", "T104 'medical'", id="another kind"),
        pytest.param("    harm:", "    hram:", "T101 'hram'", id="a misspelt key"),
        pytest.param("    does:", "    dose:", "T101 'dose'", id="a misspelt key of a control"),
    ],
)
def test_a_mistake_in_the_log_is_told_with_its_place(tmp_path: Path, old: str, new: str, line: str) -> None:
    file = tmp_path / "hazards.yaml"
    file.write_text((ROOT / "docs" / "hazards.yaml").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProtocolRejected, match=line):
        hazard_log.load(file)


def test_the_tables_of_the_safety_case_are_current() -> None:
    written = (ROOT / "docs" / "safety_case.md").read_text(encoding="utf-8")
    assert SAFETY.page(written) == written, "run python docs/safety.py"


def test_the_safety_case_says_what_it_is_not() -> None:
    written = (ROOT / "docs" / "safety_case.md").read_text(encoding="utf-8")
    for words in (
        "not fit to decide about a real person's care",
        "circular",
        "Who has not reviewed it",
        "Out of scope",
    ):
        assert words in written


def test_figures_that_were_measured_stand_in_the_safety_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "figures.json"
    file.write_text(
        '[{"figure": 5, "name": "Engines", "value": "0 differ", "target": "0", "met": null}]', encoding="utf-8"
    )
    monkeypatch.setattr(SAFETY, "FIGURES", file)
    assert "| 5 | Engines | 0 differ | 0 | so far |" in SAFETY.figures_table()
