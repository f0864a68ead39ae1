"""Semantic checks of a protocol: orphans, circles, questions that cannot be asked, names that lead nowhere.

It runs even if parts could not be read, and then says nothing about what those parts may hold.
"""

from collections.abc import Iterator

from triage.kernel.diagnostics import DiagnosticBag, did_you_mean
from triage.protocol import graph, lint_carer, lint_words
from triage.protocol.conditions import Chosen, Condition, leaves
from triage.protocol.models import Measure, Protocol, Question
from triage.protocol.raw import Raw

CHAIN_MAX = 30  # the shipped protocol is 8 deep; engines read names inside one another, and so do reviewers
NEEDED_KEYS = {
    "many": ("options",),
    "choice": ("options",),
    "yes_no": (),
    "number": ("min", "max"),
    "scale": ("options", "min", "max"),
    "moment": ("precision",),
}
MEASURED = {
    "hours_since": ("moment", ("from",)),
    "days_since": ("moment", ("from",)),
    "highest": ("scale", ("from",)),
    "biggest_rise": ("scale", ("from", "against")),
    "count_not_sure": ("", ("sections",)),
}
CONDITIONED = frozenset({"questions", "findings", "rules", "modifiers", "advice", "safety_nets"})


def check(protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    """Record every semantic mistake of the protocol."""
    _circles(protocol, raw, bag)
    for question in protocol.questions:
        _section(question, protocol, raw, bag)
        _skipping(question, raw, bag)
        _kind(question, raw, bag)
    for measure in protocol.measures:
        _measure(measure, protocol, raw, bag)
    _contradictions(protocol, raw, bag)
    _orphans(protocol, raw, bag)
    _tags(protocol, raw, bag)
    lint_words.check(protocol, raw, bag)
    lint_carer.check(protocol, raw, bag)


def _circles(protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    places = graph.places(protocol)
    for circle in graph.circles(protocol):
        names = [name.partition(":")[2] for name in circle]
        where = raw.spot(places[circle[0]], "when" if circle[0].startswith("finding:") else "ask_if")
        if len(circle) == 1 and circle[0].startswith("subject:"):
            bag.add(where, "T138", id=names[0])
        else:
            bag.add(where, "T118", names=" -> ".join((*names, names[0])))
    for name, depth in graph.depths(protocol).items():
        if depth == CHAIN_MAX + 1 and name in places:
            bag.add(raw.spot(places[name], "when"), "T143", name=name.partition(":")[2], limit=CHAIN_MAX)


def _section(question: Question, protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    known = [section.id for section in protocol.sections]
    if question.section and question.section not in known and not raw.gaps.excuse(question.section, "sections"):
        where = raw.spot(question.place, "section")
        bag.add(where, "T131", name=question.section, hint=did_you_mean(question.section, known))


def _skipping(question: Question, raw: Raw, bag: DiagnosticBag) -> None:
    entry = raw.entry(question.place)
    if "ask_if" in entry.nodes and question.when_skipped is None and not entry.lost("when_skipped"):
        bag.add(entry.place("ask_if"), "T119", id=question.id)
    if question.when_skipped is None:
        return
    where = entry.place("when_skipped")
    if question.ask_if is None and not entry.lost("ask_if"):
        bag.add(where, "T120", id=question.id)
    words = {"none", "unknown", "not_sure", "declined"} | {option.id for option in question.options}
    if question.when_skipped not in words and not entry.lost("options") and not entry.lost("kind"):
        hint = did_you_mean(question.when_skipped, words)
        bag.add(where, "T121", value=question.when_skipped, id=question.id, hint=hint)


def _kind(question: Question, raw: Raw, bag: DiagnosticBag) -> None:
    entry = raw.entry(question.place)
    if "kind" not in entry.values:
        return
    for key in NEEDED_KEYS[question.kind]:
        absent = not question.options if key == "options" else key not in entry.values
        if absent and not entry.lost(key):
            bag.add(entry.place(key), "T126", id=question.id, kind=question.kind, key=key)
    if question.low is not None and question.high is not None and question.low > question.high:
        bag.add(entry.place("min"), "T137", low=f"{question.low:g}", high=f"{question.high:g}")
    if question.kind == "many" and not question.handover and question.options and question.denial is None:
        bag.add(entry.place("options"), "T134", question=question.id)


def _measure(measure: Measure, protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    entry = raw.entry(measure.place)
    if "measure" not in entry.values:
        return
    wanted, needed = MEASURED[measure.measure]
    for key in needed:
        if key not in entry.nodes and not entry.lost(key):
            bag.add(entry.span, "T126", id=measure.id, kind=measure.measure, key=key)
    kinds = {question.id: question.kind for question in protocol.questions}
    for key in ("from", "against"):
        name = entry.text(key)
        if key not in needed or not name or raw.gaps.excuse(name, "questions"):
            continue
        if name not in kinds:
            bag.add(entry.place(key), "T112", sort="question", name=name, hint=did_you_mean(name, kinds))
        elif kinds[name] != wanted:
            remedy = f"name a {wanted} question"
            use = f"measured as {measure.measure}"
            bag.add(entry.place(key), "T114", name=name, kind=f"a {kinds[name]} question", use=use, remedy=remedy)
    sections = [each.id for each in protocol.sections]
    for name in measure.sections:
        if name not in sections and not raw.gaps.excuse(name, "sections"):
            where = raw.spot(measure.place, "sections", name)
            bag.add(where, "T131", name=name, hint=did_you_mean(name, sections))


def _contradictions(protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    """What is read back is shown question by question, so each must exist."""
    known = {question.id for question in protocol.questions}
    for pair in protocol.contradictions:
        for name in pair.questions:
            if name not in known and not raw.gaps.excuse(name, "questions"):
                where = raw.spot(pair.place, "questions", name)
                bag.add(where, "T112", sort="question", name=name, hint=did_you_mean(name, known))


def _orphans(protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    if raw.gaps.blind & CONDITIONED:
        return
    used: set[tuple[str, str]] = set()
    for condition in _all_conditions(protocol):
        for leaf in leaves(condition):
            if isinstance(leaf, Chosen):
                used |= {(leaf.question, option) for option in leaf.options}
    for question in protocol.questions:
        if question.handover or question.kind == "scale" or raw.entry(question.place).lost("for"):
            continue
        for option in question.options:
            denies = option.id in (question.denial, question.when_skipped)
            heard = option.id in raw.gaps.words
            if not (denies or heard or option.handover or (question.id, option.id) in used):
                where = raw.spot(question.place, "options", option.id)
                bag.add(where, "T123", option=option.id, question=question.id)


def _all_conditions(protocol: Protocol) -> Iterator[Condition]:
    for name, _, condition in graph.conditions_of(protocol):
        if not name.startswith("contradiction:"):  # reading an answer back acts on no danger sign
            yield condition
    for question in protocol.questions:
        if question.ask_if is not None:
            yield question.ask_if


def _tags(protocol: Protocol, raw: Raw, bag: DiagnosticBag) -> None:
    """A modifier that names a tag no rule has would do nothing, in silence."""
    if "rules" in raw.gaps.blind or any(raw.entry(rule.place).lost("tags") for rule in protocol.rules):
        return
    known = {tag for rule in protocol.rules for tag in rule.tags} | raw.gaps.words
    for modifier in protocol.modifiers:
        for tag in (tag for effect in modifier.effects for tag in effect.tags if tag not in known):
            where = raw.spot(modifier.place, "effects")
            bag.add(where, "T145", name=tag, hint=did_you_mean(tag, known))
