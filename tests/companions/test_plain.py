"""The texts of these tools are as plain as those of the protocol: the same check reads them."""

import re
from collections.abc import Iterator

import pytest

from tests.shipped import PROTOCOL
from triage.companions.data import FOLDER
from triage.kernel.diagnostics import DiagnosticBag
from triage.protocol.library import folder_of
from triage.protocol.source import Entries, Listing, Node, Scalar, parse
from triage.verify import plain
from triage.verify.plain_texts import Form, Shown
from triage.verify.plain_words import alternatives, language

# what is no text: names, conditions, figures, and other names that a person may type for a medicine
CONDITIONS = ("when", "fits", "could", "means", "in_doubt", "also")
NAMES = ("id", "brief", "sources", "doubts", "blocks", "kinds", "kind", "named_for", "names")
NO_TEXT = frozenset((*CONDITIONS, *NAMES, "table", "box", "from"))
TOOLS = ("triggers", "spasm_kind", "medicines")
LABELS = frozenset(("name", "label", "title", "items", "pick", "word"))
# explained where they stand
EXPLAINED = ("encephalitis", "neuropathy", "MRI", "neuromuscular")


def texts(node: Node, key: str = "") -> Iterator[tuple[str, Scalar]]:
    match node:
        case Scalar():
            yield key, node
        case Listing():
            for item in node.items:
                yield from texts(item, key)
        case Entries():
            for name, value in node.items:
                if name.text not in NO_TEXT:
                    yield from texts(value, name.text)


def form(key: str) -> Form:
    return "label" if key in LABELS else "ask" if key == "ask" else "sentences"


def read(tool: str) -> Entries:
    node = parse((folder_of("ms") / FOLDER / f"{tool}.yaml").read_text(encoding="utf-8"), tool, DiagnosticBag())
    assert isinstance(node, Entries)
    return node


@pytest.mark.parametrize("tool", TOOLS)
def test_a_text_names_a_service_only_through_a_door_that_every_place_has(tool: str) -> None:
    parts = [node for name, node in read(tool).items if name.text != "words"]
    named = {door for part in parts for _, text in texts(part) for door in re.findall(r"{(\w+)}", text.text)}
    for locale in PROTOCOL.locales:
        assert named <= set(locale.doors)
    said = " ".join(text.text for part in parts for _, text in texts(part))
    assert not re.search(r"\b(999|111|112|911|GP|A&E|NHS)\b", said)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tools_texts_are_plain(tool: str) -> None:
    node, words = read(tool), language("en")
    assert words is not None
    book = plain.Rulebook(words, alternatives(tuple(form for term in PROTOCOL.glossary for form in term.words)))
    shown = [Shown(scalar.span, key, scalar.text, form(key)) for key, scalar in texts(node)]
    found = [str(each) for one in shown for each in plain._read(one, book)]
    assert len(shown) > 50
    assert [each for each in found if not any(f"'{word}' is a hard word" in each for word in EXPLAINED)] == []
