import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from triage.cli import companion_commands
from triage.kernel.errors import DONE, INTERRUPTED, BadInput

APP = typer.Typer()
APP.command("triggers")(companion_commands.triggers)
APP.command("spasm-kind")(companion_commands.spasm_kind)
APP.command("medicines")(companion_commands.medicines)
CALM = {
    "now": "none",
    "ms": "confirmed",
    "seen": ["flickers"],
    "lasts": "moment",
    "moves": "still",
    "comes": "none",
    "limb": "none",
    "danger": "none",
    "weeks": "short",
}


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        pytest.param(["triggers"], "", "What sets off muscle spasms", id="the comparison"),
        pytest.param(["triggers", "--as", "csv"], "", "immobile,Sitting or lying still,72,40", id="the values"),
        pytest.param(["triggers", "--as", "svg"], "", "<svg ", id="the picture"),
        pytest.param(["triggers", "--had", "dry,tired"], "", "More typical of MS", id="what was around, by name"),
        pytest.param(["triggers", "--pick"], "5\n", "More typical of MS", id="what was around, by a question"),
        pytest.param(["spasm-kind"], "8\n1\n1\n4\n6\n6\n9\n1\n", "Stiffness that stays (spasticity)", id="a kind"),
        pytest.param(["medicines"], "", "Choose a class", id="the classes"),
        pytest.param(["medicines", "baclofen", "pump"], "", "Never miss a refill.", id="a class of two words"),
    ],
)
def test_a_verb_shows_its_page(arguments: list[str], typed: str, said: str) -> None:
    ended = CliRunner().invoke(APP, arguments, input=typed)
    assert ended.exit_code == DONE
    assert said in ended.output


@pytest.mark.parametrize("verb", [["triggers", "--pick"], ["spasm-kind"]], ids=["triggers", "spasm-kind"])
def test_a_person_who_leaves_is_told_that_nothing_was_saved(verb: list[str]) -> None:
    ended = CliRunner().invoke(APP, verb, input="q\n")
    assert ended.exit_code == INTERRUPTED
    assert "Nothing was saved." in ended.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["triggers", "--as", "swg"], "did you mean 'svg'", id="an unknown format"),
        pytest.param(
            ["triggers", "--as", "svg", "--had", "dry"], "leave out --as svg", id="a picture of what was picked"
        ),
        pytest.param(
            ["triggers", "--out", "/nowhere/at/all.txt"], "cannot be written", id="a folder that is not there"
        ),
        pytest.param(["triggers", "--had", "dri"], "did you mean 'dry'", id="an unknown trigger"),
        pytest.param(["medicines", "valum"], "did you mean 'valium'", id="an unknown medicine"),
    ],
)
def test_a_mistake_is_one_clear_line(arguments: list[str], said: str) -> None:
    ended = CliRunner().invoke(APP, arguments)
    assert isinstance(ended.exception, BadInput)
    assert said in str(ended.exception)


def test_the_picture_can_go_to_a_file(tmp_path: Path) -> None:
    ended = CliRunner().invoke(APP, ["triggers", "--as", "svg", "--out", str(tmp_path / "triggers.svg")])
    assert ended.exit_code == DONE
    assert (tmp_path / "triggers.svg").read_text(encoding="utf-8").startswith("<svg ")


def kind_of(answers: dict[str, object], tmp_path: Path) -> str:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({**CALM, **answers}), encoding="utf-8")
    ended = CliRunner().invoke(APP, ["spasm-kind", "--answers", str(file), "--locale", "en-GB"])
    assert ended.exit_code == DONE
    return ended.output


def test_a_danger_sign_shows_the_result_of_the_check_first_and_then_the_kind(tmp_path: Path) -> None:
    shown = kind_of({"limb": "wasting"}, tmp_path)
    assert 0 < shown.index("What to do") < shown.index("What fits best")
    assert "None of your answers here is a danger sign" not in shown


def test_an_emergency_shows_nothing_else(tmp_path: Path) -> None:
    shown = kind_of({"danger": "throat"}, tmp_path)
    assert shown.strip().startswith("Call 999 now.")
    assert "What fits best" not in shown


def test_it_works_without_ms(tmp_path: Path) -> None:
    assert "None of your answers here is a danger sign" in kind_of({"ms": "no"}, tmp_path)
    shown = kind_of({"ms": "no", "limb": "wasting"}, tmp_path)
    assert shown.index("Contact your GP today.") < shown.index("What fits best")
    assert "MS team today" not in shown.split("What fits best")[0]
