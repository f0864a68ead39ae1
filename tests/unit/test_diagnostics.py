"""Diagnostics: one readable line, in order, each once."""

import pytest

from triage.kernel.diagnostics import DiagnosticBag, Span, did_you_mean, one_line


@pytest.mark.parametrize(
    ("text", "limit", "wanted"),
    [
        pytest.param("plain", 20, "plain", id="a plain text stays"),
        pytest.param("two\nlines\t and\r\nmore", 40, "two lines and more", id="line ends become blanks"),
        pytest.param("a\x1b[31mb\u202ec", 40, "a?[31mb?c", id="what cannot be seen becomes a mark"),
        pytest.param("x" * 50, 20, "x" * 17 + "...", id="a long text is cut"),
        pytest.param("x" * 20, 20, "x" * 20, id="a text that just fits is not"),
    ],
)
def test_one_line(text: str, limit: int, wanted: str) -> None:
    assert one_line(text, limit) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        pytest.param("stroke_sings", "; did you mean 'stroke_signs'?", id="two letters swapped"),
        pytest.param("xyzzy", "", id="nothing near"),
        pytest.param("", "", id="nothing written"),
        pytest.param("s" * 1_000_000, "", id="a million letters"),
    ],
)
def test_did_you_mean(name: str, wanted: str) -> None:
    assert did_you_mean(name, ["stroke_signs", "chest_signs"]) == wanted


def test_a_guess_takes_the_place_of_the_remedy() -> None:
    bag = DiagnosticBag()
    bag.add(Span("f", 1, 1), "T116", name="x{0}")
    bag.add(Span("f", 1, 1), "T116", name="x{0}", hint="; did you mean 'y{1}'?")
    assert [each.message for each in bag.found] == [
        "no source is called 'x{0}'; correct the name or add it",
        "no source is called 'x{0}'; did you mean 'y{1}'?",
    ]


def test_in_order_and_each_once() -> None:
    bag = DiagnosticBag()
    for span in (Span("b", 1, 1), Span("a", 10, 1), Span("a", 9, 2), Span("a", 9, 2)):
        bag.add(span, "P004")
    assert [str(each.span) for each in bag.in_order()] == ["a:9:2", "a:10:1", "b:1:1"]
