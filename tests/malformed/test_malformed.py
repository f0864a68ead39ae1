"""Each one-mistake protocol is refused with exactly the lines in expected.yaml."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from triage.kernel.catalogue import CATALOGUE
from triage.kernel.errors import ProtocolRejected
from triage.protocol import loader, source

HERE = Path(__file__).resolve().parent
BASE, CASES = HERE / "base", HERE / "cases"
EXPECTED: dict[str, list[str]] = yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8"))
LINE = re.compile(r"[^:\s]+:\d+:\d+: [PT]\d{3} \S.*")
ADVICE = re.compile(r"; \w|: .* is not YAML|did you mean")

# The runners of cases and vignettes and the measure of screens raise these; they have their own tests.
RAISED_ELSEWHERE = {"T132", "T133", "T140", "T141", "T160", "T161", "T162"}
MADE_HERE = {"P003"}


def protocol_with(case: str | None, place: Path) -> Path:
    """Return a copy of the base protocol with a case laid over it."""
    folder = place / "burn"
    shutil.copytree(BASE, folder)
    if case is not None:
        shutil.copytree(CASES / case, folder, dirs_exist_ok=True)
        removed = folder / "REMOVED"
        for name in removed.read_text(encoding="utf-8").split() if removed.exists() else ():
            (folder / name).unlink()
    return folder


def lines_of(folder: Path) -> list[str]:
    return [str(each) for each in loader.check(folder)[1]]


def test_the_base_has_no_mistake() -> None:
    assert loader.load(BASE).id == "burn"


def test_every_case_is_in_the_table() -> None:
    assert sorted(EXPECTED) == sorted(each.name for each in CASES.iterdir())


@pytest.mark.parametrize("case", sorted(case for case, lines in EXPECTED.items() if lines))
def test_one_mistake_is_refused(case: str, tmp_path: Path) -> None:
    with pytest.raises(ProtocolRejected) as caught:
        loader.load(protocol_with(case, tmp_path))
    assert str(caught.value).splitlines() == EXPECTED[case]


@pytest.mark.parametrize("case", sorted(case for case, lines in EXPECTED.items() if not lines))
def test_what_looks_odd_but_is_right_is_accepted(case: str, tmp_path: Path) -> None:
    assert loader.load(protocol_with(case, tmp_path)).id == "burn"


def test_every_code_of_the_catalogue_has_a_case() -> None:
    shown = {line.split()[1] for lines in EXPECTED.values() for line in lines}
    assert set(CATALOGUE) == shown | RAISED_ELSEWHERE | MADE_HERE


@pytest.mark.parametrize("line", sorted({line for lines in EXPECTED.values() for line in lines}))
def test_a_line_says_where_what_and_what_to_do(line: str) -> None:
    assert LINE.fullmatch(line)
    assert ADVICE.search(line)


def test_one_mistake_is_seldom_told_twice() -> None:
    told_twice = [case for case, lines in EXPECTED.items() if len(lines) > 1 and "mistake" not in case]
    assert len(told_twice) <= 0.05 * len(EXPECTED), told_twice


def test_all_mistakes_of_all_files_are_found_in_one_pass(tmp_path: Path) -> None:
    folder = protocol_with(None, tmp_path)
    cases = {  # one for each file, so that they do not overwrite each other
        "misspelt_door_of_a_rule": "rules/skin.yaml",
        "tab_in_the_dispositions": "dispositions.yaml",
        "bad_number": "thresholds.yaml",
        "measure_of_an_unknown_question": "measures.yaml",
        "misspelt_operator": "findings.yaml",
        "modifier_with_another_effect": "modifiers.yaml",
        "bad_flag": "questions/danger.yaml",
        "min_above_max": "questions/burn.yaml",
    }
    for case, file in cases.items():
        shutil.copy(CASES / case / file, folder / file)
    assert sorted(lines_of(folder)) == sorted(line for case in cases for line in EXPECTED[case])


def test_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    wanted = "gone:1:1: P001 gone cannot be read: no such folder; check the name and the permissions"
    assert lines_of(tmp_path / "gone") == [wanted]


def test_a_file_is_not_a_protocol(tmp_path: Path) -> None:
    (tmp_path / "protocol.yaml").write_text("id: burn\n", encoding="utf-8")
    assert [line.split()[1] for line in lines_of(tmp_path / "protocol.yaml")] == ["P001"]


def test_an_empty_folder_lacks_every_needed_file(tmp_path: Path) -> None:
    assert {line.split()[1] for line in lines_of(tmp_path)} == {"P012"}


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    folder = protocol_with(None, tmp_path)
    (folder / "rules/skin.yaml").write_bytes(b"# \n" * source.FILE_BYTES_MAX)
    wanted = "rules/skin.yaml:1:1: P003 the file is larger than 2,000,000 bytes; split it by topic"
    assert lines_of(folder) == [wanted]


def test_a_dangling_link_is_one_line(tmp_path: Path) -> None:
    folder = protocol_with(None, tmp_path)
    (folder / "rules/more.yaml").symlink_to("nowhere.yaml")
    assert [line.split()[1] for line in lines_of(folder)] == ["P001"]


def test_a_file_name_cannot_break_the_line(tmp_path: Path) -> None:
    folder = protocol_with(None, tmp_path)
    (folder / "rules/two\nlines.yaml").write_text("", encoding="utf-8")
    (found,) = lines_of(folder)
    assert "\n" not in found


def test_a_flood_of_names_is_read_in_a_moment(tmp_path: Path) -> None:
    """Findings that name the one before twice double at each step; they are read once, not 2 ** 25 times."""
    folder = protocol_with(None, tmp_path)
    bomb = ["\n- {id: step_0, brief: [], meaning: A step, when: large_burn}"]
    bomb += [
        f"- {{id: step_{n}, brief: [], meaning: A step, when: {{any: [step_{n - 1}, step_{n - 1}]}}}}"
        for n in range(1, 26)
    ]
    findings = folder / "findings.yaml"
    findings.write_text(findings.read_text(encoding="utf-8") + "\n".join(bomb) + "\n", encoding="utf-8")
    rules = folder / "rules/skin.yaml"
    rules.write_text(
        rules.read_text(encoding="utf-8").replace("when: bad_burn", "when: {any: [bad_burn, step_25]}"),
        encoding="utf-8",
    )
    protocol = loader.load(folder)
    assert protocol.rules[-1].chosen_by_us == ("large_hands",)
