"""Values of an entry: what is read, and what is refused with which code."""

from datetime import date

import pytest

from triage.kernel.diagnostics import DiagnosticBag
from triage.protocol.reader import Entry, read_entry, read_list
from triage.protocol.shapes import Form, Key, Shape, optional
from triage.protocol.source import parse


def read(text: str, shape: Shape) -> tuple[Entry | None, list[str]]:
    """Return the entry and the codes of what is wrong with it."""
    bag = DiagnosticBag()
    node = parse(text, "file.yaml", bag)
    assert node is not None
    return read_entry(node, shape, bag), [each.code for each in bag.in_order()]


def value_of(form: Form, text: str, *among: str) -> tuple[object, list[str]]:
    entry, codes = read(f"key: {text}", Shape("a thing", {"key": Key(form, among=among)}))
    assert entry is not None
    return entry.values.get("key"), codes


@pytest.mark.parametrize(
    ("form", "text", "wanted"),
    [
        pytest.param("text", "yes", "yes", id="a word that YAML takes for true stays a text"),
        pytest.param("text", "1:30", "1:30", id="a time stays a text"),
        pytest.param("text", "' x '", "x", id="blanks around a text go"),
        pytest.param("flag", "yes", True, id="yes"),
        pytest.param("flag", "no", False, id="no"),
        pytest.param("number", "38.5", 38.5, id="a number"),
        pytest.param("number", "-2", -2.0, id="a number below zero"),
        pytest.param("integer", "007", 7, id="a whole number"),
        pytest.param("date", "2024-02-29", date(2024, 2, 29), id="a leap day"),
        pytest.param("id", "a_1", "a_1", id="an id"),
        pytest.param("texts", "[a, 'b c']", ("a", "b c"), id="a list of texts"),
        pytest.param("texts", "[]", (), id="an empty list"),
    ],
)
def test_a_right_value_is_read(form: Form, text: str, wanted: object) -> None:
    assert value_of(form, text) == (wanted, [])


@pytest.mark.parametrize(
    ("form", "text", "code"),
    [
        pytest.param("text", "''", "T109", id="an empty text"),
        pytest.param("text", "'   '", "T109", id="a blank text"),
        pytest.param("text", "[a]", "T103", id="a list for a text"),
        pytest.param("flag", "true", "T110", id="true is not yes"),
        pytest.param("flag", "Yes", "T110", id="Yes is not yes"),
        pytest.param("number", "1e3", "T107", id="an exponent"),
        pytest.param("number", "nan", "T107", id="not a number"),
        pytest.param("number", ".5", "T107", id="no digit before the point"),
        pytest.param("number", "٣", "T107", id="digits of another script"),
        pytest.param("number", "1234567890", "T107", id="too many digits"),
        pytest.param("integer", "1.0", "T107", id="a fraction for a whole number"),
        pytest.param("integer", "-1", "T107", id="a whole number below zero"),
        pytest.param("integer", "100000", "T107", id="a whole number that no date can bear"),
        pytest.param("date", "2023-02-29", "T108", id="no leap day"),
        pytest.param("date", "20240229", "T108", id="a date without dashes"),
        pytest.param("id", "9a", "T105", id="an id that starts with a digit"),
        pytest.param("id", "a" * 65, "T105", id="an id that is too long"),
        pytest.param("texts", "a", "T103", id="a text for a list"),
        pytest.param("mapping", "a", "T103", id="a text for a mapping"),
    ],
)
def test_a_wrong_value_is_recorded_and_left_out(form: Form, text: str, code: str) -> None:
    assert value_of(form, text) == (None, [code])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("red", [], id="a word of the list"),
        pytest.param("rde", ["T104"], id="a misspelt word"),
        pytest.param("Red", ["T104"], id="another case"),
    ],
)
def test_words_come_from_a_closed_list(text: str, codes: list[str]) -> None:
    assert value_of("word", text, "red", "green")[1] == codes


TWO = Shape("a thing", {"first": Key("text"), "second": Key("text"), "third": optional("text")})


@pytest.mark.parametrize(
    ("text", "codes", "lost"),
    [
        pytest.param("{first: a, second: b}", [], "", id="all there"),
        pytest.param("{first: a}", ["T102"], "", id="a required key is missing"),
        pytest.param("{first: a, secnd: b}", ["T101"], "second", id="a misspelt key is told once"),
        pytest.param("{first: a, xyz: b}", ["T101", "T102"], "", id="an unknown key is not the missing one"),
        pytest.param("{first: a, second: b, thrid: c}", ["T101"], "third", id="a misspelt key that may be absent"),
        pytest.param("{first: [a], second: b}", ["T103"], "first", id="a key that could not be read"),
    ],
)
def test_keys(text: str, codes: list[str], lost: str) -> None:
    entry, found = read(text, TWO)
    assert entry is not None
    assert sorted(found) == codes
    assert [key for key in TWO.keys if entry.lost(key)] == [lost] * bool(lost)


def test_a_missing_key_is_told_where_it_belongs() -> None:
    bag = DiagnosticBag()
    node = parse("third: c\nfirst: a\n", "file.yaml", bag)
    assert node is not None
    read_entry(node, TWO, bag)
    assert [str(each) for each in bag.found] == ["file.yaml:2:1: T102 a thing has no 'second'; add it"]


def test_one_unreadable_entry_leaves_the_others() -> None:
    bag = DiagnosticBag()
    entries = read_list(parse("- {first: a, second: b}\n- text\n- {first: c, second: d}", "f", bag), TWO, bag)
    assert [entry.text("first") for entry in entries] == ["a", "c"]
    assert [each.code for each in bag.found] == ["T103"]


@pytest.mark.parametrize("length", [10, 10_000, 1_000_000])
def test_a_long_value_makes_no_long_line(length: int) -> None:
    bag = DiagnosticBag()
    node = parse(f"{'k' * min(length, 1000)}: {'x' * length}\nfirst: '{'a' * length}'", "f", bag)
    assert node is not None
    read_entry(node, Shape("a thing", {"first": Key("word", among=("a",))}), bag)
    assert bag.found
    assert all(len(str(each)) < 300 for each in bag.found)
