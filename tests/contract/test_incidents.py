"""Six patterns behind public incidents, each played through the interview or tried on every whole person.

The patterns are rows of docs/hazards.yaml; test_vignettes tells that the people named there get what a reader decided.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from tests.people import denied
from tests.shipped import PROTOCOL, REFERENCE
from tests.unit.interview.walking import CALM, answered, begun
from triage.decision.assess import assess_answers
from triage.decision.assessment import Assessment
from triage.decision.intake import read_answers
from triage.interview.glossary import terms_on
from triage.interview.session import Interview
from triage.kernel.answers import Answer
from triage.kernel.scale import Disposition, TimeFrame, urgency_key
from triage.protocol.library import folder_of
from triage.protocol.models import Question
from triage.protocol.texts import locale_of
from triage.verify import vignettes
from triage.verify.cases import AT
from triage.verify.vignettes import Vignette

BANK = vignettes.load(folder_of("ms") / vignettes.FOLDER, PROTOCOL)
WHOLE = [each for each in BANK if each.rest_denied]
CALM_PEOPLE = [each for each in WHOLE if each.level is Disposition.SELF_CARE]
URGENT = [each for each in BANK if each.level is Disposition.EMERGENCY]
PLACE = locale_of(PROTOCOL, "en-GB")
RISKS = ("ms_treatment", "medicines", "conditions", "age")
DANGER_SCREENS = [each for each in PROTOCOL.questions if each.section == "emergency" and each.kind == "many"]
LOOKS_BACK = re.compile(r"last 24 hours|last [23] weeks|a few days|even if gone|at its worst|happened", re.IGNORECASE)
OF_ANY_TIME = {"mind_safety"}  # asks about what is thought and felt, with no time to leave out


def on_the_way() -> Iterator[Interview]:
    """Yield the check of a person with nothing wrong at each of its questions."""
    interview = begun()
    while interview.prompt is not None:
        yield interview
        question = interview.prompt.question
        interview = interview.answer(CALM.get(question.id, denied(question)))


def open_question(interview: Interview) -> str:
    assert interview.prompt is not None
    return interview.prompt.question.id


WAY = {open_question(each): each for each in on_the_way()}


@cache
def answers_of(name: str) -> Mapping[str, Answer]:
    """Return all answers of a person, with the denials an interview would be given."""
    return vignettes.filled(next(each for each in BANK if each.id == name), PROTOCOL, REFERENCE)


def told(person: Vignette, **changes: object) -> Assessment:
    """Assess a person with some answers changed; none of the changes may leave a question open."""
    read = read_answers(PROTOCOL, changes, AT).answers
    answers = {**answers_of(person.id), **{name: read[name] for name in changes}}
    result = assess_answers(PROTOCOL, answers, at=AT, locale="en-GB", engines=REFERENCE)
    assert result.complete or not person.rest_denied
    return result


def key(result: Assessment) -> tuple[int, int]:
    return urgency_key(result.disposition, result.within)


# ------------------------------------------------------------------------------------------------- script left early


@pytest.mark.parametrize("question", WAY)
def test_who_leaves_before_the_end_is_never_told_to_look_after_it_at_home(question: str) -> None:
    left = WAY[question].stop().result
    assert left.disposition is Disposition.NOT_FINISHED
    assert not left.complete
    assert left.actions[0].within is TimeFrame.SAME_DAY
    assert left.safety_net


@pytest.mark.parametrize(
    ("question", "sign"),
    [
        pytest.param("urgent_now", "breathing", id="before the kind of breathing trouble is named"),
        pytest.param("stroke_signs", "face", id="before the start of a stroke sign is told"),
        pytest.param("chest_and_fits", "crushing", id="after a chest sign"),
    ],
)
def test_a_sign_that_was_told_counts_though_the_rest_was_never_answered(question: str, sign: str) -> None:
    assert WAY[question].answer(sign).stop().result.disposition is Disposition.EMERGENCY


# ---------------------------------------------------------------------------------------- a sign that comes and goes


@pytest.mark.parametrize("question", DANGER_SCREENS, ids=lambda each: each.id)
def test_a_danger_screen_asks_about_more_than_this_minute(question: Question) -> None:
    assert question.id in OF_ANY_TIME or LOOKS_BACK.search(question.ask)


@pytest.mark.parametrize("when", ["now_24h", "gone_24h"])
def test_a_stroke_sign_that_is_gone_counts_like_one_that_is_there(when: str) -> None:
    assert answered(begun(), stroke_signs="speech", stroke_when=when).result.disposition is Disposition.EMERGENCY


# ----------------------------------------------------------------------------------------- a risk nobody asked about


@pytest.mark.parametrize("person", CALM_PEOPLE, ids=lambda each: each.id)
def test_nobody_is_sent_home_while_a_question_about_their_risks_is_open(person: Vignette) -> None:
    whole = answers_of(person.id)
    assert whole.keys() >= set(RISKS)
    for risk in RISKS:
        asked_less = {name: answer for name, answer in whole.items() if name != risk}
        result = assess_answers(PROTOCOL, asked_less, at=AT, engines=REFERENCE)
        assert result.disposition is not Disposition.SELF_CARE, risk
        assert risk in result.open_questions


# --------------------------------------------------------------------------------------------- a word not understood


@pytest.mark.parametrize(
    "question", [name for name, each in WAY.items() if each.prompt and each.prompt.question.gating]
)
def test_who_does_not_understand_a_danger_question_is_not_sent_home(question: str) -> None:
    assert answered(WAY[question].answer("not_sure")).result.disposition is not Disposition.SELF_CARE


@pytest.mark.parametrize(
    ("question", "word"), [("urgent_now", "Clammy"), ("chest_and_fits", "A fit"), ("cord_signs", "Numb")]
)
def test_a_hard_word_is_explained_on_its_own_screen(question: str, word: str) -> None:
    view = WAY[question].prompt
    assert view is not None
    assert word in {each.word for each in terms_on(view, PROTOCOL, PLACE)}


# ------------------------------------------------------------------------------------------------------- second call


@pytest.mark.parametrize("person", WHOLE, ids=lambda each: each.id)
def test_a_second_call_is_never_told_less_and_today_at_the_latest(person: Vignette) -> None:
    earlier = person.answers.get("wellbeing", ())
    coping = {earlier} if isinstance(earlier, str) else set(earlier)
    again = told(person, wellbeing=sorted({*coping, "asked"} - {"none"}), asked_before="worse")
    assert key(again) >= key(told(person))
    assert again.disposition.rank >= Disposition.CONTACT_NEUROLOGIST.rank
    assert again.within.rank <= TimeFrame.SAME_DAY.rank


# ----------------------------------------------------------------------------------------------------- alone at home


@pytest.mark.parametrize("person", WHOLE, ids=lambda each: each.id)
def test_who_is_alone_is_never_told_less_than_who_has_company(person: Vignette) -> None:
    assert key(told(person, company="alone")) >= key(told(person, company="someone"))


@pytest.mark.parametrize("person", URGENT, ids=lambda each: each.id)
def test_an_emergency_says_what_to_do_with_nobody_there(person: Vignette) -> None:
    screen = " ".join(told(person).emergency_screen)
    assert re.search("[Uu]nlock the door", screen)
    assert re.search("not drive", screen)
