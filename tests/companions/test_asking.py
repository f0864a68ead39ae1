import io

import pytest

from triage.companions.asking import Choices, Left, Page

ONE = Choices("Which one?", ("left", "right", "Not sure"), several=False, alone=1, help="Look twice.")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "ascii"

    def isatty(self) -> bool:
        return True


class Broken(io.StringIO):
    """A stream whose other end has gone."""

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        raise OSError

    def write(self, text: str, /) -> int:
        raise OSError


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        pytest.param("2\n", 1, id="a number"),
        pytest.param(" 3 \n", 2, id="not sure"),
        pytest.param("1 2\n1\n", 0, id="one of two is asked for again"),
        pytest.param("0\n\n-1\nleft\n1\n", 0, id="what is no number is asked for again"),
    ],
)
def test_one_answer_is_one_number(typed: str, place: int) -> None:
    out = io.StringIO()
    assert Page(io.StringIO(typed), out).choose(ONE) == (place,)
    assert "Which one?\nLook twice.\n1. left\n2. right\n3. Not sure\nAnswer (1-3, q leaves): " in out.getvalue()


def test_a_terminal_shows_what_is_typed_by_itself_and_letters_it_has_not_as_a_mark() -> None:
    out = Terminal()
    Page(Terminal("1\n"), out).choose(Choices("Où?", ("here",), several=False, alone=0))
    assert out.getvalue() == "\nO??\n1. here\nAnswer (1-1, q leaves): "


@pytest.mark.parametrize(
    ("stdin", "stdout"),
    [
        pytest.param(Broken(), io.StringIO(), id="nothing to read"),
        pytest.param(io.StringIO("1\n"), Broken(), id="nowhere to write"),
    ],
)
def test_a_broken_stream_is_the_end(stdin: io.StringIO, stdout: io.StringIO) -> None:
    with pytest.raises(Left):
        Page(stdin, stdout).choose(ONE)
