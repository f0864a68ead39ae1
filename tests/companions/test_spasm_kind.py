import io
import re
from pathlib import Path

import pytest

from tests.companions.changed import change
from tests.shipped import AT, PROTOCOL, REFERENCE
from triage.companions import spasm_kind, spasm_kind_data, spasm_kind_page
from triage.companions.asking import Left
from triage.companions.spasm_kind import Flags
from triage.kernel.errors import BadInput, ProtocolRejected
from triage.protocol.conditions import Chosen, leaves

HELD = spasm_kind_data.load(PROTOCOL)
CALM: dict[str, object] = {
    "now": "none",
    "ms": "confirmed",
    "seen": "stiff",
    "lasts": "always",
    "comes": "none",
    "limb": "none",
    "danger": "none",
    "weeks": "short",
}


def flags(raw: dict[str, object]) -> Flags:
    said = spasm_kind.read_said(HELD, {**CALM, **raw})
    return spasm_kind.flags(HELD, said, PROTOCOL, at=AT, locale="en-GB", engines=REFERENCE)


def kinds(raw: dict[str, object]) -> tuple[list[str], list[str]]:
    found = spasm_kind.fit(HELD, spasm_kind.read_said(HELD, {**CALM, **raw}))
    return [each.id for each in found.best], [each.id for each in found.also]


def page(raw: dict[str, object]) -> str:
    said = spasm_kind.read_said(HELD, {**CALM, **raw})
    text = spasm_kind_page.as_text(HELD, said, flags(raw), PROTOCOL, "en-GB")
    return " ".join("\n".join([*spasm_kind_page.right_service(HELD, flags(raw)), text]).split())


@pytest.mark.parametrize(
    ("raw", "best", "also"),
    [
        pytest.param({}, ["spasticity"], [], id="stiff all the time is spasticity"),
        pytest.param(
            {"seen": "grabs", "lasts": "minutes"}, ["spasm"], [], id="a sudden hard muscle is a spasm or cramp"
        ),
        pytest.param(
            {"seen": ["stiff", "grabs"]}, ["spasticity", "spasm"], [], id="spasms on top of stiffness fit both"
        ),
        pytest.param(
            {"seen": "grabs", "lasts": "always"},
            ["spasm"],
            ["spasticity"],
            id="a spasm that never ends may be stiffness",
        ),
        pytest.param(
            {"seen": "stiff", "lasts": "seconds"}, ["spasticity"], ["spasm"], id="stiff for seconds may be a spasm"
        ),
        pytest.param({"seen": "beats", "moves": "rhythm"}, ["clonus"], [], id="an even beat is clonus"),
        pytest.param(
            {"seen": "jumps", "moves": "once", "comes": "stretch"},
            ["spasm"],
            ["clonus", "benign_twitch"],
            id="a jump when the leg is stretched may be clonus",
        ),
        pytest.param(
            {"seen": "flickers", "moves": "still"},
            ["fasciculation"],
            ["benign_twitch"],
            id="flickers with no other sign may be harmless",
        ),
        pytest.param(
            {"seen": "flickers", "moves": "still", "limb": "wasting"},
            ["fasciculation"],
            [],
            id="never harmless with a thinner muscle",
        ),
        pytest.param(
            {"seen": "flickers", "moves": "still", "weeks": "not_sure"},
            ["fasciculation"],
            [],
            id="never harmless when nobody knows how long",
        ),
        pytest.param(
            {"seen": "flickers", "moves": "rhythm"},
            [],
            ["clonus", "fasciculation", "benign_twitch"],
            id="flickers that move the limb fit nothing best",
        ),
        pytest.param({"seen": "twists", "lasts": "seconds"}, ["tonic"], [], id="painful twisting is a tonic spasm"),
        pytest.param(
            {"seen": "grabs", "lasts": "seconds"},
            ["spasm"],
            ["tonic"],
            id="short painful tightening may be a tonic spasm",
        ),
        pytest.param({"seen": "not_sure", "lasts": "always"}, [], ["spasticity"], id="not sure, but always there"),
        pytest.param(
            {"seen": "not_sure", "lasts": "not_sure", "comes": "night"}, [], ["spasm"], id="not sure, but at night"
        ),
        pytest.param({"seen": "not_sure", "lasts": "not_sure"}, [], [], id="not sure of anything fits nothing"),
    ],
)
def test_kinds_are_told_apart(raw: dict[str, object], best: list[str], also: list[str]) -> None:
    assert kinds(raw) == (best, also)


