import re
from pathlib import Path

import pytest

from tests.companions.changed import change
from tests.shipped import PROTOCOL
from triage.companions import medicines
from triage.companions.medicines import Line
from triage.kernel.errors import BadInput, ProtocolRejected

HELD = medicines.load(PROTOCOL)
LINES = [("all of them", each) for each in HELD.general]
LINES += [(found.id, each) for found in HELD.classes for each in found.lines]
NAMED = [pytest.param(line, id=f"{name}: {line.text[:40]}") for name, line in LINES]

UNITS = "mg|mcg|micrograms?|milligrams?|g|grams?|ml|units?|tablets?|capsules?|puffs?|sprays?|times a day|%"
DOSE = re.compile(rf"\d+([.,]\d+)?\s*({UNITS})", re.IGNORECASE)
VERBS = "start|starts|starting|stop|stops|stopping|begin|increase|reduce|raise|lower|double|halve|skip|taper|try|take"
ADVICE = re.compile(rf"\b({VERBS})\b", re.IGNORECASE)
WARNED = re.compile(r"\bnever\b[^.?!]*$", re.IGNORECASE)


def page(name: str | None) -> str:
    return " ".join(medicines.as_text(HELD, name, PROTOCOL, "en-GB").split())


@pytest.mark.parametrize("line", NAMED)
def test_no_line_holds_a_dose(line: Line) -> None:
    assert not DOSE.search(line.text)


@pytest.mark.parametrize("line", NAMED)
def test_no_line_advises_to_start_to_stop_or_to_change_a_medicine(line: Line) -> None:
    for found in ADVICE.finditer(line.text):
        assert WARNED.search(line.text[: found.start()]), f"'{found[0]}' is no part of a 'never'"


@pytest.mark.parametrize("line", NAMED)
def test_every_line_has_a_source_and_an_article_stands_behind_what_articles_say(line: Line) -> None:
    assert line.sources
    if line.kind == "says":
        assert all(name.startswith("article_") for name in line.sources)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Take 10 mg in the evening.", id="a dose"),
        pytest.param("Up to 300mg daily.", id="a dose in one word"),
        pytest.param("2 tablets at night.", id="tablets"),
    ],
)
def test_a_dose_would_be_noticed(text: str) -> None:
    assert DOSE.search(text)


@pytest.mark.parametrize("name", ["baclofen", "tizanidine", "benzodiazepines", "gabapentinoids", "channel_blockers"])
def test_what_is_dangerous_to_stop_is_said_before_anything_else(name: str) -> None:
    shown = page(name)
    assert re.search(r"Never on your own - Never stop (it|them) suddenly", shown)
    assert shown.index("Never stop") < shown.index("What the articles say")


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        pytest.param("magnesium", "F4", "We leave it out.", id="no amount of magnesium"),
        pytest.param("cannabis", "F5", "after other medicines have failed", id="cannabis by the guideline"),
        pytest.param("ms_treatments", "F6", "calls them stimulants in its table. They are not.", id="no stimulants"),
        pytest.param("channel_blockers", "F7", "first choice is another", id="carbamazepine is not first"),
        pytest.param("baclofen", "F18", "Never raise it on your own.", id="no word of coma"),
        pytest.param("surgery", "F19", "We do not present it as a choice.", id="no surgery"),
        pytest.param("steroids", "F22", "Never use steroids left over at home.", id="no steroids from home"),
        pytest.param("physiotherapy", "F16", "we leave the figure out", id="no figure without a study"),
    ],
)
def test_the_articles_are_corrected_by_the_doubts_of_the_brief(name: str, row: str, said: str) -> None:
    assert row in {doubt for line in HELD.named(name).lines for doubt in line.doubts}
    assert said in page(name)


def test_no_page_repeats_what_the_brief_calls_unsafe_or_untraced() -> None:
    shown = " ".join(page(each.id) for each in HELD.classes)
    for unsafe in ("300", "coma", "30%", "40%", "from 5 to 2"):
        assert unsafe not in shown


def test_the_overview_lists_every_class_and_what_holds_for_all() -> None:
    shown = page(None)
    assert all(f"- {each.id}: {each.title}" in shown for each in HELD.classes)
    assert "Never stop a muscle relaxant suddenly." in shown
    assert "Not clinically reviewed. Not a diagnosis." in shown


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("Lioresal", "baclofen", id="a trade name"),
        pytest.param("neuromuscular blocker", "botulinum", id="what an article calls it"),
        pytest.param("MS treatments (DMTs)", "ms_treatments", id="the title"),
        pytest.param("water-tablets", "water_tablets", id="a hyphen"),
    ],
)
def test_a_medicine_is_found_by_its_names(typed: str, found: str) -> None:
    assert HELD.named(typed).id == found


def test_no_two_classes_have_one_name() -> None:
    names = [name for each in HELD.classes for name in {each.id, *each.names}]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("valum", "did you mean 'valium'?", id="a slip"),
        pytest.param("qqqq", "classes: baclofen, pump", id="nothing near"),
    ],
)
def test_an_unknown_medicine_is_one_clear_line(typed: str, said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        HELD.named(typed)


def test_a_mistake_in_the_data_is_shown_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change("medicines", "kind: says", "kind: sais", tmp_path, monkeypatch)
    with pytest.raises(ProtocolRejected, match="did you mean 'says'"):
        medicines.load(PROTOCOL)
