"""What moves between two versions of a protocol, and the step its number needs."""

from collections.abc import Callable

import pytest

from tests.shipped import PROTOCOL
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.conditions import All, Chosen
from triage.protocol.identity import content_hash
from triage.protocol.models import Protocol, Rule
from triage.verify.diff import BUMPS, bump_of, diff, enough, report

# a few rules are enough, and every case of both versions is run
FEW = PROTOCOL.model_copy(
    update={"rules": tuple(each for each in PROTOCOL.rules if each.id.startswith(("bowel", "bladder", "fever")))}
)
FEW = FEW.model_copy(update={"hash": content_hash(FEW)})


def with_rule(name: str, change: Callable[[Rule], Rule | None]) -> Protocol:
    """Return the few rules with one changed, or without it."""
    rules = [change(rule) if rule.id == name else rule for rule in FEW.rules]
    changed = FEW.model_copy(update={"rules": tuple(rule for rule in rules if rule is not None)})
    return changed.model_copy(update={"hash": content_hash(changed)})


def narrower(rule: Rule) -> Rule:
    more = Chosen(question="heat", options=("yes",))
    return rule.model_copy(update={"when": All(of=(rule.when, more))})


@pytest.mark.parametrize(
    ("change", "needed", "moves"),
    [
        pytest.param(lambda rule: rule, "none", None, id="nothing changed"),
        pytest.param(lambda rule: rule.model_copy(update={"say": "Ring."}), "patch", None, id="words are a patch"),
        pytest.param(
            lambda rule: rule.model_copy(update={"within": TimeFrame.NOW}), "minor", (True, False), id="sooner is minor"
        ),
        pytest.param(
            lambda rule: rule.model_copy(update={"then": Disposition.EMERGENCY}),
            "minor",
            (True, False),
            id="a higher label is minor",
        ),
        pytest.param(
            lambda rule: rule.model_copy(update={"within": TimeFrame.ROUTINE}),
            "major",
            (False, True),
            id="later is major",
        ),
        pytest.param(narrower, "major", (False, True), id="a narrower condition is major"),
        pytest.param(lambda _: None, "major", (False, True), id="a rule that is gone is major"),
    ],
)
def test_what_moves_and_the_step_it_needs(
    change: Callable[[Rule], Rule | None], needed: str, moves: tuple[bool, bool] | None
) -> None:
    found = diff(FEW, with_rule("bowel_leak", change), sets=0, seed=1)
    assert found.needed == needed
    if moves is None:
        assert found.rules == ()
    else:
        (rule,) = found.rules
        assert (rule.up > 0, rule.down > 0) == moves
        assert "bowels: new_leak" in "\n".join(report(found, FEW, FEW))


def test_a_new_rule_moves_up() -> None:
    (rule,) = diff(with_rule("bowel_leak", lambda _: None), FEW, sets=0, seed=1).rules
    assert (rule.how, rule.up, rule.down) == ("new", 1, 0)
    assert rule.witness_up == {"bowels": "new_leak"}


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ("0.1.0", "0.1.0", "none"),
        ("0.1.0", "0.1.1", "patch"),
        ("0.1.0", "0.2.0", "minor"),
        ("0.9.9", "1.0.0", "major"),
        ("0.2.0", "0.1.9", "none"),
        ("1.2", "1.3", "minor"),
    ],
)
def test_a_version_step(old: str, new: str, step: str) -> None:
    assert bump_of(old, new) == step


def test_a_step_is_enough_if_it_is_as_large_as_what_moves() -> None:
    assert [[enough(needed, given) for given in BUMPS] for needed in BUMPS] == [
        [True, True, True, True],
        [False, True, True, True],
        [False, False, True, True],
        [False, False, False, True],
    ]
