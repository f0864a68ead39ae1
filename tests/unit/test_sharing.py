"""What may be printed or shared: a private answer is named, never told; what to do and by when stays."""

import pytest

from tests.shipped import AT, PROTOCOL
from triage.decision.assess import assess
from triage.engines.reference import Reference
from triage.reports.base import format_named
from triage.reports.sharing import shareable

BELLS = ("suicid", "hurt yourself", "abuse", "ending your life", "safe with the people", "plan to end", "danger from")
PEOPLE: dict[str, dict[str, object]] = {
    "plans to end their life": {"mind_safety": "plan"},
    "thinks of dying and also has a drooping face": {"mind_safety": "thoughts", "stroke_signs": "face"},
    "is in danger at home": {"private_now": "yes", "safe_at_home": "unsafe_now"},
    "is not safe at home": {"private_now": "yes", "safe_at_home": "unsafe"},
    "would rather not say if they are safe": {"private_now": "yes", "safe_at_home": "declined"},
}


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("person", PEOPLE)
def test_a_shared_report_does_not_tell_that_someone(person: str, form: str) -> None:
    whole = assess(PROTOCOL, PEOPLE[person], at=AT, engines=[Reference(PROTOCOL)])
    shared = shareable(whole, PROTOCOL)
    report = format_named(form).render(shared, PROTOCOL, width=72)
    assert [bell for bell in BELLS if bell in " ".join(report.lower().split())] == []
    assert (shared.disposition, shared.within) == (whole.disposition, whole.within)
    assert [each.do for each in shared.actions] == [each.do for each in whole.actions]


def test_a_result_without_private_answers_is_shared_as_it_is() -> None:
    whole = assess(PROTOCOL, {"stroke_signs": "face"}, at=AT, engines=[Reference(PROTOCOL)])
    assert shareable(whole, PROTOCOL) is whole
