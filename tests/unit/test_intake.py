"""Raw answers: every kind of question, and every mistake as one clear line that names the question."""

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.shipped import AT, PROTOCOL, QUESTIONS
from triage.decision.assess import assess
from triage.decision.intake import read_answer, read_answers
from triage.kernel.answers import DECLINED, NOT_SURE, Answer, Word
from triage.kernel.errors import BadInput

LINE_MAX = 400  # a screen-wide line or two, also where all the options are listed


def chosen(*options: str, word: Word | None = None) -> Answer:
    """Return an answer of options."""
    return Answer(chosen=frozenset(options), word=word)


@pytest.mark.parametrize(
    ("question", "raw", "answer"),
    [
        pytest.param("stroke_signs", ["face", "arm"], chosen("face", "arm"), id="many: a list"),
        pytest.param("stroke_signs", ("face",), chosen("face"), id="many: a tuple"),
        pytest.param("stroke_signs", "face", chosen("face"), id="many: one option alone"),
        pytest.param("stroke_signs", ["face", "face"], chosen("face"), id="many: an option twice"),
        pytest.param("stroke_signs", ["none"], chosen("none"), id="many: the denial"),
        pytest.param("stroke_signs", ["face", "none"], chosen("face"), id="many: a sign beside the denial stands"),
        pytest.param(
            "stroke_signs",
            ["face", "not_sure"],
            chosen("face", word=Word.NOT_SURE),
            id="many: a sign, unsure of the rest",
        ),
        pytest.param("stroke_signs", ["none", "not_sure"], NOT_SURE, id="many: a doubt beside the denial stands"),
        pytest.param("stroke_signs", "not_sure", NOT_SURE, id="not sure"),
        pytest.param("stroke_signs", ["declined"], DECLINED, id="declined, in a list"),
        pytest.param("stroke_when", "d1_7", chosen("d1_7"), id="choice: one option"),
        pytest.param("stroke_when", ["d1_7"], chosen("d1_7"), id="choice: one option in a list"),
        pytest.param("heat", "yes", chosen("yes"), id="yes or no: the word"),
        pytest.param("heat", True, chosen("yes"), id="yes or no: true"),
        pytest.param("heat", False, chosen("no"), id="yes or no: false"),
        pytest.param("temperature", 38.4, Answer(number=38.4), id="number"),
        pytest.param("temperature", 38, Answer(number=38.0), id="number: whole"),
        pytest.param("temperature", " 38,4 ", Answer(number=38.4), id="number: as text, with a comma"),
        pytest.param("temperature", 34.0, Answer(number=34.0), id="number: the lowest"),
        pytest.param("temperature", 43.0, Answer(number=43.0), id="number: the highest"),
        pytest.param("temperature", "not_sure", NOT_SURE, id="number: no thermometer"),
        pytest.param(
            "stiffness_now",
            {"left_arm": 3, "right_leg": "7"},
            Answer(numbers=(("left_arm", 3.0), ("right_leg", 7.0))),
            id="scale",
        ),
        pytest.param(
            "stiffness_now",
            4,
            Answer(numbers=tuple((limb, 4.0) for limb in ("right_arm", "left_arm", "right_leg", "left_leg"))),
            id="scale: one figure for all",
        ),
        pytest.param(
            "onset", "2026-11-20T08:00:00+00:00", Answer(moment=datetime(2026, 11, 20, 8, tzinfo=UTC)), id="moment"
        ),
        pytest.param(
            "onset",
            "2026-11-20T08:00",
            Answer(moment=datetime(2026, 11, 20, 8, tzinfo=UTC)),
            id="moment: in the clock's zone",
        ),
        pytest.param(
            "onset",
            "2026-11-20T10:00+02:00",
            Answer(moment=datetime(2026, 11, 20, 10, tzinfo=timezone(timedelta(hours=2)))),
            id="moment: in a zone of its own",
        ),
        pytest.param("last_dose", "2026-11-20", Answer(moment=datetime(2026, 11, 20, tzinfo=UTC)), id="moment: a day"),
        pytest.param("last_relapse", "never", chosen("never"), id="moment: an extra option"),
        pytest.param(
            "onset", (AT + timedelta(minutes=4)).isoformat(), Answer(moment=AT), id="moment: a clock a little ahead"
        ),
    ],
)
def test_every_kind_of_answer_is_read(question: str, raw: object, answer: Answer) -> None:
    assert read_answer(QUESTIONS[question], raw, AT) == answer


