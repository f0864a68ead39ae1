from pathlib import Path

import pytest

from tests.people import nothing_wrong
from tests.shipped import AT, PROTOCOL, REFERENCE
from triage.decision.assess import assess
from triage.decision.intake import read_answers
from triage.kernel.errors import BadInput, ProtocolRejected
from triage.kernel.truth import NO, UNKNOWN, YES, Truth
from triage.protocol.conditions import Chosen, leaves
from triage.protocol.library import HOMES
from triage.protocol.texts import locale_of
from triage.verify.definitions import Verdict, load, moves, verdicts
from triage.verify.definitions_page import Page

HELD = load(PROTOCOL)
NUMB = {
    **nothing_wrong(),
    "symptom_change": "new",
    "symptoms": ["numb"],
    "onset": "2026-11-17T10:00",
    "onset_speed": "days",
    "pattern": "constant",
    "course": "same",
    "effect_on_tasks": "some",
    "last_relapse": "never",
}
PAIN = {**NUMB, "symptoms": ["pain"], "pain_score": 8}
HEAT = {
    **NUMB,
    "symptom_change": "worse",
    "pattern": "gone",
    "course": "gone",
    "like_old_heat": "yes",
    "heat": "yes",
    "after_cooling": "gone_1h",
    "body_check": ["set_off"],
}


def under(raw: dict[str, object]) -> tuple[Verdict, ...]:
    return verdicts(HELD, PROTOCOL, read_answers(PROTOCOL, raw, AT).answers, AT)


def truths(raw: dict[str, object]) -> dict[str, Truth]:
    return {verdict.definition.id: verdict.truth for verdict in under(raw)}


def page(raw: dict[str, object]) -> str:
    result = assess(PROTOCOL, raw, at=AT, engines=REFERENCE)
    return Page(HELD, result, PROTOCOL, locale_of(PROTOCOL, "en-GB"), 72).text(under(raw))


@pytest.mark.parametrize(
    ("raw", "met", "not_met"),
    [
        pytest.param(
            NUMB,
            {"day_rule", "ms_trust", "nice_public", "nice_recognition", "working_definition", "nurse_learning"},
            {"england_significant", "england_pain"},
            id="mild numbness for four days is a relapse to all but one publisher",
        ),
        pytest.param(
            {**NUMB, "infection_signs": ["burning"]},
            {"day_rule", "ms_trust"},
            {"nice_public", "nice_recognition", "working_definition", "nurse_learning"},
            id="an infection sign parts those who rule it out from those who do not ask",
        ),
        pytest.param(
            {**NUMB, "last_relapse": "2026-11-05"},
            {"day_rule", "nice_public", "nice_recognition"},
            {"ms_trust", "working_definition", "england_significant"},
            id="12 days after the last one began",
        ),
        pytest.param(
            {**NUMB, "onset": "2026-11-21T04:00"},
            {"nurse_learning"},
            {"day_rule", "ms_trust", "nice_public", "nice_recognition", "working_definition"},
            id="6 hours is too short for most",
        ),
        pytest.param(
            {**NUMB, "onset": "2026-11-20T10:00"},
            {"day_rule", "ms_trust", "working_definition"},
            {"nice_public", "nice_recognition"},
            id="24 hours sharp is a day, and not more than a day",
        ),
        pytest.param(
            PAIN, {"england_pain", "england_significant"}, {"nice_recognition"}, id="strong pain for four days"
        ),
        pytest.param(
            {**PAIN, "onset": "2026-11-19T12:00"},
            {"day_rule"},
            {"england_pain", "england_significant"},
            id="strong pain for 46 hours is not yet over 48",
        ),
        pytest.param(
            {**NUMB, "effect_on_tasks": "stops"}, {"england_significant"}, set(), id="numbness that stops tasks"
        ),
        pytest.param(
            nothing_wrong(),
            set(),
            {"day_rule", "ms_trust", "england_pain", "heat_change"},
            id="no change is no relapse",
        ),
        pytest.param(
            HEAT, {"heat_change"}, {"day_rule", "ms_trust", "working_definition"}, id="a heat change that has gone"
        ),
    ],
)
def test_a_case_under_each_definition(raw: dict[str, object], met: set[str], not_met: set[str]) -> None:
    result = truths(raw)
    assert met <= {name for name, truth in result.items() if truth is YES}
    assert not_met <= {name for name, truth in result.items() if truth is NO}


