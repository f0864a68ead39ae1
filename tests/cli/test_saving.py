"""A check in a file: only if asked for, whole or not at all, and never at the cost of what was saved before."""

import errno
import json
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.cli.test_commands import triage
from tests.shipped import AT, PROTOCOL
from tests.unit.interview.walking import answered, begun
from triage.cli.saving import Keeper, read_saved
from triage.kernel.errors import BadInput


def saved(folder: Path, **changed: object) -> Path:
    """Return a file with a saved check, changed as told."""
    file = folder / "check.json"
    Keeper(str(file), PROTOCOL.screen).keep(answered(begun()))
    document = {**json.loads(file.read_text()), **changed}
    file.write_text(json.dumps(document))
    return file


def test_a_check_comes_back_as_it_was(tmp_path: Path) -> None:
    before, file = answered(begun()), tmp_path / "check.json"
    assert Keeper(str(file), PROTOCOL.screen).keep(before) == ""
    back = read_saved(str(file), PROTOCOL, AT)
    assert before.state is not None
    assert (back.state.answers, back.state.asked) == (before.state.answers, before.state.asked)
    assert (back.locale, back.same_protocol, back.unfit) == ("en-GB", True, {})
    assert back.state.opening_passed == before.state.opening_passed


def test_the_file_is_canonical_and_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "check.json"
    Keeper(str(file), PROTOCOL.screen).keep(begun().answer("none"))
    raw = file.read_bytes()
    assert raw.endswith(b"}\n")
    assert list(json.loads(raw)) == sorted(json.loads(raw))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["check.json"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "no such file", id="not there"),
        pytest.param("hello", "not JSON", id="no JSON"),
        pytest.param("", "not JSON", id="empty"),
        pytest.param('{"format": "triage-saved-check-1", "answ', "not written to its end", id="half written"),
        pytest.param('{"answers": {}}', "no saved check", id="an answers file"),
        pytest.param("[]", "no saved check", id="a list"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(content: str | None, said: str, tmp_path: Path) -> None:
    file = tmp_path / "check.json"
    if content is not None:
        file.write_text(content)
    done = triage("check", "--resume", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_another_protocol_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="other questions"):
        read_saved(str(saved(tmp_path, protocol={"id": "ps"})), PROTOCOL, AT)


def test_a_changed_protocol_keeps_what_fits_and_names_what_is_asked_again(tmp_path: Path) -> None:
    answers = {"age": 45, "stroke_signs": ["tail"], "gone_question": "yes"}
    file = saved(tmp_path, protocol={"id": "ms", "version": "0", "hash": "0"}, answers=answers)
    back = read_saved(str(file), PROTOCOL, AT)
    assert set(back.state.answers) == {"age"}
    notes = " ".join(back.notes(PROTOCOL))
    assert "questions have changed" in notes
    assert "NEW" in notes
    assert "tail" not in notes
    Keeper(str(file), PROTOCOL.screen, str(file), back).keep(begun(state=back.state))
    assert json.loads(file.read_text())["unfit"] == {"gone_question": "yes", "stroke_signs": ["tail"]}


@pytest.mark.parametrize("there", ["letter", "saved check"])
def test_no_file_is_written_over(there: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    if there == "letter":
        file.write_text("Dear Ann")
    else:
        Keeper(str(file), PROTOCOL.screen).keep(begun())
    before = file.read_bytes()
    done = triage("check", "--save", str(file))
    assert done.returncode == 2
    assert "choose another name" in done.stderr
    assert file.read_bytes() == before


def test_a_folder_that_is_not_there_is_told_before_the_first_question(tmp_path: Path) -> None:
    done = triage("check", "--save", str(tmp_path / "none" / "check.json"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such folder" in done.stderr


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_what_was_saved_before(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = Keeper(str(tmp_path / "check.json"), PROTOCOL.screen)
    keeper.keep(begun().answer("none"))
    before = (tmp_path / "check.json").read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(f"triage.cli.saving.os.{call}", full)
    problem = keeper.keep(begun().answer("none").answer("none"))
    assert "the disk is full" in problem
    assert "still in" in problem
    assert (tmp_path / "check.json").read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["check.json"]


def typed(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def test_saved_after_every_answer_and_gone_on_with(tmp_path: Path) -> None:
    file = tmp_path / "check.json"
    done = triage("check", "--plain", "--locale", "en-GB", "--save", str(file), given=typed(["none", "none", "q"]))
    assert done.returncode == 0
    assert f"Saved in {file}" in done.stderr
    assert "Nothing was saved" not in done.stderr
    assert len(json.loads(file.read_text())["asked"]) == 2
    again = triage("check", "--plain", "--resume", str(file), "--save", str(file), given=typed(["none", "face", "1"]))
    assert "You answered before: None of these" in again.stdout
    assert "Some time has passed" in again.stdout
    assert "Call 999 now" in again.stdout
    assert json.loads(file.read_text())["emergencies"]


def test_without_save_nothing_is_stored_and_the_ending_says_so(tmp_path: Path) -> None:
    done = triage("check", "--plain", given=typed(["1"]))
    assert "Nothing was saved." in done.stderr


@pytest.mark.parametrize("word", ["x", "leave"])
def test_leaving_quickly_shows_no_result(word: str, tmp_path: Path) -> None:
    done = triage("check", "--plain", given=typed(["none", word]))
    assert done.returncode == 130
    assert done.stdout.rstrip().splitlines()[-1] == "Closed."
    assert "What to do" not in done.stdout
    assert done.stderr == ""


def test_the_words_of_a_carer_from_the_start_and_half_way() -> None:
    done = triage("check", "--plain", "--for-someone-else", given=typed(["o", "q"]))
    assert 'If you answer for yourself, type "o".' in done.stdout
    assert "They won't tell me" in done.stdout
    assert "The questions now speak to the person with MS." in done.stdout
    assert triage("check", "--for-someone-else", "--as-nurse").returncode == 2
