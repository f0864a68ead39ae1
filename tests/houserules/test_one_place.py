"""Adding a rule, a question, a place or an output format touches one place."""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from triage import assess
from triage.protocol.loader import load
from triage.reports.base import format_named, formats

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
QUESTION = """
- {id: hiccups, section: change, brief: [], kind: yes_no, ask: Have you had hiccups for 2 days or more?,
  carer: {ask: Have they had hiccups for 2 days or more?},
  say_on_phone: Hiccups for 2 days or more?, why: Long hiccups can come from the brainstem.}
"""
RULE = """
- {id: long_hiccups, brief: [], title: Hiccups for 2 days or more, when: {hiccups: [yes, not_sure, declined]},
  then: contact_neurologist, within: within_48h, door: ms_team, say: "Call {ms_team} within 2 days.",
  because: Long hiccups can come from the brainstem., sources: [general_knowledge], basis: general_knowledge,
  hazards: [relapse_delayed], reviewed_by: none yet, review_by: 2027-06-30}
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "rules" / "ms", tmp_path / "ms"))


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_question_and_a_rule_are_one_entry_each(copy: Path) -> None:
    append(copy / "questions" / "change.yaml", QUESTION)
    append(copy / "rules" / "relapse.yaml", RULE)
    result = assess(load(copy), {"hiccups": "yes"}, at=AT)
    assert "long_hiccups" in [rule.id for rule in result.rules]
    assert result.disposition == "contact_neurologist"


def test_a_place_is_one_file(copy: Path) -> None:
    neutral = (copy / "locales" / "international.yaml").read_text(encoding="utf-8")
    there = neutral.replace("id: international", "id: en-IE").replace("your local emergency number", "112")
    (copy / "locales" / "en-IE.yaml").write_text(there, encoding="utf-8")
    result = assess(load(copy), {"chest_and_fits": "crushing"}, at=AT, locale="en-IE")
    assert "112" in result.headline


def test_an_output_format_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import triage.reports

    lines = [
        "class Loud:",
        "    name = 'loud'",
        "    media_type = 'text/plain'",
        "    def render(self, result, protocol, *, width):",
        "        return result.headline.upper()",
        "FORMAT = Loud()",
    ]
    code = "\n".join(lines)
    (tmp_path / "as_loud.py").write_text(code)
    monkeypatch.setattr(triage.reports, "__path__", [*triage.reports.__path__, str(tmp_path)])
    assert "as_loud" in formats()
    result = assess(load(ROOT / "rules" / "ms"), {"chest_and_fits": "crushing"}, at=AT, locale="en-GB")
    assert format_named("loud").render(result, load(ROOT / "rules" / "ms"), width=72) == "CALL 999 NOW."
    sys.modules.pop("triage.reports.as_loud", None)
