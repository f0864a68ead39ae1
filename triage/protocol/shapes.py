"""What each kind of entry may hold: the one table behind the reader, the error messages and the JSON Schema."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Form = Literal[
    "id", "text", "texts", "flag", "number", "integer", "date", "condition", "word", "words", "shape", "mapping"
]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an entry: its form, whether it must be there, its closed list, its inner shape."""

    form: Form
    required: bool = True
    among: tuple[str, ...] = ()
    shape: "Shape | None" = None


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys an entry may have."""

    what: str
    keys: Mapping[str, Key] = field(default_factory=dict)


def optional(form: Form, *among: str, shape: "Shape | None" = None) -> Key:
    """Return a key that may be left out."""
    return Key(form, required=False, among=among, shape=shape)


LABELS = ("self_care", "contact_neurologist", "possible_relapse", "emergency")
ALL_LABELS = ("not_finished", *LABELS)
TIMES = ("now", "same_day", "within_48h", "within_14_days", "routine")
BASIS = Key("word", among=("sourced", "general_knowledge"))
BOUNDS = ("at_least", "at_most", "under", "over")

REVIEWED = {"sources": Key("texts"), "basis": BASIS, "reviewed_by": Key("text"), "review_by": Key("date")}

OPTION = Shape(
    "an option",
    {
        "label": Key("text"),
        "carer": optional("text"),
        "group": optional("text"),
        "brief": optional("texts"),
        "for": optional("word", "handover", "denial"),
    },
)
# the words for someone who answers for the person; a text that is not here serves both
CARER_QUESTION = Shape(
    "the carer's words", {"ask": optional("text"), "why": optional("text"), "help": optional("text")}
)
CARER_RULE = Shape(
    "the carer's words", {"title": optional("text"), "say": optional("text"), "because": optional("text")}
)
CARER_ADVICE = Shape(
    "the carer's words", {"title": optional("text"), "text": optional("texts"), "cautions": optional("texts")}
)
CARER_HEAD = Shape("the carer's words", {"at_start": optional("texts")})
CARER_DOOR = Shape("the carer's words", {"name": optional("text"), "do": optional("text")})

QUESTION = Shape(
    "a question",
    {
        "id": Key("id"),
        "section": Key("id"),
        "brief": Key("texts"),
        "kind": Key("word", among=("many", "choice", "yes_no", "number", "scale", "moment")),
        "ask": Key("text"),
        "say_on_phone": Key("text"),
        "why": Key("text"),
        "help": optional("text"),
        "ask_if": optional("condition"),
        "when_skipped": optional("text"),
        "before_stopping": optional("flag"),
        "ask_again": optional("flag"),
        "lasting": optional("flag"),
        "gating": optional("flag"),
        "for": optional("word", "handover"),
        "may_decline": optional("flag"),
        "private": optional("flag"),
        "unit": optional("text"),
        "min": optional("number"),
        "max": optional("number"),
        "decimals": optional("integer"),
        "precision": optional("word", "minute", "day"),
        "earliest": optional("date"),
        "earliest_days_ago": optional("integer"),
        "options": optional("mapping", shape=OPTION),
        "carer": optional("shape", shape=CARER_QUESTION),
    },
)
MEASURE = Shape(
    "a measure",
    {
        "id": Key("id"),
        "brief": Key("texts"),
        "meaning": Key("text"),
        "measure": Key("word", among=("hours_since", "days_since", "highest", "biggest_rise", "count_not_sure")),
        "from": optional("id"),
        "against": optional("id"),
        "sections": optional("texts"),
    },
)
THRESHOLD = Shape(
    "a threshold",
    {
        "id": Key("id"),
        "value": Key("number"),
        "unit": Key("text"),
        "meaning": Key("text"),
        "basis": Key(
            "word",
            among=(
                "guideline",
                "source_article",
                "product_information",
                "chosen_by_us",
                "definition",
                "general_knowledge",
            ),
        ),
        "sources": Key("texts"),
        "since": Key("date"),
        "note": optional("text"),
    },
)
FINDING = Shape("a finding", {"id": Key("id"), "brief": Key("texts"), "meaning": Key("text"), "when": Key("condition")})
CASES = Shape(
    "the cases",
    {"holds": optional("shape"), "does_not_hold": optional("shape"), "in_doubt": optional("shape")},
)
RULE = Shape(
    "a rule",
    {
        "id": Key("id"),
        "brief": Key("texts"),
        "title": Key("text"),
        "when": Key("condition"),
        "then": Key("word", among=LABELS),
        "within": Key("word", among=TIMES),
        "door": Key("id"),
        "say": Key("text"),
        "because": Key("text"),
        "carer": optional("shape", shape=CARER_RULE),
        **REVIEWED,
        "tags": optional("texts"),
        "hazards": Key("texts"),
        "cases": optional("shape", shape=CASES),
    },
)
STEP = Shape("step_sooner", {"tags": optional("texts"), "labels": optional("words", *LABELS)})
FLOOR = Shape(
    "floor", {"within": Key("word", among=TIMES), "tags": optional("texts"), "labels": optional("words", *LABELS)}
)
MODIFIER = Shape(
    "a modifier",
    {
        "id": Key("id"),
        "brief": Key("texts"),
        "title": Key("text"),
        "when": Key("condition"),
        "effects": Key("shape"),
        "carer": optional("text"),
        **REVIEWED,
    },
)
ADVICE = Shape(
    "an advice block",
    {
        "id": Key("id"),
        "brief": Key("texts"),
        "title": Key("text"),
        "when": Key("condition"),
        "labels": optional("words", *ALL_LABELS),
        "text": Key("texts"),
        "cautions": optional("texts"),
        "carer": optional("shape", shape=CARER_ADVICE),
        **REVIEWED,
    },
)
SAFETY_NET = Shape(
    "a safety net",
    {
        "id": Key("id"),
        "brief": Key("texts"),
        "when": Key("condition"),
        "labels": Key("words", among=ALL_LABELS),
        "text": Key("text"),
        "carer": optional("text"),
        **REVIEWED,
    },
)
SOURCE = Shape(
    "a source",
    {
        "id": Key("id"),
        "brief": Key("text"),
        "publisher": Key("text"),
        "title": Key("text"),
        "year": Key("text"),
        "part": Key("text"),
        "where": Key("text"),
        "mark": Key("word", among=("read", "second_hand", "general_knowledge")),
    },
)
LABEL_TEXT = Shape("the words of a label", {"title": Key("text"), "lead": Key("text")})
FIXED_ACTION = Shape(
    "a fixed action",
    {
        "within": Key("word", among=TIMES),
        "door": Key("id"),
        "say": Key("text"),
        "because": Key("text"),
        "emergency": optional("text"),
    },
)
SCREEN = Shape("the emergency screen", {"text": Key("texts")})
DISPOSITIONS = Shape(
    "the dispositions",
    {
        "labels": Key("mapping", shape=LABEL_TEXT),
        "times": Key("mapping"),
        "unfinished": Key("shape", shape=FIXED_ACTION),
        "unsafe_doubt": Key("shape", shape=FIXED_ACTION),
        "nothing_found": Key("shape", shape=FIXED_ACTION),
        "fallback": Key("shape", shape=FIXED_ACTION),
        "emergency_screen": Key("shape", shape=SCREEN),
        "notices": Key("mapping"),
        "intro": Key("texts"),
        "stopped": Key("text"),
        "carer": optional("mapping"),
    },
)
DOOR = Shape(
    "a door",
    {
        "name": Key("text"),
        "title": Key("text"),
        "do": Key("text"),
        "carer": optional("shape", shape=CARER_DOOR),
    },
)
CONTRADICTION = Shape(
    "a contradiction",
    {
        "id": Key("id"),
        "when": Key("condition"),
        "questions": Key("texts"),
        "say": Key("text"),
        "carer": optional("text"),
    },
)
TERM = Shape("a term", {"id": Key("id"), "words": Key("texts"), "meaning": Key("text"), "carer": optional("text")})
LOCALE = Shape(
    "a locale",
    {
        "id": Key("text"),
        "language": Key("text"),
        "title": Key("text"),
        "temperature": Key("word", among=("celsius", "fahrenheit")),
        "doors": Key("mapping", shape=DOOR),
    },
)
SECTION = Shape("a section", {"id": Key("id"), "title": Key("text"), "count_left": optional("flag")})
PROTOCOL = Shape(
    "the protocol",
    {
        "id": Key("id"),
        "version": Key("text"),
        "title": Key("text"),
        "language": Key("text"),
        "reviewed_by": Key("text"),
        "review_by": Key("date"),
        "scope": Key("texts"),
        "not_for": Key("texts"),
        "at_start": optional("texts"),
        "not_asked_yet": optional("texts"),
        "speaks_to_carers": optional("flag"),
        "carer": optional("shape", shape=CARER_HEAD),
        "sections": Key("shape", shape=SECTION),
    },
)

# Which entries each list file holds; questions and rules may also be spread over a folder's files.
LISTS: dict[str, Shape] = {
    "measures": MEASURE,
    "thresholds": THRESHOLD,
    "findings": FINDING,
    "modifiers": MODIFIER,
    "advice": ADVICE,
    "safety_nets": SAFETY_NET,
    "contradictions": CONTRADICTION,
    "glossary": TERM,
    "sources": SOURCE,
}
FOLDERS: dict[str, Shape] = {"questions": QUESTION, "rules": RULE}
