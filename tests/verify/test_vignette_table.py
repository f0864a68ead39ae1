"""The table of invented people: exact intervals, what counts as too low and too high, and how it is told."""

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from triage.cli.vignette_commands import protocol_vignettes
from triage.kernel.errors import VERIFICATION_FAILED, BadInput
from triage.kernel.scale import Disposition
from triage.protocol.library import folder_of
from triage.verify import vignette_table
from triage.verify.vignette_table import NOTICE, Judged, Share, as_markdown, as_text, differing, exact_interval

HOME, CALL, RELAPSE, NOW = (
    Disposition.SELF_CARE,
    Disposition.CONTACT_NEUROLOGIST,
    Disposition.POSSIBLE_RELAPSE,
    Disposition.EMERGENCY,
)
PEOPLE = [
    Judged("found", NOW, NOW),
    Judged("missed", NOW, CALL),
    Judged("lower", RELAPSE, CALL),
    Judged("unfinished", CALL, Disposition.NOT_FINISHED),
    Judged("higher", HOME, NOW),
    Judged("well", HOME, HOME),
]


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [  # the first four: Newcombe, Statistics in Medicine 1998, table I, "Clopper-Pearson"
        pytest.param(81, 263, 0.2527, 0.3676, id="81 of 263"),
        pytest.param(15, 148, 0.0578, 0.1617, id="15 of 148"),
        pytest.param(0, 20, 0.0, 0.1684, id="0 of 20"),
        pytest.param(1, 29, 0.0009, 0.1776, id="1 of 29"),
        pytest.param(20, 20, 0.8316, 1.0, id="all of 20"),
        pytest.param(1, 1, 0.025, 1.0, id="one of one says next to nothing"),
        pytest.param(0, 2543, 0.0, 0.00145, id="none of many"),
    ],
)
def test_an_interval_is_exact(count: int, of: int, low: float, high: float) -> None:
    assert list(exact_interval(count, of)) == pytest.approx([low, high], abs=5e-5)


def test_a_share_without_people_is_told_in_words() -> None:
    assert str(Share(0, 0)) == "cannot be"


def test_nobody_can_be_told_less_than_self_care_or_more_than_an_emergency() -> None:
    rows = {row[0]: [re.sub(r" \(.*", "", cell) for cell in row[1:]] for row in vignette_table.rows(PEOPLE)}
    assert rows == {
        "emergency": ["2", "1 of 2", "1 of 2", "cannot be"],
        "possible relapse": ["1", "0 of 1", "1 of 1", "0 of 1"],
        "contact neurologist": ["1", "0 of 1", "1 of 1", "0 of 1"],
        "self care": ["2", "1 of 2", "cannot be", "1 of 2"],
        "all": ["6", "2 of 6", "3 of 4", "1 of 4"],
    }


def test_everybody_who_differs_is_named() -> None:
    assert [each.split(":")[0] for each in differing(PEOPLE)] == ["missed", "lower", "unfinished", "higher"]


@pytest.mark.parametrize("text", [as_text(PEOPLE), as_markdown(PEOPLE)], ids=["text", "markdown"])
def test_the_line_that_matters_most_comes_with_its_interval(text: str) -> None:
    assert "Emergencies found: 1 of 2 (1.3-98.7 %)" in text
    assert "missed: emergency to a reader, contact_neurologist here" in text


def test_the_notice_says_who_wrote_and_who_has_not_reviewed() -> None:
    assert as_text(PEOPLE).startswith(NOTICE)
    for words in ("not the medicine", "written by the authors of the rules", "no clinician has reviewed", "circular"):
        assert words in NOTICE


def shown(*arguments: str) -> tuple[str, int, BaseException | None]:
    app = typer.Typer()
    app.command()(protocol_vignettes)
    done = CliRunner().invoke(app, arguments)
    return done.output, done.exit_code, done.exception


def a_copy(folder: Path, old: str, new: str) -> Path:
    """Return a copy of the shipped protocol with two vignettes and one change in them."""
    for file in sorted(folder_of("ms").rglob("*.yaml")):
        copy = folder / "ms" / file.relative_to(folder_of("ms"))
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    for file in (folder / "ms" / "vignettes").iterdir():
        file.unlink()
    people = (folder_of("ms") / "vignettes" / "emergency.yaml").read_text(encoding="utf-8").split("\n- id: ")[:3]
    changed = "\n- id: ".join(people).replace(old, new)
    (folder / "ms" / "vignettes" / "emergency.yaml").write_text(changed, encoding="utf-8")
    return folder / "ms"


def test_the_verb_shows_the_table(tmp_path: Path) -> None:
    text, code, _ = shown(str(a_copy(tmp_path, "", "")), "--as", "markdown")
    assert code == 0
    assert "Emergencies found: 2 of 2" in text


def test_the_verb_fails_where_somebody_gets_another_label(tmp_path: Path) -> None:
    text, code, _ = shown(str(a_copy(tmp_path, "stroke_when: gone_24h", "stroke_when: gt_7d")))
    assert code == VERIFICATION_FAILED
    assert "Emergencies found: 1 of 2" in text


def test_an_unknown_format_is_one_clear_line() -> None:
    _, _, error = shown("--as", "pdf")
    assert isinstance(error, BadInput)
    assert "formats: text, markdown" in str(error)