MISTAKES = [
    pytest.param("stroke_signs", ["fase"], "did you mean 'face'?", id="many: a misspelt option"),
    pytest.param("stroke_signs", [], "give a list", id="many: an empty list"),
    pytest.param("stroke_signs", 7, "give a list", id="many: a number"),
    pytest.param("stroke_signs", None, "give a list", id="many: null"),
    pytest.param("stroke_signs", {"face": True}, "give a list", id="many: a mapping"),
    pytest.param("stroke_signs", [["face"]], "no option", id="many: a list in a list"),
    pytest.param("stroke_signs", [None], "no option", id="many: null in a list"),
    pytest.param("stroke_when", ["d1_7", "gt_7d"], "one option", id="choice: two options"),
    pytest.param("stroke_when", "yesterday", "no option 'yesterday'", id="choice: a word of its own"),
    pytest.param("stroke_when", 3, "no option '3'", id="choice: a number"),
    pytest.param("heat", "maybe", "options: yes, no", id="yes or no: maybe"),
    pytest.param("temperature", "warm", "not a number", id="number: a word"),
    pytest.param("temperature", 33.9, "out of range; give 34 to 43", id="number: too low"),
    pytest.param("temperature", 101.2, "out of range; give 34 to 43", id="number: in Fahrenheit"),
    pytest.param("temperature", math.nan, "not a number", id="number: not a number at all"),
    pytest.param("temperature", math.inf, "not a number", id="number: without end"),
    pytest.param("temperature", True, "not a number", id="number: true"),
    pytest.param("temperature", "1e9", "not a number", id="number: with an exponent"),
    pytest.param("temperature", "٣٨", "not a number", id="number: in digits that look alike"),
    pytest.param("temperature", "9" * 5000, "not a number", id="number: 5,000 digits"),
    pytest.param("temperature", [38.4], "not a number", id="number: in a list"),
    pytest.param("stiffness_now", {"left_ear": 3}, "no limb 'left_ear'", id="scale: no such limb"),
    pytest.param("stiffness_now", {"left_arm": 11}, "out of range; give 0 to 10", id="scale: above the scale"),
    pytest.param("stiffness_now", {}, "give left_arm", id="scale: no limb"),
    pytest.param("stiffness_now", {"left_arm": "x"}, "not a number", id="scale: a word"),
    pytest.param("onset", "yesterday", "not a date; write it like 2026-11-21T08:00", id="moment: a word"),
    pytest.param("last_dose", "last week", "not a date; write it like 2026-11-21,", id="moment: a word for a day"),
    pytest.param("onset", "2026-11-22T10:00+00:00", "in the future", id="moment: tomorrow"),
    pytest.param("onset", "2019-01-01T10:00+00:00", "is before 2021-11-20", id="moment: more than 5 years ago"),
    pytest.param("last_relapse", "1950-01-01", "is before 1960-01-01", id="moment: before the earliest date"),
    pytest.param("onset", "2026-02-30T10:00", "not a date", id="moment: a day that does not exist"),
    pytest.param("onset", "20261120", "not a date", id="moment: without hyphens"),
    pytest.param("onset", 1763632800, "not a date", id="moment: seconds since 1970"),
    pytest.param("onset", None, "not a date", id="moment: null"),
    pytest.param("onset", "0001-01-01T00:00+14:00", "is before", id="moment: at the end of what a clock can hold"),
]


