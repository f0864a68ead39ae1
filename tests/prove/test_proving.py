"""The shipped protocol is proved quickly where it can be; files of claims, planted faults and the verb."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

pytest.importorskip("z3", reason="the extra 'verify' is not installed")

from tests.shipped import PROTOCOL
from triage.cli.assessing import read_case
from triage.cli.proving_commands import protocol_prove
from triage.decision.assess import assess
from triage.kernel.errors import DONE, VERIFICATION_FAILED, BadInput, ProtocolRejected
from triage.kernel.scale import Disposition
from triage.protocol.library import folder_of
from triage.protocol.models import Protocol
from triage.prove import proving
from triage.prove.bench import Bench
from triage.prove.claims import Claims, file_of, load
from triage.prove.planting import Fault, NothingToPlant, planted
from triage.prove.proving import PROPERTIES, check
from triage.prove.verdict import Verdict
from triage.verify.cases import AT

CLAIMS = load(file_of(folder_of("ms")), PROTOCOL)
QUICK = ("every hazard is an emergency", "nothing silences a relapse", "danger questions come up",
         "advice does not contradict", "every check ends whole", "the range is sound")  # fmt: skip


def verdicts(protocol: Protocol) -> dict[str, Verdict]:
    """Return the quick properties of a protocol by name."""
    return {each.name: each for each in check(protocol, CLAIMS, [each for each in PROPERTIES if each.name in QUICK])}


def test_the_shipped_protocol_keeps_the_quick_promises() -> None:
    assert {name: each.outcome for name, each in verdicts(PROTOCOL).items()} == dict.fromkeys(QUICK, "holds")


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        pytest.param("itching_is_no_withdrawal", "every hazard is an emergency", id="a sign of a hazard dropped"),
        pytest.param("no_rule_for_infection_and_relapse", "nothing silences a relapse", id="a relapse rule gone"),
        pytest.param("mind_asked_of_few", "danger questions come up", id="a question skipped"),
        pytest.param("warmth_in_the_heat", "advice does not contradict", id="warmth where cooling is told"),
        pytest.param("no_general_safety_net", "every check ends whole", id="a safety net gone"),
    ],
)
def test_a_planted_fault_is_found(fault: str, name: str) -> None:
    wrong = planted(next(each for each in CLAIMS.faults if each.id == fault), PROTOCOL)
    found = verdicts(wrong)[name]
    assert found.outcome == "fails"
    assert all(each.confirmed for each in found.against)


def test_at_least_30_faults_and_40_hazards_are_named() -> None:
    assert len({each.id for each in CLAIMS.faults}) == len(CLAIMS.faults) >= 30
    assert len({each.id for each in CLAIMS.hazards}) == len(CLAIMS.hazards) >= 40
    codes = {code for each in PROTOCOL.rules for code in each.brief}
    assert {code for each in CLAIMS.hazards for code in each.brief} <= codes


@pytest.mark.parametrize("fault", [pytest.param(each, id=each.id) for each in CLAIMS.faults])
def test_every_fault_changes_the_protocol(fault: Fault) -> None:
    assert planted(fault, PROTOCOL) != PROTOCOL


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault("x", "rules", "no_such_rule", "remove"), id="no such rule"),
        pytest.param(Fault("x", "rules", "sepsis", "count", old=2, new=3), id="nothing is counted there"),
    ],
)
def test_a_fault_that_changes_nothing_is_refused(fault: Fault) -> None:
    with pytest.raises(NothingToPlant):
        planted(fault, PROTOCOL)


def test_claims_name_what_exists(tmp_path: Path) -> None:
    file = tmp_path / "ms.yaml"
    file.write_text("hazards: [{id: h, says: x, when: {no_question: yes}, brief: []}]\ndangers: [nothing_like_it]\n")
    with pytest.raises(ProtocolRejected) as refused:
        load(file, PROTOCOL)
    assert "no_question" in str(refused.value)
    assert "nothing_like_it" in str(refused.value)
    assert load(tmp_path / "none.yaml", PROTOCOL) == Claims()


def test_a_person_found_is_a_file_that_runs(tmp_path: Path) -> None:
    bench = Bench(PROTOCOL, CLAIMS)
    person = bench.person(bench.yes("rule:locked_spasm_emergency"), bench.yes("finding:fever"))
    assert person.as_file
    file = tmp_path / "person.json"
    file.write_text(json.dumps({"at": AT.isoformat(), "answers": dict(person.raw)}))
    case = read_case(str(file), AT, "en")
    result = assess(PROTOCOL, case.answers, at=case.at, engines=bench.engines)
    assert result.disposition is Disposition.EMERGENCY
    assert {"locked_spasm_emergency"} <= {each.id for each in result.rules if each.truth == "yes"}


def test_the_verb_says_what_it_proves_about() -> None:
    app = typer.Typer()
    app.command()(protocol_prove)
    told = CliRunner().invoke(app, ["--only", "12"])
    assert told.exit_code == DONE, told.output
    assert "advice does not contradict: holds" in told.output
    assert "about the protocol, not the medicine" in told.output


def test_a_property_that_does_not_exist_is_named() -> None:
    with pytest.raises(BadInput, match="no property 'hazards'"):
        proving.prove("ms", only="hazards")


def test_counterexamples_are_written_as_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = next(each for each in CLAIMS.faults if each.id == "itching_is_no_withdrawal")
    monkeypatch.setattr(proving, "load_protocol", lambda _: planted(fault, PROTOCOL))
    text, code = proving.prove("ms", only="every hazard is an emergency", out=tmp_path / "out")
    (file,) = (tmp_path / "out").iterdir()
    assert code == VERIFICATION_FAILED
    assert f"triage assess {file} --as text" in text
    assert json.loads(file.read_text())["answers"]["medicines"] == "pump"


def test_without_the_solver_the_verb_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(BadInput, match="install the extra"):
        protocol_prove()
