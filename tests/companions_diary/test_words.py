"""The diary's data file: every word is used, every form leads back to one entry, every mistake is told."""

import re
from pathlib import Path

import pytest

from tests.companions_diary.shared import BOOK, line
from tests.shipped import PROTOCOL, QUESTIONS
from triage.companions.diary_words import load
from triage.kernel.errors import ProtocolRejected
from triage.protocol.library import folder_of

ROOT = Path(__file__).resolve().parents[2] / "triage"
SOURCES = "\n".join(file.read_text() for file in (*ROOT.glob("companions/*.py"), *ROOT.glob("cli/diary*.py")))
MADE = ("plot_", "part_", "shown_change_", "found_")  # the rest of these names is filled in


def test_every_word_is_said_somewhere_and_every_word_said_is_written() -> None:
    literal = set(re.findall(r"[\"']([a-z_]+)[\"']", SOURCES))
    unused = [word for word in BOOK.words if word not in literal and not word.startswith(MADE)]
    assert unused == []
    said = set(re.findall(r"(?:book|self)\.say\(\s*[\"']([a-z_]+)[\"']", SOURCES))
    assert said <= set(BOOK.words)


def test_every_text_is_plain() -> None:
    for word, text in BOOK.words.items():
        assert not re.search(r"\b(just|simply|exacerbation|999|111|GP|NHS|A&E)\b", text), word
        assert not re.search(r"\byou have [a-z]+(ed)? (relapse|infection)", text, re.IGNORECASE), word


@pytest.mark.parametrize("form", list(BOOK.read_triggers))
def test_each_form_of_a_trigger_is_read_alone(form: str) -> None:
    assert line(f"trigger {form}").triggers == BOOK.read_triggers[form]


@pytest.mark.parametrize("form", list(BOOK.read_symptoms))
def test_each_form_of_a_symptom_is_read_beside_its_change(form: str) -> None:
    entry = line(f"symptom {form} worse")
    assert (entry.name,) == BOOK.read_symptoms[form]


@pytest.mark.parametrize("form", list(BOOK.read_places))
def test_each_form_of_a_place_is_read(form: str) -> None:
    assert line(f"spasm {form} 3").limbs == BOOK.read_places[form]


@pytest.mark.parametrize("form", list(BOOK.read_measures))
def test_each_form_of_a_figure_is_read(form: str) -> None:
    (name,) = BOOK.read_measures[form]
    assert line(f"measure {form} {BOOK.measures[name].high:g} {BOOK.measures[name].unit}").name == name


def test_what_should_lead_to_the_whole_check_does() -> None:
    lines = ("symptom numb new", "symptom numb worse", "trigger fever", "temperature 38", "falls 1")
    assert all(BOOK.is_for_the_check(line(text)) for text in lines)
    assert not any(BOOK.is_for_the_check(line(text)) for text in ("spasm 6", "symptom numb usual", "caffeine 200"))


@pytest.mark.parametrize("kind", ["symptom", "medicine"])
def test_each_form_of_a_change_is_read(kind: str) -> None:
    before = {"symptom": "numb", "medicine": "baclofen"}[kind]
    for form, (change,) in BOOK.read_changes[kind].items():
        assert line(f"{kind} {before} {form}").change == change


def test_the_ids_are_those_of_the_questions() -> None:
    assert set(BOOK.scored) == {each.id for each in QUESTIONS["stiffness_now"].options}
    assert set(BOOK.symptoms) == {each.id for each in QUESTIONS["symptoms"].options} - {"none"}
    own = {"heat", "infection"}
    assert set(BOOK.triggers) == {each.id for each in QUESTIONS["triggers"].options} - {"none"} | own


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param("{id: numb,", "{id: numm,", "numm", id="a symptom the questions do not have"),
        pytest.param("scored: yes, forms: [right arm", "scored: maybe, forms: [right arm", "maybe", id="no flag"),
        pytest.param("of: [right_leg, left_leg]", "of: [right_leg, left_log]", "left_log", id="no such place"),
        pytest.param("sources: [article_spasm_triggers", "sources: [article_spasm", "article_spasm", id="no source"),
        pytest.param("{id: cold,", "{id: heat,", "heat", id="an id twice"),
    ],
)
def test_a_mistake_of_the_file_is_told_with_its_place(
    before: str, after: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (folder_of("ms") / "companions" / "diary.yaml").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "companions").mkdir()
    (tmp_path / "companions" / "diary.yaml").write_text(text.replace(before, after, 1), encoding="utf-8")
    monkeypatch.setattr("triage.companions.data.folder_of", lambda name: tmp_path)
    with pytest.raises(ProtocolRejected, match=rf"companions/diary.yaml:\d+:\d+: T\d+ .*{said}"):
        load(PROTOCOL)
