"""What a person types, and what is understood."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shipped import AT, PROTOCOL, QUESTIONS
from triage.decision.intake import read_answer
from triage.frontends.lexicon import Command
from triage.frontends.typed import RawAnswer, is_unfinished, problem_of, read_line
from triage.interview.prompts import PromptView, view_of
from triage.kernel.errors import BadInput
from triage.protocol.models import Locale, Question
from triage.protocol.texts import locale_of

BRITISH = locale_of(PROTOCOL, "en-GB")
FAHRENHEIT = BRITISH.model_copy(update={"temperature": "fahrenheit"})
LONDON = ZoneInfo("Europe/London")


def view(name: str, place: Locale = BRITISH) -> PromptView:
    return view_of(PROTOCOL, QUESTIONS[name], place, number=4, previous_section=None, still_open=9, given=None)


def problem(name: str, text: str, place: Locale = BRITISH) -> str:
    """Return what the person is told about a line that cannot be used."""
    shown = view(name, place)
    with pytest.raises(BadInput) as caught:
        read_answer(shown.question, read_line(shown, text, AT), AT)
    return problem_of(shown, caught.value)


@pytest.mark.parametrize("name", ["stroke_signs", "ms_diagnosis", "drives", "temperature", "stiffness_now", "onset"])
@pytest.mark.parametrize(
    ("text", "command"),
    [
        pytest.param("b", Command.BACK, id="b goes back"),
        pytest.param(" Back ", Command.BACK, id="back in any letters goes back"),
        pytest.param("?", Command.WHY, id="a question mark asks why"),
        pytest.param("help", Command.WHY, id="help asks why"),
        pytest.param("q", Command.STOP, id="q stops"),
        pytest.param("QUIT", Command.STOP, id="quit stops"),
        pytest.param("stop", Command.STOP, id="stop stops"),
    ],
)
def test_commands_work_at_every_kind_of_question(name: str, text: str, command: Command) -> None:
    assert read_line(view(name), text, AT) is command


@pytest.mark.parametrize("name", ["stroke_signs", "ms_diagnosis", "drives", "temperature", "stiffness_now", "onset"])
@pytest.mark.parametrize("text", ["not sure", "Not sure.", "n s", "don't know", "don\u2019t know", "not_sure"])
def test_not_sure_is_understood_at_every_kind_of_question(name: str, text: str) -> None:
    assert read_line(view(name), text, AT) in ("not_sure", ["not_sure"])


@pytest.mark.parametrize(
    ("name", "text", "raw"),
    [
        pytest.param("stroke_signs", "1 3 4", ["face", "speech", "sight_lost"], id="numbers with spaces"),
        pytest.param("stroke_signs", "1,3", ["face", "speech"], id="numbers with a comma"),
        pytest.param("stroke_signs", "1 and 3", ["face", "speech"], id="numbers with and"),
        pytest.param("stroke_signs", "1, 2 & 3", ["face", "arm", "speech"], id="numbers with a mixture"),
        pytest.param("stroke_signs", "1-3", ["face", "arm", "speech"], id="a range of numbers"),
        pytest.param("stroke_signs", "1. 3)", ["face", "speech"], id="numbers as they stand in the list"),
        pytest.param("stroke_signs", "1 1", ["face"], id="a number twice counts once"),
        pytest.param("stroke_signs", "face", ["face"], id="the word of an answer"),
        pytest.param("stroke_signs", "One side", ["face"], id="the beginning of an answer"),
        pytest.param("stroke_signs", "face and arm", ["face", "arm"], id="the words of two answers"),
        pytest.param("stroke_signs", "face arm", ["face", "arm"], id="two words with a space"),
        pytest.param("stroke_signs", "1 not sure", ["face", "not_sure"], id="a number, and not sure of the rest"),
        pytest.param("stroke_signs", "1 and don't know", ["face", "not_sure"], id="a number, and a doubt in words"),
        pytest.param("stroke_signs", "1 7", ["face", "not_sure"], id="not sure by its number"),
        pytest.param("stroke_signs", "none", ["none"], id="none denies"),
        pytest.param("stroke_signs", "6", ["none"], id="none by its number"),
        pytest.param("stroke_signs", "no", ["none"], id="no denies where nothing else starts with no"),
        pytest.param("fall_injury", "Small head knock, feels fine", ["head_minor"], id="a label with a comma"),
        pytest.param("fall_injury", "Fell, not hurt", ["fall_ok"], id="a whole label may hold a not"),
        pytest.param("mind_safety", "prefer not to say", "declined", id="prefer not to say where it is offered"),
        pytest.param("ms_diagnosis", "2", "tests", id="one answer by its number"),
        pytest.param("ms_diagnosis", "yes", "confirmed", id="one answer by its whole label"),
        pytest.param("bladder", "normal", "normal", id="one answer by its word"),
        pytest.param("drives", "y", "yes", id="y for yes"),
        pytest.param("drives", "N", "no", id="n for no"),
        pytest.param("drives", "3", "not_sure", id="not sure by its number at yes or no"),
        pytest.param("temperature", "38.4", 38.4, id="a number with a point"),
        pytest.param("temperature", "38,4", 38.4, id="a number with a comma"),
        pytest.param("temperature", "38.4 °C", 38.4, id="a number with its unit"),
        pytest.param("temperature", "101.1 F", 38.39, id="a number that says Fahrenheit"),
        pytest.param("age", "40 years", 40.0, id="an age in years"),
        pytest.param("pain_score", "7/10", 7.0, id="a score out of ten"),
        pytest.param("stiffness_now", "4", 4.0, id="one number for all limbs"),
        pytest.param(
            "stiffness_now",
            "0 0 3 5",
            {"right_arm": 0.0, "left_arm": 0.0, "right_leg": 3.0, "left_leg": 5.0},
            id="four numbers in the order of the limbs",
        ),
        pytest.param(
            "stiffness_now",
            "0,0, 3/5",
            {"right_arm": 0.0, "left_arm": 0.0, "right_leg": 3.0, "left_leg": 5.0},
            id="four numbers with commas",
        ),
    ],
)
def test_answers(name: str, text: str, raw: RawAnswer) -> None:
    shown = view(name)
    assert read_line(shown, text, AT) == raw
    read_answer(shown.question, raw, AT)


def test_a_place_that_counts_in_fahrenheit_is_asked_in_fahrenheit() -> None:
    assert read_line(view("temperature", FAHRENHEIT), "100.4", AT) == 38.0
    assert read_line(view("temperature", FAHRENHEIT), "38 C", AT) == 38.0
    assert problem("temperature", "38", FAHRENHEIT) == "that is out of range; give 93.2 to 109.4 °F, or 'not sure'"


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        pytest.param("now", "2026-11-21T10:00:00+00:00", id="now"),
        pytest.param("today 08:00", "2026-11-21T08:00:00+00:00", id="today with a time"),
        pytest.param("08:00", "2026-11-21T08:00:00+00:00", id="a time alone is today"),
        pytest.param("at 8am", "2026-11-21T08:00:00+00:00", id="a time in the morning"),
        pytest.param("yesterday", "2026-11-20", id="yesterday"),
        pytest.param("yesterday 14:00", "2026-11-20T14:00:00+00:00", id="yesterday with a time"),
        pytest.param("yesterday at 2.30 pm", "2026-11-20T14:30:00+00:00", id="yesterday in the afternoon"),
        pytest.param("3 hours ago", "2026-11-21T07:00:00+00:00", id="hours ago"),
        pytest.param("about 3 hours ago", "2026-11-21T07:00:00+00:00", id="about so many hours ago"),
        pytest.param("half an hour ago", "2026-11-21T09:30:00+00:00", id="half an hour ago"),
        pytest.param("an hour ago", "2026-11-21T09:00:00+00:00", id="an hour ago"),
        pytest.param("90 mins ago", "2026-11-21T08:30:00+00:00", id="minutes ago"),
        pytest.param("2 days ago", "2026-11-19T10:00:00+00:00", id="days ago"),
        pytest.param("two weeks ago", "2026-11-07T10:00:00+00:00", id="weeks ago in words"),
        pytest.param("2026-11-20", "2026-11-20", id="a date as computers write it"),
        pytest.param("2026-11-20 08:00", "2026-11-20T08:00:00+00:00", id="a date and a time"),
        pytest.param("2026-11-20T08:00:00+01:00", "2026-11-20T08:00:00+01:00", id="an instant with its own offset"),
        pytest.param("20/11/2026", "2026-11-20", id="a date as Britain writes it"),
        pytest.param("20.11.26 8:00", "2026-11-20T08:00:00+00:00", id="a short year, points and a time"),
        pytest.param("20 November 2026", "2026-11-20", id="a date with the month in words"),
        pytest.param("24 Dec", "2025-12-24", id="a day without a year is the last one"),
        pytest.param("1", "not_sure", id="the only number of the list"),
    ],
)
def test_moments(text: str, raw: str) -> None:
    assert read_line(view("onset"), text, AT) == raw
    read_answer(QUESTIONS["onset"], raw, AT)


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        pytest.param("never", "never", id="never where it is offered"),
        pytest.param("Never had a relapse", "never", id="never in full"),
        pytest.param("1", "never", id="never by its number"),
        pytest.param("2", "not_sure", id="not sure by its number"),
        pytest.param("today", "2026-11-21", id="a day is enough where a day is asked"),
        pytest.param("2019-06-15", "2019-06-15", id="a day years ago"),
    ],
)
def test_days(text: str, raw: str) -> None:
    assert read_line(view("last_relapse"), text, AT) == raw


def test_an_hour_is_an_hour_when_the_clocks_go_back() -> None:
    after = datetime(2026, 10, 25, 3, 30, tzinfo=LONDON)  # the clocks went back at 2 in the morning
    said = read_line(view("onset"), "3 hours ago", after)
    assert isinstance(said, str)
    assert datetime.fromisoformat(said).astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert read_line(view("onset"), "yesterday 14:00", after) == "2026-10-24T14:00:00+01:00"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        pytest.param("stroke_signs", "", "nothing was typed", id="nothing typed answers nothing"),
        pytest.param("drives", "   ", "nothing was typed", id="spaces answer nothing"),
        pytest.param(
            "stroke_signs", "6 1", "'None of these' cannot stand beside other answers", id="none beside a sign"
        ),
        pytest.param("stroke_signs", "none, face", "'None of these' cannot stand beside", id="none beside a word"),
        pytest.param("stroke_signs", "6 7", "'None of these' cannot stand beside", id="none beside not sure"),
        pytest.param("mind_safety", "3 7", "'Prefer not to say' cannot stand beside", id="silence beside a sign"),
        pytest.param("stroke_signs", "9", "there is no answer 9; type a number from 1 to 7", id="a number too high"),
        pytest.param("stroke_signs", "0", "there is no answer 0", id="a number too low"),
        pytest.param("stroke_signs", "134", "for several, leave spaces between: 1 3 4", id="numbers run together"),
        pytest.param("stroke_signs", "3-1", "runs backwards", id="a range that runs backwards"),
        pytest.param("stroke_signs", "prefer not to say", "is not offered here", id="silence where it is not offered"),
        pytest.param("stroke_signs", "xyzzy", "'xyzzy' is not one of the answers", id="an unknown word"),
        pytest.param("stroke_signs", "not face", "is not one of the answers", id="a denied word chooses nothing"),
        pytest.param("symptoms", "weak", "fits more than one answer (1 or 6)", id="a word that fits two answers"),
        pytest.param("head_and_fever", "headache", "fits more than one answer", id="a headache could be several"),
        pytest.param("fall_injury", "fell", "do you mean 6, 'Fell, not hurt'?", id="a word whose rest turns it round"),
        pytest.param("fall_injury", "hurt", "is not one of the answers", id="a word from inside an answer"),
        pytest.param("fever_head_signs", "fever", "is not one of the answers", id="a word from inside the denial"),
        pytest.param("very_unwell", "no", "fits more than one answer (6 or 7)", id="no where 'No pee' is listed too"),
        pytest.param("symptom_change", "no", "fits more than one answer (4 or 5)", id="no where two answers start so"),
        pytest.param("ms_diagnosis", "1 2", "choose one answer only", id="two numbers where one is asked"),
        pytest.param("temperature", "hot", "'hot' is not a number; type 34 to 43 °C", id="a word for a number"),
        pytest.param("temperature", "55", "that is out of range; give 34 to 43 °C", id="a number out of range"),
        pytest.param("age", "-5", "that is out of range; give 16 to 110 years", id="a negative age"),
        pytest.param("spasm_weeks", "1,000", "is not a number", id="a comma that is no decimal comma"),
        pytest.param("stiffness_now", "0 3", "type 4 numbers with spaces between", id="two numbers for four limbs"),
        pytest.param("stiffness_now", "0 0 3 50", "out of range", id="a limb out of range"),
        pytest.param("onset", "today", "add a rough time", id="today needs a time"),
        pytest.param("onset", "2026-11-21", "add a rough time", id="the date of today needs a time"),
        pytest.param("onset", "today 23:00", "that is in the future", id="a time that has not come"),
        pytest.param("onset", "20/20/2026", "there is no such date", id="a month that does not exist"),
        pytest.param("onset", "yesterday 25:00", "there is no such date or time", id="an hour that does not exist"),
        pytest.param(
            "onset", "yesterday 13 pm", "there is no such date or time", id="an afternoon that does not exist"
        ),
        pytest.param("onset", "2026-13-40T08:00", "there is no such date or time", id="an instant that does not exist"),
        pytest.param("onset", "about", "is not a time we can read", id="about, and nothing after it"),
        pytest.param("stroke_signs", "and", "'and' is not one of the answers", id="and, with nothing to join"),
        pytest.param("stroke_signs", ",", "',' is not one of the answers", id="a comma alone"),
        pytest.param("stroke_signs", "drooped", "is not one of the answers", id="a word from the middle of one answer"),
        pytest.param("onset", "99999 years ago", "there is no such date", id="longer ago than time itself"),
        pytest.param("onset", "2010-01-01", "that is before 2021-11-20", id="longer ago than the question allows"),
        pytest.param("onset", "last summer", "'last summer' is not a time we can read", id="words that name no time"),
        pytest.param("onset", "never", "is not a time we can read", id="never where it is not offered"),
        pytest.param("onset", "9", "there is no answer 9; type 1", id="a number that the list does not have"),
        pytest.param("stroke_signs", "1" * 2000, "that is too long", id="an endless line"),
        pytest.param("stroke_signs", "\x1b[A", "'?[a' is not one of the answers", id="an arrow key in a pipe"),
    ],
)
def test_problems(name: str, text: str, told: str) -> None:
    message = problem(name, text)
    assert told in message
    assert f"'{name}'" not in message
    assert "not_sure" not in message


@pytest.mark.parametrize("question", PROTOCOL.questions, ids=lambda question: str(question.id))
def test_every_number_and_every_label_of_every_list_means_its_answer(question: Question) -> None:
    shown = view(question.id)
    for choice in shown.choices:
        for text in (str(choice.number), choice.label, choice.label.upper()):
            assert read_line(shown, text, AT) in (choice.id, [choice.id]), text


@pytest.mark.parametrize(
    ("name", "text", "unfinished"),
    [
        pytest.param("stroke_signs", "fa", True, id="letters that begin a word"),
        pytest.param("stroke_signs", "1 no", True, id="letters that begin a doubt"),
        pytest.param("stroke_signs", "9", False, id="a number that no list can mend"),
        pytest.param("stroke_signs", "none 1", False, id="none beside a number"),
        pytest.param("stroke_signs", "zz", False, id="letters that begin nothing"),
        pytest.param("stroke_signs", "1,", True, id="a comma awaits more"),
        pytest.param("onset", "2026-1", True, id="half a date"),
        pytest.param("onset", "yes", True, id="half of yesterday"),
        pytest.param("stiffness_now", "0 0", True, id="two of four numbers"),
        pytest.param("temperature", "no", True, id="half of not sure"),
        pytest.param("temperature", "hot", False, id="a word that is no number"),
    ],
)
def test_what_may_become_an_answer_by_typing_on(name: str, text: str, unfinished: bool) -> None:
    assert is_unfinished(view(name), text) is unfinished


FIGURES = ("1", "2", "7", "99", "0", "-1", "38.4", "3", "\u00b2", "\u0663", "14:00", "2026-11-20", ",", "/")
WORDS = ("and", "not", "sure", "none", "no", "yes", "face", "today", "yesterday", "hours", "days", "ago")
LINES = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FIGURES + WORDS), max_size=7).map(" ".join))


@given(name=st.sampled_from(sorted(QUESTIONS)), text=LINES)
def test_any_line_is_an_answer_a_command_or_one_clear_problem(name: str, text: str) -> None:
    shown = view(name)
    assert is_unfinished(shown, text) in (True, False)
    try:
        said = read_line(shown, text, AT)
        if not isinstance(said, Command):
            read_answer(shown.question, said, AT)
    except BadInput as error:
        message = problem_of(shown, error)
        assert message.isprintable()
        assert len(message) < 300