@pytest.mark.parametrize(("question", "raw", "words"), MISTAKES)
def test_every_mistake_is_one_clear_line_that_names_the_question(question: str, raw: object, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_answers(PROTOCOL, {question: raw}, AT)
    line = str(caught.value)
    assert line.startswith(f"'{question}': ")
    assert words in line
    assert "\n" not in line
    assert len(line) <= LINE_MAX
    assert line.isprintable()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("strok_signs", "did you mean 'stroke_signs'?", id="a misspelt question"),
        pytest.param("x" * 5000, "no question is called 'xxx", id="a very long name"),
        pytest.param("a\nb\x1b[31m", "no question is called", id="a name that would colour the terminal"),
    ],
)
def test_an_unknown_question_is_one_clear_line(name: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_answers(PROTOCOL, {name: "none"}, AT)
    assert words in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) <= LINE_MAX


def test_a_wrong_value_is_shown_short_and_without_control_characters() -> None:
    with pytest.raises(BadInput) as caught:
        read_answer(QUESTIONS["heat"], "\x1b[31m" + "long " * 1000, AT)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) <= LINE_MAX


def test_the_clock_needs_a_time_zone() -> None:
    with pytest.raises(BadInput, match="time zone"):
        assess(PROTOCOL, {}, at=datetime(2026, 11, 21, 10))  # noqa: DTZ001 - the mistake itself


def test_a_denial_set_aside_for_a_worse_answer_is_told() -> None:
    taken = read_answers(PROTOCOL, {"stroke_signs": ["face", "none"], "fall_injury": ["none", "not_sure"]}, AT)
    assert taken.dropped == ("stroke_signs: none", "fall_injury: none")
    shown = assess(PROTOCOL, {"swallow_signs": ["cough_some", "none"]}, at=AT).not_used
    assert [(each.question, each.answer) for each in shown] == [("swallow_signs", "none")]


@pytest.mark.parametrize(
    ("raw", "screen", "implied"),
    [
        pytest.param(
            {"airway_signs": ["blue"]}, "urgent_now", chosen("breathing"), id="the option that lists the sign"
        ),
        pytest.param({"allergy_signs": ["hives"]}, "urgent_now", chosen("rash_faint"), id="not the other group"),
        pytest.param(
            {"airway_signs": ["blue"], "allergy_signs": ["wheeze"]},
            "urgent_now",
            chosen("breathing", "swelling"),
            id="two details of one screen",
        ),
        pytest.param({"airway_signs": "not_sure"}, "urgent_now", NOT_SURE, id="a doubt about a detail"),
        pytest.param(
            {"airway_signs": ["blue"], "urgent_now": "none"},
            "urgent_now",
            chosen("breathing"),
            id="also where the screen was denied",
        ),
        pytest.param({"unwell_mind": ["confused"]}, "very_unwell", chosen("mind"), id="a screen with one opener"),
        pytest.param({"airway_signs": ["none"]}, "urgent_now", None, id="a denied detail says nothing of its screen"),
    ],
)
def test_a_detail_answers_the_screen_that_opens_it(raw: dict[str, object], screen: str, implied: Answer | None) -> None:
    assert read_answers(PROTOCOL, raw, AT).answers.get(screen) == implied


GATES_DENIED: dict[str, object] = {
    "body_check": "none",
    "medicine_check": "none",
    "wellbeing": "none",
    "urgent_now": "none",
}


@pytest.mark.parametrize(
    ("told", "label"),
    [
        pytest.param({"bowels": "blocked"}, "emergency", id="a blocked bowel"),
        pytest.param(
            {"body_check": ["falls"], "falls": "near", "bowels": "blocked"}, "emergency", id="a half ticked screen"
        ),
        pytest.param({"heat": "yes", "heatstroke_signs": "no_sweat"}, "emergency", id="a detail of a detail"),
        pytest.param({"airway_signs": "gasping"}, "emergency", id="a sign of the first screen"),
        pytest.param({"medicine_effects": "blister"}, "emergency", id="a rash with blisters"),
        pytest.param(
            {"answered_by": "carer", "private_now": "yes", "safe_at_home": "unsafe_now"},
            "emergency",
            id="a danger at home that a carer tells",
        ),
    ],
)
def test_a_denied_screen_never_hides_a_detail_that_a_file_tells(told: dict[str, object], label: str) -> None:
    assert assess(PROTOCOL, {**GATES_DENIED, **told}, at=AT).disposition == label
