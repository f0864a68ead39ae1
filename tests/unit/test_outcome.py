"""From truths to a label and times: the most urgent stands, and modifiers only ever make it sooner."""

import pytest

from tests.small import modifier, picked, protocol, rule
from triage.decision.outcome import Outcome, outcome_of
from triage.kernel.scale import Disposition, TimeFrame, stepped_sooner
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.models import Effect, Modifier, Rule

ANYTHING = picked("signs")
STEP = Effect(kind="step_sooner")
EMERGENCY, RELAPSE = Disposition.EMERGENCY, Disposition.POSSIBLE_RELAPSE
CONTACT, SELF_CARE = Disposition.CONTACT_NEUROLOGIST, Disposition.SELF_CARE
NOW, SAME_DAY, DAYS_2, DAYS_14, ROUTINE = TimeFrame


def floor(within: TimeFrame, *, tags: tuple[str, ...] = (), labels: tuple[Disposition, ...] = ()) -> Effect:
    """Return a time that may not be exceeded."""
    return Effect(kind="floor", within=within, tags=tags, labels=labels)


def outcome(*rules: Rule, modifiers: tuple[Modifier, ...] = (), unsure: tuple[str, ...] = ()) -> Outcome:
    """Return the outcome of rules that all hold, but for those named in `unsure`, under modifiers that all hold."""
    names = [f"rule:{each.id}" for each in rules] + [f"modifier:{each.id}" for each in modifiers]
    truths: dict[str, Truth] = {name: UNKNOWN if name.partition(":")[2] in unsure else YES for name in names}
    return outcome_of(protocol(rules=rules, modifiers=modifiers), truths)


def one(then: Disposition, within: TimeFrame, *, tags: tuple[str, ...] = (), name: str = "it") -> Rule:
    """Return a rule."""
    return rule(name, ANYTHING, then=then, within=within, tags=tags)


@pytest.mark.parametrize(
    ("rules", "label", "within"),
    [
        pytest.param((), None, None, id="nothing holds"),
        pytest.param((one(SELF_CARE, DAYS_2),), SELF_CARE, DAYS_2, id="self-care alone gives its re-check"),
        pytest.param(
            (one(SELF_CARE, NOW), one(CONTACT, DAYS_14, name="b")),
            CONTACT,
            DAYS_14,
            id="a re-check of self-care is no urgency beside contact",
        ),
        pytest.param(
            (one(RELAPSE, DAYS_2), one(CONTACT, SAME_DAY, name="b")),
            RELAPSE,
            SAME_DAY,
            id="the label of the one and the time of the other",
        ),
        pytest.param(
            (one(CONTACT, NOW), one(EMERGENCY, NOW, name="b")), EMERGENCY, NOW, id="an emergency above everything"
        ),
    ],
)
def test_the_most_urgent_label_and_the_soonest_time_stand(
    rules: tuple[Rule, ...], label: Disposition | None, within: TimeFrame | None
) -> None:
    assert (outcome(*rules).label, outcome(*rules).within) == (label, within)


def test_the_order_of_rules_does_not_matter() -> None:
    rules = (one(RELAPSE, DAYS_2), one(CONTACT, SAME_DAY, name="b"), one(SELF_CARE, NOW, name="c"))
    assert outcome(*rules).key == outcome(*reversed(rules)).key


def step(*names: str) -> tuple[Modifier, ...]:
    """Return modifiers that each move the time one step sooner."""
    return tuple(modifier(name, ANYTHING, STEP) for name in names)


