"""How stiff each arm and leg is, from 0 to 10, now and on a usual day: asked as the check asks it."""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.companions.data import accept, closing, known, known_sources, read_tool, sources_line, wrapped
from triage.companions.page import Table
from triage.companions.reading import spoken_words
from triage.decision.evidence import raw_answer
from triage.interview.prompts import PromptView, view_of
from triage.kernel.answers import Answer
from triage.kernel.diagnostics import DiagnosticBag
from triage.protocol.models import Protocol, Question
from triage.protocol.shapes import Key, Shape, optional
from triage.protocol.texts import fill, locale_of

TOOL = "limbs"
WORDS = (
    "title about limb now usual rise no_score up down same now_short usual_short body facing darker told counted "
    "counted_anyway no_rise article nothing kept sources left"
)
FILE = Shape(
    "this file",
    {
        "now": Key("id"),
        "usual": Key("id"),
        "counts": Key("id"),
        "brief": Key("texts"),
        "sources": Key("texts"),
        "words": Key("mapping"),
        "carer": optional("mapping"),
    },
)


@dataclass(frozen=True, slots=True)
class Limb:
    """One arm or leg with its scores; None where there is no score."""

    id: str
    name: str
    now: float | None = None
    usual: float | None = None

    @property
    def rise(self) -> float | None:
        """How much stiffer it is now than usual; None if one score is missing."""
        return None if self.now is None or self.usual is None else self.now - self.usual


@dataclass(frozen=True, slots=True)
class Scores:
    """What the file holds: the two questions, the rise that counts, and the words."""

    now: Question
    usual: Question
    rise_min: float
    words: Mapping[str, str]
    brief: tuple[str, ...]
    sources: tuple[str, ...]

    def rise_text(self, limb: Limb) -> str:
        """Return the change in words, never by its sign alone."""
        if limb.rise is None:
            return self.words["no_score"]
        if limb.rise == 0:
            return self.words["same"]
        return self.words["up" if limb.rise > 0 else "down"].format(figure=f"{abs(limb.rise):g}")

    def score_text(self, score: float | None) -> str:
        """Return one score."""
        return self.words["no_score"] if score is None else f"{score:g}"

    def told(self, limb: Limb) -> str:
        """Return one limb as a sentence."""
        now, usual = self.score_text(limb.now), self.score_text(limb.usual)
        return self.words["told"].format(limb=limb.name, now=now, usual=usual, rise=self.rise_text(limb))


def load(protocol: Protocol) -> Scores:
    """Read the words of the score. Raises BadInput if there are none and ProtocolRejected with every mistake."""
    bag = DiagnosticBag()
    entry = read_tool(protocol, TOOL, FILE, bag)
    words = spoken_words(entry, WORDS, protocol, bag)
    scales = {each.id: each for each in protocol.questions if each.kind == "scale"}
    for key in ("now", "usual"):
        known(entry, key, "T112", scales, bag, sort="scale question")
    known(entry, "counts", "T115", (each.id for each in protocol.thresholds), bag)
    known_sources(entry, protocol, bag)
    accept(bag)
    rise_min = next(each.value for each in protocol.thresholds if each.id == entry.text("counts"))
    questions = scales[entry.text("now")], scales[entry.text("usual")]
    return Scores(*questions, rise_min, words, entry.texts("brief"), entry.texts("sources"))


def views(held: Scores, protocol: Protocol, locale: str) -> tuple[PromptView, PromptView]:
    """Return the two questions as every front end draws them."""
    place = locale_of(protocol, locale)
    first, second = (
        view_of(protocol, question, place, number=number, previous_section=section, still_open=0, given=None)
        for number, question, section in ((1, held.now, held.now.section), (2, held.usual, held.now.section))
    )
    return first, second


def limbs_of(held: Scores, answers: Mapping[str, Answer]) -> tuple[Limb, ...]:
    """Return every limb with its scores, in the order of the question."""
    now = dict(answers[held.now.id].numbers) if held.now.id in answers else {}
    usual = dict(answers[held.usual.id].numbers) if held.usual.id in answers else {}
    options = held.now.options
    return tuple(Limb(each.id, each.label, now.get(each.id), usual.get(each.id)) for each in options)


def raw_answers(held: Scores, answers: Mapping[str, Answer]) -> dict[str, object]:
    """Return the two answers the way an answers file writes them, for the check."""
    return {name: raw_answer(answers[name]) for name in (held.now.id, held.usual.id) if name in answers}


def table_of(held: Scores, limbs: tuple[Limb, ...]) -> Table:
    """Return the scores as a table."""
    words = held.words
    rows = ((each.name, held.score_text(each.now), held.score_text(each.usual), held.rise_text(each)) for each in limbs)
    return Table(words["title"], (words["limb"], words["now"], words["usual"], words["rise"]), tuple(rows))


def is_scored(limbs: tuple[Limb, ...]) -> bool:
    """Whether there is any score at all."""
    return any(each.now is not None or each.usual is not None for each in limbs)


def remarks(held: Scores, limbs: tuple[Limb, ...]) -> list[str]:
    """Return what the scores mean for the check."""
    words = held.words
    counted = [each.name.lower() for each in limbs if each.rise is not None and each.rise >= held.rise_min]
    if counted:
        return [words["counted"].format(figure=f"{held.rise_min:g}", limbs=", ".join(counted))]
    missing = [words["no_rise"]] if any(each.rise is None for each in limbs) else []
    return [*missing, words["counted_anyway"]]


def as_text(held: Scores, limbs: tuple[Limb, ...], protocol: Protocol, locale: str) -> str:
    """Return the table with what it means."""
    words, place = held.words, locale_of(protocol, locale)
    if not is_scored(limbs):
        return "\n".join([*wrapped(words["nothing"]), *closing(protocol, locale)])
    table = table_of(held, limbs)
    widths = [max(len(cell) for cell in column) for column in zip(table.head, *table.rows, strict=True)]
    rows = ("  ".join(f"{cell:{w}}" for cell, w in zip(row, widths, strict=True)) for row in (table.head, *table.rows))
    lines = [words["title"], *wrapped(words["about"]), "", *(row.rstrip() for row in rows), ""]
    lines += [line for text in remarks(held, limbs) for line in wrapped(fill(text, place))]
    lines += ["", *wrapped(words["article"])]
    lines += wrapped(f"{words['sources']}: {sources_line(protocol, held.sources)}.")
    return "\n".join([*lines, *closing(protocol, locale)])
