"""CSV in and out: what was written comes back, and what cannot be used is one line with its row."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from triage.kernel.errors import BadInput
from triage.record.entries import COLUMNS, Entry, Known, checked
from triage.record.sheets import read_csv, to_csv

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
KNOWN = Known(
    limbs=frozenset({"right_leg", "left_leg"}),
    triggers=frozenset({"heat"}),
    symptoms=frozenset({"numb"}),
    measures={"temperature": (33, 43)},
)
ENTRIES = (
    Entry(at=NOW - timedelta(days=9), kind="spasm", limbs=("right_leg",), severity=6, minutes=0.5, triggers=("heat",)),
    Entry(at=NOW - timedelta(days=8), kind="symptom", name="numb", change="new", limbs=("left_leg",), note='a "b", c'),
    Entry(at=NOW - timedelta(days=7), kind="trigger", triggers=("heat",), note="=SUM(1)"),
    Entry(at=NOW - timedelta(days=6), kind="medicine", name="baclofen", change="raised", detail="to 10 mg"),
    Entry(at=NOW - timedelta(days=5), kind="sleep", nights=0, note="'-quoted"),
    Entry(at=NOW - timedelta(days=3), kind="measure", name="temperature", value=37.45),
    Entry(at=NOW - timedelta(days=4), kind="score", now=(("right_leg", 6),), usual=(("right_leg", 3),)),
)


def silent(done: int, total: int) -> None:
    """Take no notice."""


def read(file: Path, text: str) -> tuple[Entry, ...]:
    file.write_text(text, encoding="utf-8")
    return read_csv(str(file), now=NOW, known=KNOWN, progress=silent)


def test_what_was_exported_is_imported_as_it_was(tmp_path: Path) -> None:
    assert read(tmp_path / "d.csv", to_csv(ENTRIES)) == ENTRIES


def test_no_cell_is_a_formula() -> None:
    assert "'=SUM(1)" in to_csv(ENTRIES)


def test_a_byte_order_mark_other_line_ends_and_a_time_without_offset_are_read(tmp_path: Path) -> None:
    zone = timezone(timedelta(hours=2))
    file = tmp_path / "d.csv"
    file.write_bytes("\ufeffkind,at,nights\r\nsleep,2026-11-20 07:00,1\r\n\r\n".encode())
    (entry,) = read_csv(str(file), now=NOW.astimezone(zone), progress=silent)
    assert entry == Entry(at=datetime(2026, 11, 20, 7, tzinfo=zone), kind="sleep", nights=1)


HEAD = "at,kind,limbs,severity,minutes,triggers,change,name,nights,now\n"
GOOD = "2026-11-20T10:00:00+00:00,spasm,right_leg,6,,heat,,,,\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            HEAD + GOOD + GOOD.replace("-20T", "-28T"), "row 3: 2026-11-28 10:00 is in the future", id="next week"
        ),
        pytest.param(
            HEAD + GOOD.replace("T10", "T25"), "row 2: at '2026-11-20T25:00:00+00:00' is no date", id="25 o'clock"
        ),
        pytest.param(
            HEAD + GOOD.replace(",6,", ",11,"), "row 2: severity 11 is out of range; give 0 to 10", id="score 11"
        ),
        pytest.param(HEAD + GOOD.replace(",6,", ",high,"), "row 2: severity 'high' is no whole number", id="no number"),
        pytest.param(HEAD + GOOD.replace(",6,,", ",6,-1,"), "row 2: minutes -1 is out of range", id="minus a minute"),
        pytest.param(HEAD + GOOD.replace("right_leg", "rigth_leg"), "did you mean 'right_leg'", id="a misspelt place"),
        pytest.param(
            HEAD + GOOD.replace("heat", "moon"), "row 2: no trigger is called 'moon'", id="an unknown trigger"
        ),
        pytest.param(HEAD + GOOD.replace("spasm", "spasms"), "did you mean 'spasm'", id="an unknown kind"),
        pytest.param(HEAD + GOOD.replace("spasm", "trigger"), "row 2: 'limbs' does not belong to", id="too much"),
        pytest.param(HEAD + "2026-11-20 10:00,trigger,,,,,,,,\n", "row 2: 'triggers' is missing", id="too little"),
        pytest.param(HEAD + "2026-11-20 10:00,score,,,,,,,,right_leg 6\n", "row 2: now 'right_leg 6'", id="no score"),
        pytest.param(HEAD + "2026-11-20 10:00,score,,,,,,,,left_leg=1 left_leg=2\n", "one place twice", id="twice"),
        pytest.param(
            HEAD + "2026-11-20 10:00,score,,,,,,,,left_leg=11\n", "score 11 is out of range", id="a score of 11"
        ),
        pytest.param(
            HEAD + "1026-11-20 10:00,spasm,,,,,,,,\n", "row 2: 1026-11-20 is before 1900", id="a year gone by"
        ),
        pytest.param(HEAD + "2026-11-20 10:00,spasm\n", "row 2: 2 cells where the first row has 10", id="a short row"),
        pytest.param(HEAD + GOOD + GOOD[:30], "row 3: the file stops inside this row", id="cut inside a row"),
        pytest.param(HEAD + GOOD + GOOD[:-1], "row 3: the file stops inside this row", id="cut before a line end"),
        pytest.param(HEAD + GOOD + '2026-11-20,"spa', "row 3: the file stops inside this row", id="cut inside quotes"),
        pytest.param(HEAD + '2026-11-20,"spa"sm,,\n', "row 2: the quotes do not fit", id="quotes that do not fit"),
        pytest.param(
            HEAD + "2026-11-20 10:00,spasm,,,soon,,,,,\n",
            "row 2: minutes 'soon' is no number; write digits",
            id="no minutes",
        ),
        pytest.param(HEAD + '2026-11-20 10:00,medicine,,,,,raised,"a\nb",,\n', "name holds a control", id="two lines"),
        pytest.param(
            "at,kind,name,value\n2026-11-20 10:00,measure,temperature,378\n",
            "row 2: temperature 378 is out of range; give 33 to 43",
            id="a slip of the pen",
        ),
        pytest.param(
            "at,kind,name,value\n2026-11-20 10:00,measure,mood,3\n",
            "row 2: no figure is called 'mood'",
            id="no such figure",
        ),
        pytest.param("at,kind,mood\n" + GOOD, "row 1: no column is called 'mood'", id="another column"),
        pytest.param("at,kind,severty\n" + GOOD, "did you mean 'severity'", id="a misspelt column"),
        pytest.param("at,severity\n" + GOOD, "row 1: the column 'kind' is missing", id="a missing column"),
        pytest.param("at,kind,at\n" + GOOD, "row 1: a column stands twice", id="a column twice"),
        pytest.param("", "empty; the first row names the columns", id="nothing"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_row(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput) as told:
        read(tmp_path / "d.csv", text)
    assert said in str(told.value)


def test_the_first_ten_mistakes_are_told_and_the_rest_are_counted(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as told:
        read(tmp_path / "d.csv", HEAD + GOOD.replace(",6,", ",11,") * 25)
    lines = str(told.value).splitlines()
    assert len(lines) == 12
    assert lines[10].endswith("and 15 more rows with a mistake")
    assert lines[11].endswith("nothing was imported")


def test_a_file_that_is_no_text_or_not_there_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    with pytest.raises(BadInput, match="no such file"):
        read_csv(str(file), now=NOW, progress=silent)
    file.write_bytes(b"at,kind\n\xff\xfe\n")
    with pytest.raises(BadInput, match="row 2: not text in UTF-8"):
        read_csv(str(file), now=NOW, progress=silent)


def test_long_work_reports_how_far_it_is(tmp_path: Path) -> None:
    reports: list[tuple[int, int]] = []
    file = tmp_path / "d.csv"
    file.write_text(HEAD + GOOD * 20_000)
    found = read_csv(str(file), now=NOW, progress=lambda done, total: reports.append((done, total)))
    assert len(found) == 20_000
    assert reports == [(10_000, 20_000), (20_000, 20_000)]


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.record.sheets.ROWS_MAX", 3)
    with pytest.raises(BadInput, match="more than 3 rows"):
        read(tmp_path / "d.csv", HEAD + GOOD * 4)
    monkeypatch.setattr("triage.record.sheets.BYTES_MAX", 50)
    with pytest.raises(BadInput, match="larger than 50 bytes"):
        read(tmp_path / "d.csv", HEAD + GOOD)


def test_the_columns_are_the_fields_of_an_entry() -> None:
    assert to_csv([]).strip() == ",".join(COLUMNS)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(BadInput, match="2026-11-20 10:00 has no time zone"):
        checked(Entry(at=datetime(2026, 11, 20, 10), kind="spasm"), now=NOW)  # noqa: DTZ001 - the mistake itself
