"""The visit summary: dates, scores, effects, a clinician's questions, tests; private answers stay off."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.companions.changed import change
from tests.companions_visit.someone import EMERGENCY, MOST, STIFF, STOPPED, Someone, with_answers
from tests.shipped import AT, PROTOCOL
from triage.companions import limb_score, visit
from triage.companions.page import Page, Part, as_text
from triage.companions.visit import Episode
from triage.companions.visit_answers import Answers
from triage.companions.visit_pages import page_of
from triage.kernel.errors import BadInput, ProtocolRejected
from triage.reports.sharing import shareable

HELD = visit.load(PROTOCOL)
SCORES = limb_score.load(PROTOCOL)


def page(who: Someone, *asked: str, episodes: tuple[Episode, ...] = (), show_private: bool = False) -> Page:
    result = who.result if show_private else shareable(who.result, PROTOCOL)
    return page_of(
        HELD,
        SCORES,
        PROTOCOL,
        result,
        who.answers,
        asked=visit.asked_lines(HELD, asked),
        episodes=episodes,
        show_private=show_private,
    )


def text(who: Someone, *asked: str, episodes: tuple[Episode, ...] = (), show_private: bool = False) -> str:
    return " ".join(as_text(page(who, *asked, episodes=episodes, show_private=show_private)).split())


def part(who: Someone, title: str, *episodes: Episode) -> Part:
    return next(each for each in page(who, episodes=episodes).parts if each.title == title)


def rows(who: Someone, title: str) -> dict[str, str]:
    table = part(who, title).table
    assert table is not None
    return {row[0]: " | ".join(row[1:]) for row in table.rows}


def test_the_two_sheets_hold_all_parts_in_order() -> None:
    found = page(MOST)
    assert len(found.sheets) == 2
    assert [each.title for each in found.parts] == [
        "What the red-flag check says",
        "What changed and when",
        "Scores from 0 to 10",
        "What may have set it off",
        "Medicines and side effects",
        "Effects on life",
        "What a clinician will ask",
        "Tests that may follow",
        "What I want to ask",
    ]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        pytest.param("2 March 2025", "Last relapse began", id="the last relapse"),
        pytest.param("1 November 2026", "Last dose of MS treatment: Ocrelizumab", id="the last dose, and of what"),
        pytest.param("18 November 2026 20:00", "This change began: Weak arm or leg", id="the change, and what it is"),
        pytest.param("18 November 2026 20:00", "got hot the day before; stress", id="what was near it"),
        pytest.param("21 November 2026", "Day of the check: Possible relapse", id="the day of the check"),
    ],
)
def test_the_timeline_comes_from_the_answers(when: str, told: str) -> None:
    assert told in rows(MOST, "What changed and when")[when]


def test_fever_and_infection_are_near_the_day_of_the_check() -> None:
    who = with_answers(temperature=38.6, infection_signs=["feverish", "burning"])
    assert rows(who, "What changed and when")["21 November 2026"].endswith("| fever; signs of infection")


def test_episodes_of_a_diary_take_their_place_by_date_and_the_oldest_give_way() -> None:
    given = tuple(Episode(date(2026, 1, day), f"Spasm number {day}", ("heat",)) for day in range(1, 10))
    late = Episode(datetime(2026, 11, 19, 4, 30, tzinfo=UTC), "Leg gave way")
    found = part(MOST, "What changed and when", late, *given)
    assert found.table is not None
    days = [row[0] for row in found.table.rows]
    assert len(days) == HELD.episodes_max
    assert days[-2:] == ["19 November 2026 04:30", "21 November 2026"]
    assert days[0] == "2 March 2025", "the last relapse stays"
    assert "6 earlier entries are left out." in found.lines
    assert "What was near is not shown to be the cause." in found.lines


def test_the_scores_are_a_table_with_the_body_beside_it_and_the_pain() -> None:
    found = part(MOST, "Scores from 0 to 10")
    assert "Worst pain in the last 24 hours: 6." in found.lines
    assert found.table is not None
    assert ("Right arm", "10", "0", "10 up") in found.table.rows
    assert found.picture is not None
    assert "Right arm: now 10, usual 0, change 10 up." in found.picture.told


def test_without_scores_the_page_says_so() -> None:
    assert "No stiffness scores are known yet." in text(with_answers())


@pytest.mark.parametrize(
    ("title", "topic", "answer"),
    [
        pytest.param("Effects on life", "Walking, balance and sitting", "Walking, stairs or balance", id="walking"),
        pytest.param("Effects on life", "Writing and eating", "Not named", id="writing and eating were not named"),
        pytest.param("Effects on life", "Sleep", "Sleep; days of broken sleep: 0 days", id="sleep"),
        pytest.param(
            "What a clinician will ask", "What do the muscles do?", "Stiff all the time; Sudden", id="the kind"
        ),
        pytest.param("What a clinician will ask", "When did it begin?", "spasms for: 4 weeks", id="since when"),
        pytest.param("What a clinician will ask", "How often?", "Not asked in the check: ____", id="a place to write"),
        pytest.param("What may have set it off", "In the 2 days before", "Drinking little; Over 200 mg", id="triggers"),
        pytest.param("Medicines and side effects", "Other medicines", "None of these", id="medicines"),
    ],
)
def test_a_topic_has_its_answer(title: str, topic: str, answer: str) -> None:
    assert answer in rows(STIFF, title)[topic]


@pytest.mark.parametrize("test", ["Examination", "MRI scan", "EMG (muscle and nerve test)", "Blood tests"])
def test_the_tests_that_may_follow_are_named(test: str) -> None:
    assert test in rows(STIFF, "Tests that may follow")


def test_an_answer_that_no_longer_counts_is_not_told() -> None:
    who = Someone({**STIFF.raw, "muscle_signs": "none", "body_check": "none"}, STIFF.result)
    read = Answers(HELD, PROTOCOL, {**who.answers}, at=AT, locale="en-GB")
    told = {each.row.id: each.answer for each in read.told("effects")}
    assert told["walking"] == "Not asked: the other answers did not call for it"


def test_an_emergency_stands_first_and_says_that_it_cannot_wait() -> None:
    told = text(EMERGENCY)
    assert "This cannot wait for a visit" in told
    assert told.index("This cannot wait") < told.index("What changed and when")
    assert EMERGENCY.result.emergency_screen[0] in told


def test_a_check_that_is_not_finished_is_told_as_one() -> None:
    assert "The check is not finished." in text(STOPPED)


def test_private_answers_stay_off_unless_they_are_asked_for() -> None:
    name = next(each.label for q in PROTOCOL.questions if q.id == "mind_safety" for each in q.options[:1])
    who = with_answers(mind_safety=[next(q.options[0].id for q in PROTOCOL.questions if q.id == "mind_safety")])
    assert name not in text(who)
    assert "very low or mixed-up" not in text(who)
    assert "Your private answers are left out of this page." in text(who)
    assert name in text(who, show_private=True)
    assert "left out of this page" not in text(who, show_private=True)


def test_what_they_want_to_ask_is_on_the_page_as_they_wrote_it() -> None:
    assert "1. Would a pump help? 2. #let x = 3" in text(STIFF, "  Would a\n pump help? ", "", "#let x = 3")
    assert "1. ____" in text(STIFF)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        pytest.param(["a?"] * 9, "9 questions are too many for the page; give at most 8", id="nine questions"),
        pytest.param(["x" * 161], "has 161 letters; a question may have 160", id="an endless one"),
    ],
)
def test_too_much_to_ask_is_one_clear_line(lines: list[str], problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        visit.asked_lines(HELD, lines)


def test_control_characters_do_not_reach_the_page() -> None:
    assert visit.asked_lines(HELD, ["a\x1b[31mb"]) == ("a?[31mb",)


def test_the_rows_of_a7_and_a9_that_are_shown_here_are_named() -> None:
    briefs = [*(row.brief for row in HELD.rows), *(test.brief for test in HELD.tests)]
    rows_ = {code for brief in briefs for code in brief}
    assert {f"A7.{number}" for number in range(1, 10)} | {"A9"} <= rows_


def test_every_option_on_effects_has_its_row() -> None:
    options = {option.id for q in PROTOCOL.questions if q.id == "spasm_effects" for option in q.options}
    shown = {name for row in HELD.rows if row.part == "effects" for name in row.options}
    assert shown == options - {"none"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("from: [triggers]", "from: [trigers]", "T112", id="a question misspelt"),
        pytest.param("options: [walk, sit]", "options: [walks]", "T112", id="an option misspelt"),
        pytest.param("near: [heat, stress", "near: [heet, stress", "T112", id="a thing near misspelt"),
        pytest.param("part: set_off", "part: sett_off", "T104", id="a part misspelt"),
        pytest.param(", when: {heat: yes}", "", "T102", id="no condition"),
        pytest.param("  antibiotics: antibiotics", "  antibiotic: antibiotics", "T101", id="a name for no question"),
    ],
)
def test_a_mistake_in_the_data_is_one_line_with_its_place(
    old: str, new: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change("visit", old, new, tmp_path, monkeypatch)
    with pytest.raises(ProtocolRejected, match=rf"companions/visit\.yaml:\d+:\d+: {code}"):
        visit.load(PROTOCOL)
