"""The self-care plan: the blocks the check chose, cautions before them, on one page; nothing of it in an emergency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.companions.data import accept, different, known, known_sources, read_tool
from triage.companions.reading import spoken_text, spoken_words, vocabulary
from triage.companions.steps import is_settled, steps_of
from triage.decision.assessment import AdviceBlock, Assessment
from triage.decision.evidence import Evidence
from triage.engines.base import Valuation
from triage.engines.sheet import sheet_of
from triage.kernel.answers import Answer
from triage.kernel.diagnostics import DiagnosticBag
from triage.kernel.scale import Disposition
from triage.kernel.truth import NO
from triage.protocol.conditions import Condition
from triage.protocol.models import Locale, Protocol
from triage.protocol.reader import Entry, read_list
from triage.protocol.shapes import Key, Shape, optional
from triage.protocol.texts import fill, locale_of
from triage.protocol.vocabulary import read_condition

TOOL = "plan"
WORDS = (
    "title title_waiting title_emergency title_unfinished do_first at_home unfinished while_help_comes before "
    "from_diary diary_fact no_cause when_help left_out see_result figures from made caution sheet_of"
)
SOURCED = {"id": Key("id"), "brief": Key("texts"), "sources": Key("texts"), "doubts": Key("texts")}
CAUTION = Shape("a caution", {**SOURCED, "text": Key("text"), "carer": optional("text"), "when": optional("condition")})
FACT = Shape("a fact", {**SOURCED, "blocks": Key("texts"), "add": optional("text"), "note": optional("text")})
FILE = Shape(
    "this file",
    {
        "blocks_max": Key("integer"),
        "letters_max": Key("integer"),
        "order": Key("texts"),
        "words": Key("mapping"),
        "carer": optional("mapping"),
        "cautions": Key("shape"),
        "facts": Key("shape"),
    },
)


@dataclass(frozen=True, slots=True)
class Caution:
    """What to mind before any block; without `when` it holds for everyone."""

    id: str
    text: str
    when: Condition | None
    brief: tuple[str, ...]
    sources: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something an article says about self-care, and the blocks that use it.

    `add` is one more line for the first of them; `note` says at the foot how far its figure can be trusted.
    """

    id: str
    blocks: tuple[str, ...]
    add: str
    note: str
    brief: tuple[str, ...]
    sources: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanFile:
    """Everything the file holds."""

    words: Mapping[str, str]
    blocks_max: int
    letters_max: int
    order: tuple[str, ...]
    cautions: tuple[Caution, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class DiaryFact:
    """One thing a diary shows, and what it was counted from."""

    said: str
    counted: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What one person's page holds.

    Without blocks it says only what to do first, or that the check is not finished. `at_home` says that nobody has to
    be called.
    """

    title: str
    steps: tuple[str, ...]
    while_help_comes: tuple[str, ...] = ()
    unfinished: bool = False
    at_home: bool = False
    cautions: tuple[str, ...] = ()
    blocks: tuple[AdviceBlock, ...] = ()
    left_out: tuple[str, ...] = ()
    diary: tuple[DiaryFact, ...] = ()
    safety_net: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def load(protocol: Protocol) -> PlanFile:
    """Read the plan's data. Raises BadInput if there is none and ProtocolRejected with every mistake."""
    bag = DiagnosticBag()
    entry = read_tool(protocol, TOOL, FILE, bag)
    words = spoken_words(entry, WORDS, protocol, bag)
    cautions = read_list(entry.nodes.get("cautions"), CAUTION, bag)
    facts = read_list(entry.nodes.get("facts"), FACT, bag)
    blocks = [block.id for block in protocol.advice]
    known(entry, "order", "T112", blocks, bag, sort="advice block")
    different((*cautions, *facts), bag)
    for each in (*cautions, *facts):
        known_sources(each, protocol, bag)
        known(each, "blocks", "T112", blocks, bag, sort="advice block")
    read = tuple(_caution(each, protocol, bag) for each in cautions)
    accept(bag)
    most, letters = (entry.value(key, int) or 0 for key in ("blocks_max", "letters_max"))
    return PlanFile(words, most, letters, entry.texts("order"), read, tuple(_fact(each) for each in facts))


def _caution(entry: Entry, protocol: Protocol, bag: DiagnosticBag) -> Caution:
    node = entry.nodes.get("when")
    when = None if node is None else read_condition(node, vocabulary(protocol), bag)
    text = spoken_text(entry, "text", protocol)
    brief, sources, doubts = entry.texts("brief"), entry.texts("sources"), entry.texts("doubts")
    return Caution(entry.text("id"), text, when, brief, sources, doubts)


def _fact(entry: Entry) -> Fact:
    brief, sources, doubts = entry.texts("brief"), entry.texts("sources"), entry.texts("doubts")
    add, note = entry.text("add"), entry.text("note")
    return Fact(entry.text("id"), entry.texts("blocks"), add, note, brief, sources, doubts)


def plan_of(
    held: PlanFile,
    protocol: Protocol,
    result: Assessment,
    answers: Mapping[str, Answer],
    *,
    diary: Sequence[DiaryFact] = (),
) -> Plan:
    """Return what stands on this person's page.

    An emergency gives only what to do now; a check that is not finished gives no plan, because a danger sign may still
    be behind an open question.
    """
    words, steps = held.words, steps_of(result, protocol)
    if result.disposition is Disposition.EMERGENCY:
        return Plan(words["title_emergency"], steps, while_help_comes=result.emergency_screen)
    if not is_settled(result):
        return Plan(words["title_unfinished"], steps, unfinished=True, safety_net=result.safety_net)
    at_home = result.disposition is Disposition.SELF_CARE
    place = locale_of(protocol, result.locale)
    cautions = cautions_of(held, protocol, answers, datetime.fromisoformat(result.at))
    warned = tuple(fill(each.text, place) for each in cautions)
    nets = (*result.modifier_advice, *result.safety_net)
    ordered = sorted(result.advice, key=lambda block: _place(held, block))
    full = [_with_facts(block, held, place) for block in ordered]
    blocks = _that_fit(held, full, letters=_letters((*steps, *warned, *nets, *(each.said for each in diary))))
    return Plan(
        words["title" if at_home else "title_waiting"],
        steps,
        at_home=at_home,
        cautions=warned,
        blocks=blocks,
        left_out=tuple(block.title for block in full[len(blocks) :]),
        diary=tuple(diary),
        safety_net=nets,
        notes=_notes(held, blocks),
        sources=_sources(blocks, cautions),
    )


def _that_fit(held: PlanFile, blocks: Sequence[AdviceBlock], *, letters: int) -> tuple[AdviceBlock, ...]:
    """Return the blocks that the page has room for beside so many letters; the first one always."""
    for count, block in enumerate(blocks):
        letters += _letters((block.title, *block.cautions, *block.text))
        if count == held.blocks_max or (count and letters > held.letters_max):
            return tuple(blocks[:count])
    return tuple(blocks)


def _letters(texts: Sequence[str]) -> int:
    return sum(len(text) for text in texts)


def cautions_of(held: PlanFile, protocol: Protocol, answers: Mapping[str, Answer], at: datetime) -> tuple[Caution, ...]:
    """Return the cautions that the answers do not rule out; a doubt or an open question keeps one."""
    evidence = Evidence(protocol, sheet_of(protocol, answers, at, Valuation.IN_DOUBT), answers)
    return tuple(each for each in held.cautions if each.when is None or evidence.truth(each.when) is not NO)


def _notes(held: PlanFile, blocks: Sequence[AdviceBlock]) -> tuple[str, ...]:
    shown = {block.id for block in blocks}
    return tuple(each.note for each in held.facts if each.note and shown.intersection(each.blocks))


def _sources(blocks: Sequence[AdviceBlock], cautions: Sequence[Caution]) -> tuple[str, ...]:
    named = (*(each.sources for each in blocks), *(each.sources for each in cautions))
    return tuple(dict.fromkeys(name for sources in named for name in sources))


def _place(held: PlanFile, block: AdviceBlock) -> int:
    return held.order.index(block.id) if block.id in held.order else len(held.order)


def _with_facts(block: AdviceBlock, held: PlanFile, place: Locale) -> AdviceBlock:
    """Return the block with the lines that the articles add to it."""
    added = [each for each in held.facts if each.add and each.blocks[0] == block.id]
    lines = tuple(fill(each.add, place) for each in added)
    sources = tuple(dict.fromkeys((*block.sources, *(name for each in added for name in each.sources))))
    return block.model_copy(update={"text": (*block.text, *lines), "sources": sources})