@pytest.mark.parametrize(
    ("raw", "open_ones"),
    [
        pytest.param(
            {**NUMB, "onset": "not_sure"}, {"day_rule", "ms_trust"}, id="an unknown start leaves the length open"
        ),
        pytest.param(
            {**NUMB, "last_relapse": "not_sure"}, {"ms_trust", "working_definition"}, id="an unknown last relapse"
        ),
        pytest.param({**NUMB, "temperature": "not_sure"}, {"nice_public"}, id="no thermometer leaves infection open"),
        pytest.param({"symptom_change": "new"}, {"day_rule", "ms_trust"}, id="unanswered"),
    ],
)
def test_a_doubt_is_never_read_as_met_or_not_met(raw: dict[str, object], open_ones: set[str]) -> None:
    assert open_ones <= {name for name, truth in truths(raw).items() if truth is UNKNOWN}


@pytest.mark.parametrize(
    ("raw", "moved"),
    [
        pytest.param({**NUMB, "infection_signs": ["burning"]}, {"infection"}, id="burning pee: infection alone"),
        pytest.param({**NUMB, "last_relapse": "2026-11-05"}, {"interval"}, id="a relapse 12 days ago: the gap alone"),
        pytest.param({**NUMB, "onset": "2026-11-19T20:00"}, {"duration"}, id="38 hours: the length alone"),
        pytest.param(nothing_wrong(), set(), id="no change: nothing moves it"),
    ],
)
def test_the_choice_that_moves_the_result_is_named(raw: dict[str, object], moved: set[str]) -> None:
    assert {move.choice for move in moves(HELD, under(raw))} == moved


def test_a_move_is_what_the_definition_would_be_with_the_other_sentence() -> None:
    turned = moves(HELD, under({**NUMB, "infection_signs": ["burning"]}))
    by_name = {(move.definition.id, bool(move.says)): move for move in turned}
    assert by_name["ms_trust", True].after is NO
    assert by_name["nice_public", False].after is YES
    assert all(move.before is not move.after for move in turned)


def test_every_definition_has_sources_of_the_protocol_and_asks_for_something() -> None:
    known = {source.id for source in PROTOCOL.sources}
    assert len(HELD.definitions) == 10
    assert all(each.criteria and each.sources and set(each.sources) <= known for each in HELD.definitions)


def test_one_sentence_always_means_one_condition() -> None:
    meant = {one.says: one.when for each in HELD.definitions for one in each.criteria}
    assert all(meant[one.says] == one.when for each in HELD.definitions for one in each.criteria)


def test_no_criterion_names_a_doubt_itself() -> None:
    named = [leaf for each in HELD.definitions for one in each.criteria for leaf in leaves(one.when)]
    assert not any({"not_sure", "declined"} & set(leaf.options) for leaf in named if isinstance(leaf, Chosen))


def test_what_we_do_not_hold_is_said_and_not_made_up() -> None:
    names = " ".join(name for name, _ in HELD.not_held)
    assert "McDonald" in names
    assert "48 hours" in names
    assert not any("McDonald" in each.name for each in HELD.definitions)


def test_the_page_begins_with_what_the_check_says_and_that_it_is_no_diagnosis() -> None:
    text = " ".join(page(NUMB).split())
    result = assess(PROTOCOL, NUMB, at=AT, locale="en-GB", engines=REFERENCE)
    assert text.index(assess(PROTOCOL, NUMB, at=AT, engines=REFERENCE).headline) < text.index("no diagnosis")
    assert "Not met does not mean no relapse." in text
    assert "{" not in text
    assert result.disposition.value == "possible_relapse"


def test_the_page_tells_each_criterion_with_the_answer_that_was_read() -> None:
    text = " ".join(page({**NUMB, "infection_signs": ["burning"]}).split())
    assert (
        "no There is no fever and no other sign of infection. Any signs of infection? Burning pee, or much more often"
        in text
    )
    assert "Infection: this alone moves" in text
    assert "not met as written; met if it did not ask this." in text


def test_the_page_names_the_question_that_is_not_answered() -> None:
    assert "Not answered: Roughly when did it start?" in page({"symptom_change": "new"})


GOOD = (HOMES[1] / "definitions" / "ms.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            "symptom_change: [new", "symptom_chnge: [new", "did you mean 'symptom_change'", id="a misspelt question"
        ),
        pytest.param("{heat: yes}", "{heat: maybe}", "maybe", id="an option that is not there"),
        pytest.param(
            "[ms_trust_relapses]", "[ms_trust_relapse]", "did you mean 'ms_trust_relapses'", id="a misspelt source"
        ),
        pytest.param("choice: interval", "choice: intervall", "did you mean 'interval'", id="a misspelt choice"),
        pytest.param("kind: signs", "kind: sign", "one of relapse, signs, opposite", id="a kind that is not there"),
        pytest.param("intro:", "intr:", "intro", id="a misspelt key"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "definitions" / "ms.yaml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProtocolRejected) as refused:
        load(PROTOCOL, [tmp_path])
    assert said in str(refused.value)
    assert "definitions/ms.yaml:" in str(refused.value)


def test_a_protocol_without_definitions_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no definitions are written for the protocol 'ms'"):
        load(PROTOCOL, [tmp_path])
