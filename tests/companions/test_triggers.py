import csv
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.companions.changed import change
from tests.shipped import PROTOCOL
from triage.companions import triggers, triggers_page, triggers_pick
from triage.companions.asking import Left
from triage.companions.data import WIDTH
from triage.kernel.errors import BadInput, ProtocolRejected

HELD = triggers.load(PROTOCOL)
PAGE = triggers_page.as_text(HELD, PROTOCOL, "en-GB")
SVG = triggers_page.as_svg(HELD, PROTOCOL, "en-GB")
BLOCKS = {block.id: block for block in PROTOCOL.advice}


def one_line(text: str) -> str:
    return " ".join(text.split())


def picked(*names: str) -> str:
    return triggers_pick.as_text(HELD, triggers_pick.named(HELD, ",".join(names)), PROTOCOL, "en-GB")


@pytest.mark.parametrize(
    ("name", "with_ms", "everyone"),
    [
        pytest.param("Sitting or lying still", "72 very high", "40 high", id="stillness"),
        pytest.param("Heat or hot weather", "68 very high", "12 low", id="heat"),
        pytest.param("Stress or worry", "60 very high", "20 medium", id="stress"),
        pytest.param("Too little to drink", "54 high", "30 medium", id="dehydration"),
        pytest.param("Medicines", "25 medium", "under 5 low", id="medicines"),
        pytest.param(
            "Tiredness, poor sleep",
            "no figure in the source",
            "no figure in the source",
            id="tiredness is in the box only",
        ),
    ],
)
def test_the_table_stands_beneath_the_chart_with_every_figure(name: str, with_ms: str, everyone: str) -> None:
    table = PAGE.split("The table\n")[1]
    assert f"{name} {with_ms} {everyone}" in one_line(table)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(
            "Sitting or lying still: the table says 72 for people with MS. The box does not name it at all.",
            id="72 is missing",
        ),
        pytest.param(
            "Stress or worry: the table says 60 for people with MS. The box says 35.", id="stress 60 against 35"
        ),
        pytest.param(
            "Too little to drink: the table says 54 for people with MS. The box does not name it for them.",
            id="not for MS",
        ),
        pytest.param(
            "Too little to drink: the table says 30 for everyone. The box says 20.", id="dehydration 30 against 20"
        ),
        pytest.param(
            "Heat or hot weather: the table and the box both say 68 for people with MS.", id="where they agree"
        ),
        pytest.param(
            "Tiredness, poor sleep: the box says 55 for people with MS. The table does not name it.", id="box only"
        ),
    ],
)
def test_the_box_is_told_where_it_disagrees_with_the_table(said: str) -> None:
    assert said in one_line(PAGE)


def test_the_page_says_that_the_figures_are_the_articles_before_the_first_of_them() -> None:
    note = "The figures are the article's own. They lead to no named study"
    assert one_line(PAGE).index(note) < one_line(PAGE).index("72")
    assert "Not clinically reviewed. Not a diagnosis." in PAGE


def test_the_page_is_plain_text_of_72_columns() -> None:
    assert all(len(line) <= WIDTH and line.isascii() for line in PAGE.splitlines())
    assert "\x1b" not in PAGE


def test_a_bar_is_as_long_as_its_figure() -> None:
    bars = re.findall(r"^  (?:With MS|Everyone) +([#=]+) .*?(\d+)$", PAGE, re.MULTILINE)
    lengths = {int(figure): len(drawn) for drawn, figure in bars}
    scale = lengths[72] / 72
    assert len(bars) == 10
    assert all(abs(length - figure * scale) <= 1 for figure, length in lengths.items())


def test_the_triggers_compared_stand_in_the_order_of_the_table() -> None:
    figures = [each.table["ms"].value for each in HELD.triggers if each.compared]
    assert figures == sorted(figures, reverse=True)


@pytest.mark.parametrize(
    ("figure", "band"),
    [
        pytest.param("under 5", "low", id="a bound counts as what lies below it"),
        pytest.param("14", "low", id="14"),
        pytest.param("15", "medium", id="15"),
        pytest.param("39", "medium", id="39"),
        pytest.param("40", "high", id="40"),
        pytest.param("60", "very high", id="60"),
    ],
)
def test_our_own_words_match_the_numbers(figure: str, band: str) -> None:
    value = int(figure.rsplit(maxsplit=1)[-1])
    assert HELD.band(triggers.Figure(value, under=figure.startswith("under"))) == band


def test_the_values_hold_table_and_box() -> None:
    rows = {row["trigger"]: row for row in csv.DictReader(io.StringIO(triggers_page.as_csv(HELD)))}
    assert len(rows) == len(HELD.triggers)
    assert [rows["dry"][key] for key in ("table_ms", "table_everyone", "box_ms", "box_everyone")] == [
        "54",
        "30",
        "",
        "20",
    ]
    assert rows["new_med"]["table_everyone"] == "under 5"


def test_the_picture_says_in_words_what_it_shows() -> None:
    root = ET.fromstring(SVG)
    texts = {each.tag.rpartition("}")[2]: each.text or "" for each in root if each.tag.endswith(("title", "desc"))}
    assert texts["title"] == "What sets off muscle spasms"
    assert "Stress or worry: With MS 60, Everyone 20." in texts["desc"]
    assert root.get("aria-labelledby") == "title desc"


