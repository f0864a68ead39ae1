"""Semantic checks of a protocol whose names all resolve: orphans, circles, missing sources, unsafe words."""

import re
from collections.abc import Iterable, Iterator

from triage.kernel.diagnostics import DiagnosticBag, Span, did_you_mean
from triage.protocol.conditions import Chosen, Condition, leaves
from triage.protocol.graph import circles, conditions_of
from triage.protocol.models import Advice, Modifier, Place, Protocol, Question, Rule, SafetyNet

PLACEHOLDER = re.compile(r"\{([a-z_]+)(?::[0-9.]+)?\}")
UNITS = frozenset({"temperature"})
Reviewed = Rule | Advice | Modifier | SafetyNet


def check(protocol: Protocol, bag: DiagnosticBag) -> None:
    """Record every semantic mistake of the protocol."""
    for name, place in circles(protocol):
        bag.add(_span(place), "T118", names=name)
    _questions(protocol, bag)
    _orphans(protocol, bag)
    _citations(protocol, bag)
    _doors(protocol, bag)
    _texts(protocol, bag)


def _span(place: Place) -> Span:
    return Span(place.file, place.line, place.column)


def _questions(protocol: Protocol, bag: DiagnosticBag) -> None:
    sections = [section.id for section in protocol.sections]
    for question in protocol.questions:
        where = _span(question.place)
        if question.section not in sections:
            bag.add(where, "T131", name=question.section, hint=did_you_mean(question.section, sections))
        if question.ask_if is not None and question.when_skipped is None:
            bag.add(where, "T119", id=question.id)
        if question.ask_if is None and question.when_skipped is not None:
            bag.add(where, "T120", id=question.id)
        _skipped_as(question, bag)
        _kind(question, bag)
    _measures(protocol, bag)


def _skipped_as(question: Question, bag: DiagnosticBag) -> None:
    words = {"none", "unknown", "not_sure", "declined"} | {option.id for option in question.options}
    if question.when_skipped is not None and question.when_skipped not in words:
        hint = did_you_mean(question.when_skipped, words)
        bag.add(_span(question.place), "T121", value=question.when_skipped, id=question.id, hint=hint)


def _kind(question: Question, bag: DiagnosticBag) -> None:
    needed = {
        "many": [("options", question.options)],
        "choice": [("options", question.options)],
        "number": [("min", question.low is not None), ("max", question.high is not None)],
        "scale": [
            ("options", question.options),
            ("min", question.low is not None),
            ("max", question.high is not None),
        ],
        "moment": [("precision", question.precision)],
    }.get(question.kind, [])
    where = _span(question.place)
    for key, present in needed:
        if not present:
            bag.add(where, "T126", id=question.id, kind=question.kind, key=key)
    if question.low is not None and question.high is not None and question.low > question.high:
        bag.add(where, "T137", low=question.low, high=question.high)
    if question.kind == "many" and not question.handover and question.options and question.denial is None:
        bag.add(where, "T134", question=question.id)


def _measures(protocol: Protocol, bag: DiagnosticBag) -> None:
    wanted = {"hours_since": "moment", "days_since": "moment", "highest": "scale", "biggest_rise": "scale"}
    kinds = {question.id: question.kind for question in protocol.questions}
    for measure in protocol.measures:
        read = [measure.source] if measure.measure != "count_not_sure" else []
        read += [measure.against] if measure.measure == "biggest_rise" else []
        for name in read:
            if name is None or kinds.get(name) != wanted[measure.measure]:
                bag.add(_span(measure.place), "T112", name=name or "from", hint=did_you_mean(name or "", kinds))
        for section in measure.sections:
            known = [each.id for each in protocol.sections]
            if section not in known:
                bag.add(_span(measure.place), "T131", name=section, hint=did_you_mean(section, known))


