"""Before the result: looking over all answers, what time asks again, who answers, and whom the check is not for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.people import denied
from tests.shipped import AT, PROTOCOL, REFERENCE
from tests.unit.interview.walking import CALM, answered, begun
from triage.interview.session import Interview
from triage.kernel.errors import BadInput

AGAIN = {question.id for question in PROTOCOL.questions if question.ask_again}
LATER = AT + timedelta(minutes=31)


def later(interview: Interview, at: object = LATER) -> Interview:
    """Return the same interview half an hour on."""
    state, effect = interview.state, interview.effect
    return Interview(PROTOCOL, at=at, locale="en-GB", engines=REFERENCE, with_review=True, state=state, effect=effect)  # type: ignore[arg-type]


def test_after_the_last_question_all_answers_are_looked_over_and_then_comes_the_result() -> None:
    interview = answered(begun())
    assert interview.review is not None
    assert not interview.finished
    assert interview.state is not None
    assert {row.view.question.id for row in interview.review.rows} == set(interview.state.asked)
    assert [row.number for row in interview.review.rows] == list(range(1, len(interview.state.asked) + 1))
    assert interview.confirm().finished


def test_without_a_review_the_last_answer_gives_the_result() -> None:
    assert answered(Interview(PROTOCOL, at=AT, engines=REFERENCE)).finished


def test_a_change_repeats_the_answer_asks_what_it_opens_and_returns() -> None:
    changing = answered(begun()).change("symptom_change")
    assert changing.prompt is not None
    assert changing.prompt.given is not None
    assert changing.prompt.can_go_back
    opened = changing.answer("new")
    assert opened.prompt is not None
    assert opened.prompt.question.id == "symptoms"
    assert answered(opened, symptoms="balance").review is not None


def test_a_change_that_closes_questions_sets_their_answers_aside() -> None:
    review = answered(
        answered(begun(), symptom_change="new", symptoms="balance").change("symptom_change").answer("usual")
    )
    assert review.review is not None
    assert "symptoms" in {row.view.question.id for row in review.review.set_aside}


def test_stepping_back_from_a_change_returns_to_the_review_and_from_there_to_the_last_question() -> None:
    interview = answered(begun())
    assert interview.change("age").back().review == interview.review
    assert interview.back().prompt is not None


def test_a_change_that_makes_an_emergency_ends_there_and_then() -> None:
    changed = answered(begun()).change("chest_and_fits").answer("crushing")
    assert changed.finished
    assert changed.result.disposition == "emergency"


def test_only_what_is_looked_over_can_be_changed_kept_or_confirmed() -> None:
    with pytest.raises(BadInput):
        begun().confirm()
    with pytest.raises(BadInput):
        begun().keep()
    with pytest.raises(BadInput):
        answered(begun()).change("symptoms")


def test_half_an_hour_after_the_emergency_questions_those_of_right_now_are_asked_again() -> None:
    interview = begun()
    while interview.prompt is not None and interview.prompt.question.id != "medicines":
        interview = answered_once(interview)
    on_time = answered_once(interview)
    assert on_time.prompt is not None
    assert not on_time.prompt.asked_again
    again = answered_once(later(interview))
    seen = []
    while again.prompt is not None and again.prompt.asked_again:
        assert again.prompt.given is not None
        seen.append(again.prompt.question.id)
        again = again.answer("none")
    assert seen
    assert set(seen) <= AGAIN
    assert again.prompt is not None


def answered_once(interview: Interview) -> Interview:
    """Answer one question calmly."""
    assert interview.prompt is not None
    question = interview.prompt.question
    return interview.answer(CALM.get(question.id, denied(question)))


def test_half_an_hour_at_the_review_asks_again_before_the_result() -> None:
    confirmed = later(answered(begun())).confirm()
    assert confirmed.prompt is not None
    assert confirmed.prompt.asked_again
    assert confirmed.answer("unresponsive").result.disposition == "emergency"


def test_going_on_with_an_interview_that_was_left_asks_again() -> None:
    left = answered(begun())
    resumed = begun(at=AT + timedelta(minutes=1), state=left.state)
    assert resumed.prompt is not None
    assert resumed.prompt.asked_again
    assert answered(resumed).review is not None


def test_an_emergency_that_was_edited_away_stays_visible_after_going_on() -> None:
    emergency = answered(begun()).change("chest_and_fits").answer("crushing")
    assert emergency.state is not None
    others = {name: answer for name, answer in emergency.state.answers.items() if name != "chest_and_fits"}
    done = answered(begun(state=replace(emergency.state, answers=others)))
    assert done.confirm().result.notices[0].startswith("You first told us about an emergency sign")


def test_a_carer_is_spoken_to_in_other_words_and_back() -> None:
    carer = begun().speak("carer")
    assert carer.prompt is not None
    assert carer.prompt.choices[-1].label == "They won't tell me"
    assert carer.state is not None
    assert carer.state.answers["answered_by"].chosen == {"carer"}
    assert "answered_by" not in carer.state.asked
    back = carer.speak(carer.other_voice)
    assert back.state is not None
    assert back.prompt == begun().prompt
    assert back.state.answers["answered_by"].chosen == {"self"}


def test_a_carer_is_never_asked_what_is_private_to_the_person() -> None:
    interview = begun()
    while interview.prompt is not None and interview.prompt.question.id != "private_now":
        interview = answered_once(interview)
    assert interview.prompt is not None
    turned = interview.speak("carer")
    assert turned.prompt is None or turned.prompt.question.id not in ("private_now", "safe_at_home")


def test_on_the_phone_the_words_are_those_to_be_said() -> None:
    view = begun(voice="phone").prompt
    assert view is not None
    assert view.ask.startswith(view.question.say_on_phone[:20])


@pytest.mark.parametrize(("question", "answer"), [("age", 16), ("ms_diagnosis", "no")])
def test_whom_the_check_is_not_for_gets_the_right_service_and_no_more_questions(question: str, answer: object) -> None:
    interview = answered(begun(), **{question: answer})
    assert interview.finished
    assert interview.result.disposition == "contact_neurologist"
    assert interview.state is not None
    assert "symptom_change" not in interview.state.asked
    assert "mind_safety" in interview.state.asked
