"""`triage diary` as a person types it: what is shown, what is kept, and one line for what goes wrong."""

import io
import stat
import sys
from pathlib import Path

import pytest
import typer

from tests.shipped import PROTOCOL
from triage.cli import diary_keeping
from triage.cli.diary_commands import diary_app
from triage.cli.guard import guarded
from triage.kernel.errors import BAD_INPUT, DONE


@pytest.fixture(autouse=True)
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRIAGE_DIARY", str(tmp_path / "kept" / "diary.sqlite3"))
    monkeypatch.setattr(diary_keeping, "load_protocol", lambda name: PROTOCOL)  # reading its files takes a second
    monkeypatch.chdir(tmp_path)
    return tmp_path / "kept" / "diary.sqlite3"


def run(*arguments: str) -> int:
    top = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
    top.add_typer(diary_app, name="diary")

    def command() -> int:
        try:
            top(args=["diary", *arguments], prog_name="triage", standalone_mode=True)
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else DONE
        return DONE

    return guarded(command)


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_a_diary_from_its_first_entry_to_its_end(diary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in (["show"], ["summary"], ["plot", "hours"]):
        assert run(*verb) == DONE
        assert "The diary has no entries yet." in capsys.readouterr().out
    assert not diary.exists()
    assert run("add", "spasm", "right", "leg", "6", "at", "23:30", "yesterday", "after", "heat") == DONE
    assert "Kept as entry 1: Spasm, right leg, 6 of 10, after heat" in capsys.readouterr().out
    assert run("add", "symptom numb left arm new since 3 days ago") == DONE
    assert "Do the whole check: triage check" in " ".join(capsys.readouterr().out.split())
    assert run("show", "--since", "2 days ago") == DONE
    assert capsys.readouterr().out.startswith("1. Spasm")
    assert run("show", "--since", "2 minutes ago") == DONE
    assert "No entries since" in capsys.readouterr().out
    assert run("summary") == DONE
    assert "2 entries from" in capsys.readouterr().out
    assert run("show", "--since", "yesterday") == DONE
    assert run("remove", "2") == DONE
    assert run("remove", "2") == BAD_INPUT
    assert "no entry has the number 2" in capsys.readouterr().err
    assert run("remove", "1") == DONE
    assert run("show") == DONE
    assert "The diary has no entries yet." in capsys.readouterr().out
    assert run("erase", "--yes") == DONE
    assert run("remove", "1") == BAD_INPUT
    assert run("erase") == DONE
    assert "There is no diary at" in capsys.readouterr().out
    assert not diary.exists()


def test_what_is_exported_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("add", "spasm right leg 6 note =1+1")
    assert run("export", "out.csv") == DONE
    assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600
    run("erase", "--yes")
    assert run("import", "out.csv") == DONE
    assert run("import", "out.csv") == DONE
    assert "Already in the diary, so left out: 1." in capsys.readouterr().out
    assert run("export", "-") == DONE
    assert capsys.readouterr().out == (tmp_path / "out.csv").read_text()


def test_long_imports_say_how_far_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"2026-01-01 {n // 60 % 24:02}:{n % 60:02},spasm,{n}\n" for n in range(10_000))
    (tmp_path / "in.csv").write_text("at,kind,note\n" + rows)
    assert run("import", "in.csv") == DONE
    said = capsys.readouterr()
    assert said.err == "10,000 of 10,000 rows\n"
    assert said.out == "Entries imported: 10,000.\n"


def test_one_wrong_row_imports_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.csv").write_text("at,kind,severity\n2026-01-01 10:00,spasm,5\n2026-01-01 10:00,spasm,11\n")
    assert run("import", "in.csv") == BAD_INPUT
    assert "in.csv: row 3: severity 11 is out of range; give 0 to 10" in capsys.readouterr().err
    run("show")
    assert "no entries yet" in capsys.readouterr().out


def test_drawings_are_private_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("add", "spasm right leg 6")
    assert run("plot", "hours", "--as", "svg", "--out", "a.svg") == DONE
    assert run("plot", "weekdays", "--as", "png", "--out", "a.png") == DONE
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a.svg", "a.png")} == {0o600}
    assert run("plot", "hours") == DONE
    assert "Spasms by hour of the day" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["add", "spasm", "at", "25:00"], "'25:00' is no time", id="25 o'clock"),
        pytest.param(["show", "--since", "soon"], "'soon' is no time", id="no time"),
        pytest.param(["show", "--since", "25:00"], "'25:00' is no time", id="a time that cannot be"),
        pytest.param(["plot", "hors"], "did you mean 'hours'", id="a misspelt plot"),
        pytest.param(["plot", "hours", "--as", "gif"], "use terminal, svg or png", id="another form"),
        pytest.param(["plot", "hours", "--as", "svg"], "--out diary-hours.svg", id="no file for a drawing"),
        pytest.param(["plot", "scores", "--as", "svg", "--out", "x.svg"], "No scores are written down", id="no scores"),
        pytest.param(["plot", "hours", "--as", "svg", "--out", "no/x.svg"], "cannot be written", id="no such folder"),
        pytest.param(["import", "none.csv"], "no such file", id="no such file"),
    ],
)
def test_a_mistake_is_one_clear_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    run("add", "spasm right leg 6")
    capsys.readouterr()
    assert run(*arguments) == BAD_INPUT
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_an_export_of_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "x.csv") == BAD_INPUT
    assert "no entries yet" in capsys.readouterr().err


def test_without_its_database_the_diary_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr("triage.cli.diary_keeping")
    monkeypatch.delitem(sys.modules, "triage.cli.diary_keeping")
    monkeypatch.delitem(sys.modules, "triage.record.store")
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    assert run("show") == BAD_INPUT
    assert "the diary needs sqlalchemy: pip install 'ms-triage[diary]'" in capsys.readouterr().err


def test_without_matplotlib_the_way_out_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "triage.companions.plots_drawn", None)
    run("add", "spasm right leg 6")
    assert run("plot", "hours", "--as", "svg", "--out", "x.svg") == BAD_INPUT
    assert "use --as terminal" in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "there"), [("yes\n", False), ("no\n", True), ("", True)])
def test_erasing_asks_first(answer: str, there: bool, diary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", "spasm right leg 6")
    typed(monkeypatch, answer)
    assert run("erase") == DONE
    assert diary.exists() is there


def test_a_damaged_diary_can_be_erased_and_a_letter_cannot(
    diary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run("add", "spasm right leg 6")
    diary.write_bytes(diary.read_bytes()[:4096])
    typed(monkeypatch, "yes\n")
    assert run("erase") == DONE
    assert not diary.exists()
    letter = tmp_path / "letter"
    letter.write_text("Dear Ann")
    assert run("erase", "--yes", "--file", str(letter)) == BAD_INPUT
    assert letter.read_text() == "Dear Ann"
    assert "this is no diary; nothing was erased" in capsys.readouterr().err


def test_an_entry_by_questions(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, "3\nnow\n1\n\n1\n")
    assert run("add") == DONE
    assert "Kept as entry 1: Trigger, heat" in capsys.readouterr().out


@pytest.mark.parametrize("answers", ["q\n", "3\nnow\n1\n\n2\n"])
def test_leaving_keeps_nothing(
    answers: str, diary: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, answers)
    assert run("add") == DONE
    assert capsys.readouterr().out.endswith("Nothing was kept.\n")
    assert not diary.exists()
    assert diary_keeping.where(None) == diary
