"""One protocol in the words of the person, of a carer and of a nurse: the words change and nothing else does."""

import pytest

from tests.shipped import PROTOCOL, QUESTIONS
from triage.protocol.models import Protocol
from triage.protocol.texts import fill, locale_of
from triage.protocol.voices import worded

CARER = worded(PROTOCOL, "carer")
PHONE = worded(PROTOCOL, "phone")


def logic_of(protocol: Protocol) -> object:
    rules = [(each.id, each.when, each.then, each.within, each.door) for each in protocol.rules]
    asked = [(each.id, each.kind, each.ask_if, [option.id for option in each.options]) for each in protocol.questions]
    return rules, asked, protocol.hash


@pytest.mark.parametrize("spoken", [CARER, PHONE], ids=["carer", "phone"])
def test_a_voice_changes_no_rule_no_question_and_no_hash(spoken: Protocol) -> None:
    assert logic_of(spoken) == logic_of(PROTOCOL)


def test_a_nurse_reads_the_phone_wording() -> None:
    assert all(each.ask == QUESTIONS[each.id].say_on_phone for each in PHONE.questions)


def test_a_carer_may_always_say_that_the_person_will_not_tell() -> None:
    assert all(each.may_decline for each in CARER.questions)


def test_a_carer_reads_their_own_words_where_there_are_some() -> None:
    written = {each.id: each.carer for each in PROTOCOL.questions if each.carer}
    assert len(written) > len(PROTOCOL.questions) / 2
    for each in CARER.questions:
        for key, words in written.get(each.id, {}).items():
            assert getattr(each, key) == words


def test_a_door_speaks_of_their_team() -> None:
    theirs = fill("Ring {ms_team}.", locale_of(CARER, "en-GB"))
    assert theirs == "Ring their MS team."


def test_fixed_texts_are_replaced_by_path() -> None:
    assert CARER.dispositions.carer
    for path, words in PROTOCOL.dispositions.carer.items():
        value: object = CARER.dispositions
        for step in path.split("."):
            value = value[step] if isinstance(value, dict) else getattr(value, step)
        assert value == words


def test_words_once_replaced_cannot_be_replaced_again() -> None:
    assert worded(CARER, "carer") is CARER
    with pytest.raises(ValueError, match="start from the loaded one"):
        worded(CARER, "phone")
