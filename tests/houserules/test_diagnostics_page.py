"""docs/diagnostics.md says what the program says."""

from pathlib import Path

import pytest

from triage.kernel.catalogue import CATALOGUE
from triage.verify.diagnostics_page import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "diagnostics.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_code_says_what_to_do_and_why(code: str) -> None:
    entry = CATALOGUE[code]
    assert "\n" not in entry.template
    assert ";" in entry.template or ":" in entry.template
    assert entry.why.endswith(".")
    assert page().count(f"| {code} |") == 1
