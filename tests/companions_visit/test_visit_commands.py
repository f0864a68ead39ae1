"""The three verbs from outside: formats, files, and one clear line for every mistake."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.companions_visit.someone import STIFF
from triage.cli import paper, visit_commands
from triage.kernel.errors import DONE, BadInput

APP = typer.Typer()
for _name in ("limbs", "plan", "visit"):
    APP.command(_name)(getattr(visit_commands, _name))


@pytest.fixture
def answers(tmp_path: Path) -> str:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"at": "2026-11-21T10:00:00+00:00", "answers": STIFF.raw}), encoding="utf-8")
    return str(file)


def run(*arguments: str, typed: str = "") -> str:
    done = CliRunner().invoke(APP, list(arguments), input=typed, catch_exceptions=False)
    assert done.exit_code == DONE, done.output
    return done.stdout


def problem(*arguments: str) -> str:
    with pytest.raises(BadInput) as error:
        CliRunner().invoke(APP, list(arguments), catch_exceptions=False)
    return str(error.value)


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        pytest.param(("plan",), "My self-care plan", id="a plan as text"),
        pytest.param(("plan", "--as", "markdown"), "# My self-care plan", id="as Markdown"),
        pytest.param(("plan", "--as", "html", "--for-someone-else"), "<!DOCTYPE html>", id="as HTML, for a carer"),
        pytest.param(("visit", "--ask", "A pump?"), "For the visit", id="a visit as text"),
        pytest.param(("limbs",), "Stiffness of each arm and leg", id="the scores"),
        pytest.param(("limbs", "--json"), '{\n  "answers": {\n    "stiffness_now"', id="the scores as answers"),
    ],
)
def test_a_file_gives_a_page(arguments: tuple[str, ...], begins: str, answers: str) -> None:
    assert run(*arguments, answers).startswith(begins)


def test_a_pdf_goes_to_a_file_that_only_its_owner_reads(answers: str, tmp_path: Path) -> None:
    out = tmp_path / "visit.pdf"
    run("visit", answers, "--as", "pdf", "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF-")
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_pdf_goes_into_a_pipe_and_never_onto_a_screen(answers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = CliRunner().invoke(APP, ["plan", answers, "--as", "pdf"], catch_exceptions=False)
    assert done.stdout_bytes.startswith(b"%PDF-")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(BadInput, match="name a file: --out"):
        paper.deliver(b"%PDF-", None)


def test_limbs_asks_where_no_file_is_given(tmp_path: Path) -> None:
    picture = tmp_path / "body.svg"
    shown = run("limbs", "--svg", str(picture), typed="5 5 5 7\n5\n")
    assert "Left leg    7    5      2 up" in shown
    assert "<svg" in picture.read_text(encoding="utf-8")
    assert run("limbs", typed="q\n") == "Stopped. Nothing is saved.\n"


def test_what_limbs_hands_on_is_an_answers_file(tmp_path: Path) -> None:
    file = tmp_path / "scores.json"
    file.write_text(run("limbs", "--json", typed="5 5 5 7\n5\n"), encoding="utf-8")
    assert "Left leg    7    5      2 up" in run("limbs", str(file))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(("plan", "--as", "pfd"), "no format 'pfd'; did you mean 'pdf'?", id="a format misspelt"),
        pytest.param(("visit", "--ask", "x" * 200), "has 200 letters", id="too long a question"),
        pytest.param(
            ("plan", "--as", "html", "--out", "no/such/folder.html"), "cannot be written", id="no such folder"
        ),
    ],
)
def test_a_mistake_is_one_clear_line(arguments: tuple[str, ...], told: str, answers: str) -> None:
    found = problem(*arguments, answers)
    assert told in found
    assert "\n" not in found


def test_the_answers_are_never_written_over(answers: str) -> None:
    for verb, option in (("plan", "--out"), ("visit", "--out"), ("limbs", "--svg")):
        assert "holds the answers" in problem(verb, answers, option, answers)
    assert json.loads(Path(answers).read_text(encoding="utf-8"))["answers"] == STIFF.raw


def test_a_score_of_eleven_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"answers": {"stiffness_now": {"left_leg": 11}}}', encoding="utf-8")
    assert "11 is out of range; give 0 to 10" in problem("limbs", str(file))
