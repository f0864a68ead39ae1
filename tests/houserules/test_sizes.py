"""The hard stops of the house: no function over 60 lines, no module over 400, every public name described."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "triage"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
FUNCTION_LINES_MAX = 60
MODULE_LINES_MAX = 400


def functions(module: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_stays_readable(module: Path) -> None:
    assert module.read_text().count("\n") <= MODULE_LINES_MAX
    for function in functions(module):
        described = ast.get_docstring(function)
        lines = (function.end_lineno or 0) - function.lineno + 1 - (described.count("\n") + 1 if described else 0)
        assert lines <= FUNCTION_LINES_MAX, f"{function.name} has {lines} lines"
