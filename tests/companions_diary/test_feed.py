"""What the diary offers to the check: the right value, only when it is known, and only after a yes."""

import io
from datetime import timedelta

import pytest

from tests.companions_diary.shared import AT, BOOK, line
from tests.shipped import QUESTIONS
from triage.companions.asking import Left, Page
from triage.companions.diary_asking import confirm
from triage.companions.diary_feed import Raw, suggested_answers
from triage.decision.intake import read_answer

NEW = "symptom numb left arm new since 3 days ago"
WORSE = "symptom weak right leg worse since 2 days ago"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        pytest.param([], {}, id="an empty diary offers nothing"),
        pytest.param(["spasm right leg 6", "trigger heat"], {}, id="spasms and triggers answer none of these"),
        pytest.param(
            [NEW], {"symptom_change": "new", "onset": "2026-11-18T10:00:00+01:00"}, id="a new symptom and its start"
        ),
        pytest.param(
            [NEW, WORSE],
            {"symptom_change": "both", "onset": "2026-11-18T10:00:00+01:00"},
            id="new and worse is both, from the first",
        ),
        pytest.param(["symptom tired usual"], {"symptom_change": "usual"}, id="usual has no start"),
        pytest.param(["symptom numb new since 5 weeks ago"], {}, id="longer ago than a month is not this change"),
        pytest.param(["symptom relapse on 2026-03-03"], {"last_relapse": "2026-03-03"}, id="the last relapse"),
        pytest.param(
            ["symptom relapse on 2025-03-03", "symptom relapse on 2026-03-03", "symptom relapse on 2026-11-20", NEW],
            {"symptom_change": "new", "onset": "2026-11-18T10:00:00+01:00", "last_relapse": "2026-03-03"},
            id="the relapse before this change",
        ),
        pytest.param(["sleep broken 3 nights"], {"broken_sleep_days": 3.0}, id="nights broken up to today"),
        pytest.param(
            ["sleep broken 3 nights at 2026-11-19 08:00", "sleep broken yesterday", "sleep broken"],
            {"broken_sleep_days": 5.0},
            id="nights that follow each other are added",
        ),
        pytest.param(
            ["sleep broken 9 nights at 2026-11-18 08:00", "sleep good 2026-11-19 08:00", "sleep broken yesterday"],
            {"broken_sleep_days": 1.0},
            id="a good night ends the run",
        ),
        pytest.param(["sleep good"], {"broken_sleep_days": 0.0}, id="a good night is 0"),
        pytest.param(["sleep broken 2026-11-18 08:00"], {}, id="an old night says nothing about now"),
        pytest.param(
            ["score right leg 6 left leg 4 usual right leg 3"],
            {"stiffness_now": {"right_leg": 6.0, "left_leg": 4.0}, "stiffness_usual": {"right_leg": 3.0}},
            id="scores now and usual",
        ),
        pytest.param(
            ["score right leg 6 usual 3 2026-11-01 08:00", "score right leg 7"],
            {"stiffness_now": {"right_leg": 7.0}, "stiffness_usual": {"right_leg": 3.0}},
            id="an older usual score still counts",
        ),
        pytest.param(["score left leg 4"], {"stiffness_now": {"left_leg": 4.0}}, id="no usual score is known"),
        pytest.param(["score right leg 6 usual 3 2026-11-01 08:00"], {}, id="an old score is not the one of today"),
    ],
)
def test_what_is_offered(lines: list[str], wanted: dict[str, Raw]) -> None:
    found = suggested_answers([line(each) for each in lines], AT, BOOK)
    assert {each.question: each.raw for each in found} == wanted
    for each in found:
        read_answer(QUESTIONS[each.question], each.raw, AT)
        assert each.shown
        assert each.why


def test_no_rise_is_no_rise() -> None:
    (now, _) = suggested_answers([line("score right leg 3 usual 3")], AT, BOOK)
    assert now.why == "your latest scores of the last 24 hours"


def test_a_rise_is_told() -> None:
    (now, _) = suggested_answers([line("score right leg 6 left leg 4 usual right leg 3")], AT, BOOK)
    assert now.why == "your latest scores of the last 24 hours; up by 3 from usual in your right leg"


def test_what_lies_ahead_is_not_read() -> None:
    assert suggested_answers([line("sleep broken")], AT - timedelta(hours=1), BOOK) == ()


ASKS = {name: each.ask for name, each in QUESTIONS.items()}


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        pytest.param("1\n1\n", ["symptom_change", "onset"], id="both are used"),
        pytest.param("2\n1\n", ["onset"], id="one is asked by the check instead"),
        pytest.param("3\n3\n", [], id="not sure uses nothing"),
        pytest.param("9\nyes\n1\n2\n", ["symptom_change"], id="what cannot be read is asked again"),
    ],
)
def test_nothing_is_used_without_a_yes(typed: str, used: list[str]) -> None:
    out = io.StringIO()
    agreed = confirm(Page(io.StringIO(typed), out), BOOK, suggested_answers([line(NEW)], AT, BOOK), ASKS)
    assert list(agreed) == used
    assert "Your diary says: it started 2026-11-18 10:00." in out.getvalue()
    assert ASKS["symptom_change"] in out.getvalue()


def test_leaving_uses_nothing() -> None:
    with pytest.raises(Left):
        confirm(Page(io.StringIO("1\nq\n"), io.StringIO()), BOOK, suggested_answers([line(NEW)], AT, BOOK), ASKS)


def test_nothing_to_offer_asks_nothing() -> None:
    out = io.StringIO()
    assert confirm(Page(io.StringIO(), out), BOOK, (), ASKS) == {}
    assert out.getvalue() == ""
