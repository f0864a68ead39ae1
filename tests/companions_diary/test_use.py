"""What the check and the visit pages take from a diary, and only what the person confirms."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ENTRIES = (
    "symptom new numb left arm yesterday 20:00",
    "trigger heat yesterday 18:00",
    "score right leg 7 usual 3",
)


def triage(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "triage", *arguments], input=typed, capture_output=True, text=True, check=False
    )


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    file = tmp_path / "private" / "diary.sqlite"
    for entry in ENTRIES:
        assert triage("diary", "add", entry, "--file", str(file)).returncode == 0
    return file


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        pytest.param("1\n1\n1\n1\nq\n", {"symptom_change", "onset", "stiffness_now", "stiffness_usual"}, id="all"),
        pytest.param("2\n3\n1\n2\nq\n", {"stiffness_now"}, id="no and not sure use nothing"),
        pytest.param("q\nq\n", set(), id="leaving the offers uses nothing and goes on"),
    ],
)
def test_the_check_knows_only_what_was_confirmed(typed: str, known: set[str], diary: Path, tmp_path: Path) -> None:
    kept = tmp_path / "check.json"
    done = triage(
        *("check", "--plain", "--locale", "en-GB", "--with-diary", "--diary-file", str(diary), "--save", str(kept)),
        typed=typed,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Call 999 now")
    assert set(json.loads(kept.read_text())["answers"]) - {"answered_by"} == known


def test_without_the_option_the_diary_is_not_read(diary: Path, tmp_path: Path) -> None:
    kept = tmp_path / "check.json"
    triage("check", "--plain", "--save", str(kept), typed="q\n")
    assert set(json.loads(kept.read_text())["answers"]) <= {"answered_by"}


def test_the_visit_pages_date_what_the_diary_tells_and_what_was_near(diary: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"answers": {"symptom_change": "new"}}))
    told = " ".join(triage("visit", str(answers), "--with-diary", "--diary-file", str(diary)).stdout.split())
    assert "numbness or tingling, new, left arm" in told
    assert "What was near: Trigger, heat" in told
    assert "numbness or tingling" not in triage("visit", str(answers)).stdout


def test_a_diary_that_was_never_begun_offers_nothing(tmp_path: Path) -> None:
    done = triage("check", "--plain", "--with-diary", "--diary-file", str(tmp_path / "none.sqlite"), typed="q\n")
    assert "Your diary says" not in done.stdout
    assert not (tmp_path / "none.sqlite").exists()
