from datetime import date

import pytest

from tests.shipped import AT, PROTOCOL
from triage.kernel.scale import Disposition
from triage.protocol.models import Protocol, Rule
from triage.verify.source_audit import Audit, as_text, audit

TODAY = AT.date()
EMERGENCY = next(rule for rule in PROTOCOL.rules if rule.then is Disposition.EMERGENCY)
SECOND_HAND = next(source.id for source in PROTOCOL.sources if source.mark == "second_hand")


def changed(**update: object) -> Protocol:
    """Return the protocol with one emergency rule changed."""
    other = EMERGENCY.model_copy(update=update)
    rules = tuple(other if rule is EMERGENCY else rule for rule in PROTOCOL.rules)
    return PROTOCOL.model_copy(update={"rules": rules})


def found(result: Audit, title: str) -> tuple[str, ...]:
    return next(check.found for check in result.checks if check.title.startswith(title))


def general(rule: Rule) -> bool:
    marks = {source.id: source.mark for source in PROTOCOL.sources}
    return all(marks[name] == "general_knowledge" for name in rule.sources)


@pytest.mark.parametrize(
    ("update", "title", "failed"),
    [
        pytest.param({"sources": ()}, "Rules without a source", True, id="no source fails"),
        pytest.param({"review_by": date(2020, 1, 1)}, "Past review", True, id="a late review fails"),
        pytest.param({"sources": (SECOND_HAND,)}, "Sources read only second-hand", False, id="second-hand is told"),
        pytest.param({"sources": ("general_knowledge",)}, "Rules on general", False, id="general knowledge is told"),
    ],
)
def test_a_rule_with_poor_support_is_found(update: dict[str, object], title: str, failed: bool) -> None:
    result = audit(changed(**update), TODAY)
    assert any(EMERGENCY.id in line for line in found(result, title))
    assert result.failed is failed


def test_the_shipped_protocol_passes_today_and_not_when_its_reviews_are_past() -> None:
    assert not audit(PROTOCOL, TODAY).failed
    late = audit(PROTOCOL, date(2099, 1, 1))
    assert late.failed
    assert len(found(late, "Past review")) > len(PROTOCOL.rules)
    assert len(found(late, "Sources all of whose")) + len(found(late, "Sources that no")) == len(PROTOCOL.sources)


def test_the_day_of_review_itself_is_not_late() -> None:
    assert not audit(changed(review_by=TODAY), TODAY).failed


def test_sources_without_a_reader_are_those_that_nothing_cites() -> None:
    lists = (PROTOCOL.rules, PROTOCOL.modifiers, PROTOCOL.advice, PROTOCOL.safety_nets)
    unused = {source.id for source in PROTOCOL.sources} - {
        name for each in lists for one in each for name in one.sources
    }
    assert {line.split(" ")[0] for line in found(audit(PROTOCOL, TODAY), "Sources that no")} == unused


def test_rules_on_general_knowledge_are_all_listed_the_most_urgent_first() -> None:
    listed = found(audit(PROTOCOL, TODAY), "Rules on general")
    assert len(listed) == sum(general(rule) for rule in PROTOCOL.rules)
    ranks = [Disposition(line.split(":")[0]).rank for line in listed]
    assert ranks == sorted(ranks, reverse=True)


def test_the_counts_stand_before_the_lists() -> None:
    lines = as_text(audit(PROTOCOL, TODAY)).splitlines()
    assert "not the medicine" in lines[1]
    assert [line.split()[0].isdigit() for line in lines[3:9]] == [True] * 6
    assert lines[9] == ""