EMERGENCIES = [("now", each) for each in ("breath", "face", "side", "fit", "mind", "neck", "pee", "not_sure")]
EMERGENCIES += [("danger", each) for each in ("throat", "cola", "bone")]


@pytest.mark.parametrize(("question", "option"), EMERGENCIES)
@pytest.mark.parametrize("ms", ["confirmed", "tests", "no", "not_sure"])
def test_an_emergency_sign_is_an_emergency_with_or_without_ms(question: str, option: str, ms: str) -> None:
    assert flags({question: option, "ms": ms}).emergency


@pytest.mark.parametrize(
    ("raw", "label", "within"),
    [
        pytest.param({"limb": "weak_sudden"}, "possible_relapse", "same_day", id="sudden loss of strength"),
        pytest.param({"limb": "new_numb"}, "possible_relapse", "within_48h", id="new numbness"),
        pytest.param(
            {"seen": "flickers", "moves": "still", "limb": "wasting"},
            "contact_neurologist",
            "within_14_days",
            id="flickers with a thinner muscle",
        ),
        pytest.param(
            {"seen": "flickers", "moves": "still", "limb": "weak_slow"},
            "contact_neurologist",
            "within_14_days",
            id="flickers with slow weakness",
        ),
        pytest.param({"danger": "fever"}, "contact_neurologist", "same_day", id="fever"),
        pytest.param({"danger": "locked"}, "contact_neurologist", "same_day", id="a spasm that will not let go"),
        pytest.param({"danger": "stopped"}, "contact_neurologist", "same_day", id="a relaxant that was stopped"),
        pytest.param({"danger": "not_sure"}, "contact_neurologist", "same_day", id="not sure of the dangers"),
        pytest.param({"limb": "not_sure"}, "contact_neurologist", "within_48h", id="not sure of the limb"),
        pytest.param(
            {"limb": "weak_slow"}, "not_finished", "same_day", id="slow weakness alone: the check is not finished"
        ),
        pytest.param({"weeks": "long", "reviewed": "no"}, "contact_neurologist", "routine", id="months with no review"),
    ],
)
def test_a_danger_sign_ends_in_the_red_flag_check(raw: dict[str, object], label: str, within: str) -> None:
    found = flags(raw)
    assert (found.result.disposition.value, found.result.within.value) == (label, within)
    assert found.told


def test_every_danger_sign_and_every_doubt_about_one_is_told() -> None:
    for question in HELD.questions:
        for option in (*question.options, "not_sure") if question.danger else ():
            for ms in ("confirmed", "no"):
                assert flags({question.id: option, "ms": ms}).told, f"{question.id} {option} {ms}"


def test_nothing_dangerous_is_told_for_what_is_not() -> None:
    assert flags({}).told == ()
    assert "None of your answers here is a danger sign. This is not the whole check." in page({})
    assert flags({"ms": "no", "weeks": "long", "reviewed": "no"}).told == ()


@pytest.mark.parametrize("ms", ["no", "tests", "not_sure"])
def test_without_a_confirmed_diagnosis_the_right_service_comes_first(ms: str) -> None:
    shown = page({"ms": ms, "seen": "flickers", "moves": "still", "limb": "wasting"})
    assert shown.startswith("Because of what you told us, this comes first. Contact your GP today.")
    assert "Muscle flickers with thinning muscle" in shown
    assert spasm_kind_page.right_service(HELD, flags({"ms": ms})) == []
    assert spasm_kind_page.right_service(HELD, flags({"limb": "wasting"})) == []


def test_the_page_never_says_what_a_person_has() -> None:
    for option in next(each for each in HELD.questions if each.id == "seen").options:
        shown = page({"seen": option}).lower()
        assert not re.search(r"\byou (have|suffer from) (?!got\b)(als|clonus|spasticity|a |an )", shown)
        assert "what fits best" in shown
        assert "not a diagnosis" in shown


def test_causes_go_with_the_kinds_that_fit() -> None:
    assert "Post-polio syndrome" in page({"seen": "flickers", "moves": "still"})
    assert "Post-polio syndrome" not in page({})
    assert "Hereditary spastic paraparesis" in page({"seen": "beats", "moves": "rhythm"})
    assert "Medicines (you named it)" in page({"comes": "medicine"})
    assert page({"comes": "habits"}).index("(you named it)") < page({"comes": "habits"}).index("Looks like a spasm")
    assert "No kind fits well." in page({"seen": "not_sure", "lasts": "not_sure"})