def _orphans(protocol: Protocol, bag: DiagnosticBag) -> None:
    used: set[tuple[str, str]] = set()
    for condition in _all_conditions(protocol):
        for leaf in leaves(condition):
            if isinstance(leaf, Chosen):
                used |= {(leaf.question, option) for option in leaf.options}
    for question in protocol.questions:
        if question.handover or question.kind == "scale":
            continue
        for option in question.options:
            denies = option.id == question.denial or option.id == question.when_skipped
            if not denies and not option.handover and (question.id, option.id) not in used:
                bag.add(_span(question.place), "T123", option=option.id, question=question.id)


def _all_conditions(protocol: Protocol) -> Iterator[Condition]:
    for _, _, condition in conditions_of(protocol):
        yield condition
    for question in protocol.questions:
        if question.ask_if is not None:
            yield question.ask_if


def _reviewed(protocol: Protocol) -> Iterator[Reviewed]:
    yield from protocol.rules
    yield from protocol.modifiers
    yield from protocol.advice
    yield from protocol.safety_nets


def _citations(protocol: Protocol, bag: DiagnosticBag) -> None:
    known = {source.id: source.mark for source in protocol.sources}
    cited: list[tuple[str, Iterable[str], Place]] = [
        (each.id, each.sources, each.place) for each in _reviewed(protocol)
    ]
    cited += [(each.id, each.sources, each.place) for each in protocol.thresholds]
    for name, sources, place in cited:
        if not tuple(sources):
            bag.add(_span(place), "T122", id=name)
        for source in sources:
            if source not in known:
                bag.add(_span(place), "T116", name=source, hint=did_you_mean(source, known))
    for each in _reviewed(protocol):
        general = bool(each.sources) and all(known.get(source) == "general_knowledge" for source in each.sources)
        only_recalled = general and all(source == "general_knowledge" for source in each.sources)
        if only_recalled and each.basis != "general_knowledge":
            bag.add(_span(each.place), "T129", id=each.id)
        if not general and each.basis == "general_knowledge" and each.sources:
            bag.add(_span(each.place), "T130", id=each.id)


def _doors(protocol: Protocol, bag: DiagnosticBag) -> None:
    known = {door for locale in protocol.locales for door in locale.doors}
    for locale in protocol.locales:
        for door in sorted(known - set(locale.doors)):
            bag.add(Span(f"locales/{locale.id}.yaml", 1, 1), "T135", locale=locale.id, door=door)
    for rule in protocol.rules:
        if rule.door and rule.door not in known:
            bag.add(_span(rule.place), "T117", name=rule.door, hint=did_you_mean(rule.door, known))


def patient_texts(protocol: Protocol) -> Iterator[tuple[str, Place]]:
    """Yield every text a person may see, with the place it comes from."""
    for question in protocol.questions:
        for text in (question.ask, question.say_on_phone, question.why, question.help):
            yield text, question.place
        for option in question.options:
            yield option.label, question.place
    for rule in protocol.rules:
        for text in (rule.title, rule.say, rule.because):
            yield text, rule.place
    for modifier in protocol.modifiers:
        for effect in modifier.effects:
            yield effect.text, modifier.place
    for block in protocol.advice:
        for text in (block.title, *block.text, *block.cautions):
            yield text, block.place
    for net in protocol.safety_nets:
        yield net.text, net.place


def _texts(protocol: Protocol, bag: DiagnosticBag) -> None:
    doors = {door for locale in protocol.locales for door in locale.doors}
    local = _local_words(protocol)
    for text, place in patient_texts(protocol):
        for name in PLACEHOLDER.findall(text):
            if name not in doors | UNITS:
                bag.add(_span(place), "T127", name=name, hint=did_you_mean(name, doors))
        found = local.search(PLACEHOLDER.sub("", text)) if local else None
        if found:
            bag.add(_span(place), "T128", text=found.group(0))


def _local_words(protocol: Protocol) -> re.Pattern[str] | None:
    """Numbers and abbreviations that the locales use as names of services: they must stand nowhere else."""
    words: set[str] = set()
    for locale in protocol.locales:
        for door in locale.doors.values():
            words |= set(re.findall(r"(?<!\w)(?:\d[\d ]*\d{2}|[A-Z]&[A-Z]|[A-Z]{2,})(?!\w)", door.name))
    words -= {"MS"}
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(words))) if words else None
