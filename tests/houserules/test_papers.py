"""The papers stay true: commands, exit codes, hazards, examples, doctests, the README's transcript."""

import doctest
import importlib
import json
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

import triage
from triage import load_protocol
from triage.kernel import errors
from triage.kernel.diagnostics import DiagnosticBag
from triage.protocol.source import Entries, Listing, Node, Scalar, parse

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
MODULES = [name for _, name, _ in pkgutil.walk_packages(triage.__path__, "triage.") if "__main__" not in name]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_prints_what_it_printed(example: Path) -> None:
    done = subprocess.run([sys.executable, example], capture_output=True, text=True, check=True, cwd=ROOT)
    golden = example.with_suffix(".out").read_text(encoding="utf-8")
    if "Engines agreed: False" in done.stdout:  # a machine with no compiler runs one engine
        golden = golden.replace("Engines agreed: True", "Engines agreed: False")
    assert done.stdout == golden


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name: str) -> None:
    module = importlib.import_module(name)
    assert doctest.testmod(module).failed == 0


def test_examples_in_the_package_docstring_run() -> None:
    assert doctest.testmod(triage).failed == 0


@pytest.mark.parametrize("command", ["triage check", "triage assess", "triage protocol", "triage doctor"])
def test_every_command_is_in_the_readme(command: str) -> None:
    assert command in README


def test_every_exit_code_is_in_the_table() -> None:
    table = (ROOT / "docs" / "exit_codes.md").read_text(encoding="utf-8")
    codes = [value for name, value in vars(errors).items() if name.isupper() and isinstance(value, int)]
    assert len(codes) == 7
    assert all(re.search(rf"\| *`?{code}`? *\|", table) for code in codes)


def test_the_transcript_in_the_readme_is_current() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "make.py", "--check"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr


def typed(value: object) -> object:
    """Type numbers as an editor does; every other scalar stays text."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    return float(str(value)) if re.fullmatch(r"-?\d+(\.\d+)?", str(value)) else value


# the data of other tools have no schema for editors yet
PROTOCOL_FILES = sorted(each for each in (ROOT / "rules" / "ms").rglob("*.yaml") if each.parent.name != "companions")


@pytest.mark.parametrize("file", PROTOCOL_FILES, ids=lambda path: path.name)
def test_a_protocol_file_fits_the_schema_it_names_for_editors(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named is not None
    schema = json.loads((file.parent / named.group(1)).read_text(encoding="utf-8"))
    jsonschema.validate(typed(yaml.load(text, Loader=yaml.BaseLoader)), schema)  # every scalar as text


def hazard_ids(node: Node | None) -> set[str]:
    if isinstance(node, Listing):
        return set().union(*(hazard_ids(item) for item in node.items))
    if isinstance(node, Entries):
        own = {value.text for key, value in node.items if key.text == "id" and isinstance(value, Scalar)}
        return own.union(*(hazard_ids(value) for _, value in node.items))
    return set()


def test_every_hazard_a_rule_names_is_in_the_log() -> None:
    text = (ROOT / "docs" / "hazards.yaml").read_text(encoding="utf-8")
    logged = hazard_ids(parse(text, "hazards.yaml", DiagnosticBag()))
    named = {hazard for rule in load_protocol("ms").rules for hazard in rule.hazards}
    assert named <= logged
    assert all(rule.hazards for rule in load_protocol("ms").rules)


def test_public_names_are_exactly_these() -> None:
    assert len(triage.__all__) <= 16
    assert all(getattr(triage, name) is not None for name in triage.__all__)


def test_a_small_protocol_of_another_topic_stays_under_80_lines() -> None:
    files = (ROOT / "examples" / "nosebleed").rglob("*.yaml")
    assert sum(file.read_text(encoding="utf-8").count("\n") for file in files) < 80
