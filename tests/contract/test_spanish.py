"""The check in Spanish: every text is there, what people type is read, and the result is the same."""

import io
from datetime import UTC, datetime

import pytest

from tests.shipped import AT, PROTOCOL, REFERENCE
from triage.cli.authoring import lint
from triage.decision.assess import assess, assess_answers
from triage.frontends.lexicon import Command
from triage.frontends.plain import run
from triage.frontends.typed import read_line
from triage.interview.prompts import PromptView, view_of
from triage.interview.session import Interview
from triage.kernel.errors import BadInput
from triage.protocol.languages import texts_of
from triage.protocol.library import folder_of, load_protocol
from triage.protocol.models import Voice
from triage.protocol.texts import locale_of
from triage.protocol.voices import worded
from triage.reports.base import format_named
from triage.verify import vignettes

SPANISH = load_protocol("ms", "es")
SOURCES = texts_of(PROTOCOL)
PEOPLE = vignettes.load(folder_of("ms") / vignettes.FOLDER, PROTOCOL)
TOLD = datetime(2026, 11, 21, 10, tzinfo=UTC)


def view(name: str, voice: Voice = "self") -> PromptView:
    protocol = worded(SPANISH, voice)
    question = next(each for each in protocol.questions if each.id == name)
    place = locale_of(protocol, "international")
    return view_of(protocol, question, place, number=4, previous_section=None, still_open=9, given=None)


def english_in(shown: str) -> list[str]:
    """Return the English sentences that stand in a text; names and figures are the same in both languages."""
    flat = " ".join(shown.split())
    texts = texts_of(SPANISH)
    return [text for key, text in SOURCES.items() if len(text.split()) > 3 and text != texts[key] and text in flat]


def test_no_text_is_missing_or_stale() -> None:
    report, code = lint("ms")
    assert f"es: {len(SOURCES)} of {len(SOURCES)} texts translated and current." in report
    assert code == 0


@pytest.mark.parametrize("voice", ["self", "carer", "phone"])
@pytest.mark.parametrize(
    "script", [["1", "1"], ["6", "1", "1"], ["?", "b", "x?", "none", "q"], ["ninguna", "q"]], ids=str
)
def test_an_interview_speaks_no_english(script: list[str], voice: Voice) -> None:
    shown = io.StringIO()
    begun = Interview(SPANISH, at=TOLD, locale="en-US", engines=REFERENCE, voice=voice, with_review=True)
    ended, _ = run(begun, io.StringIO("\n".join(script) + "\n"), shown, lambda: TOLD)
    text = shown.getvalue() + format_named("text").render(ended.result, ended.protocol, width=400)
    assert english_in(text) == []
    assert "en inglés" not in text
    assert "¿" in text


@pytest.mark.parametrize("person", PEOPLE[::5], ids=lambda each: each.id)
def test_a_person_gets_the_same_result_in_spanish_words(person: vignettes.Vignette) -> None:
    answers = vignettes.filled(person, PROTOCOL, REFERENCE)
    english = assess_answers(PROTOCOL, answers, at=AT, engines=REFERENCE)
    spanish = assess_answers(SPANISH, answers, at=AT, engines=REFERENCE)
    assert (spanish.disposition, spanish.within) == (english.disposition, english.within)
    assert [each.rules for each in spanish.actions] == [each.rules for each in english.actions]
    assert english_in(format_named("markdown").render(spanish, SPANISH, width=80)) == []


def test_a_result_names_its_language() -> None:
    assert assess(SPANISH, {"stroke_signs": "face"}, at=AT, engines=REFERENCE).language == "es"


@pytest.mark.parametrize(
    ("name", "typed", "raw"),
    [
        pytest.param("stroke_signs", "no sé", "not_sure", id="not sure on a list"),
        pytest.param("drives", "no se", "not_sure", id="not sure without the accent"),
        pytest.param("drives", "Sí", "yes", id="yes"),
        pytest.param("drives", "si", "yes", id="yes without the accent"),
        pytest.param("drives", "n", "no", id="n is no"),
        pytest.param("stroke_signs", "ninguna", ["none"], id="none"),
        pytest.param("stroke_signs", "ninguna de estas", ["none"], id="none of these in full"),
        pytest.param("stroke_signs", "1 y 3", ["face", "speech"], id="one and three"),
        pytest.param("stroke_signs", "1 a 3", ["face", "arm", "speech"], id="one to three"),
        pytest.param("temperature", "38,5 grados", 38.5, id="a comma and degrees"),
    ],
)
def test_what_is_typed_in_spanish_is_read(name: str, typed: str, raw: object) -> None:
    assert read_line(view(name), typed, TOLD) in (raw, [raw])


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("ahora", "2026-11-21T10:00:00+00:00"),
        ("hace 3 horas", "2026-11-21T07:00:00+00:00"),
        ("hace una hora", "2026-11-21T09:00:00+00:00"),
        ("hace media hora", "2026-11-21T09:30:00+00:00"),
        ("hace dos días", "2026-11-19T10:00:00+00:00"),
        ("desde hace 1 semana", "2026-11-14T10:00:00+00:00"),
        ("hoy a las 8:30", "2026-11-21T08:30:00+00:00"),
        ("ayer 14:00", "2026-11-20T14:00:00+00:00"),
        ("anteayer 14:00", "2026-11-19T14:00:00+00:00"),
        ("el 3 de noviembre de 2026", "2026-11-03"),
        ("3 de noviembre", "2026-11-03"),
        ("2026-11-20 08:00", "2026-11-20T08:00:00+00:00"),
    ],
)
def test_times_in_spanish_are_read(typed: str, moment: str) -> None:
    assert read_line(view("onset"), typed, TOLD) == moment


@pytest.mark.parametrize("typed", ["en 3 horas", "mañana", "hace mucho", "3 horas y pico"])
def test_a_time_that_cannot_be_read_is_said_so_in_spanish(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_line(view("onset"), typed, TOLD)
    assert english_in(str(caught.value)) == []


@pytest.mark.parametrize(
    ("typed", "command"),
    [("b", Command.BACK), ("atrás", Command.BACK), ("?", Command.WHY), ("salir", Command.STOP), ("x", Command.LEAVE)],
)
def test_commands_in_spanish(typed: str, command: Command) -> None:
    assert read_line(view("drives"), typed, TOLD) is command


def test_a_carer_can_say_that_the_person_will_not_tell() -> None:
    assert read_line(view("stroke_signs", "carer"), "no me lo quiere decir", TOLD) == "declined"
