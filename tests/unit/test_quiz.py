"""The quiz: what is asked, what a wrong line does, and what is explained."""

import io
import sys

import pytest

from tests.shipped import PROTOCOL
from triage.cli import quizzing
from triage.frontends import quiz
from triage.frontends.quiz import Flag, Round
from triage.kernel.errors import BadInput
from triage.protocol.library import folder_of
from triage.protocol.texts import locale_of
from triage.verify import vignettes

FACE = Flag("Face drooped", "It could be a stroke.", "A stroke charity, Signs")
HEAT = Flag("Was hot", "Heat can bring old signs back.", "An MS charity, Heat")
LEVELS = ["Emergency", "Self-care"]
PERSON = Round("Face at breakfast", "I am 61.", "Emergency", (FACE,), (HEAT, FACE), ("Call now.", "Tell your team."))
BANK = vignettes.load(folder_of("ms") / vignettes.FOLDER, PROTOCOL)
PLACE = locale_of(PROTOCOL, "en-GB")


def played(typed: str, rounds: int = 1) -> str:
    """Return all that is shown to somebody who types these lines."""
    shown = io.StringIO()
    quiz.run([PERSON] * rounds, rounds, LEVELS, io.StringIO(typed), shown)
    return shown.getvalue()


def test_the_first_line_says_what_this_is() -> None:
    assert played("").splitlines()[0] == "Training. Not for real symptoms."


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        pytest.param(
            "1\n2\n", ["Right. Face at breakfast: Emergency.", "Seen: Face drooped"], "Missed", id="all right"
        ),
        pytest.param("2\n3\n", ["Not 'Self-care'.", "Missed: Face drooped"], "Seen:", id="the wrong label, no flag"),
        pytest.param("3\n1\n", ["You were not sure.", "Not in this story: Was hot"], "Right.", id="an imagined flag"),
        pytest.param("1\n1 2\n", ["Seen: Face", "Not in this story: Was hot"], "Missed", id="one right, one imagined"),
        pytest.param("1\n2\n", ["  Why: It could be a stroke.", "  Source: A stroke"], "Was hot\n  Why", id="why"),
        pytest.param("1\n2\n", ["What to do: Call now.", "Also: Tell your team."], "Problem", id="what to do"),
        pytest.param("1\n2\n", ["Labels right: 1 of 1. Flags seen: 1 of 1."], "Problem", id="the score"),
        pytest.param("5\n1\n2\n", ["Type one number from 1 to 3, or q to leave."], "Problem", id="no such number"),
        pytest.param("1 2\n1\n2\n", ["Type one number from 1 to 3"], "Problem", id="two labels"),
        pytest.param("1\n2 3\n2\n", ["3 stands alone"], "Problem", id="none beside a flag"),
        pytest.param("\n1\nx\n2\n", ["Type numbers from 1 to 3, like '1 2'"], "Problem", id="nothing, then a word"),
        pytest.param("q\n", ["What does this person need?"], "Labels right", id="leaving at once"),
        pytest.param("1\nQuit\n", ["Which flags"], "Labels right", id="leaving at the flags"),
    ],
)
def test_one_person(typed: str, wanted: list[str], unwanted: str) -> None:
    shown = played(typed)
    assert [text for text in wanted if text not in shown] == []
    assert unwanted not in shown


def test_a_bad_line_shows_the_question_again() -> None:
    assert played("x\n1\n2\n").count("What does this person need?") == 2


def test_the_next_person_comes_after_enter_and_q_ends_with_the_score() -> None:
    shown = played("1\n2\n\nq\n", rounds=3)
    assert "Person 2 of 3" in shown
    assert shown.rstrip().endswith("Labels right: 1 of 1. Flags seen: 1 of 1.")


def test_there_is_no_control_code_and_no_letter_the_stream_cannot_carry() -> None:
    bytes_out = io.BytesIO()
    stream = io.TextIOWrapper(bytes_out, encoding="ascii")
    odd = Round("t", "It is 40 °C.\x1b[2J", "Emergency", (FACE,), (FACE,), ("Call.",))
    quiz.run([odd], 1, LEVELS, io.StringIO("1\n1\n"), stream)
    stream.flush()
    assert all(char == 10 or 32 <= char < 127 for char in bytes_out.getvalue())


def test_a_closed_stream_ends_the_quiz() -> None:
    closed = io.StringIO()
    closed.close()
    quiz.run([PERSON], 1, LEVELS, closed, io.StringIO())
    broken = io.StringIO()
    with pytest.raises(ValueError, match="closed"):
        closed.read()
    quiz.run([PERSON], 1, LEVELS, io.StringIO("1\n"), broken)
    assert "Labels right" not in broken.getvalue()


@pytest.mark.parametrize("vignette", BANK[::7], ids=lambda each: each.id)
def test_a_round_mixes_the_true_flags_with_others_and_the_seed_decides_the_order(
    vignette: vignettes.Vignette,
) -> None:
    first, again = (quizzing.round_of(vignette, BANK, PROTOCOL, PLACE, seed=3) for _ in range(2))
    assert first == again
    assert set(first.flags) < set(first.choices)
    assert len(first.choices) - len(first.flags) >= quizzing.WRONG_MIN
    assert len({flag.title for flag in first.choices}) == len(first.choices)
    assert all(flag.because and flag.source and "{" not in flag.title + flag.because for flag in first.choices)
    assert first.label in quizzing.label_titles(PROTOCOL, PLACE)
    assert first.to_do


def test_a_topic_nobody_has_is_one_clear_line() -> None:
    with pytest.raises(BadInput, match="no topic 'strok'; did you mean 'stroke'"):
        quizzing.of_topic(BANK, "strok")


def test_the_command_plays_the_same_game_for_the_same_seed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    games = []
    for _ in range(2):
        monkeypatch.setattr(sys, "stdin", io.StringIO("1\n1\nq\n"))
        assert quizzing.run(topic="stroke", seed=5, locale="en-GB") == 0
        games.append(capsys.readouterr().out)
    assert games[0] == games[1]
    assert "Person 1 of 2" in games[0]
    assert "What to do: Call 999" in games[0]
