"""The command line from outside: what it prints where, and its exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
STROKE = {
    "protocol": "ms",
    "at": "2026-11-21T10:00:00+00:00",
    "answers": {
        "stroke_signs": ["face"],
        "temperature": 38.4,
        "onset": "2026-11-20T08:00:00+00:00",
        "heat": "not_sure",
    },
}


def triage(*arguments: str, given: bytes = b"", term: str = "dumb") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TERM": term, "LANG": "C.UTF-8", "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "-m", "triage", *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env=environment,
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def assess(document: object) -> subprocess.CompletedProcess[str]:
    return triage("assess", "-", given=json.dumps(document).encode())


def with_answers(**answers: object) -> bytes:
    return json.dumps({"at": "2026-11-21T10:00:00+00:00", "answers": answers}).encode()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        pytest.param(b"", "empty", id="nothing at all"),
        pytest.param(b"   \n", "empty", id="only spaces"),
        pytest.param(b"{", "not JSON", id="broken JSON"),
        pytest.param(b"\xff\xfe\x00", "UTF-8", id="binary"),
        pytest.param(b"[1, 2]", "object", id="a list"),
        pytest.param(b'{"answers": 3}', "answers", id="answers are no object"),
        pytest.param(b'{"answrs": {}}', "did you mean 'answers'", id="a misspelt key"),
        pytest.param(b'{"answers": {}, "protocol": "mz"}', "protocols: ms", id="an unknown protocol"),
        pytest.param(b'{"answers": {}, "at": "soon"}', "'at'", id="a time that is no time"),
        pytest.param(b'{"answers": {}, "at": "2999-01-01T00:00:00+00:00"}', "future", id="a time in the future"),
        pytest.param(b'{"answers": {"heat": "yes", "heat": "no"}}', "twice", id="a question answered twice"),
        pytest.param(with_answers(stroke_sings=["face"]), "did you mean 'stroke_signs'", id="a misspelt question"),
        pytest.param(with_answers(stroke_signs=["fase"]), "did you mean 'face'", id="a misspelt option"),
        pytest.param(with_answers(temperature=384), "out of range", id="a temperature out of range"),
        pytest.param(with_answers(temperature="warm"), "not a number", id="a temperature in words"),
        pytest.param(with_answers(temperature=True), "not a number", id="a temperature that is true"),
        pytest.param(with_answers(onset="2026-12-24T08:00:00+00:00"), "future", id="a start in the future"),
        pytest.param(with_answers(onset="last Tuesday"), "not a date", id="a start in words"),
        pytest.param(with_answers(onset="1950-01-01"), "before", id="a start before the memory of this check"),
        pytest.param(with_answers(stroke_when=["now_24h", "gt_7d"]), "one option", id="two answers to one choice"),
        pytest.param(with_answers(stroke_signs={}), "options", id="an object where a list belongs"),
        pytest.param(with_answers(stiffness_now={"tail": 3}), "tail", id="a limb nobody has"),
        pytest.param(b'{"answers": {"temperature": NaN}}', "number", id="not a number"),
        pytest.param(b'{"answers": ' + b"[" * 100_000, "JSON", id="a bomb of brackets"),
        pytest.param(b"x" * 50_000_000, "larger", id="fifty megabytes"),
        pytest.param(b"answers: &a {x: *a}", "anchor", id="a YAML alias"),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_2(given: bytes, named: str) -> None:
    done = triage("assess", "-", given=given)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert named in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["assess", "no-such-file.json"], 2, id="a file that is not there"),
        pytest.param(["assess", "."], 2, id="a folder"),
        pytest.param(["asses", "-"], 2, id="a misspelt command"),
        pytest.param(["assess"], 2, id="no file named"),
        pytest.param(["assess", "-", "--as", "pdff"], 2, id="an unknown format"),
        pytest.param(["protocol", "lint", "no-such-folder"], 2, id="a protocol that is not there"),
        pytest.param(["protocol", "explain", "no_such_rule"], 2, id="a rule that is not there"),
        pytest.param(["protocol", "schema", "nothing"], 2, id="a schema that is not there"),
    ],
)
def test_bad_arguments_are_told_on_standard_error(arguments: list[str], code: int) -> None:
    done = triage(*arguments)
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_the_result_matches_its_own_schema_and_the_issue_contract() -> None:
    done = assess(STROKE)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    jsonschema.validate(result, json.loads(triage("protocol", "schema", "result").stdout))
    assert result["disposition"] == "emergency"
    assert result["within"] == "now"
    wanted = {"confirmed", "possible", "complete", "actions", "rules", "open_questions", "not_used", "advice"}
    assert wanted | {"safety_net", "engines", "engines_agreed", "protocol"} <= set(result)
    assert {"within", "door", "say", "because", "rules"} <= set(result["actions"][0])
    held = [rule for rule in result["rules"] if rule["truth"] == "yes"]
    assert held[0]["brief"] == ["em-stroke-fast"]
    assert held[0]["answers"] == {"stroke_signs": "face"}
    assert set(result["protocol"]) >= {"id", "version", "hash"}


def test_yaml_answers_give_the_same_bytes_as_json() -> None:
    yaml = b"at: 2026-11-21T10:00:00+00:00\nanswers:\n  stroke_signs: [face]\n  heat: no\n  temperature: 38.4\n"
    as_yaml = triage("assess", "-", given=yaml)
    as_json = triage("assess", "-", given=with_answers(stroke_signs=["face"], heat="no", temperature=38.4))
    assert as_yaml.stdout == as_json.stdout != ""


def test_the_answers_schema_accepts_an_answers_file() -> None:
    schema = json.loads(triage("protocol", "schema", "answers").stdout)
    jsonschema.validate(STROKE, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"answers": {"stroke_signs": ["fase"]}}, schema)


def test_an_answer_that_does_not_apply_is_set_aside_and_listed() -> None:
    done = triage("assess", "-", given=with_answers(stroke_signs="none", stroke_when="now_24h"))
    result = json.loads(done.stdout)
    assert result["disposition"] == "not_finished"
    assert [each["question"] for each in result["not_used"]] == ["stroke_when"]


def test_questions_are_listed_with_brief_codes() -> None:
    listed = json.loads(triage("protocol", "questions", "--json").stdout)
    stroke = next(each for each in listed if each["id"] == "stroke_signs")
    assert stroke["brief"] == ["e03"]
    assert {"id", "label", "brief"} <= set(stroke["options"][0])
    assert stroke["options"][0]["brief"] == ["e03.face"]
    temperature = next(each for each in listed if each["id"] == "temperature")
    assert (temperature["unit"], temperature["min"], temperature["max"]) == ("celsius", 34.0, 43.0)


@pytest.mark.parametrize("arguments", [[], ["check"], ["check", "--plain", "--locale", "en-GB"]])
def test_no_terminal_and_no_input_says_what_it_would_ask_and_stops_politely(arguments: list[str]) -> None:
    done = triage(*arguments)
    assert done.returncode == 0
    assert "Question 1" in done.stdout
    assert "Not a diagnosis" in done.stdout
    assert "\x1b" not in done.stdout
    assert "Nothing was saved" in done.stderr


def test_json_to_a_program_is_json_alone_on_standard_output() -> None:
    done = triage("check", "--plain", "--as", "json", given=b"none\nface\n1\n")
    assert json.loads(done.stdout)["disposition"] == "emergency"
    assert "Question 1" in done.stderr


def test_an_emergency_in_three_answers() -> None:
    done = triage("check", "--plain", "--locale", "en-GB", given=b"none\n1\n1\n")
    assert "\nCall 999 now.\n" in done.stdout


@pytest.mark.parametrize("command", ["check", "assess", "doctor", "protocol"])
def test_help_names_every_command(command: str) -> None:
    shown = triage("--help").stdout
    assert command in shown
    assert shown.index("Examples") < shown.index("Options")


def test_version_answers_before_anything_is_imported() -> None:
    code = "import sys; sys.argv = ['triage', '--version']; from triage.__main__ import main; main(); "
    code += "print(sorted(name for name in sys.modules if name.startswith(('pydantic', 'typer', 'yaml', 'durable'))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[1] == "[]"


def test_doctor_names_both_engines() -> None:
    done = triage("doctor")
    assert done.returncode == 0
    assert "engine reference" in done.stdout
    assert "engine durable" in done.stdout


@pytest.mark.parametrize("locale", ["en-GB", "international", "xx-XX"])
def test_an_unknown_place_gets_the_neutral_doors(locale: str) -> None:
    document = {"at": "2026-11-21T10:00:00+00:00", "answers": {"chest_and_fits": "crushing"}}
    done = triage("assess", "-", "--locale", locale, "--as", "text", given=json.dumps(document).encode())
    first = done.stdout.splitlines()[0]
    assert first.startswith("Call 999 now." if locale == "en-GB" else "Call your local emergency number now")
