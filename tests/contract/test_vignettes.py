"""The vignettes: every invented person gets the label, the first actions and the flags that a reader decided."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.shipped import PROTOCOL, REFERENCE
from triage.kernel.errors import BadInput, ProtocolRejected
from triage.protocol.library import folder_of
from triage.protocol.shapes import LABELS
from triage.verify import vignettes

FOLDER = folder_of("ms") / vignettes.FOLDER
BANK = vignettes.load(FOLDER, PROTOCOL)
EACH_LABEL_MIN = 16
SENTENCE_END = re.compile(r"[.!?](?= |$)")
PLACE_WORDS = re.compile(r"\b(999|111|112|GP|NHS)\b|A&E")

ENTRY = """
- id: vig_calm
  title: Nothing wrong
  topic: usual
  level: self_care
  story: I am 30 and have MS. Nothing is new. I have no fever.
  answers: {ms_diagnosis: confirmed, ms_type: relapsing, age: 30, temperature: 36.6}
  rest: denied
  expect:
    label: self_care
    actions:
      - {door: home, within: routine}
    flags: [usual_ups_and_downs]
  sources: [ms_trust_relapses]
"""


def written(folder: Path, text: str) -> Path:
    (folder / "people.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("vignette", BANK, ids=lambda each: each.id)
def test_a_person_gets_what_a_reader_decided(vignette: vignettes.Vignette) -> None:
    assert [str(each) for each in vignettes.check(PROTOCOL, [vignette], REFERENCE)] == []


@pytest.mark.parametrize("label", LABELS)
def test_every_label_has_enough_people_and_its_own_file(label: str) -> None:
    people = [each for each in BANK if each.level.value == label]
    assert len(people) >= EACH_LABEL_MIN
    assert {each.place.file for each in people} == {f"{vignettes.FOLDER}/{label}.yaml"}


@pytest.mark.parametrize("vignette", BANK, ids=lambda each: each.id)
def test_a_story_is_short_and_names_no_service_of_one_place(vignette: vignettes.Vignette) -> None:
    assert 3 <= len(SENTENCE_END.findall(vignette.story)) <= 6
    assert not PLACE_WORDS.search(vignette.story)
    assert vignette.expect.flags
    assert vignette.sources


def test_no_story_and_no_title_stands_twice() -> None:
    assert max(Counter(each.story for each in BANK).values()) == 1
    assert max(Counter(each.title for each in BANK).values()) == 1


def test_the_schema_for_editors_knows_the_same_keys() -> None:
    item = json.loads((FOLDER.parents[1] / "schemas" / "vignettes.json").read_text(encoding="utf-8"))["items"]
    shapes = {"": vignettes.VIGNETTE, "expect": vignettes.EXPECT}
    for key, shape in shapes.items():
        described = item["properties"][key] if key else item
        assert list(described["properties"]) == list(shape.keys)
        assert described["required"] == [name for name, each in shape.keys.items() if each.required]


def test_the_small_bank_is_right(tmp_path: Path) -> None:
    bank = vignettes.load(written(tmp_path, ENTRY), PROTOCOL)
    assert vignettes.check(PROTOCOL, bank, REFERENCE) == ()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param("topic: usual", "topik: usual", "4:3: T101 'topik'", id="a misspelt key"),
        pytest.param("  topic: usual\n", "", "3:3: T102 a vignette has no 'topic'", id="a missing key"),
        pytest.param("id: vig_calm", "id: calm", "2:7: T104 'calm' is not an id that begins", id="another kind of id"),
        pytest.param("level: self_care", "level: home", "5:10: T104 'home'", id="no label"),
        pytest.param("level: self_care", "level: emergency", "5:10: T162 'vig_calm'", id="two labels"),
        pytest.param("age: 30", "aeg: 30", "no question is called 'aeg'; did you mean 'age'?", id="no such question"),
        pytest.param("relapsing", "relapsin", "T160 an answer of 'vig_calm'", id="no such option"),
        pytest.param("36.6}", "90}", "T160 an answer of 'vig_calm'", id="a figure out of range"),
        pytest.param("door: home", "door: house", "12:16: T117 no door is called 'house'", id="no such door"),
        pytest.param("within: routine", "within: soon", "12:30: T104 'soon'", id="no such time"),
        pytest.param("usual_ups_and", "usul_ups_and", "13:13: T112 no rule is called", id="no such rule"),
        pytest.param("ms_trust_rel", "ms_trst_rel", "14:13: T116 no source is called", id="no such source"),
        pytest.param("      - {door: home, within: routine}", "      []", "T103 'actions'", id="no action"),
        pytest.param("rest: denied", "rest: none", "8:9: T104 'none' is not 'denied'", id="another rest"),
    ],
)
def test_a_mistake_is_one_line_at_its_place(tmp_path: Path, old: str, new: str, line: str) -> None:
    assert old in ENTRY
    with pytest.raises(ProtocolRejected) as caught:
        vignettes.load(written(tmp_path, ENTRY.replace(old, new, 1)), PROTOCOL)
    (only,) = str(caught.value).splitlines()
    assert only.startswith("vignettes/people.yaml:")
    assert line in only


def test_the_same_id_twice_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ProtocolRejected, match="no vignettes in it"):
        vignettes.load(tmp_path, PROTOCOL)
    with pytest.raises(ProtocolRejected, match="T106 the id 'vig_calm' is already used"):
        vignettes.load(written(tmp_path, ENTRY + ENTRY), PROTOCOL)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param("temperature: 36.6", "temperature: 38.6", "the label: self_care", id="another label"),
        pytest.param("within: routine", "within: now", "the first actions: home now; the program", id="another time"),
        pytest.param("[usual_ups_and_downs]", "[stroke_signs_last_day]", "the flag: stroke", id="a flag that is not"),
        pytest.param(
            ", temperature: 36.6", "", "'temperature' has no denial; answer it", id="a question nobody can deny"
        ),
        pytest.param("age: 30", "age: 30, last_dose: 2026-11-01", "'last_dose' set aside", id="an idle answer"),
    ],
)
def test_a_difference_is_reported(tmp_path: Path, old: str, new: str, line: str) -> None:
    bank = vignettes.load(written(tmp_path, ENTRY.replace(old, new, 1)), PROTOCOL)
    assert any(line in str(each) for each in vignettes.check(PROTOCOL, bank, REFERENCE))


def test_without_rest_only_the_given_answers_are_used(tmp_path: Path) -> None:
    (given,) = vignettes.load(written(tmp_path, ENTRY.replace("  rest: denied\n", "")), PROTOCOL)
    (denied,) = vignettes.load(written(tmp_path, ENTRY), PROTOCOL)
    assert "stroke_signs" not in vignettes.filled(given, PROTOCOL)
    assert set(vignettes.filled(denied, PROTOCOL)) > set(vignettes.filled(given, PROTOCOL))


def test_an_incomplete_person_cannot_be_filled(tmp_path: Path) -> None:
    (lost,) = vignettes.load(written(tmp_path, ENTRY.replace(", temperature: 36.6", "")), PROTOCOL)
    with pytest.raises(BadInput, match="'temperature' has no denial"):
        vignettes.filled(lost, PROTOCOL)
