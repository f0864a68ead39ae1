"""One line, one entry: what is understood is told back, and what is not is refused."""

import pytest

from tests.companions_diary.shared import BOOK, line
from triage.kernel.errors import BadInput

NOW = "2026-11-21T10:00:00+01:00"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "spasm right leg 6 at 23:30 yesterday after heat",
            "Spasm, right leg, 6 of 10, after heat (2026-11-20 23:30)",
            id="the example of the help",
        ),
        pytest.param("spasm", "Spasm (2026-11-21 10:00)", id="one word is enough"),
        pytest.param(
            "Spasms both legs 4/10 for 5 minutes 3 hours ago after heat, tired and drinking little note woke me, twice",
            "Spasm, right leg, left leg, 4 of 10, 5 minutes, after heat, tired or poor sleep, drinking little, "
            "note: woke me, twice (2026-11-21 07:00)",
            id="everything at once",
        ),
        pytest.param("spasm at 11 pm yesterday 10min", "Spasm, 10 minutes (2026-11-20 23:00)", id="a clock in words"),
        pytest.param("spasm 23 o'clock yesterday", "Spasm (2026-11-20 23:00)", id="o'clock"),
        pytest.param("spasm 20 seconds now", "Spasm, under 1 minute (2026-11-21 10:00)", id="seconds"),
        pytest.param("spasm 2026-11-03 08:00 left arm", "Spasm, left arm (2026-11-03 08:00)", id="a date and a clock"),
        pytest.param(
            "symptom numb left arm new since 3 days ago",
            "Symptom, numbness or tingling, new, left arm (2026-11-18 10:00)",
            id="a symptom since a time",
        ),
        pytest.param(
            "symptom relapse on 3 march 2026", "Symptom, a relapse (2026-03-03 12:00)", id="a relapse of a day"
        ),
        pytest.param(
            "symptom tired usual 3", "Symptom, tiredness, usual ups and downs, 3 of 10 (2026-11-21 10:00)", id="usual"
        ),
        pytest.param(
            "trigger heat and stress at 8:00", "Trigger, heat, stress or worry (2026-11-21 08:00)", id="triggers"
        ),
        pytest.param(
            "medicine baclofen raised to 30 mg yesterday",
            "Medicine, baclofen, dose raised, to 30 mg (2026-11-20 12:00)",
            id="a change of dose",
        ),
        pytest.param(
            "medicine new Baclofen 5 mg 3 times a day",
            "Medicine, Baclofen, started, 5 mg 3 times a day (2026-11-21 10:00)",
            id="a new medicine",
        ),
        pytest.param(
            "sleep broken 3 nights",
            "Sleep, broken by pain or spasm, 3 nights up to this one (2026-11-21 10:00)",
            id="nights",
        ),
        pytest.param("sleep broken", "Sleep, broken by pain or spasm (2026-11-21 10:00)", id="one night"),
        pytest.param("sleep not broken yesterday", "Sleep, not broken (2026-11-20 12:00)", id="a good night"),
        pytest.param(
            "score right leg 6 left leg 4 usual right leg 3",
            "Stiffness, right leg 6, left leg 4, usual right leg 3 (2026-11-21 10:00)",
            id="scores by place",
        ),
        pytest.param(
            "score both legs 6 usual both legs 2",
            "Stiffness, right leg 6, left leg 6, usual right leg 2, left leg 2 (2026-11-21 10:00)",
            id="scores of a pair",
        ),
        pytest.param(
            "score right leg 6 usual 3",
            "Stiffness, right leg 6, usual right leg 3 (2026-11-21 10:00)",
            id="the same place",
        ),
        pytest.param("measure temperature 37.4", "Figure, temperature 37.4 °C (2026-11-21 10:00)", id="a figure"),
        pytest.param("caffeine 200 mg yesterday", "Figure, caffeine 200 mg (2026-11-20 12:00)", id="its own word"),
        pytest.param(
            "measure hours of sleep 6.5 hours", "Figure, hours of sleep 6.5 hours (2026-11-21 10:00)", id="hours"
        ),
        pytest.param(
            "score 0 0 6 4 usual 0 0 3 3",
            "Stiffness, right arm 0, left arm 0, right leg 6, left leg 4, "
            "usual right arm 0, left arm 0, right leg 3, left leg 3 (2026-11-21 10:00)",
            id="scores in order",
        ),
    ],
)
def test_what_is_understood(text: str, told: str) -> None:
    assert BOOK.told(line(text)) == told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "'' is no kind of entry; start with one of: spasm", id="nothing"),
        pytest.param("hello", "'hello' is no kind of entry", id="no kind"),
        pytest.param("note hi", "is no kind of entry", id="only a note"),
        pytest.param("spasm leg 6", "say which side: right leg or left leg", id="no side"),
        pytest.param("spasm right leg 11", "11 is out of range; give 0 to 10", id="a score of 11"),
        pytest.param("spasm right leg 5.5", "5.5 is out of range", id="half a score"),
        pytest.param("spasm right leg 6 7", "6 and 7 both look like the strength", id="two strengths"),
        pytest.param("spasm at 25 o'clock", "'25 o'clock' is no time", id="25 o'clock"),
        pytest.param("spasm at 25:00", "'25:00' is no time", id="25:00"),
        pytest.param("spasm at 11 o'clock", "'11 o'clock' is no time; write it like 23:30, 11 pm", id="which half"),
        pytest.param("spasm 2026-11-28 10:00", "2026-11-28 10:00 is in the future", id="next week"),
        pytest.param("spasm 23:30", "2026-11-21 23:30 is in the future", id="tonight"),
        pytest.param("spasm tomorrow 10:00", "'tomorrow' is not understood", id="tomorrow"),
        pytest.param("spasm yesterday", "add a rough time to '2026-11-20'", id="no hour"),
        pytest.param("spasm 9:00 yesterday left leg 8:00 today", "are both times; give one", id="two times"),
        pytest.param(
            "spasm rigth leg", "'rigth' is not understood, so nothing was kept; did you mean 'right'?", id="misspelt"
        ),
        pytest.param("spasm not right leg", "'not' is not understood", id="a denial is not read as its opposite"),
        pytest.param("spasm right leg -1", "'-1' is not understood", id="minus one"),
        pytest.param("spasm 99 hours", "at most 2880 minutes", id="four days"),
        pytest.param("spasm 5 minutes 9 minutes", "do not go together", id="two durations"),
        pytest.param("symptom numb", "say new, worse, usual or relapse", id="a symptom without its change"),
        pytest.param("symptom new", "name the symptom", id="a change without its symptom"),
        pytest.param("symptom numb worse new", "'worse' and 'new' do not go together", id="two changes"),
        pytest.param("trigger", "name what was there", id="no trigger"),
        pytest.param("trigger heat 5", "'5' is not understood", id="a trigger has no strength"),
        pytest.param("medicine baclofen", "name the medicine and what changed", id="a medicine alone"),
        pytest.param("medicine raised", "name the medicine and what changed", id="a change alone"),
        pytest.param("sleep", "say broken or good", id="sleep alone"),
        pytest.param("sleep good 3", "say broken or good", id="good nights are not counted"),
        pytest.param("sleep broken 400 nights", "nights 400 is out of range", id="more than a year of nights"),
        pytest.param("measure temperature", "name one thing and its figure", id="a figure without its number"),
        pytest.param("measure 5", "name one thing and its figure", id="a number without its figure"),
        pytest.param("temperature 99.5", "temperature 99.5 is out of range; give 33 to 43", id="another scale"),
        pytest.param("temperature 99.5 f", "'f' is not understood", id="another scale by name"),
        pytest.param("falls 1 2", "do not go together", id="two figures"),
        pytest.param("score 6", "give a place and a figure", id="a score without a place"),
        pytest.param("score trunk 5", "give a place and a figure", id="a place that is not scored"),
        pytest.param("score right leg 6 right leg 5", "give a place and a figure", id="a place twice"),
        pytest.param("score right leg 6 usual", "give a place and a figure", id="usual alone"),
        pytest.param("score right leg 60", "60 is out of range", id="a score of 60"),
        pytest.param("spasm " + "x" * 2000, "too long; use at most 1000", id="a flood"),
        pytest.param("spasm note " + "x" * 600, "note is too long; use at most 500", id="a long note"),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadInput) as told:
        line(text)
    assert said in str(told.value)
    assert "\n" not in str(told.value)
