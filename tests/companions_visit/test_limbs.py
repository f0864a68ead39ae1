"""The stiffness score: read, shown in numbers and words, asked as the check asks it, and handed on to the check."""

import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.companions.changed import change
from tests.shipped import AT, PROTOCOL, REFERENCE
from triage.cli.limb_asking import ask
from triage.companions import body_svg, limb_score
from triage.companions.limb_score import Limb
from triage.decision.assess import assess
from triage.decision.intake import read_answers
from triage.frontends.plain import Lines
from triage.kernel.answers import Answer
from triage.kernel.errors import ProtocolRejected
from triage.protocol.voices import worded

HELD = limb_score.load(PROTOCOL)
NOW = {"right_arm": 0, "left_arm": 2.5, "right_leg": 7, "left_leg": 10}
USUAL = {"right_arm": 0, "left_arm": 3, "right_leg": 3}
SVG = "{http://www.w3.org/2000/svg}"


def limbs(now: object, usual: object) -> tuple[Limb, ...]:
    given = {name: value for name, value in (("stiffness_now", now), ("stiffness_usual", usual)) if value is not None}
    return limb_score.limbs_of(HELD, read_answers(PROTOCOL, given, AT).answers)


@pytest.mark.parametrize(
    ("now", "usual", "rows"),
    [
        pytest.param(NOW, USUAL, ["0 0 same", "2.5 3 0.5 down", "7 3 4 up", "10 no score no score"], id="scores"),
        pytest.param(4, 4, ["4 4 same"] * 4, id="one figure stands for every limb"),
        pytest.param("not_sure", 3, ["no score 3 no score"] * 4, id="not sure is no score"),
        pytest.param(3, None, ["3 no score no score"] * 4, id="no usual score, no change"),
    ],
)
def test_the_table_has_each_limb_now_usual_and_the_change(now: object, usual: object, rows: list[str]) -> None:
    assert [" ".join(row[1:]) for row in limb_score.table_of(HELD, limbs(now, usual)).rows] == rows


@pytest.mark.parametrize(
    ("now", "usual", "told"),
    [
        pytest.param(5, 3, "Up by 2 or more in: right arm", id="a rise that the check counts is named"),
        pytest.param(4, 3, "Is anything new, worse or strange?", id="a smaller one is not"),
        pytest.param(5, None, "the change is not known", id="without a usual score it is not guessed"),
        pytest.param("not_sure", "not_sure", "no stiffness score", id="no score at all says how to give one"),
    ],
)
def test_the_page_says_what_a_rise_means(now: object, usual: object, told: str) -> None:
    text = limb_score.as_text(HELD, limbs(now, usual), PROTOCOL, "en-GB")
    assert told in " ".join(text.split())
    assert "Not clinically reviewed. Not a diagnosis." in text
    assert max(map(len, text.splitlines())) <= 72


def test_the_picture_has_every_number_beside_its_limb_and_in_words() -> None:
    root = ET.fromstring(body_svg.as_svg(HELD, limbs(NOW, USUAL), notice="No diagnosis."))
    words = [each.text for each in root.iter(f"{SVG}text")]
    for told in ("Right arm", "now 0", "now 2.5", "0.5 down", "now 7", "usual 3", "4 up", "now 10", "No diagnosis."):
        assert told in words
    described = root.findtext(f"{SVG}desc") or ""
    assert "Right leg: now 7, usual 3, change 4 up." in described
    assert root.findtext(f"{SVG}title") == "Body outline with stiffness scores"


def test_the_picture_uses_grey_only_and_marks_a_missing_score_by_its_line() -> None:
    svg = body_svg.as_svg(HELD, limbs({"right_arm": 5}, None), notice="")
    colours = {each.get("fill", "none") for each in ET.fromstring(svg).iter()} - {"none"}
    assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in colours)
    assert svg.count("stroke-dasharray") == 3


def test_a_stiffer_limb_is_darker() -> None:
    greys = [body_svg.grey(score) for score in range(11)]
    assert sorted(greys, reverse=True) == greys
    assert len(set(greys)) == 11


def asked(typed: str) -> tuple[dict[str, Answer] | None, str]:
    out = io.StringIO()
    first, second = limb_score.views(HELD, PROTOCOL, "en-GB")
    return ask(first, second, Lines(io.StringIO(typed), out), lambda: AT), out.getvalue()


@pytest.mark.parametrize(
    ("typed", "now", "usual"),
    [
        pytest.param("3 2 5 6\n1\n", (2, 6, 3, 5), (1, 1, 1, 1), id="four figures, or one for all"),
        pytest.param("11\n3\n2\n", (3, 3, 3, 3), (2, 2, 2, 2), id="11 is asked again"),
        pytest.param("3\nb\n4\n2\n", (4, 4, 4, 4), (2, 2, 2, 2), id="back asks the first again"),
        pytest.param("b\n?\n3\n?\n2\n", (3, 3, 3, 3), (2, 2, 2, 2), id="why, and no way back from the first"),
        pytest.param("not sure\nnot sure\n", (), (), id="not sure is always an answer"),
    ],
)
def test_the_questions_are_asked_as_the_check_asks_them(
    typed: str, now: tuple[float, ...], usual: tuple[float, ...]
) -> None:
    answers, shown = asked(typed)
    assert answers is not None
    assert "How stiff is each arm and leg today?" in shown
    figures = [tuple(score for _, score in answers[name].numbers) for name in ("stiffness_now", "stiffness_usual")]
    assert figures == [now, usual]


@pytest.mark.parametrize("typed", ["q\n", "", "3\nq\n", "3\n"], ids=["q", "no line", "q later", "no second line"])
def test_leaving_keeps_nothing(typed: str) -> None:
    assert asked(typed)[0] is None


def test_the_check_takes_the_answers_as_they_are() -> None:
    given = read_answers(PROTOCOL, {"stiffness_now": NOW, "stiffness_usual": USUAL}, AT).answers
    raw = limb_score.raw_answers(HELD, given)
    result = assess(PROTOCOL, {**raw, "muscle_signs": "stiff"}, at=AT, engines=REFERENCE)
    (rule,) = (each for each in result.rules if each.id == "stiffness_up_no_trigger" or "cn-score-up" in each.brief)
    assert set(rule.answers) & {"stiffness_now", "stiffness_usual"}


def test_a_carer_is_told_of_the_carers_check() -> None:
    protocol = worded(PROTOCOL, "carer")
    held = limb_score.load(protocol)
    assert "triage check --for-someone-else" in limb_score.as_text(held, limbs(5, 1), protocol, "en-GB")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("now: stiffness_now", "now: pain_score", "T112", id="a question that is no scale"),
        pytest.param("counts: stiffness_rise_score", "counts: stiffness", "T115", id="a threshold that is not there"),
        pytest.param("[article_spasm_triggers]", "[article_spasms]", "T116", id="a source that is not there"),
        pytest.param("  usual: Usual", "  usuall: Usual", "T101", id="a word misspelt"),
    ],
)
def test_a_mistake_in_the_data_is_one_line_with_its_place(
    old: str, new: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change("limbs", old, new, tmp_path, monkeypatch)
    with pytest.raises(ProtocolRejected, match=rf"companions/limbs\.yaml:\d+:\d+: {code}"):
        limb_score.load(PROTOCOL)
