"""What a person takes to a clinic visit: their answers, sorted as the articles say a clinician asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from triage.companions.data import accept, different, known, known_sources, mapping, read_tool
from triage.companions.reading import spoken_words, vocabulary
from triage.kernel.diagnostics import DiagnosticBag
from triage.kernel.errors import BadInput
from triage.protocol.conditions import Condition
from triage.protocol.models import Protocol
from triage.protocol.reader import Entry, read_list
from triage.protocol.shapes import Key, Shape, optional
from triage.protocol.vocabulary import NEVER, Vocabulary, read_condition

TOOL = "visit"
PARTS = ("set_off", "medicines", "effects", "asked")
SHOWN_CHARS_MAX = 30  # how much of a question that is too long is repeated in a message
WORDS = (
    "title filled emergency check_says check_result flags unfinished while_help_comes timeline when what near no_dates "
    "earlier near_no_cause scores no_scores pain article_score set_off medicines effects asked tests tests_intro wants "
    "topic answer test shows write not_needed none today from made caution sheet_of"
)
STAND = Shape(
    "a date",
    {
        "id": Key("id"),
        "question": Key("id"),
        "says": Key("text"),
        "tell": Key("texts"),
        "near": Key("texts"),
    },
)
NEAR = Shape(
    "what may be near", {"id": Key("id"), "says": Key("text"), "when": Key("condition"), "brief": Key("texts")}
)
ROW = Shape(
    "a row",
    {
        "id": Key("id"),
        "part": Key("word", among=PARTS),
        "says": Key("text"),
        "from": Key("texts"),
        "options": optional("texts"),
        "brief": Key("texts"),
        "sources": Key("texts"),
    },
)
TEST = Shape(
    "a test",
    {
        "id": Key("id"),
        "name": Key("text"),
        "shows": Key("text"),
        "brief": Key("texts"),
        "sources": Key("texts"),
        "doubts": Key("texts"),
    },
)
FILE = Shape(
    "this file",
    {
        "ask_max": Key("integer"),
        "ask_chars_max": Key("integer"),
        "episodes_max": Key("integer"),
        "words": Key("mapping"),
        "carer": optional("mapping"),
        "timeline": Key("shape"),
        "check_day": Key("texts"),
        "near": Key("shape"),
        "named": Key("mapping"),
        "rows": Key("shape"),
        "tests": Key("shape"),
    },
)


@dataclass(frozen=True, slots=True)
class Episode:
    """Something that happened: when, what, and what was near it. A diary may give these; so do the answers."""

    at: date | datetime
    said: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """A date among the answers: the question that gives it, whose answers tell more, and what may be near."""

    id: str
    question: str
    says: str
    tell: tuple[str, ...]
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Something that may be near a change, and the answers that say so."""

    id: str
    says: str
    when: Condition
    brief: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One topic with the questions that answer it; `options` keeps it to some of their answers."""

    id: str
    part: str
    says: str
    questions: tuple[str, ...]
    options: tuple[str, ...]
    brief: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A test the articles name, and what it can show."""

    id: str
    name: str
    shows: str
    brief: tuple[str, ...]
    sources: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitFile:
    """Everything the file holds; `named` says what an answer is about where several stand together."""

    words: Mapping[str, str]
    ask_max: int
    ask_chars_max: int
    episodes_max: int
    timeline: tuple[Stand, ...]
    check_day: tuple[str, ...]
    near: Mapping[str, Near]
    named: Mapping[str, str]
    rows: tuple[Row, ...]
    tests: tuple[Test, ...]


def load(protocol: Protocol) -> VisitFile:
    """Read the visit's data. Raises BadInput if there is none and ProtocolRejected with every mistake."""
    bag = DiagnosticBag()
    entry = read_tool(protocol, TOOL, FILE, bag)
    words = spoken_words(entry, WORDS, protocol, bag)
    stands = read_list(entry.nodes.get("timeline"), STAND, bag)
    near = read_list(entry.nodes.get("near"), NEAR, bag)
    rows = read_list(entry.nodes.get("rows"), ROW, bag)
    tests = read_list(entry.nodes.get("tests"), TEST, bag)
    for some in (stands, near, rows, tests):
        different(some, bag)
    _names(entry, stands, near, rows, protocol, bag)
    for each in (*rows, *tests):
        known_sources(each, protocol, bag)
    asked = Shape("the names", {each.id: optional("text") for each in protocol.questions})
    named = mapping(entry, "named", asked, bag)
    names = vocabulary(protocol)
    found = {each.text("id"): _near(each, names, bag) for each in near}
    accept(bag)
    return VisitFile(
        words=words,
        ask_max=entry.value("ask_max", int) or 0,
        ask_chars_max=entry.value("ask_chars_max", int) or 0,
        episodes_max=entry.value("episodes_max", int) or 0,
        timeline=tuple(_stand(each) for each in stands),
        check_day=entry.texts("check_day"),
        near=found,
        named=named,
        rows=tuple(_row(each) for each in rows),
        tests=tuple(_test(each) for each in tests),
    )


def _names(
    entry: Entry,
    stands: Sequence[Entry],
    near: Sequence[Entry],
    rows: Sequence[Entry],
    protocol: Protocol,
    bag: DiagnosticBag,
) -> None:
    """Record every name of a question, an option or a thing near that does not exist."""
    questions = {each.id: each for each in protocol.questions}
    things = [each.text("id") for each in near]
    known(entry, "check_day", "T112", things, bag, sort="thing near")
    for stand in stands:
        known(stand, "question", "T112", questions, bag, sort="question")
        known(stand, "tell", "T112", questions, bag, sort="question")
        known(stand, "near", "T112", things, bag, sort="thing near")
    for row in rows:
        known(row, "from", "T112", questions, bag, sort="question")
        asked = [questions[name] for name in row.texts("from") if name in questions]
        options = [option.id for question in asked for option in question.options]
        known(row, "options", "T112", options, bag, sort="option")


def _stand(entry: Entry) -> Stand:
    tell, near = entry.texts("tell"), entry.texts("near")
    return Stand(entry.text("id"), entry.text("question"), entry.text("says"), tell, near)


def _near(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> Near:
    node = entry.nodes.get("when")
    when = NEVER if node is None else read_condition(node, names, bag)  # what is missing is recorded already
    return Near(entry.text("id"), entry.text("says"), when, entry.texts("brief"))


def _row(entry: Entry) -> Row:
    return Row(
        entry.text("id"),
        entry.text("part"),
        entry.text("says"),
        entry.texts("from"),
        entry.texts("options"),
        entry.texts("brief"),
        entry.texts("sources"),
    )


def _test(entry: Entry) -> Test:
    brief, sources, doubts = entry.texts("brief"), entry.texts("sources"), entry.texts("doubts")
    return Test(entry.text("id"), entry.text("name"), entry.text("shows"), brief, sources, doubts)


def asked_lines(held: VisitFile, lines: Sequence[str]) -> tuple[str, ...]:
    """Return what the person wants to ask, each line tidied. Raises BadInput if it does not fit on the page."""
    tidy = tuple(" ".join(line.split()) for line in lines)
    clean = tuple("".join(char if char.isprintable() else "?" for char in line) for line in tidy if line)
    if len(clean) > held.ask_max:
        raise BadInput(f"{len(clean)} questions are too many for the page; give at most {held.ask_max}")
    long = next((line for line in clean if len(line) > held.ask_chars_max), None)
    if long is not None:
        begun = long[:SHOWN_CHARS_MAX]
        raise BadInput(f"'{begun}...' has {len(long)} letters; a question may have {held.ask_chars_max}")
    return clean
