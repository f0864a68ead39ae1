"""YAML as positioned texts: what is refused, where, and what a broken file still gives."""

import pytest
import yaml

from triage.kernel.diagnostics import DiagnosticBag
from triage.protocol.gaps import Gaps
from triage.protocol.salvage import salvage
from triage.protocol.source import DEPTH_MAX, Entries, Listing, Scalar, decode, parse, spoilt_lines


def refused(text: str) -> str:
    """Return line, column and code of the one mistake in a text."""
    bag = DiagnosticBag()
    assert parse(text, "f", bag) is None
    (found,) = bag.found
    return f"{found.span.line}:{found.span.column} {found.code}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("", "1:1 P004", id="nothing"),
        pytest.param("# only words\n", "1:1 P004", id="a comment"),
        pytest.param("---\n", "1:1 P004", id="an empty document"),
        pytest.param("[]", "1:1 P004", id="an empty list"),
        pytest.param("a: &x 1\nb: *x\n", "1:4 P007", id="an anchor"),
        pytest.param("a: *x\n", "1:4 P007", id="an alias"),
        pytest.param("a: !!int 1\n", "1:4 P008", id="a known tag"),
        pytest.param("a: !x {}\n", "1:4 P008", id="a tag of our own"),
        pytest.param("a: ! x\n", "1:4 P008", id="the empty tag"),
        pytest.param("a: 1\n---\nb: 2\n", "2:1 P011", id="two documents"),
        pytest.param("a: 1\n? [b]\n: 2\n", "2:3 T103", id="a key that is a list"),
        pytest.param("a: 'b\nc: d\n", "1:4 P005", id="a quote that is never closed"),
        pytest.param("a: [b\nc: d\n", "1:4 P005", id="a list that is never closed"),
        pytest.param("a: b: c\n", "1:5 P005", id="a colon in a text"),
        pytest.param("a: @b\n", "1:4 P005", id="a reserved character"),
    ],
)
def test_refused(text: str, wanted: str) -> None:
    assert refused(text) == wanted


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize(
    "text", ["a: 'b\nc: d\n", "a: [b\nc: d\n", "a: b: c\n", "a: @b\n", "a:\n - b\n c: d\n", 'a: "\\q"\n']
)
def test_both_halves_of_the_yaml_library_say_it_in_our_words(
    loader: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "CSafeLoader", getattr(yaml, loader))
    bag = DiagnosticBag()
    assert parse(text, "f", bag) is None
    assert bag.found[0].code == "P005"
    assert "mend the line" not in bag.found[0].message


def test_a_repeated_key_keeps_the_first() -> None:
    bag = DiagnosticBag()
    node = parse("a: 1\nb: 2\na: 3\n", "f", bag)
    assert isinstance(node, Entries)
    assert [(key.text, value.text) for key, value in node.items if isinstance(value, Scalar)] == [
        ("a", "1"),
        ("b", "2"),
    ]
    assert [str(each) for each in bag.found] == ["f:3:1: P009 the key 'a' stands twice; keep one"]


@pytest.mark.parametrize(("depth", "refused_"), [(DEPTH_MAX, False), (DEPTH_MAX + 1, True), (200_000, True)])
def test_depth(depth: int, refused_: bool) -> None:
    bag = DiagnosticBag()
    node = parse("[" * depth + "x" + "]" * depth, "f", bag)
    assert (node is None) is refused_
    assert [each.code for each in bag.found] == ["P010"] * refused_


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param("é".encode("latin-1"), "P002", id="another encoding"),
        pytest.param("a: b\n".encode("utf-16"), "P002", id="two bytes a letter"),
        pytest.param(b"a: \xed\xa0\x80", "P002", id="half a pair"),
    ],
)
def test_bytes_that_are_no_text(raw: bytes, code: str) -> None:
    bag = DiagnosticBag()
    assert decode(raw, "f", bag) is None
    assert [each.code for each in bag.found] == [code]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("a: b\r\nc: d\r\n", [], id="windows line ends"),
        pytest.param("a: b\tc\n", [], id="a tab inside a text"),
        pytest.param("a: é 火\n", [], id="letters of other scripts"),
        pytest.param("a:\n\tb: c\n", ["f:2:1: P006"], id="a tab in the indentation"),
        pytest.param("a: b\n \t c: d\n", ["f:2:2: P006"], id="a tab after a space"),
        pytest.param("a: b\rc: d\n", ["f:1:5: P013"], id="a bare carriage return"),
        pytest.param("a: \u202eb\n\nc: \0\n", ["f:1:4: P013", "f:3:4: P013"], id="hidden characters on two lines"),
    ],
)
def test_forbidden_characters(text: str, wanted: list[str]) -> None:
    bag = DiagnosticBag()
    spoilt = spoilt_lines(text, "f", bag)
    assert [f"{each.span}: {each.code}" for each in bag.found] == wanted
    assert spoilt == {each.span.line for each in bag.found}


BROKEN = """# three entries
- id: one
  when: {a: b
- id: two
  when: x
-
  id: three
  when: c: d
"""


def test_a_broken_list_gives_what_can_be_read_and_what_is_lost() -> None:
    bag, gaps = DiagnosticBag(), Gaps()
    saved = salvage(BROKEN, "f", frozenset(), bag)
    assert [str(each.span) for each in bag.found] == ["f:3:9", "f:8:10"]
    assert isinstance(saved.items[0], Entries)
    assert [str(item.span) for item in saved.items] == ["f:4:3"]
    for lost in saved.lost:
        gaps.lose_text("rules", lost)
    assert gaps.names["rules"] == {"one", "three"}
    assert not gaps.blind
    assert {"a", "b", "c", "d"} <= gaps.words


def test_a_spoilt_line_costs_its_own_entry_only() -> None:
    saved = salvage("- id: one\n\twhen: x\n- id: two\n", "f", frozenset({2}), DiagnosticBag())
    assert [isinstance(item, Entries) for item in saved.items] == [True]
    assert isinstance(saved.listing("f"), Listing)
    assert len(saved.lost) == 1


@pytest.mark.parametrize(
    ("name", "kinds", "excused"),
    [
        pytest.param("one", ("rules",), True, id="its own entry is broken"),
        pytest.param("two", ("rules",), False, id="nothing is known to be lost"),
        pytest.param("two", ("rules", "questions"), True, id="a file of the other kind could not be read"),
        pytest.param("one", ("findings",), False, id="something of another kind is broken"),
    ],
)
def test_only_names_that_may_be_lost_are_excused(name: str, kinds: tuple[str, ...], excused: bool) -> None:
    gaps = Gaps()
    gaps.lose_text("rules", "- id: one")
    gaps.lose_kind("questions")
    assert gaps.excuse(name, *kinds) is excused
