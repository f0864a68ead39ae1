"""What a tired person meets first: how many screens, how long they are, and how soon an emergency is told."""

from collections import Counter

import pytest

from tests.brief import BriefAnswers, places_of, read_data, to_raw
from tests.people import BASE, denied, nothing_wrong
from tests.shipped import AT, PROTOCOL, QUESTIONS, REFERENCE
from triage.decision.intake import read_answers
from triage.engines.base import Valuation
from triage.engines.sheet import sheet_of
from triage.interview.prompts import choices_of
from triage.interview.session import Interview
from triage.kernel.scale import Disposition
from triage.kernel.truth import YES
from triage.protocol.models import Question
from triage.protocol.texts import NEUTRAL, locale_of

PLACE = locale_of(PROTOCOL, NEUTRAL)
DENIALS = ("none", "no", "not_sure", "prefer_not")
EMERGENCY_BLOCK = ("e01", "e02", "e03", *(f"e{number:02}" for number in range(6, 16)))
FIRST_OF_ALL = ("e01", "e02", "e03", "e07", "e08")  # airway and breathing, allergy, stroke, fits, chest


def signs() -> list[str]:
    """Return the signs of the brief's emergency block by code."""
    questions = read_data("brief_conditions.json")["questions"]
    assert isinstance(questions, list)
    listed = [each for each in questions if each["id"] in EMERGENCY_BLOCK]
    return [f"{each['id']}.{option}" for each in listed for option in each["options"] if option not in DENIALS]


def walk(brief: BriefAnswers, *, private: str = "yes") -> tuple[list[Question], Interview]:
    """Answer as a person of the brief does; return the questions in the order they were asked, and where it ended."""
    answers = {**nothing_wrong(), **to_raw({**BASE, **brief}), "private_now": private}
    interview, asked = Interview(PROTOCOL, at=AT, engines=REFERENCE), []
    while interview.prompt is not None:
        question = interview.prompt.question
        asked.append(question)
        interview = interview.answer(answers.get(question.id, denied(question)))
    return asked, interview


PATH, _ = walk({})
SCREENS = [question for question in PATH if question.section == "emergency"]


def test_a_person_with_nothing_alarming_sees_at_most_9_screens_of_the_emergency_block() -> None:
    assert len(SCREENS) <= 9
    assert PATH[: len(SCREENS)] == SCREENS  # and they all come first


@pytest.mark.parametrize("screen", [pytest.param(each, id=each.id) for each in SCREENS])
def test_a_first_screen_has_at_most_8_answers_and_can_be_denied_or_doubted(screen: Question) -> None:
    shown = [choice.id for choice in choices_of(screen, PLACE, "Not sure", "Prefer not to say")]
    assert len(shown) <= 8
    assert {screen.denial, "not_sure"} <= set(shown)


@pytest.mark.parametrize("screen", [pytest.param(each, id=each.id) for each in SCREENS])
def test_an_option_stands_for_at_most_3_signs(screen: Question) -> None:
    assert max(len(option.brief) for option in screen.options) <= 3


def test_airway_breathing_consciousness_stroke_and_chest_stand_on_the_first_4_screens() -> None:
    early = {code for screen in SCREENS[:4] for code in screen.brief}
    assert early >= set(FIRST_OF_ALL)


def test_every_sign_of_the_brief_s_emergency_block_stands_on_exactly_one_first_screen() -> None:
    shown = Counter(code for screen in SCREENS for option in screen.options for code in option.brief)
    assert {code: shown[code] for code in signs() if shown[code] != 1} == {}
    assert len(signs()) == 66


def test_a_sign_grouped_on_a_first_screen_has_its_own_words_on_a_detail_screen() -> None:
    grouped = [
        code for screen in SCREENS for option in screen.options if len(option.brief) > 1 for code in option.brief
    ]
    alone = {
        code
        for question in PROTOCOL.questions
        for option in question.options
        if len(option.brief) == 1
        for code in option.brief
    }
    assert [code for code in grouped if code.partition(".")[2] not in DENIALS and code not in alone] == []


