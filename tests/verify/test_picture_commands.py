import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.people import nothing_wrong
from triage.cli import picture_commands
from triage.kernel.errors import DONE, VERIFICATION_FAILED, BadInput

APP = typer.Typer()
APP.command("graph")(picture_commands.protocol_graph)
APP.command("table")(picture_commands.protocol_table)
APP.command("sources")(picture_commands.protocol_sources)
APP.command("definitions")(picture_commands.definitions)
AT = "2026-11-21T10:00:00+00:00"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["graph", "chest"], DONE, "Rule chest_pain:", id="the outline is the plain form"),
        pytest.param(["graph", "chest", "--as", "mermaid"], DONE, "flowchart LR", id="Mermaid"),
        pytest.param(["graph", "chest", "--as", "svg"], DONE, "<svg ", id="SVG"),
        pytest.param(["table", "chest"], DONE, "| C1 |", id="a table in Markdown"),
        pytest.param(["table", "chest", "--as", "csv"], DONE, "label,time,door,rule,sources", id="a table of values"),
        pytest.param(["sources", "--today", "2026-11-21"], DONE, "    0  Past review", id="sources in date"),
        pytest.param(
            ["sources", "--today", "2099-01-01"], VERIFICATION_FAILED, "must be mended", id="sources out of date"
        ),
    ],
)
def test_a_verb_shows_its_report(arguments: list[str], code: int, said: str) -> None:
    ended = CliRunner().invoke(APP, arguments)
    assert ended.exit_code == code
    assert said in ended.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["graph", "--as", "swg"], "did you mean 'svg'", id="an unknown picture"),
        pytest.param(["table", "chest", "--as", "cvs"], "did you mean 'csv'", id="an unknown table"),
        pytest.param(["table", "chst"], "did you mean 'chest'", id="an unknown topic"),
        pytest.param(["sources", "--today", "soon"], "is no date", id="a day that is none"),
        pytest.param(
            ["graph", "chest", "--out", "/nowhere/at/all.txt"], "cannot be written", id="a folder that is not there"
        ),
    ],
)
def test_a_mistake_is_one_clear_line(arguments: list[str], said: str) -> None:
    ended = CliRunner().invoke(APP, arguments)
    assert isinstance(ended.exception, BadInput)
    assert said in str(ended.exception)


def test_a_picture_can_go_to_a_file(tmp_path: Path) -> None:
    ended = CliRunner().invoke(APP, ["graph", "--as", "svg", "--out", str(tmp_path / "all.svg")])
    assert ended.exit_code == DONE
    assert "<svg" not in ended.output
    assert (tmp_path / "all.svg").read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize("options", [[], ["--for-someone-else"], ["--locale", "en-GB"]])
def test_definitions_reads_an_answers_file(tmp_path: Path, options: list[str]) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"at": AT, "answers": nothing_wrong()}), encoding="utf-8")
    ended = CliRunner().invoke(APP, ["definitions", str(file), *options])
    assert ended.exit_code == DONE
    assert "no diagnosis" in ended.output
    assert "0 met, 8 not met, 0 cannot tell" in ended.output