@pytest.mark.parametrize(
    ("it", "modifiers", "within"),
    [
        pytest.param(one(CONTACT, ROUTINE), (), ROUTINE, id="no modifier, no change"),
        pytest.param(one(CONTACT, ROUTINE), step("a"), DAYS_14, id="one step"),
        pytest.param(one(CONTACT, ROUTINE), step("a", "b"), DAYS_2, id="two steps"),
        pytest.param(one(CONTACT, ROUTINE), step("a", "b", "c"), DAYS_2, id="three modifiers, still two steps"),
        pytest.param(one(CONTACT, DAYS_2), step("a", "b"), SAME_DAY, id="never past the same day"),
        pytest.param(one(CONTACT, NOW), step("a", "b"), NOW, id="what is already now stays now"),
        pytest.param(
            one(CONTACT, ROUTINE),
            (modifier("a", ANYTHING, STEP, STEP),),
            DAYS_14,
            id="one modifier gives one step only",
        ),
        pytest.param(one(EMERGENCY, NOW), step("a", "b"), NOW, id="an emergency is untouched"),
        pytest.param(one(SELF_CARE, ROUTINE), step("a", "b"), ROUTINE, id="self-care is untouched by steps"),
        pytest.param(
            one(SELF_CARE, ROUTINE), (modifier("a", ANYTHING, floor(SAME_DAY)),), ROUTINE, id="and by a floor"
        ),
        pytest.param(
            one(RELAPSE, DAYS_14), (modifier("a", ANYTHING, floor(SAME_DAY)),), SAME_DAY, id="a floor makes it sooner"
        ),
        pytest.param(
            one(RELAPSE, SAME_DAY),
            (modifier("a", ANYTHING, floor(DAYS_14)),),
            SAME_DAY,
            id="a floor never makes it later",
        ),
        pytest.param(
            one(RELAPSE, ROUTINE),
            (*step("a", "b"), modifier("c", ANYTHING, floor(SAME_DAY))),
            SAME_DAY,
            id="a floor beats the steps",
        ),
        pytest.param(
            one(RELAPSE, ROUTINE),
            (modifier("a", ANYTHING, floor(SAME_DAY, labels=(CONTACT,))),),
            ROUTINE,
            id="a floor for another label does not reach it",
        ),
        pytest.param(
            one(RELAPSE, ROUTINE, tags=("infection",)),
            (modifier("a", ANYTHING, Effect(kind="step_sooner", tags=("infection",))),),
            DAYS_14,
            id="a step for its tag reaches it",
        ),
        pytest.param(
            one(RELAPSE, ROUTINE, tags=("eye",)),
            (modifier("a", ANYTHING, Effect(kind="step_sooner", tags=("infection",))),),
            ROUTINE,
            id="a step for another tag does not",
        ),
        pytest.param(
            one(RELAPSE, ROUTINE),
            (modifier("a", ANYTHING, Effect(kind="advice", text="rest")),),
            ROUTINE,
            id="advice is only words",
        ),
    ],
)
def test_a_modifier_moves_a_time_sooner_and_nothing_else(
    it: Rule, modifiers: tuple[Modifier, ...], within: TimeFrame
) -> None:
    found = outcome(it, modifiers=modifiers)
    assert [each.within for each in found.held] == [within]
    assert found.label is it.then


def test_a_modifier_that_is_not_certain_does_nothing() -> None:
    assert outcome(one(CONTACT, ROUTINE), modifiers=step("a"), unsure=("a",)).within is ROUTINE


@pytest.mark.parametrize(
    ("unknown_counts", "label"),
    [
        pytest.param(False, None, id="what may hold is not given"),
        pytest.param(True, EMERGENCY, id="but it is possible"),
    ],
)
def test_what_may_hold_counts_only_for_what_is_possible(*, unknown_counts: bool, label: Disposition | None) -> None:
    small = protocol(rules=(one(EMERGENCY, NOW),))
    assert outcome_of(small, {"rule:it": UNKNOWN}, unknown_counts=unknown_counts).label is label
    assert outcome_of(small, {"rule:it": NO}, unknown_counts=unknown_counts).label is None


@pytest.mark.parametrize("frame", list(TimeFrame))
@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_step_is_never_later_and_never_now(frame: TimeFrame, steps: int) -> None:
    moved = stepped_sooner(frame, steps)
    assert moved.rank <= frame.rank
    assert moved is not NOW or frame is NOW
