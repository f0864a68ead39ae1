"""Made-up people: one who denies everything, those of the brief, random ones; and answering until nothing is open."""

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from tests.brief import BriefAnswers, read_data, to_raw
from tests.shipped import AT, PROTOCOL, QUESTIONS, REFERENCE
from triage.decision.assess import assess
from triage.decision.assessment import Assessment
from triage.protocol.models import Question

Raw = dict[str, object]

WORKED = read_data("worked_cases.json")
BASE = cast("BriefAnswers", WORKED["base"])
CASES = cast("list[dict[str, object]]", WORKED["cases"])

HOURS_AGO = (1, 5, 23, 30, 60, 200, 400, 900, 3000)  # before and after every bound the rules compare with


def nothing_wrong() -> Raw:
    """Return the person who denies every sign and knows every figure."""
    return to_raw(BASE)


def worked(case: Mapping[str, object]) -> Raw:
    """Return the person of one worked case of the brief; its blanks are left out."""
    return to_raw({**BASE, **cast("BriefAnswers", case["change"])})


def judge(raw: Mapping[str, object]) -> Assessment:
    """Assess with the reference engine."""
    return assess(PROTOCOL, raw, at=AT, engines=REFERENCE)


def denied(question: Question) -> str:
    """Return the answer that denies, or not sure where a question has none."""
    return question.denial or "not_sure"


def completed(raw: Mapping[str, object]) -> tuple[Raw, Assessment]:
    """Answer what is open with its denial or not sure, until nothing is; return the answers and the result."""
    answers = dict(raw)
    for _ in range(len(QUESTIONS) + 1):
        result = judge(answers)
        left = [name for name in result.open_questions if name not in answers]
        if not left:
            return answers, result
        answers[left[0]] = denied(QUESTIONS[left[0]])
    raise AssertionError("the questions never end")


def random_person(seed: int) -> Raw:
    """Return somebody who denies most things; nine in ten have nothing alarming, so that the rest decides."""
    rng = random.Random(seed)
    calm = rng.random() < 0.9
    raw: Raw = {}
    for question in PROTOCOL.questions:
        if question.id != "stroke_when" and calm and question.section == "emergency" and question.denial:
            raw[question.id] = question.denial
        elif rng.random() >= 0.8:
            raw[question.id] = _anything(question, rng)
        elif question.denial:
            raw[question.id] = question.denial
    return raw


def _anything(question: Question, rng: random.Random) -> object:
    match question.kind:
        case "many":
            signs = [option.id for option in question.options if option.id != question.denial]
            return rng.sample(signs, min(len(signs), rng.choice((1, 1, 2))))
        case "choice" | "yes_no":
            return rng.choice(question.options).id
        case "number":
            return round(rng.uniform(question.low or 0, min(question.high or 100, 90)), 1)
        case "scale":
            return rng.randint(0, 10)
        case "moment":
            return (AT - timedelta(hours=rng.choice(HOURS_AGO))).isoformat()