def walk(*typed: str) -> tuple[spasm_kind_data.Said, bool, str]:
    out = io.StringIO()
    lines = io.StringIO("".join(f"{each}\n" for each in typed))
    said, emergency = spasm_kind_page.asked(HELD, PROTOCOL, at=AT, locale="en-GB", stdin=lines, stdout=out)
    return said, emergency, out.getvalue()


def test_a_walk_through_asks_only_what_applies() -> None:
    said, emergency, shown = walk("8", "1", "1", "4", "6", "6", "9", "1")
    assert not emergency
    assert spasm_kind.read_said(HELD, {name: list(chosen) for name, chosen in said.items()}) == said
    assert "moves" not in said
    assert "reviewed" not in said
    assert shown.startswith("Which kind of muscle spasm fits")
    assert "Call 999 now if you cannot breathe well" in shown


def test_a_walk_through_of_flickers_asks_more() -> None:
    said, _, _ = walk("8", "3", "5", "1", "1", "6", "6", "9", "2", "2")
    assert (said["moves"], said["reviewed"]) == (("still",), ("no",))


def test_the_questions_end_at_an_emergency() -> None:
    said, emergency, shown = walk("2")
    assert emergency
    assert list(said) == ["now"]
    assert shown.count("Answer (") == 1


def test_a_person_can_leave_at_any_question() -> None:
    with pytest.raises(Left):
        walk("8", "q")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        pytest.param({"sean": "stiff"}, "no question is called 'sean'; did you mean 'seen'?", id="an unknown question"),
        pytest.param({"seen": "stif"}, "did you mean 'stiff'?", id="an unknown option"),
        pytest.param({"seen": "qqqq"}, "options: stiff, grabs", id="nothing near"),
        pytest.param({"lasts": ["seconds", "always"]}, "'lasts': give one option", id="two of one"),
        pytest.param({"seen": []}, "'seen': give a list of options", id="none of several"),
        pytest.param({"seen": 4}, "'seen': give a list of options", id="a number"),
        pytest.param({"limb": ["none", "wasting"]}, "none and not_sure stand alone", id="none beside something"),
    ],
)
def test_an_answer_that_cannot_be_used_is_one_clear_line(raw: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        spasm_kind.read_said(HELD, raw)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            "{urgent_now: breathing,", "{urgent_nov: breathing,", "did you mean 'urgent_now'", id="a question"
        ),
        pytest.param("{urgent_now: breathing,", "{urgent_now: breathin,", "did you mean 'breathing'", id="an option"),
        pytest.param("fits: {seen: stiff}", "fits: {seen: stif}", "did you mean 'stiff'", id="an own option"),
        pytest.param("kinds: [clonus]", "kinds: [klonus]", "did you mean 'clonus'", id="a kind"),
        pytest.param(
            "breath: {label: Fighting for breath,", "breath: {lable: Fighting for breath,", "T101", id="a key"
        ),
        pytest.param(
            "breath: {label: Fighting for breath, means: {urgent_now: breathing, airway_signs: gasping}}",
            "breath: yes",
            "T103",
            id="no option",
        ),
        pytest.param("[article_twitching, mnd_red_flags]", "[article_twitch]", "T116", id="a source"),
    ],
)
def test_a_mistake_in_the_data_is_shown_with_its_place(
    old: str, new: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change("spasm_kind", old, new, tmp_path, monkeypatch)
    with pytest.raises(ProtocolRejected, match=re.escape(said)):
        spasm_kind_data.load(PROTOCOL)


def test_every_answer_is_used_for_something() -> None:
    conditions = [each for kind in HELD.kinds for each in (kind.fits, kind.could)]
    conditions += [question.when for question in HELD.questions] + [each.named for each in HELD.causes]
    found = (leaf for each in conditions if each is not None for leaf in leaves(each))
    read = {(leaf.question, option) for leaf in found if isinstance(leaf, Chosen) for option in leaf.options}
    for question in HELD.questions:
        unread = [option for option in question.options if (question.id, option) not in read]
        assert [option for option in unread if not question.means[option]] == [], question.id