def test_every_label_of_the_picture_lies_inside_it() -> None:
    root = ET.fromstring(SVG)
    width, height = int(root.get("width", "0")), int(root.get("height", "0"))
    for each in root.iter():
        if each.tag.endswith("}text"):
            assert 0 < int(each.get("y", "0")) < height
            assert int(each.get("x", "0")) + len(each.text or "") * 6.5 < width


def test_a_person_who_picks_sees_what_is_typical_and_what_to_try_cautions_first() -> None:
    page = picked("dry", "tired")
    assert one_line(page).index("More typical of MS - Too little to drink: 54 of 100 with MS, 30 of 100") > 0
    assert "Tiredness, poor sleep: 55 of 100 with MS, in the article's box only." in one_line(page)
    for name in ("drink_as_allowed", "rest_and_pace"):
        block = BLOCKS[name]
        said = page[page.index(block.title) :]
        assert said.index("- First: ") < said.index(f"- {block.text[0].split()[0]}")
    assert "does not show that it set them off" in page


@pytest.mark.parametrize(
    ("name", "first"),
    [
        pytest.param(
            "new_med", "Medicines: Ask a pharmacist or your MS team", id="medicines: a review, never a change"
        ),
        pytest.param("infection", "Fever or infection: With a fever", id="a fever goes to the check"),
        pytest.param("injury", "Pain or injury: After a fall", id="an injury goes to the check"),
        pytest.param("fast_breathing", "Breathing too fast: Are you short of breath?", id="so does breathing"),
    ],
)
def test_what_needs_a_check_stands_before_anything_to_try(name: str, first: str) -> None:
    page = one_line(picked("stress", name))
    assert page.index("Before you try anything") < page.index(first) < page.index("What to try")


def test_no_block_is_offered_that_needs_answers_nobody_gave() -> None:
    offered = {name for each in HELD.triggers for name in each.blocks}
    assert offered.isdisjoint({"drink_enough", "gentle_warmth", "stretch", "magnesium"})
    assert "2 litres" not in picked(*(each.id for each in HELD.triggers))


def test_nothing_picked_is_an_answer_too() -> None:
    assert "You named nothing from the list." in picked("none")
    assert "What to try" not in picked("not_sure")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("dri", "no trigger 'dri'; did you mean 'dry'?", id="a slip of the hand"),
        pytest.param("zzzz", "no trigger 'zzzz'; known: immobile", id="nothing near"),
        pytest.param(" , ", "name at least one trigger", id="nothing named"),
        pytest.param("dry,none", "stand alone", id="none beside something"),
    ],
)
def test_a_name_that_is_none_is_one_clear_line(typed: str, said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        triggers_pick.named(HELD, typed)


def asked(typed: str) -> tuple[str, ...]:
    found = triggers_pick.asked(HELD, PROTOCOL, "en-GB", io.StringIO(typed), io.StringIO())
    return tuple(each.id for each in found)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        pytest.param("2 5\n", ("heat", "dry"), id="two of them"),
        pytest.param("20\n", (), id="none of these"),
        pytest.param("21\n", (), id="not sure"),
        pytest.param("banana\n99\n2 20\n3\n", ("stress",), id="asked again until it can be used"),
    ],
)
def test_the_question_takes_numbers(typed: str, names: tuple[str, ...]) -> None:
    assert asked(typed) == names


@pytest.mark.parametrize("typed", [pytest.param("q\n", id="q"), pytest.param("", id="the end of the input")])
def test_a_person_can_leave(typed: str) -> None:
    with pytest.raises(Left):
        asked(typed)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            '{ms: "72", everyone: "40"}', '{ms: "172", everyone: "40"}', "T107 '172'", id="more than everybody"
        ),
        pytest.param('{ms: "72", everyone: "40"}', '{ms: [72], everyone: "40"}', "T103", id="a list for a figure"),
        pytest.param('{ms: "72", everyone: "40"}', '{ms: "72"}', "has no 'named_for'", id="half a comparison"),
        pytest.param(
            "blocks: [keep_moving]", "blocks: [keep_mowing]", "did you mean 'keep_moving'", id="an unknown block"
        ),
        pytest.param("id: heat", "id: immobile", "T106", id="the same id again"),
        pytest.param("[article_spasm_triggers, ms_trust_temperature]", "[]", "'sources' is empty", id="no source"),
        pytest.param("ms_trust_temperature]", "ms_trust_temperatur]", "T116", id="an unknown source"),
        pytest.param("  title: What", "  titel: What", "did you mean 'title'", id="a misspelt word of the screen"),
        pytest.param("words:\n", "words: {\n", "P005", id="no YAML"),
    ],
)
def test_a_mistake_in_the_data_is_shown_with_its_place(
    old: str, new: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change("triggers", old, new, tmp_path, monkeypatch)
    with pytest.raises(ProtocolRejected) as rejected:
        triggers.load(PROTOCOL)
    assert said in str(rejected.value)
    assert str(rejected.value).startswith("companions/triggers.yaml:")


def test_a_protocol_without_the_data_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change("triggers", "", "", tmp_path, monkeypatch)
    (tmp_path / "companions" / "triggers.yaml").unlink()
    with pytest.raises(BadInput, match="has no data for this tool"):
        triggers.load(PROTOCOL)
