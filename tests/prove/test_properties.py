"""Each property holds of a protocol that keeps it, and finds somebody in one that does not."""

import pytest

pytest.importorskip("z3", reason="the extra 'verify' is not installed")

from tests.shipped import PROTOCOL
from tests.small import compared, modifier, picked, protocol, question, rule
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.conditions import All, Any, Condition, Not
from triage.protocol.models import Effect, Protocol, Rule
from triage.prove.claims import Apart, Asked, Claims, Ending, Excuse, Hazard, Infection
from triage.prove.proving import PROPERTIES, check
from triage.prove.verdict import Verdict

EMERGENCY, RELAPSE = Disposition.EMERGENCY, Disposition.POSSIBLE_RELAPSE
Q, R = question("q"), question("r", gating=True)
NEVER = All(of=(picked("q"), picked("q", "none")))
NETS, BLOCKS = PROTOCOL.safety_nets, PROTOCOL.advice
DIARY = next(each for each in BLOCKS if each.id == "diary")


def emergency(name: str, when: Condition) -> Rule:
    """Return an emergency rule."""
    return rule(name, when, then=EMERGENCY, within=TimeFrame.NOW, door="ambulance")


def verdict(name: str, of: Protocol, claims: Claims | None = None) -> Verdict:
    """Return what one property says of a protocol."""
    nets = of.model_copy(update={"safety_nets": of.safety_nets or NETS[:1]})
    (found,) = check(nets, claims or Claims(), [each for each in PROPERTIES if each.name == name])
    return found


def advised(*names: str) -> Protocol:
    """Return a protocol whose blocks of advice each stand with a sign of the same name."""
    blocks = tuple(DIARY.model_copy(update={"id": name, "when": picked("q", name)}) for name in names)
    return protocol(questions=(Q,)).model_copy(update={"advice": blocks})


HAZARD = Claims(hazards=tuple(Hazard(f"h{number}", "a sign", picked("q"), ()) for number in range(40)))
TWO = (rule("a", picked("q")), rule("b", picked("q", "sign", "other")))
SOONER = (rule("a", picked("q"), within=TimeFrame.SAME_DAY), TWO[1])
EXCUSED = Claims(may_lower=(Excuse("q", ("sign", "other", "not_sure", "declined"), ("a",), None, None, "to test"),))
SILENCED = (rule("a", All(of=(picked("q"), Not(of=picked("r")))), then=RELAPSE),)
KEPT = (*SILENCED, rule("b", All(of=(picked("q"), Not(of=picked("r", "none")))), then=RELAPSE))
INFECTION = Claims(infection=Infection(("r",), picked("r", "none")))
HIDDEN = question("r", ask_if=picked("q"))
DETAIL = Claims(asked=(Asked(("r",), picked("q", "other"), "to test"),))

KEEPS = [
    ("every rule is reached", protocol(questions=(Q,), rules=TWO[:1]), None, "a rule of one sign"),
    ("no emergency is masked", protocol(questions=(Q,), rules=(emergency("a", picked("q")),)), None, "a rule alone"),
    ("no rule is idle", protocol(questions=(Q,), rules=SOONER), None, "a sooner rule beside a later one"),
    ("a danger sign never lowers", protocol(questions=(Q,), rules=TWO), None, "signs that raise"),
    ("a danger sign never lowers", protocol(questions=(Q,), rules=(rule("a", picked("q", "none")),)), EXCUSED,
     "a denial that raises, with its reason"),
    ("self-care rests on denials", protocol(questions=(R,), rules=(rule("a", picked("r")),)), None, "a question read"),
    ("every check ends whole", protocol(questions=(Q,), rules=TWO), None, "rules with doors and times"),
    ("every hazard is an emergency", protocol(questions=(Q,), rules=(emergency("a", picked("q")),)), HAZARD,
     "a hazard with its rule"),
    ("nothing silences a relapse", protocol(questions=(Q, R), rules=KEPT), INFECTION, "a rule for both together"),
    ("danger questions come up", protocol(questions=(Q, question("r"))), DETAIL, "a question asked of everybody"),
    ("nothing left out could raise", protocol(questions=(Q, HIDDEN), rules=(rule("a", picked("r")),)), None,
     "a detail behind its screen"),
    ("the range is sound", protocol(questions=(Q,), rules=(rule("a", Not(of=picked("q"))),)), None, "a rule of a no"),
    ("no circumstance delays", protocol(questions=(Q,), rules=TWO, modifiers=(
        modifier("m", picked("q"), Effect(kind="step_sooner")),)), None, "a step sooner"),
    ("advice does not contradict", advised("sign", "none"), Claims(apart=(Apart(("sign", "none"), None, "?"),)),
     "blocks of answers that exclude each other"),
]  # fmt: skip

BREAKS = [
    ("every rule is reached", protocol(questions=(Q,), rules=(rule("a", NEVER),)), None, "a"),
    ("no emergency is masked", protocol(questions=(Q,), rules=(
        emergency("a", picked("q")), emergency("b", Any(of=(picked("q"), picked("q", "other")))))), None, "a"),
    ("no rule is idle", protocol(questions=(Q,), rules=TWO), None, "a"),
    ("a danger sign never lowers", protocol(questions=(Q,), rules=(rule("a", picked("q", "none")),)), None,
     "q: none to sign"),
    ("self-care rests on denials", protocol(questions=(R,)), None, "r"),
    ("every check ends whole", protocol(questions=(Q,), rules=(rule("a", picked("q"), door="nowhere"),)), None,
     "words"),
    ("every hazard is an emergency", protocol(questions=(Q,), rules=TWO), HAZARD, "h0"),
    ("nothing silences a relapse", protocol(questions=(Q, R), rules=SILENCED), INFECTION, "infection"),
    ("nothing silences a relapse", protocol(questions=(Q, R)), Claims(
        infection=INFECTION.infection, endings=(Ending("a calm sign", picked("q"), picked("r", "none")),)),
     "calm ending"),
    ("danger questions come up", protocol(questions=(Q, HIDDEN)), DETAIL, "r"),
    ("advice does not contradict", advised("sign", "other"), Claims(apart=(Apart(("sign", "other"), None, "?"),)),
     "sign with other"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "of", "claims"), [pytest.param(*row[:3], id=f"{row[0]}: {row[3]}") for row in KEEPS])
def test_a_property_that_is_kept_holds(name: str, of: Protocol, claims: Claims | None) -> None:
    found = verdict(name, of, claims)
    assert (found.outcome, found.against) == ("holds", ())


@pytest.mark.parametrize(
    ("name", "of", "claims", "against"), [pytest.param(*row, id=f"{row[0]}: {row[3]}") for row in BREAKS]
)
def test_a_property_that_is_broken_fails_by_name(name: str, of: Protocol, claims: Claims | None, against: str) -> None:
    found = verdict(name, of, claims)
    assert found.outcome == "fails"
    assert against in [each.name for each in found.against]
    assert all(each.confirmed for each in found.against), "the program does what the proof says"


def test_a_figure_between_two_bounds_is_found() -> None:
    degrees = question("t", (), kind="number", low=34, high=43)
    rules = (rule("a", All(of=(compared("t", "over", 38.5), compared("t", "under", 38.6)))),)
    assert verdict("every rule is reached", protocol(questions=(degrees,), rules=rules)).outcome == "holds"
    rules = (rule("a", compared("t", "over", 43)),)
    assert verdict("every rule is reached", protocol(questions=(degrees,), rules=rules)).outcome == "fails"


def test_the_promises_are_numbered_one_to_twelve() -> None:
    assert sorted({each.number for each in PROPERTIES}) == list(range(1, 13))
