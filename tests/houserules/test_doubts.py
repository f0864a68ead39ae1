"""docs/doubts.md stays true: each point of doubt of the clinical brief once, and no name that the protocol lacks."""

import re
from pathlib import Path

import pytest

from tests.shipped import PROTOCOL

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "doubts.md").read_text(encoding="utf-8")
ROWS = [line.strip("|").split("|") for line in PAGE.splitlines() if re.match(r"\| F\d", line)]
LISTS = (
    PROTOCOL.rules,
    PROTOCOL.advice,
    PROTOCOL.thresholds,
    PROTOCOL.questions,
    PROTOCOL.findings,
    PROTOCOL.safety_nets,
    PROTOCOL.modifiers,
    PROTOCOL.glossary,
    PROTOCOL.sources,
)
KNOWN = {entry.id for entries in LISTS for entry in entries}


def test_every_point_of_doubt_has_one_row_in_order() -> None:
    assert [row[0].strip() for row in ROWS] == [f"F{number}" for number in range(1, 33)]


def test_every_row_says_what_how_and_where() -> None:
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in ROWS)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([^`]+)`", PAGE))))
def test_every_name_on_the_page_is_in_the_protocol_or_a_file(name: str) -> None:
    assert name in KNOWN or ("/" in name and (ROOT / name).exists())
