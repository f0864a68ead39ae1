"""Small protocols for unit tests: the shipped one with its questions and rules replaced by a few of our own."""

from datetime import date
from typing import Literal

from tests.shipped import PROTOCOL
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.conditions import Chosen, Compare, Condition, Operator
from triage.protocol.models import (
    Effect,
    Finding,
    Measure,
    Modifier,
    Option,
    Place,
    Protocol,
    Question,
    QuestionKind,
    Rule,
)

PLACE = Place(file="test", line=1, column=1)
REVIEW_BY = date(2027, 6, 30)
OPENING = "emergency"  # a section of the shipped protocol, the first


def protocol(
    *,
    questions: tuple[Question, ...] = (),
    measures: tuple[Measure, ...] = (),
    findings: tuple[Finding, ...] = (),
    rules: tuple[Rule, ...] = (),
    modifiers: tuple[Modifier, ...] = (),
) -> Protocol:
    """Return a protocol with just these parts and the shipped words."""
    parts = {"questions": questions, "measures": measures, "findings": findings, "rules": rules, "modifiers": modifiers}
    return PROTOCOL.model_copy(
        update={**parts, "thresholds": (), "advice": (), "safety_nets": (), "contradictions": ()}
    )


def question(
    name: str,
    options: tuple[str, ...] = ("sign", "other", "none"),
    *,
    kind: QuestionKind = "many",
    ask_if: Condition | None = None,
    when_skipped: str | None = None,
    section: str = OPENING,
    gating: bool = False,
    handover: bool = False,
    before_stopping: bool = False,
    low: float | None = None,
    high: float | None = None,
) -> Question:
    """Return one question; its options' ids are their labels."""
    return Question(
        id=name,
        section=section,
        brief=(),
        kind=kind,
        ask=f"{name}?",
        say_on_phone=f"{name}?",
        why="to test",
        options=tuple(Option(id=option, label=option) for option in options),
        ask_if=ask_if,
        when_skipped=when_skipped or ("none" if ask_if else None),
        gating=gating,
        handover=handover,
        before_stopping=before_stopping,
        low=low,
        high=high,
        place=PLACE,
    )


def measure(
    name: str,
    kind: Literal["hours_since", "days_since", "highest", "biggest_rise", "count_not_sure"],
    source: str | None = None,
    against: str | None = None,
    sections: tuple[str, ...] = (),
) -> Measure:
    """Return one measure."""
    return Measure(
        id=name, brief=(), meaning="test", measure=kind, source=source, against=against, sections=sections, place=PLACE
    )


def finding(name: str, when: Condition) -> Finding:
    """Return one finding."""
    return Finding(id=name, brief=(), meaning="test", when=when, place=PLACE)


def rule(
    name: str,
    when: Condition,
    *,
    then: Disposition = Disposition.CONTACT_NEUROLOGIST,
    within: TimeFrame = TimeFrame.ROUTINE,
    door: str = "ms_team",
    tags: tuple[str, ...] = (),
) -> Rule:
    """Return one rule."""
    return Rule(
        id=name,
        brief=(),
        title=name,
        when=when,
        then=then,
        within=within,
        door=door,
        say=f"say {name}",
        because=f"because {name}",
        sources=(),
        basis="general_knowledge",
        tags=tags,
        hazards=(),
        reviewed_by="none yet",
        review_by=REVIEW_BY,
        place=PLACE,
    )


def modifier(name: str, when: Condition, *effects: Effect) -> Modifier:
    """Return one modifier."""
    return Modifier(
        id=name,
        brief=(),
        title=name,
        when=when,
        effects=effects,
        sources=(),
        basis="general_knowledge",
        reviewed_by="none yet",
        review_by=REVIEW_BY,
        place=PLACE,
    )


def picked(name: str, *options: str) -> Chosen:
    """Return the condition that one of these options, by default `sign`, was chosen."""
    return Chosen(question=name, options=options or ("sign",))


def compared(subject: str, operator: Operator, bound: float) -> Compare:
    """Return a comparison."""
    return Compare(subject=subject, operator=operator, bound=bound)