@pytest.mark.parametrize(
    ("brief", "private", "most"),
    [
        pytest.param({}, "no", 24, id="on an MS treatment, with somebody near"),
        pytest.param({}, "yes", 25, id="on an MS treatment, in private"),
        pytest.param({"b05": "none"}, "yes", 24, id="on no treatment, in private"),
        pytest.param({"b05": "s1p"}, "yes", 28, id="on the treatment with the most questions, in private"),
    ],
)
def test_the_nothing_wrong_path_is_short_and_ends_in_self_care(brief: BriefAnswers, private: str, most: int) -> None:
    asked, interview = walk(brief, private=private)
    print(f"\nquestions on the nothing-wrong path: {len(asked)}")
    assert len(asked) <= most
    assert interview.result.disposition is Disposition.SELF_CARE
    assert interview.result.complete


def test_the_nothing_wrong_path_has_at_most_1700_words_to_read() -> None:
    asked, _ = walk({}, private="no")
    texts = [text for each in asked for text in (each.ask, each.help, *(option.label for option in each.options))]
    assert sum(len(text.split()) for text in texts) <= 1700


LATER_SCREENS = {  # first screens after the emergency block, and what they open
    "medicine_check": ("medicine_effects", "medicine_changes"),
    "body_check": ("muscle_signs", "skin", "leg_swelling", "falls", "bowels", "bladder", "heat", "triggers"),
    "wellbeing": ("low_mood", "can_cope", "asked_before"),
}
PAIRS = [(screen, detail) for screen, details in LATER_SCREENS.items() for detail in details]


@pytest.mark.parametrize(("screen", "detail"), PAIRS)
def test_a_sign_of_a_detail_stands_on_its_screen_and_denying_the_screen_denies_the_detail(
    screen: str, detail: str
) -> None:
    gate, question = QUESTIONS[screen], QUESTIONS[detail]
    shown = Counter(code for option in gate.options for code in option.brief)
    signs = [code for option in question.options for code in option.brief if option.id != question.denial]
    assert {code: shown[code] for code in signs if shown[code] != 1} == {}
    assert question.when_skipped == question.denial


@pytest.mark.parametrize(("screen", "detail"), PAIRS)
def test_a_detail_answered_in_a_file_is_used_and_the_rest_of_its_screen_stays_open(screen: str, detail: str) -> None:
    question = QUESTIONS[detail]
    sign = next(option.id for option in question.options if option.id != question.denial)
    for given in (sign, question.denial, "not_sure"):
        answers = read_answers(PROTOCOL, {detail: given}, AT).answers
        sheet = sheet_of(PROTOCOL, answers, AT, Valuation.AS_SAID)
        assert {name: sheet.applies[name] for name in LATER_SCREENS[screen]} == dict.fromkeys(
            LATER_SCREENS[screen], YES
        )


@pytest.mark.parametrize("screen", LATER_SCREENS)
def test_a_file_that_denies_every_detail_denies_the_screen(screen: str) -> None:
    raw = {name: QUESTIONS[name].denial for name in LATER_SCREENS[screen]}
    assert read_answers(PROTOCOL, raw, AT).answers[screen].chosen == {QUESTIONS[screen].denial}


@pytest.mark.parametrize(
    ("brief", "most"),
    [
        pytest.param({"e03": ["arm"], "e04": "now_24h"}, 3, id="a stroke is told within 3 screens"),
        pytest.param({"e01": ["gasping"]}, 2, id="no breath is told within 2 screens"),
        pytest.param({"e12": "cannot_walk"}, 7, id="a failing cord is told within 7 screens"),
        pytest.param({"e11": ["saddle_numb"]}, 7, id="numbness between the legs is told within 7 screens"),
        pytest.param({"e09": ["confused"], "t01": 39.0}, 5, id="sepsis is told within 5 screens"),
        pytest.param({"e09": ["mottled"]}, 5, id="blotchy skin is told within 5 screens"),
    ],
)
def test_an_emergency_is_told_soon(brief: BriefAnswers, most: int, request: pytest.FixtureRequest) -> None:
    asked, interview = walk(brief)
    print(f"\n{request.node.callspec.id}: {len(asked)} ({', '.join(each.id for each in asked)})")
    assert interview.result.disposition is Disposition.EMERGENCY
    assert len(asked) <= most


def test_every_sign_leads_somewhere() -> None:
    assert [code for code in signs() if not places_of(code)] == []
    assert {name for code in signs() for name, _ in places_of(code)} <= QUESTIONS.keys()
