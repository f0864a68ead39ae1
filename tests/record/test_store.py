"""The diary's file: private, whole, honest about what it cannot read, and gone when it is erased."""

import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from triage.kernel.errors import BadInput
from triage.record.entries import Entry
from triage.record.places import diary_path, erase, files_of
from triage.record.store import Store, is_diary

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
SPASM = Entry(at=AT, kind="spasm", limbs=("right_leg",), severity=6, minutes=1.5, triggers=("heat", "tired"), note="x")
SCORE = Entry(
    at=AT - timedelta(days=2), kind="score", now=(("right_leg", 6), ("left_leg", 0)), usual=(("right_leg", 3),)
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "diary.sqlite3"


@pytest.mark.parametrize(
    ("given", "environ", "wanted"),
    [
        pytest.param("mine.db", {"TRIAGE_DIARY": "/x"}, "mine.db", id="the option comes first"),
        pytest.param(None, {"TRIAGE_DIARY": "/x"}, "/x", id="then the environment"),
        pytest.param(None, {"XDG_DATA_HOME": "/data"}, "/data/ms-triage/diary.sqlite3", id="then the data folder"),
        pytest.param(None, {}, "/home/ann/.local/share/ms-triage/diary.sqlite3", id="then the usual data folder"),
        pytest.param(
            None,
            {"XDG_DATA_HOME": "not/whole"},
            "/home/ann/.local/share/ms-triage/diary.sqlite3",
            id="a data folder that is no whole path is left aside, as its standard says",
        ),
    ],
)
def test_where_the_diary_lies(given: str | None, environ: dict[str, str], wanted: str) -> None:
    assert diary_path(given, environ, Path("/home/ann")) == Path(wanted)


def test_an_entry_comes_back_as_it_was_in_the_order_of_time(path: Path) -> None:
    with Store(path) as store:
        assert [store.add(SPASM), store.add(SCORE)] == [1, 2]
    with Store(path) as store:
        assert store.entries() == (SCORE, SPASM)
        assert store.entries(since=AT) == (SPASM,)


def test_only_the_owner_can_read_it_also_while_it_is_open(path: Path) -> None:
    with Store(path) as store:
        store.add(SPASM)
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in files_of(path)}
        assert modes == dict.fromkeys(("diary.sqlite3", "diary.sqlite3-wal", "diary.sqlite3-shm"), 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_diary_that_others_could_read_is_closed_to_them(path: Path) -> None:
    with Store(path):
        pass
    path.chmod(0o644)
    with Store(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_write_is_synced(path: Path) -> None:
    with Store(path) as store, store._engine.connect() as connection:
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert settings == ["wal", 2]


def test_an_entry_is_taken_out_once_and_its_number_is_not_given_again(path: Path) -> None:
    with Store(path) as store:
        number = store.add(SPASM)
        assert [store.remove(number), store.remove(number)] == [True, False]
        assert store.add(SPASM) > number


def test_many_are_kept_together_and_those_already_there_are_left_out(path: Path) -> None:
    with Store(path) as store:
        store.add(SPASM)
        assert store.add_all([SPASM, SPASM, SCORE]) == (2, 1)
        assert store.add_all([SPASM, SPASM, SCORE]) == (0, 3)


def test_a_fault_in_the_middle_keeps_none(path: Path) -> None:
    def broken(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with Store(path) as store:
        with pytest.raises(KeyboardInterrupt):
            store.add_all([SPASM, SCORE], broken)
        assert store.entries() == ()


def test_two_programs_may_write_one_after_the_other(path: Path) -> None:
    with Store(path) as one, Store(path) as other:
        one.add(SPASM)
        other.add(SCORE)
        assert one.entries() == other.entries() == (SCORE, SPASM)


def test_a_diary_that_another_program_is_writing_in_is_one_clear_line(path: Path) -> None:
    with Store(path) as store:
        store.add(SPASM)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Store(path, busy_ms=20) as store:
        with pytest.raises(BadInput, match=r"another program is writing in the diary; .* Nothing was changed"):
            store.add(SCORE)
        assert store.entries() == (SPASM,)
    holder.execute("ROLLBACK")
    holder.close()


def changed(path: Path, statement: str) -> bytes:
    with Store(path) as store:
        store.add(SPASM)
    raw = sqlite3.connect(path)
    raw.executescript(statement)
    raw.close()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param("UPDATE about SET value = '2' WHERE key = 'version'", "newer version", id="a newer version"),
        pytest.param("UPDATE about SET value = 'x' WHERE key = 'format'", "another program's", id="another format"),
        pytest.param("DROP TABLE about", "another program's", id="no version at all"),
        pytest.param("DROP TABLE entries", "another program's", id="no entries"),
    ],
)
def test_what_is_not_ours_is_refused_and_left_as_it_was(path: Path, statement: str, said: str) -> None:
    before = changed(path, statement)
    with pytest.raises(BadInput, match=said) as told:
        Store(path)
    assert "\n" not in str(told.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"hello, this is a text", "no diary", id="a text"),
        pytest.param(b"SQLite format 3\x00" + b"\x00" * 200, "no diary|damaged", id="only the first bytes"),
    ],
)
def test_what_is_no_diary_is_one_clear_line(path: Path, content: bytes, said: str) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(BadInput, match=said):
        Store(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_diary_that_was_cut_off_is_one_clear_line(path: Path, share: float) -> None:
    with Store(path) as store:
        store.add_all([SPASM] * 2000)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BadInput, match=r"damaged|cut off") as told, Store(path) as store:
        store.entries()
    assert "\n" not in str(told.value)


def test_a_damaged_entry_names_its_number_and_how_to_go_on(path: Path) -> None:
    changed(path, "UPDATE entries SET cells = '{' WHERE id = 1")
    with Store(path) as store:
        with pytest.raises(BadInput, match="entry 1 is damaged; 'triage diary remove 1'"):
            store.entries()
        assert store.remove(1)
        assert store.entries() == ()


def test_erasing_leaves_nothing(path: Path) -> None:
    store = Store(path)
    store.add(SPASM)
    assert len(erase(path)) == 3
    store.close()
    assert list(path.parent.iterdir()) == []


def test_what_cannot_be_erased_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(path):
        pass

    def refused(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(BadInput, match="cannot be erased: permission denied"):
        erase(path)


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        pytest.param(b"", True, id="an empty file"),
        pytest.param(b"a letter", False, id="a letter"),
        pytest.param(b"SQLite format 3\x00" + b"\x00" * 200, True, id="a diary cut off at its beginning"),
    ],
)
def test_only_a_diary_is_erased(tmp_path: Path, content: bytes, is_one: bool) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    assert is_diary(file) is is_one


def test_another_programs_database_is_no_diary(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite3"
    other = sqlite3.connect(file)
    other.executescript("CREATE TABLE places (id INTEGER)")
    other.close()
    assert not is_diary(file)


def test_a_place_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="the diary cannot be kept here"):
        Store(tmp_path / "file" / "diary.sqlite3")
