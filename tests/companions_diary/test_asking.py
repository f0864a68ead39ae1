"""One entry by questions, over two streams, as a person types."""

import io

import pytest

from tests.companions_diary.shared import AT, BOOK, WHEN
from triage.companions.asking import Left
from triage.companions.diary_asking import Questions, ask_entry
from triage.record.entries import Entry


def asked(typed: str) -> tuple[Entry | None, str]:
    out = io.StringIO()
    return ask_entry(Questions(io.StringIO(typed), out), BOOK, AT, WHEN), out.getvalue()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param(
            "1\nyesterday 23:30\n3\n6\n5\n1 8\nwoke me\n1\n",
            "Spasm, right leg, 6 of 10, 5 minutes, after heat, tired or poor sleep, note: woke me (2026-11-20 23:30)",
            id="a spasm",
        ),
        pytest.param("1\n\n7\nnot sure\n\n20\n\n1\n", "Spasm (2026-11-21 10:00)", id="not sure of anything"),
        pytest.param(
            "2\n3 days ago\n7\n1\n2\n\n\n1\n",
            "Symptom, numbness or tingling, new, left arm (2026-11-18 10:00)",
            id="a symptom",
        ),
        pytest.param("3\nnow\n1\n\n1\n", "Trigger, heat (2026-11-21 10:00)", id="a trigger"),
        pytest.param(
            "4\ntoday\n\nbaclofen\n3\nto 10 mg\n\n1\n",
            "Medicine, baclofen, dose raised, to 10 mg (2026-11-21 10:00)",
            id="a medicine",
        ),
        pytest.param(
            "5\n\n3\n\n1\n", "Sleep, broken by pain or spasm, 3 nights up to this one (2026-11-21 10:00)", id="sleep"
        ),
        pytest.param(
            "6\n\nnot sure\n\n6\n3\n4\n\n\n1\n",
            "Stiffness, right leg 6, left leg 4, usual right leg 3 (2026-11-21 10:00)",
            id="scores",
        ),
        pytest.param("7\n\n1\n37.4\n\n1\n", "Figure, temperature 37.4 °C (2026-11-21 10:00)", id="a figure"),
    ],
)
def test_an_entry_by_questions(typed: str, told: str) -> None:
    entry, shown = asked(typed)
    assert entry is not None
    assert BOOK.told(entry) == told
    assert "Keep it?" in shown
    assert max(map(len, shown.splitlines())) <= 72


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("1\n25:00\nnow\n7\n\n\n20\n\n1\n", "no such date or time", id="25 o'clock"),
        pytest.param("1\nsoon\nnow\n7\n\n\n20\n\n1\n", "'soon' is no time", id="no time"),
        pytest.param("1\n2026-11-28 10:00\nnow\n7\n\n\n20\n\n1\n", "is in the future", id="next week"),
        pytest.param("1\nyesterday\nnow\n7\n\n\n20\n\n1\n", "add a rough time", id="no hour"),
        pytest.param("1\nnow\n7\n11\n10\n\n20\n\n1\n", "type a number from 0 to 10", id="a strength of 11"),
        pytest.param("4\nnow\n\nbaclofen\n1\n\n\n1\n", "type the name", id="a medicine without a name"),
        pytest.param("7\n\n1\n378\nwarm\n37,4\n\n1\n", "type a number from 33 to 43", id="a slip of the pen"),
        pytest.param("1\nnow\n7 1\n7\n\n\n20\n\n1\n", "7 stands alone", id="not sure beside a place"),
    ],
)
def test_a_wrong_answer_is_asked_again(typed: str, said: str) -> None:
    entry, shown = asked(typed)
    assert entry is not None
    assert said in shown


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("1\nnow\n3\n6\n5\n1\n\n2\n", id="no at the end"),
        pytest.param("3\nnow\n20\n\n", id="a trigger nobody is sure of"),
        pytest.param("5\nnow\n\n\n", id="nights nobody is sure of"),
        pytest.param("6\nnow\n\n\n\n\n\n", id="no score at all"),
        pytest.param("5\nnow\n1\n" + "x" * 600 + "\n", id="a note that is too long"),
    ],
)
def test_nothing_is_kept(typed: str) -> None:
    assert asked(typed)[0] is None


@pytest.mark.parametrize("typed", ["", "q\n", "1\nnow\nq\n", "1\nnow\n3\n"])
def test_leaving_keeps_nothing(typed: str) -> None:
    with pytest.raises(Left):
        asked(typed)
