"""A protocol in another language: nothing is lost in silence, and nothing stale is shown."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tests.shipped import PROTOCOL
from triage.kernel.errors import BadInput
from triage.protocol.languages import spoken, texts_of
from triage.protocol.library import folder_of
from triage.protocol.translations import Translation, current, file_of, in_language, known_language, read, written
from triage.protocol.voices import worded
from triage.verify.translations import findings

SOURCES = texts_of(PROTOCOL)
ASK = "questions.urgent_now.ask"
SAY = "rules.stroke_signs_last_day.say"


def folder_with(tmp_path: Path, texts: dict[str, Translation]) -> Path:
    """Return a protocol folder that has these Spanish texts and nothing else."""
    file_of(tmp_path, "es").parent.mkdir()
    file_of(tmp_path, "es").write_bytes(written(SOURCES, "es", texts))
    return tmp_path


def whole() -> dict[str, Translation]:
    """Return a translation without a gap: the sources themselves, marked so that they differ."""
    return {
        key: Translation(source, f"¡{source}" if key != "screen.months" else source) for key, source in SOURCES.items()
    }


def test_every_text_comes_back_under_its_key() -> None:
    turned = spoken(PROTOCOL, "xx", {key: text.upper() for key, text in SOURCES.items()})
    assert texts_of(turned) == {key: text.upper() for key, text in SOURCES.items()}
    assert spoken(PROTOCOL, "en", SOURCES) == PROTOCOL


def test_conditions_ids_and_hash_stay_as_they_are() -> None:
    turned = spoken(PROTOCOL, "xx", {key: text.upper() for key, text in SOURCES.items()})
    assert turned.hash == PROTOCOL.hash
    assert [rule.when for rule in turned.rules] == [rule.when for rule in PROTOCOL.rules]
    assert [option.id for each in turned.questions for option in each.options] == [
        option.id for each in PROTOCOL.questions for option in each.options
    ]


def test_a_text_without_a_translation_says_that_it_has_none() -> None:
    turned = spoken(PROTOCOL, "xx", {"screen.untranslated": "(anglice) {text}"})
    asks = {each.id: each.ask for each in turned.questions}
    assert asks["urgent_now"] == f"(anglice) {SOURCES[ASK]}"


def test_a_carer_reads_translated_carer_words() -> None:
    name = next(each.id for each in PROTOCOL.questions if "ask" in each.carer)
    texts = {**SOURCES, f"questions.{name}.carer.ask": "¿Y la persona?"}
    carers = worded(spoken(PROTOCOL, "xx", texts), "carer")
    assert next(each.ask for each in carers.questions if each.id == name) == "¿Y la persona?"


def test_words_once_replaced_are_not_replaced_again() -> None:
    with pytest.raises(ValueError, match="already"):
        spoken(worded(PROTOCOL, "carer"), "xx", {})


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        pytest.param(Translation(SOURCES[SAY], "Llame ya."), True, id="a translation of today's source is shown"),
        pytest.param(Translation("Something older.", "Llame ya."), False, id="a translation of an older source is not"),
        pytest.param(Translation(SOURCES[SAY], "Llame ya.", fuzzy=True), False, id="nor one nobody has looked at"),
        pytest.param(Translation(SOURCES[SAY], ""), False, id="nor an empty one"),
    ],
)
def test_only_what_fits_its_source_is_shown(change: Translation, shown: bool) -> None:
    assert (SAY in current(SOURCES, {SAY: change})) is shown


@pytest.mark.parametrize(
    ("key", "text", "codes"),
    [
        pytest.param(SAY, "", ["S300"], id="a missing emergency text is named"),
        pytest.param(ASK, "", ["S300"], id="a missing question is named"),
        pytest.param(
            "rules.stroke_signs_last_day.say",
            "Llame a {ambulancia}.",
            ["S303"],
            id="a service that is misspelt is named",
        ),
        pytest.param(
            "dispositions.nothing_found.say", "Vea en 42 horas: {ms_team} {advice_line}.", ["S304"], id="another figure"
        ),
        pytest.param(ASK, SOURCES[ASK], ["S305"], id="a sentence that was copied over is named"),
        pytest.param("screen.months", "enero | febrero", ["S306"], id="a month without a name is named"),
    ],
)
def test_the_gate_names_what_is_wrong(tmp_path: Path, key: str, text: str, codes: list[str]) -> None:
    texts = whole()
    texts[key] = Translation(SOURCES[key], text)
    found = findings(PROTOCOL, folder_with(tmp_path, texts))
    assert [(each.code, key in each.message) for each in found] == [(code, True) for code in codes]


def test_a_whole_translation_has_no_mistake(tmp_path: Path) -> None:
    assert findings(PROTOCOL, folder_with(tmp_path, whole())) == ()


def test_a_changed_source_makes_its_translation_stale_and_keeps_the_words(tmp_path: Path) -> None:
    texts = {**whole(), SAY: Translation("What it said before.", "Lo de antes.")}
    folder = folder_with(tmp_path, texts)
    assert [each.code for each in findings(PROTOCOL, folder)] == ["S301"]
    kept = read(folder, "es")[SAY]
    assert (kept.text, kept.fuzzy) == ("Lo de antes.", True)
    again = written(SOURCES, "es", read(folder, "es"))
    assert again == file_of(folder, "es").read_bytes()


def test_a_text_that_is_gone_is_named(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, whole())
    with file_of(folder, "es").open("a", encoding="utf-8") as file:
        file.write('\nmsgctxt "rules.stroke_sign_last_day.say"\nmsgid "Ring."\nmsgstr "Llame."\n')
    (found,) = findings(PROTOCOL, folder)
    assert found.code == "S302"
    assert "did you mean 'rules.stroke_signs_last_day.say'" in found.message


@pytest.mark.parametrize(
    ("tag", "language"),
    [("es", "es"), ("es-MX", "es"), ("es_AR", "es"), ("ES", "es"), ("eo", None), ("", None)],
)
def test_a_region_does_not_matter(tag: str, language: str | None) -> None:
    assert known_language(folder_of("ms"), tag) == language


def test_a_file_that_is_no_gettext_file_is_one_clear_line(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {})
    file_of(folder, "es").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match=r"es\.po: cannot be read as a gettext file"):
        read(folder, "es")


def test_an_unknown_language_is_one_clear_line() -> None:
    with pytest.raises(BadInput, match=r"no language 'eo'.*languages: en, es"):
        in_language(PROTOCOL, folder_of("ms"), "eo")


@pytest.mark.parametrize("content", [b"", b"msgid", b"\xff\xfe\x00", b'msgid "a" "b\nmsgstr'], ids=repr)
def test_a_damaged_file_is_one_clear_line_or_an_empty_language(tmp_path: Path, content: bytes) -> None:
    folder = folder_with(tmp_path, {})
    file_of(folder, "es").write_bytes(content)
    known: Mapping[str, Translation] = {}
    with suppress(BadInput):
        known = read(folder, "es")
    assert not any(each.text for each in known.values())
