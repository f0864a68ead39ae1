"""Every row of the brief's tables A1-A9 is traced to the entry that carries its code and to the page that shows it.

`tests/data/brief_facts.json` names for each row its tools, what their pages must show, and the codes of the protocol's
entries. Rows of tools that are not listed in PAGES are traced by the tests of those tools.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.companions_diary.test_brief_a8 import ITEMS as A8_ITEMS
from tests.shipped import AT, PROTOCOL, REFERENCE
from triage.companions import (
    medicines,
    spasm_kind,
    spasm_kind_data,
    spasm_kind_page,
    triggers,
    triggers_page,
    triggers_pick,
)
from triage.companions.data import FOLDER
from triage.kernel.diagnostics import DiagnosticBag
from triage.protocol.library import folder_of
from triage.protocol.source import Entries, Listing, Node, Scalar, parse

DATA = Path(__file__).resolve().parents[1] / "data" / "brief_facts.json"
FACTS: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))
BRIEF_ROWS = {"A1": 11, "A2": 15, "A3": 10, "A4": 6, "A5": 19, "A6": 15, "A7": 9}  # and A8 and A9, which have no rows
PLACE = "en-GB"


def triggers_text() -> str:
    held = triggers.load(PROTOCOL)
    page = triggers_page.as_text(held, PROTOCOL, PLACE)
    return f"{page}\n{triggers_pick.as_text(held, held.triggers, PROTOCOL, PLACE)}"


def spasm_kind_text() -> str:
    """Return the pages of people who see one sign each."""
    held = spasm_kind_data.load(PROTOCOL)
    signs = next(each for each in held.questions if each.id == "seen").options
    calm = {"ms": ("confirmed",), "limb": ("none",), "danger": ("none",), "weeks": ("short",)}
    pages = []
    for sign in signs:
        said = {**calm, "seen": (sign,)}
        flags = spasm_kind.flags(held, said, PROTOCOL, at=AT, locale=PLACE, engines=REFERENCE)
        pages.append(spasm_kind_page.as_text(held, said, flags, PROTOCOL, PLACE))
    return "\n".join(pages)


def medicines_text() -> str:
    held = medicines.load(PROTOCOL)
    names = [None, *(each.id for each in held.classes)]
    return "\n".join(medicines.as_text(held, name, PROTOCOL, PLACE) for name in names)


PAGES = {"triggers": triggers_text(), "spasm_kind": spasm_kind_text(), "medicines": medicines_text()}


def scalars(node: Node, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text with the key that it stands under."""
    match node:
        case Scalar():
            yield key, node.text
        case Listing():
            for item in node.items:
                yield from scalars(item, key)
        case Entries():
            for name, value in node.items:
                yield from scalars(value, name.text)


def codes_of_tool(tool: str) -> set[str]:
    text = (folder_of("ms") / FOLDER / f"{tool}.yaml").read_text(encoding="utf-8")
    node = parse(text, tool, DiagnosticBag())
    assert node is not None
    return {text for key, text in scalars(node) if key == "brief"}


def codes_of_protocol() -> set[str]:
    codes = [question.brief for question in PROTOCOL.questions]
    codes += [rule.brief for rule in PROTOCOL.rules]
    codes += [block.brief for block in PROTOCOL.advice]
    codes += [modifier.brief for modifier in PROTOCOL.modifiers]
    codes += [option.brief for question in PROTOCOL.questions for option in question.options]
    return {code for each in codes for code in each}


CODES = {tool: codes_of_tool(tool) for tool in PAGES}
PROTOCOL_CODES = codes_of_protocol()


def untraced(fact: dict[str, Any]) -> list[str]:
    """Return what of a row is missing, at the places that are traced here."""
    tools = [tool for tool in fact["tools"] if tool in PAGES]
    missing = [f"{tool} has no entry for it" for tool in tools if fact["id"] not in CODES[tool]]
    shown = plain(" ".join(PAGES[tool] for tool in tools))
    missing += [f"no page shows '{words}'" for words in fact["shows"] if plain(words) not in shown]
    return missing + [f"the protocol has no '{code}'" for code in fact["codes"] if code not in PROTOCOL_CODES]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\n- ", " ")).lower()


def traced_here(fact: dict[str, Any]) -> bool:
    return bool(fact["codes"]) or not set(PAGES).isdisjoint(fact["tools"])


def test_every_row_of_the_brief_is_in_the_list() -> None:
    wanted = [f"{table}.{number}" for table, count in BRIEF_ROWS.items() for number in range(1, count + 1)]
    assert [fact["id"] for fact in FACTS] == [*wanted, "A8", "A9"]


@pytest.mark.parametrize("fact", FACTS, ids=[f"{fact['id']} {fact['fact']}" for fact in FACTS])
def test_a_fact_is_traced_to_the_place_that_shows_or_uses_it(fact: dict[str, Any]) -> None:
    assert untraced(fact) == []


def test_all_rows_of_these_tools_are_traced(capsys: pytest.CaptureFixture[str]) -> None:
    ours = [fact for fact in FACTS if traced_here(fact)]
    found = [fact for fact in ours if not untraced(fact)]
    elsewhere = [fact["id"] for fact in FACTS if not traced_here(fact)]
    with capsys.disabled():
        print(f"\nfacts traced: {len(found)} of {len(ours)}; by other tools' tests: {', '.join(elsewhere)}")
    assert found == ours


# A8 is a list of what a diary records; each of its items is a row of that tool's own test
ELSEWHERE: dict[str, set[str]] = {
    "A5.15": codes_of_tool("plan"),
    "A7.9": codes_of_tool("visit"),
    "A8": {"A8" for _ in A8_ITEMS},
}


def test_the_rows_of_the_other_tools_are_traced_in_their_data(capsys: pytest.CaptureFixture[str]) -> None:
    others = [fact["id"] for fact in FACTS if not traced_here(fact)]
    lost = [name for name in others if name not in ELSEWHERE.get(name, set())]
    with capsys.disabled():
        print(f"\nfacts of tables A1 to A9 traced: {len(FACTS) - len(lost)} of {len(FACTS)}")
    assert lost == []


def test_no_entry_claims_a_row_that_the_brief_does_not_have() -> None:
    rows = {fact["id"] for fact in FACTS}
    assert {code for codes in CODES.values() for code in codes} <= rows


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        pytest.param({"shows": ["72 of 100 camels"]}, "no page shows '72 of 100 camels'", id="words on no page"),
        pytest.param({"id": "A2.99"}, "triggers has no entry for it", id="a row with no entry"),
        pytest.param({"codes": ["em-camel"]}, "the protocol has no 'em-camel'", id="a code the protocol does not have"),
    ],
)
def test_a_fact_that_is_lost_is_noticed(change: dict[str, Any], missing: str) -> None:
    (fact,) = (fact for fact in FACTS if fact["id"] == "A2.4")
    assert untraced({**fact, **change}) == [missing]
