"""README.md promises two commands; these tests hold their form, and the checks themselves run the second one."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
README = (TOP / "README.md").read_text(encoding="utf-8")
ENGINE_FLAG = 'CPPFLAGS="-DPyEval_CallObject=PyObject_CallObject"'
WITHOUT_ENGINE = "pip install -qq -r requirements-without-engine.txt"
TEXTS = sorted(
    [
        *TOP.glob("*.md"),
        *TOP.glob("*.toml"),
        *TOP.glob("requirements*.txt"),
        *(each for each in (TOP / "docs").rglob("*") if each.is_file() and each.suffix != ".pyc"),
        TOP / ".ci" / "run",
    ]
)


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of README.md in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_readme_has_two_commands_of_one_line_each() -> None:
    assert [block.count("\n") for block in blocks("sh")] == [1, 1]
    assert not re.search(r"^```sh\w", README, re.MULTILINE), "other tools count any block whose name starts with sh"


def test_the_first_command_starts_the_check_and_the_second_runs_every_check() -> None:
    start, checks = blocks("sh")
    assert start.endswith("&& triage\n")
    assert checks.endswith("&& python -m tests\n")


@pytest.mark.parametrize("command", blocks("sh"))
def test_both_commands_build_the_second_engine_and_go_on_without_it(command: str) -> None:
    assert ENGINE_FLAG in command
    assert WITHOUT_ENGINE in command.split("||", 1)[1]


def test_the_line_for_no_compiler_stands_right_after_the_first_command() -> None:
    between = README.split("```sh\n")[1]
    line = re.search(r"^```text\n(.*)\n```$", between, re.MULTILINE)
    assert line is not None
    assert WITHOUT_ENGINE in line[1]
    assert line[1].endswith("pip install -qq --no-deps . && triage")


@pytest.mark.parametrize("name", ["transcript", "figures"])
def test_what_a_command_fills_in_has_its_marks(name: str) -> None:
    assert README.count(f"<!-- {name}:begin -->") == README.count(f"<!-- {name}:end -->") == 1


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!https?:|#)([^)#]+)", README))))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (TOP / link).exists()


def test_the_project_runs_its_own_second_command() -> None:
    script = TOP / ".ci" / "run"
    assert "README.md" in script.read_text(encoding="utf-8")
    assert script.stat().st_mode & 0o100, "make it executable: chmod +x .ci/run"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_text_names_a_folder_of_one_machine(path: Path) -> None:
    found = re.findall(r"(?<![\w.~-])/(?:home|root|Users|work|tmp|opt)/\S*", path.read_text(encoding="utf-8"))
    assert found == []
