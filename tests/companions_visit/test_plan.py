"""The self-care plan: the blocks of the check, cautions first, one page, and nothing of it in an emergency."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.companions.changed import change
from tests.companions_visit.someone import EMERGENCY, MOST, STIFF, STOPPED, Someone, with_answers
from tests.shipped import PROTOCOL
from triage.companions import plan
from triage.companions.page import Page, as_text
from triage.companions.plan import DiaryFact, Plan
from triage.companions.plan_page import page_of
from triage.kernel.errors import ProtocolRejected
from triage.kernel.scale import Disposition
from triage.protocol.voices import worded

HELD = plan.load(PROTOCOL)
BLOCKS = {block.id for block in PROTOCOL.advice}


def planned(who: Someone, *diary: DiaryFact) -> Plan:
    return plan.plan_of(HELD, PROTOCOL, who.result, who.answers, diary=diary)


def page(who: Someone, *diary: DiaryFact) -> Page:
    return page_of(HELD, planned(who, *diary), PROTOCOL, who.result)


def text(who: Someone, *diary: DiaryFact) -> str:
    return " ".join(as_text(page(who, *diary)).split())


def test_every_block_of_the_check_has_its_place_in_the_order() -> None:
    assert set(HELD.order) == BLOCKS
    assert len(HELD.order) == len(BLOCKS)


def test_the_blocks_are_those_of_the_check_and_no_others() -> None:
    found = planned(STIFF)
    names = [block.id for block in found.blocks]
    assert 1 <= len(names) <= HELD.blocks_max
    assert set(names) <= {block.id for block in STIFF.result.advice}
    assert names == sorted(names, key=HELD.order.index)
    assert len(found.left_out) == len(STIFF.result.advice) - len(names)


@pytest.mark.parametrize(
    "figure",
    ["Hold each stretch for 30 seconds", "5 minutes, 3 times a day", "Every 60 minutes", "about 2 litres", "200 mg"],
)
def test_the_articles_figures_are_on_the_page(figure: str) -> None:
    assert figure in text(STIFF)


@pytest.mark.parametrize(
    "answers",
    [{"conditions": "kidney"}, {"conditions": "heart"}, {"conditions": "not_sure"}],
    ids=["kidney disease", "heart disease", "not sure"],
)
def test_the_two_litres_stay_away_where_they_may_harm(answers: dict[str, str]) -> None:
    who = with_answers(**{**STIFF.raw, **answers})
    assert "2 litres" not in text(who)
    assert "Heart or kidney disease: keep to the drinks" in text(who)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        pytest.param({}, ["heat", "numb_skin"], id="heat and numb skin always stand there"),
        pytest.param({"conditions": "kidney"}, ["heat", "numb_skin", "heart_kidney"], id="kidney disease"),
        pytest.param({"conditions": "not_sure"}, ["heat", "numb_skin", "heart_kidney"], id="not sure keeps a caution"),
        pytest.param({"pregnancy": "preg_late"}, ["heat", "numb_skin", "pregnancy"], id="pregnancy"),
        pytest.param({"pregnancy": "not_sure"}, ["heat", "numb_skin", "pregnancy"], id="maybe pregnant"),
    ],
)
def test_cautions_stand_first_and_only_a_clear_no_takes_one_away(answers: dict[str, str], shown: list[str]) -> None:
    who = with_answers(**{**STIFF.raw, **answers})
    found = plan.cautions_of(HELD, PROTOCOL, who.answers, datetime.fromisoformat(who.result.at))
    assert [each.id for each in found] == shown
    told = text(who)
    if who.result.advice:
        assert told.index("Before you start") < told.index(planned(who).blocks[0].title)


def test_a_question_left_open_keeps_its_caution() -> None:
    found = plan.cautions_of(HELD, PROTOCOL, {}, datetime.fromisoformat(STIFF.result.at))
    assert {"heart_kidney", "pregnancy"} <= {each.id for each in found}


def test_at_home_the_cautions_stand_before_what_to_do() -> None:
    told = text(STIFF)
    assert told.index("Before you start") < told.index("What to do") < told.index(STIFF.result.actions[0].say)


def test_in_a_block_cautions_stand_before_the_advice() -> None:
    told = text(STIFF)
    assert told.index("Stop if you feel a sharp pain") < told.index("Stretch your calf")


def test_an_emergency_shows_what_to_do_now_and_nothing_else() -> None:
    found = planned(EMERGENCY, DiaryFact("Spasms on 9 of 14 days", "23 entries"))
    assert [*found.blocks, *found.cautions, *found.diary, *found.safety_net] == []
    told = text(EMERGENCY)
    assert told.startswith("Do this now")
    for action in EMERGENCY.result.actions:
        assert (action.say in told) == (action.label is Disposition.EMERGENCY)
    assert EMERGENCY.result.emergency_screen[0] in told
    assert not any(block.title in told for block in PROTOCOL.advice)


def test_a_check_that_is_not_finished_gives_no_plan() -> None:
    assert STOPPED.result.disposition is Disposition.NOT_FINISHED
    assert planned(STOPPED).blocks == ()
    assert "Finish the check first" in text(STOPPED)
    assert STOPPED.result.actions[0].say in text(STOPPED)


def test_a_result_with_questions_still_open_gives_no_plan() -> None:
    open_ = STIFF.result.model_copy(update={"complete": False})
    assert planned(Someone(STIFF.raw, open_)).blocks == ()


def test_while_waiting_the_call_stands_first() -> None:
    told = text(MOST)
    assert told.startswith("What to do while I wait")
    assert told.index("Call your MS team") < told.index("Before you start")


def test_the_diary_is_shown_with_what_it_was_counted_from_and_no_cause() -> None:
    told = text(STIFF, DiaryFact("Spasms on 9 of 14 days", "14 days, 23 entries"))
    assert "Spasms on 9 of 14 days (14 days, 23 entries)." in told
    assert "does not show a cause" in told
    assert "From your diary" not in text(STIFF)


def test_no_percentage_and_no_dose_of_magnesium_reach_the_page() -> None:
    for who in (STIFF, MOST):
        assert "%" not in text(who)
        assert "300 mg" not in text(who)


def test_a_note_on_a_figure_stands_beside_its_block_only() -> None:
    litres = next(each.note for each in HELD.facts if each.id == "litres")
    assert litres in text(STIFF)
    assert litres not in text(with_answers())


def test_every_row_of_a5_has_its_block() -> None:
    rows = {code for fact in HELD.facts for code in fact.brief}
    assert rows == {f"A5.{number}" for number in range(1, 20)}
    assert all(fact.blocks for fact in HELD.facts)


@pytest.mark.parametrize("fact", HELD.facts, ids=lambda fact: fact.id)
def test_a_fact_with_its_own_line_shows_it_where_its_block_is_shown(fact: plan.Fact) -> None:
    block = next(each for each in PROTOCOL.advice if each.id == fact.blocks[0])
    result = STIFF.result.model_copy(
        update={
            "advice": (STIFF.result.advice[0].model_copy(update={"id": block.id, "title": block.title, "text": ()}),)
        }
    )
    told = text(Someone(STIFF.raw, result))
    assert fact.add in told
    assert fact.note in told


def test_a_carer_gets_a_carers_words() -> None:
    protocol = worded(PROTOCOL, "carer")
    held = plan.load(protocol)
    found = plan.plan_of(held, protocol, STIFF.result, STIFF.answers)
    assert found.title == "Their self-care plan"
    assert any("true for them" in each for each in found.cautions)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("medicine_safety, pump_card", "medicine_safty, pump_card", "T112", id="a block misspelt"),
        pytest.param(
            "when: {conditions: [heart, kidney]}", "when: {conditions: [hart]}", "T113", id="an option misspelt"
        ),
        pytest.param("  - id: heat\n", "  - id: falls\n", "T106", id="an id used twice"),
        pytest.param("[ms_trust_temperature]", "[]", "T109", id="no source"),
    ],
)
def test_a_mistake_in_the_data_is_one_line_with_its_place(
    old: str, new: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change("plan", old, new, tmp_path, monkeypatch)
    with pytest.raises(ProtocolRejected, match=rf"companions/plan\.yaml:\d+:\d+: {code}"):
        plan.load(PROTOCOL)
