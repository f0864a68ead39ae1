import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from tests.shipped import PROTOCOL
from triage.kernel.errors import BadInput
from triage.protocol.graph import edges
from triage.verify.graph_svg import BOX_WIDTH, PADDING, as_svg
from triage.verify.rule_graph import Picture, as_mermaid, as_text, picture, pictures, rules_of, topics

SVG = "{http://www.w3.org/2000/svg}"
WIDEST_LETTER = 0.65  # of the letter's height, in the widest sans-serif that browsers fall back to, over a line of text
WHOLE = picture(PROTOCOL)
NODE = re.compile(r'^    (\w+)(\(\[|\[|\(|\{\{)"([^"<>`]*)"(\]\)|\]|\)|\}\})$')
ARROW = re.compile(r"^  (\w+) --> (\w+)$")


@pytest.mark.parametrize(
    ("what", "count"),
    [
        pytest.param(None, len(PROTOCOL.rules), id="no name means every rule"),
        pytest.param("chest", len(topics(PROTOCOL)["chest"]), id="a topic is the file its rules stand in"),
        pytest.param("relapse_shape", 1, id="a rule by its id"),
        pytest.param("pr-core", 1, id="a rule by the code of the brief"),
    ],
)
def test_what_can_be_asked_for(what: str | None, count: int) -> None:
    assert len(rules_of(PROTOCOL, what)) == count


def test_an_unknown_topic_is_told_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="did you mean 'relapse'"):
        picture(PROTOCOL, "relapze")


def test_every_topic_together_is_every_rule() -> None:
    assert sorted(rule.id for rules in topics(PROTOCOL).values() for rule in rules) == sorted(
        rule.id for rule in PROTOCOL.rules
    )


def test_the_picture_holds_all_that_each_rule_reads_down_to_the_questions_and_its_label() -> None:
    graph, shown = edges(PROTOCOL), set(WHOLE.arrows)
    questions = {f"subject:{question.id}" for question in PROTOCOL.questions}
    for rule in PROTOCOL.rules:
        waiting = [f"rule:{rule.id}"]
        while waiting:
            name = waiting.pop()
            for read in graph[name] if name not in questions else ():
                assert (read, name) in shown
                waiting.append(read)
        assert (f"rule:{rule.id}", f"label:{rule.then.value}") in shown


@pytest.mark.parametrize("what", [None, *topics(PROTOCOL), "relapse_shape"])
def test_arrows_go_from_left_to_right_between_boxes_that_are_there(what: str | None) -> None:
    shown = picture(PROTOCOL, what)
    columns = {box.name: box.column for box in shown.boxes}
    assert len(columns) == len(shown.boxes)
    assert all(columns[read] < columns[reader] for read, reader in shown.arrows)
    assert {box.kind for box in shown.boxes if box.column == 0} == {"question"} or "not_sure_answers" in str(shown)


def mermaid_ids(shown: Picture) -> tuple[set[str], list[tuple[str, str]]]:
    """Read a flow chart by its grammar; a line of another form fails."""
    ids: list[str] = []
    arrows = []
    for line in as_mermaid(shown).splitlines():
        if node := NODE.match(line):
            ids.append(node[1])
        elif arrow := ARROW.match(line):
            arrows.append((arrow[1], arrow[2]))
        else:
            assert re.match(
                r'^(flowchart LR|  acc(Title|Descr): .+|  subgraph (all_\w+)\["[A-Z][a-z]+"\]|  end)$', line
            ), line
            ids += re.findall(r"subgraph (\w+)", line)
    assert len(ids) == len(set(ids)), "no two ids clash"
    return set(ids), arrows


@pytest.mark.parametrize("what", [None, *topics(PROTOCOL)])
def test_mermaid_follows_its_grammar_and_draws_every_arrow(what: str | None) -> None:
    shown = picture(PROTOCOL, what)
    ids, arrows = mermaid_ids(shown)
    assert len(arrows) == len(shown.arrows)
    assert {each for arrow in arrows for each in arrow} <= ids


def test_mermaid_labels_cannot_end_their_quotes_or_start_a_tag() -> None:
    box = WHOLE.boxes[0]
    nasty = Picture("t", (type(box)(box.name, box.kind, box.id, 'say "no" <b> `x` #1\n2', 0),), ())
    assert '(["say #quot;no#quot; #lt;b#gt; #96;x#96; #35;1 2"])' in as_mermaid(nasty)


def test_the_outline_names_every_box_and_its_arrows() -> None:
    for topic in topics(PROTOCOL):
        shown = picture(PROTOCOL, topic)
        text = as_text(shown)
        assert all(
            f"{box.kind} {box.id}: {box.text}" in text for box in shown.boxes if box.kind not in ("rule", "label")
        )
        assert all(f"Rule {box.id}: {box.text}" in text for box in shown.boxes if box.kind == "rule")


def drawn(what: str | None) -> ET.Element:
    return ET.fromstring(as_svg(pictures(PROTOCOL, what), "What is read"))


def boxes_of(panel: ET.Element) -> list[ET.Element]:
    return [group for group in panel.iter(f"{SVG}g") if group.find(f"{SVG}rect") is not None]


def frame(box: ET.Element) -> tuple[float, float, float]:
    rect = box.find(f"{SVG}rect")
    assert rect is not None
    return float(rect.get("x", "")), float(rect.get("y", "")), float(rect.get("height", ""))


@pytest.mark.parametrize("what", [*topics(PROTOCOL), "relapse_shape"])
def test_boxes_of_the_drawing_do_not_overlap_and_hold_their_words(what: str) -> None:
    root = drawn(what)
    by_column: dict[float, list[tuple[float, float]]] = {}
    for box in boxes_of(root):
        x, y, height = frame(box)
        by_column.setdefault(x, []).append((y, y + height))
        for row in box.iter(f"{SVG}text"):
            size = float(row.get("font-size", "13"))
            assert len(row.text or "") * size * WIDEST_LETTER <= BOX_WIDTH, row.text
            assert y + PADDING <= float(row.get("y", "")) <= y + height - PADDING / 2
    for column in by_column.values():
        column.sort()
        assert all(above[1] < below[0] for above, below in pairwise(column))
    bottom = max(end for column in by_column.values() for _, end in column)
    assert bottom < float(root.get("height", ""))


def test_the_drawing_is_named_and_described_for_those_who_do_not_see_it() -> None:
    root = drawn("chest")
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert title is not None
    assert title.text == "What is read"
    assert described is not None
    assert "not the medicine" in (described.text or "")


def test_every_rule_of_the_drawing_names_its_result_in_words() -> None:
    root = drawn(None)
    rules = {f"rule {rule.id}": rule for rule in PROTOCOL.rules}
    found = 0
    for box in boxes_of(root):
        named = box.findtext(f"{SVG}title") or ""
        if named in rules:
            words = " ".join(row.text or "" for row in box.iter(f"{SVG}text"))
            assert rules[named].then.value.replace("_", " ") in words
            found += 1
    assert found == len(PROTOCOL.rules)


def test_the_same_protocol_gives_the_same_drawing() -> None:
    assert as_svg(pictures(PROTOCOL, "relapse"), "t") == as_svg(pictures(PROTOCOL, "relapse"), "t")
