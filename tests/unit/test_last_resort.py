"""Whatever breaks, the person is told what to do, and never less than was found."""

import json
from collections.abc import Callable

import pytest

from tests.shipped import AT, PROTOCOL, REFERENCE
from triage.decision import assess as deciding
from triage.decision.assess import assess
from triage.interview import session
from triage.interview.session import Interview
from triage.kernel.errors import BadInput
from triage.kernel.scale import Disposition
from triage.reports import as_markdown, as_text, sharing
from triage.reports.last_resort import rendered

STROKE: dict[str, object] = {"stroke_signs": "face", "stroke_when": "now_24h"}
FALLBACK = "Ring 111 today. Say that you have MS"


def broken(*_: object, **__: object) -> object:
    raise RuntimeError("planted")


@pytest.mark.parametrize("answers", [STROKE, {"urgent_now": "none"}], ids=["an emergency", "a check that was left"])
@pytest.mark.parametrize("as_format", ["text", "markdown"])
def test_a_report_that_breaks_gives_the_fixed_advice(
    as_format: str, answers: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (as_text, as_markdown):
        monkeypatch.setattr(module, "outline_of", broken)
    result = assess(PROTOCOL, answers, at=AT, locale="en-GB", engines=REFERENCE)
    shown = rendered(result, PROTOCOL, as_format=as_format, width=72, private=False)
    assert result.headline in shown
    assert (FALLBACK in shown) is (result.disposition is not Disposition.EMERGENCY)
    assert "planted" not in shown


def test_a_filter_of_private_answers_that_breaks_tells_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    result = assess(PROTOCOL, {"mind_safety": "plan"}, at=AT, locale="en-GB", engines=REFERENCE)
    monkeypatch.setattr(sharing, "locale_of", broken)
    shown = rendered(result, PROTOCOL, as_format="text", width=72, private=False)
    private = [rule.title for rule in PROTOCOL.rules if rule.private]
    assert not any(title in shown for title in private)
    assert "999" in shown


def test_json_stays_json(monkeypatch: pytest.MonkeyPatch) -> None:
    from triage.reports.as_json import Json

    monkeypatch.setattr(Json, "render", broken)
    result = assess(PROTOCOL, STROKE, at=AT, locale="en-GB", engines=REFERENCE)
    told = json.loads(rendered(result, PROTOCOL, as_format="json", width=72, private=False))
    assert (told["disposition"], told["failed"]) == ("emergency", True)


def test_a_format_that_does_not_exist_is_one_clear_line() -> None:
    result = assess(PROTOCOL, STROKE, at=AT, engines=REFERENCE)
    with pytest.raises(BadInput, match="no format 'pfd'"):
        rendered(result, PROTOCOL, as_format="pfd", width=72, private=False)


def test_answers_that_break_their_reader_give_the_fixed_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "read_answers", broken)
    result = assess(PROTOCOL, STROKE, at=AT, locale="en-GB", engines=REFERENCE)
    assert result.failed
    assert FALLBACK in result.actions[0].say


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        pytest.param(lambda asked: asked, Disposition.NOT_FINISHED, id="nothing known yet"),
        pytest.param(lambda asked: asked.answer("none").answer("face"), Disposition.EMERGENCY, id="an emergency known"),
    ],
)
def test_an_answer_that_breaks_its_reader_ends_the_interview_and_lowers_nothing(
    answer: Callable[[Interview], Interview], end: Disposition, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview = answer(Interview(PROTOCOL, at=AT, locale="en-GB", engines=REFERENCE))
    monkeypatch.setattr(session, "read_answer", broken)
    ended = interview.answer("none")
    assert ended.finished
    assert ended.result.failed
    assert ended.result.disposition is end
