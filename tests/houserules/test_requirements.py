"""The lists for machines with no C compiler say the same as pyproject.toml."""

import tomllib
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENGINE = "durable-rules"


def listed(name: str) -> set[str]:
    """Return the requirements in one of our plain lists, comments left out."""
    lines = (TOP / name).read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_without_a_compiler_everything_but_the_engine_is_installed() -> None:
    assert listed("requirements-without-engine.txt") == set(PROJECT["dependencies"]) - {ENGINE}


def test_without_a_compiler_the_same_test_tools_are_installed() -> None:
    assert listed("tests/requirements.txt") == set(PROJECT["optional-dependencies"]["test"])


def test_the_engine_is_wanted_everywhere_with_no_condition() -> None:
    assert ENGINE in PROJECT["dependencies"]
