"""Vignettes: invented people with the label, the first actions and the flags that a reader should find in the story."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from triage.decision.assess import assess_answers
from triage.decision.assessment import Assessment
from triage.decision.evidence import raw_answer
from triage.decision.intake import ANSWERED_BY, read_answer, read_answers
from triage.engines.base import Engine
from triage.engines.reference import Reference
from triage.interview.session import Interview
from triage.kernel.answers import Answer
from triage.kernel.diagnostics import Diagnostic, DiagnosticBag, Span, did_you_mean
from triage.kernel.errors import BadInput, ProtocolRejected
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol.conditions import Model
from triage.protocol.models import Place, Protocol, Question, Voice
from triage.protocol.reader import Entry, read_entry, read_list
from triage.protocol.shapes import LABELS, TIMES, Key, Shape, optional
from triage.protocol.source import Entries, Listing, Node, Scalar, kind_of, parse, read_text, spoilt_lines
from triage.verify.cases import AT

FOLDER = "vignettes"  # inside a protocol's folder
PREFIX = "vig_"

ACTION = Shape("an action", {"door": Key("id"), "within": Key("word", among=TIMES)})
EXPECT = Shape(
    "'expect'", {"label": Key("word", among=LABELS), "actions": Key("shape", shape=ACTION), "flags": Key("texts")}
)
VIGNETTE = Shape(
    "a vignette",
    {
        "id": Key("id"),
        "title": Key("text"),
        "topic": Key("id"),
        "level": Key("word", among=LABELS),
        "story": Key("text"),
        "answers": Key("mapping"),
        "rest": optional("word", "denied"),
        "expect": Key("shape", shape=EXPECT),
        "sources": Key("texts"),
    },
)

RawValue = str | tuple[str, ...] | dict[str, str]


class FirstAction(Model):
    """A door and a time."""

    door: str
    within: TimeFrame


class Expect(Model):
    """What was decided by reading, before the program was asked: the soonest actions, and rules that must hold."""

    label: Disposition
    actions: tuple[FirstAction, ...]
    flags: tuple[str, ...]


class Vignette(Model):
    """One invented person. `rest_denied` says that every question not answered here is answered with its denial."""

    id: str
    title: str
    topic: str
    level: Disposition
    story: str
    answers: dict[str, RawValue]
    rest_denied: bool
    expect: Expect
    sources: tuple[str, ...]
    place: Place


def load(folder: Path, protocol: Protocol) -> tuple[Vignette, ...]:
    """Read a folder of vignettes. Raises ProtocolRejected with every mistake."""
    vignettes, mistakes = read(folder, protocol)
    if mistakes:
        raise ProtocolRejected(mistakes)
    return vignettes


def read(folder: Path, protocol: Protocol) -> tuple[tuple[Vignette, ...], tuple[Diagnostic, ...]]:
    """Return the vignettes that could be read beside every mistake found, in file order."""
    bag = DiagnosticBag()
    files = sorted(folder.glob("*.yaml"))
    if not files:
        bag.add(Span(folder.name, 1, 1), "P001", path=folder.name, why="no vignettes in it")
    entries = [entry for file in files for entry in _entries(file, bag)]
    seen: dict[str, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.text("id"), entry)
        if first is not entry and entry.text("id"):
            bag.add(entry.place("id"), "T106", id=entry.text("id"), other=first.place("id"))
    built = [_vignette(entry, protocol, bag) for entry in entries]
    return tuple(each for each in built if each is not None), bag.in_order()


def filled(vignette: Vignette, protocol: Protocol, engines: Sequence[Engine] = ()) -> Mapping[str, Answer]:
    """Return the whole set of answers: the vignette's own, and the denials an interview would be given for the rest.

    Raises BadInput if a question that comes up has no denial and is not answered.
    """
    given = read_answers(protocol, vignette.answers, AT).answers
    if not vignette.rest_denied:
        return given
    voice = _voice(given)
    interview = Interview(protocol, AT, engines=engines or (Reference(protocol),), voice=voice)
    while interview.prompt is not None:
        question = interview.prompt.question
        interview = interview.answer(_answer_to(question, given))
    assert interview.state is not None
    return {**interview.state.answers, **given}


def assessed(vignette: Vignette, protocol: Protocol, *, locale: str, engines: Sequence[Engine] = ()) -> Assessment:
    """Return what the program says of this person. Raises BadInput if the answers are not complete."""
    engines = engines or (Reference(protocol),)
    answers = filled(vignette, protocol, engines)
    return assess_answers(protocol, answers, at=AT, locale=locale, engines=engines)


def check(protocol: Protocol, vignettes: Sequence[Vignette], engines: Sequence[Engine] = ()) -> tuple[Diagnostic, ...]:
    """Assess every vignette and return each difference from what it expects, one line each."""
    bag = DiagnosticBag()
    judges = engines or (Reference(protocol),)
    for vignette in vignettes:
        place = Span(vignette.place.file, vignette.place.line, vignette.place.column)
        try:
            result = assessed(vignette, protocol, locale=protocol.locales[0].id, engines=judges)
        except BadInput as error:
            bag.add(place, "T160", id=vignette.id, why=error)
            continue
        for what, wanted, got in _differences(vignette, result):
            bag.add(place, "T161", id=vignette.id, what=what, wanted=wanted, got=got)
    return bag.in_order()


def _differences(vignette: Vignette, result: Assessment) -> Iterator[tuple[str, str, str]]:
    wanted = vignette.expect
    if result.disposition is not wanted.label:
        yield "the label", wanted.label.value, result.disposition.value
    firsts = [f"{each.door} {each.within}" for each in wanted.actions]
    found = [f"{each.door} {each.within}" for each in result.actions[: len(firsts)]]
    if firsts != found:
        yield "the first actions", ", ".join(firsts), ", ".join(found)
    hold = {each.id for each in result.rules if each.truth == "yes"}
    for flag in wanted.flags:
        if flag not in hold:
            yield "the flag", flag, "none"
    for each in result.not_used:
        yield "every answer used", "all", f"'{each.question}' set aside"
    if vignette.rest_denied and not result.complete and wanted.label is not Disposition.EMERGENCY:
        yield "a complete check", "no open question", ", ".join(result.open_questions)


def _answer_to(question: Question, given: Mapping[str, Answer]) -> object:
    if question.id in given:
        return raw_answer(given[question.id])
    if question.denial is None:
        raise BadInput(f"'{question.id}' has no denial; answer it")
    return question.denial


def _voice(given: Mapping[str, Answer]) -> Voice:
    """Return whose words the questions have; the program never asks that."""
    return "carer" if "carer" in given.get(ANSWERED_BY, Answer()).chosen else "self"


def _entries(file: Path, bag: DiagnosticBag) -> list[Entry]:
    name = f"{FOLDER}/{file.name}"
    text = read_text(file, name, bag)
    if text is None or spoilt_lines(text, name, bag):
        return []
    return read_list(parse(text, name, bag), VIGNETTE, bag)


def _vignette(entry: Entry, protocol: Protocol, bag: DiagnosticBag) -> Vignette | None:
    """Build one vignette; None if a key is missing, which is recorded already."""
    before = len(bag.found)
    expect = _expect(entry, protocol, bag)
    answers = _answers(entry, protocol, bag)
    if "id" in entry.values and not entry.text("id").startswith(PREFIX):
        bag.add(entry.place("id"), "T104", value=entry.text("id"), wanted=f"an id that begins with {PREFIX}")
    _known(entry, "sources", "T116", {each.id for each in protocol.sources}, bag)
    if expect is not None and "level" in entry.values and expect.label.value != entry.text("level"):
        bag.add(entry.place("level"), "T162", id=entry.text("id"), level=entry.text("level"), label=expect.label.value)
    if expect is None or len(bag.found) > before or any(key not in entry.values for key in ("id", "story", "level")):
        return None
    return Vignette(
        id=entry.text("id"),
        title=entry.text("title"),
        topic=entry.text("topic"),
        level=Disposition(entry.text("level")),
        story=" ".join(entry.text("story").split()),
        answers=answers,
        rest_denied=entry.text("rest") == "denied",
        expect=expect,
        sources=entry.texts("sources"),
        place=Place(file=entry.span.file, line=entry.span.line, column=entry.span.column),
    )


def _expect(entry: Entry, protocol: Protocol, bag: DiagnosticBag) -> Expect | None:
    node = entry.nodes.get("expect")
    read = None if node is None else read_entry(node, EXPECT, bag)
    if read is None:
        return None
    _known(read, "flags", "T112", {each.id for each in protocol.rules}, bag, sort="rule")
    actions = _actions(read, protocol, bag)
    if "label" not in read.values:
        return None
    return Expect(label=Disposition(read.text("label")), actions=actions, flags=read.texts("flags"))


def _actions(expect: Entry, protocol: Protocol, bag: DiagnosticBag) -> tuple[FirstAction, ...]:
    node = expect.nodes.get("actions")
    if node is None:
        return ()
    if not isinstance(node, Listing) or not node.items:
        bag.add(node.span, "T103", what="'actions'", wanted="a list of actions", got=kind_of(node))
        return ()
    doors = {door for locale in protocol.locales for door in locale.doors}
    actions = []
    for each in read_list(node, ACTION, bag):
        _known(each, "door", "T117", doors, bag)
        if "within" in each.values:
            actions.append(FirstAction(door=each.text("door"), within=TimeFrame(each.text("within"))))
    return tuple(actions)


def _known(entry: Entry, key: str, code: str, known: set[str], bag: DiagnosticBag, **details: str) -> None:
    """Record every name under a key that does not exist, where it stands."""
    node = entry.nodes.get(key)
    for item in node.items if isinstance(node, Listing) else (node,):
        if isinstance(item, Scalar) and item.text and item.text not in known:
            bag.add(item.span, code, name=item.text, hint=did_you_mean(item.text, known), **details)


def _answers(entry: Entry, protocol: Protocol, bag: DiagnosticBag) -> dict[str, RawValue]:
    node = entry.nodes.get("answers")
    questions = {question.id: question for question in protocol.questions}
    answers: dict[str, RawValue] = {}
    for name, value in node.items if isinstance(node, Entries) else ():
        question = questions.get(name.text)
        if question is None:
            hint = did_you_mean(name.text, questions)
            bag.add(name.span, "T112", sort="question", name=name.text, hint=hint)
            continue
        answers[name.text] = _plain(value)
        try:
            read_answer(question, answers[name.text], AT)
        except BadInput as error:
            bag.add(value.span, "T160", id=entry.text("id"), why=error)
    return answers


def _plain(node: Node) -> RawValue:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listing):
        return tuple(item.text for item in node.items if isinstance(item, Scalar))
    return {key.text: value.text for key, value in node.items if isinstance(value, Scalar)}
