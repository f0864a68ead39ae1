"""Builds the models of the intermediate representation from read entries."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from triage.kernel.diagnostics import DiagnosticBag, Span, did_you_mean
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol import models
from triage.protocol.conditions import Condition, leaves
from triage.protocol.reader import Entry, entries_of, read_entry
from triage.protocol.shapes import (
    ALL_LABELS,
    CASES,
    DOOR,
    FIXED_ACTION,
    FLOOR,
    LABEL_TEXT,
    OPTION,
    SCREEN,
    SECTION,
    STEP,
)
from triage.protocol.source import Entries, Listing, Node, Scalar, kind_of
from triage.protocol.vocabulary import NEVER, Vocabulary, read_condition

SOMEDAY = date(2000, 1, 1)  # stands in for a date that could not be read; the protocol is rejected anyway
YES_NO = ("yes", "no")


def option_ids(entry: Entry) -> tuple[str, ...]:
    """Return the ids of a question's options; a yes-or-no question has both without writing them."""
    written = tuple(key.text for key, _ in entries_of(entry.nodes.get("options")))
    return written or (YES_NO if entry.text("kind") == "yes_no" else ())


def place(span: Span) -> models.Place:
    """Return a span as part of the representation."""
    return models.Place(file=span.file, line=span.line, column=span.column)


def protocol(
    head: Entry,
    dispositions: Entry,
    lists: Mapping[str, list[Entry]],
    locales: Sequence[Entry],
    names: Vocabulary,
    bag: DiagnosticBag,
) -> models.Protocol | None:
    """Build the whole protocol; None if its fixed parts could not be read."""
    words = _dispositions(dispositions, bag)
    built = models.Protocol(
        id=head.text("id", "unnamed"),
        version=head.text("version", "0"),
        title=head.text("title"),
        language=head.text("language"),
        reviewed_by=head.text("reviewed_by"),
        review_by=_date(head, "review_by"),
        scope=head.texts("scope"),
        not_for=head.texts("not_for"),
        at_start=head.texts("at_start"),
        not_asked_yet=head.texts("not_asked_yet"),
        sections=_sections(head, bag),
        questions=tuple(_question(entry, names, bag) for entry in lists["questions"]),
        measures=tuple(_measure(entry) for entry in lists["measures"]),
        thresholds=tuple(_threshold(entry) for entry in lists["thresholds"]),
        findings=tuple(_finding(entry, names, bag) for entry in lists["findings"]),
        rules=tuple(_rule(entry, names, bag) for entry in lists["rules"]),
        modifiers=tuple(_modifier(entry, names, bag) for entry in lists["modifiers"]),
        advice=tuple(_advice(entry, names, bag) for entry in lists["advice"]),
        safety_nets=tuple(_safety_net(entry, names, bag) for entry in lists["safety_nets"]),
        sources=tuple(_source(entry) for entry in lists["sources"]),
        dispositions=words,
        locales=tuple(_locale(entry, bag) for entry in locales),
        hash="0" * 64,
    )
    return _marked(built)


def _marked(built: models.Protocol) -> models.Protocol:
    """Copy onto each rule the thresholds it reads, also through findings, that no guideline gives."""
    own = {each.id for each in built.thresholds if each.basis == "chosen_by_us"}
    findings = {each.id: each.when for each in built.findings}

    def read(condition: Condition, seen: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for leaf in leaves(condition):
            if leaf.node == "compare" and leaf.threshold in own:
                found.add(cast(str, leaf.threshold))
            if leaf.node == "named" and leaf.finding in findings and leaf.finding not in seen:
                found |= read(findings[leaf.finding], seen | {leaf.finding})
        return found

    rules = (
        rule.model_copy(update={"chosen_by_us": tuple(sorted(read(rule.when, frozenset())))}) for rule in built.rules
    )
    return built.model_copy(update={"rules": tuple(rules)})


def _date(entry: Entry, key: str) -> date:
    return entry.value(key, date) or SOMEDAY


def _condition(entry: Entry, key: str, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    node = entry.nodes.get(key)
    return NEVER if node is None else read_condition(node, names, bag)


def _sections(head: Entry, bag: DiagnosticBag) -> tuple[models.Section, ...]:
    node = head.nodes.get("sections")
    if not isinstance(node, Listing):
        return ()
    read = [read_entry(item, SECTION, bag) for item in node.items]
    return tuple(models.Section(id=entry.text("id"), title=entry.text("title")) for entry in read if entry is not None)


def _question(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> models.Question:
    asked = entry.nodes.get("ask_if")
    return models.Question(
        id=entry.text("id"),
        section=entry.text("section"),
        brief=entry.texts("brief"),
        kind=cast(models.QuestionKind, entry.text("kind", "choice")),
        ask=entry.text("ask"),
        say_on_phone=entry.text("say_on_phone"),
        why=entry.text("why"),
        help=entry.text("help"),
        ask_if=None if asked is None else read_condition(asked, names, bag),
        when_skipped=entry.text("when_skipped") or None,
        before_stopping=entry.flag("before_stopping"),
        gating=entry.flag("gating"),
        handover=entry.text("for") == "handover",
        may_decline=entry.flag("may_decline"),
        private=entry.flag("private"),
        unit=entry.text("unit") or None,
        low=entry.value("min", float),
        high=entry.value("max", float),
        decimals=entry.value("decimals", int) or 0,
        precision=cast("models.Literal['minute', 'day'] | None", entry.text("precision") or None),
        earliest=entry.value("earliest", date),
        earliest_days_ago=entry.value("earliest_days_ago", int),
        options=_options(entry, bag),
        place=place(entry.span),
    )


def _options(entry: Entry, bag: DiagnosticBag) -> tuple[models.Option, ...]:
    node = entry.nodes.get("options")
    if not isinstance(node, Entries):
        plain = {"yes": "Yes", "no": "No"} if entry.text("kind") == "yes_no" else {}
        code = (entry.texts("brief") or ("",))[0]
        return tuple(
            models.Option(id=each, label=label, brief=(f"{code}.{each}",) if code else ())
            for each, label in plain.items()
        )
    options = []
    for key, value in node.items:
        read = read_entry(value, OPTION, bag)
        if read is not None:
            options.append(_option(key.text, read))
    return tuple(options)


def _option(name: str, read: Entry) -> models.Option:
    purpose = read.text("for")
    return models.Option(
        id=name,
        label=read.text("label"),
        brief=read.texts("brief"),
        handover=purpose == "handover",
        denial=purpose == "denial",
    )


def _measure(entry: Entry) -> models.Measure:
    return models.Measure(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        meaning=entry.text("meaning"),
        measure=cast("models.Literal['hours_since']", entry.text("measure", "hours_since")),
        source=entry.text("from") or None,
        against=entry.text("against") or None,
        sections=entry.texts("sections"),
        place=place(entry.span),
    )


def _threshold(entry: Entry) -> models.Threshold:
    return models.Threshold(
        id=entry.text("id"),
        value=entry.value("value", float) or 0.0,
        unit=entry.text("unit"),
        meaning=entry.text("meaning"),
        basis=entry.text("basis"),
        sources=entry.texts("sources"),
        since=_date(entry, "since"),
        note=entry.text("note"),
        place=place(entry.span),
    )


def _finding(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> models.Finding:
    return models.Finding(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        meaning=entry.text("meaning"),
        when=_condition(entry, "when", names, bag),
        place=place(entry.span),
    )


def _rule(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> models.Rule:
    return models.Rule(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        title=entry.text("title"),
        when=_condition(entry, "when", names, bag),
        then=Disposition(entry.text("then", "emergency")),
        within=TimeFrame(entry.text("within", "now")),
        door=entry.text("door"),
        say=entry.text("say"),
        because=entry.text("because"),
        sources=entry.texts("sources"),
        basis=_basis(entry),
        tags=entry.texts("tags"),
        hazards=entry.texts("hazards"),
        reviewed_by=entry.text("reviewed_by"),
        review_by=_date(entry, "review_by"),
        place=place(entry.span),
        cases=_cases(entry, bag),
    )


def _basis(entry: Entry) -> models.Basis:
    return cast(models.Basis, entry.text("basis", "sourced"))


def _cases(entry: Entry, bag: DiagnosticBag) -> models.Cases:
    node = entry.nodes.get("cases")
    read = None if node is None else read_entry(node, CASES, bag)
    if read is None:
        return models.Cases()
    return models.Cases(
        holds=_case_list(read, "holds", bag),
        does_not_hold=_case_list(read, "does_not_hold", bag),
        in_doubt=_case_list(read, "in_doubt", bag),
    )


def _case_list(entry: Entry, key: str, bag: DiagnosticBag) -> tuple[models.Case, ...]:
    node = entry.nodes.get(key)
    if node is None:
        return ()
    if not isinstance(node, Listing):
        bag.add(node.span, "T103", what=f"'{key}'", wanted="a list of cases", got=kind_of(node))
        return ()
    cases = []
    for item in node.items:
        if not isinstance(item, Entries):
            bag.add(item.span, "T103", what="a case", wanted="a mapping", got=kind_of(item))
            continue
        answers = {name.text: _case_value(value) for name, value in item.items}
        cases.append(models.Case(answers=answers, place=place(item.span)))
    return tuple(cases)


def _case_value(node: Node) -> str | tuple[str, ...] | dict[str, str]:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listing):
        return tuple(item.text for item in node.items if isinstance(item, Scalar))
    return {key.text: value.text for key, value in node.items if isinstance(value, Scalar)}


def _modifier(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> models.Modifier:
    return models.Modifier(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        title=entry.text("title"),
        when=_condition(entry, "when", names, bag),
        effects=_effects(entry, bag),
        sources=entry.texts("sources"),
        basis=_basis(entry),
        reviewed_by=entry.text("reviewed_by"),
        review_by=_date(entry, "review_by"),
        place=place(entry.span),
    )


def _effects(entry: Entry, bag: DiagnosticBag) -> tuple[models.Effect, ...]:
    node = entry.nodes.get("effects")
    if node is None:
        return ()
    if not isinstance(node, Listing) or not node.items:
        bag.add(node.span, "T103", what="'effects'", wanted="a list of effects", got=kind_of(node))
        return ()
    read = (_effect(item, bag) for item in node.items)
    return tuple(effect for effect in read if effect is not None)


def _effect(node: Node, bag: DiagnosticBag) -> models.Effect | None:
    if not isinstance(node, Entries) or len(node.items) != 1:
        bag.add(node.span, "T103", what="an effect", wanted="one of step_sooner, floor, advice", got=kind_of(node))
        return None
    key, value = node.items[0]
    if key.text == "advice":
        if isinstance(value, Scalar) and value.text.strip():
            return models.Effect(kind="advice", text=value.text.strip())
        bag.add(value.span, "T109", what="'advice'")
        return None
    if key.text not in ("step_sooner", "floor"):
        bag.add(key.span, "T124", name=key.text)
        return None
    empty = isinstance(value, Scalar) and not value.text
    read = None if empty else read_entry(value, STEP if key.text == "step_sooner" else FLOOR, bag)
    if key.text == "step_sooner":
        return models.Effect(kind="step_sooner", tags=read.texts("tags") if read else (), labels=_labels(read))
    if read is None or not read.text("within"):
        return None
    within = TimeFrame(read.text("within"))
    return models.Effect(kind="floor", within=within, tags=read.texts("tags"), labels=_labels(read))


def _labels(entry: Entry | None) -> tuple[Disposition, ...]:
    return tuple(Disposition(label) for label in entry.texts("labels")) if entry is not None else ()


def _advice(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> models.Advice:
    return models.Advice(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        title=entry.text("title"),
        when=_condition(entry, "when", names, bag),
        labels=_labels(entry),
        text=entry.texts("text"),
        cautions=entry.texts("cautions"),
        sources=entry.texts("sources"),
        basis=_basis(entry),
        reviewed_by=entry.text("reviewed_by"),
        review_by=_date(entry, "review_by"),
        place=place(entry.span),
    )


def _safety_net(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> models.SafetyNet:
    node = entry.nodes.get("when")
    always = isinstance(node, Scalar) and node.text == "always"
    return models.SafetyNet(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        when=None if always else _condition(entry, "when", names, bag),
        labels=_labels(entry),
        text=entry.text("text"),
        sources=entry.texts("sources"),
        basis=_basis(entry),
        reviewed_by=entry.text("reviewed_by"),
        review_by=_date(entry, "review_by"),
        place=place(entry.span),
    )


def _source(entry: Entry) -> models.Source:
    fields = {key: entry.text(key) for key in ("id", "brief", "publisher", "title", "year", "part", "where")}
    mark = cast("models.Literal['read', 'second_hand', 'general_knowledge']", entry.text("mark", "read"))
    return models.Source(mark=mark, place=place(entry.span), **fields)


def _fixed(entry: Entry, key: str, bag: DiagnosticBag) -> models.FixedAction:
    node = entry.nodes.get(key)
    read = None if node is None else read_entry(node, FIXED_ACTION, bag)
    read = read or Entry({}, {}, entry.span)
    return models.FixedAction(
        within=TimeFrame(read.text("within", "now")),
        door=read.text("door"),
        say=read.text("say"),
        because=read.text("because"),
        emergency=read.text("emergency"),
    )


def _text_map(entry: Entry, key: str) -> dict[str, str]:
    return {name.text: value.text for name, value in entries_of(entry.nodes.get(key)) if isinstance(value, Scalar)}


def _dispositions(entry: Entry, bag: DiagnosticBag) -> models.Dispositions:
    labels = {}
    for key, node in entries_of(entry.nodes.get("labels")):
        if key.text not in ALL_LABELS:
            bag.add(key.span, "T101", key=key.text, what="the labels", hint=did_you_mean(key.text, ALL_LABELS))
        elif (read := read_entry(node, LABEL_TEXT, bag)) is not None:
            labels[key.text] = models.LabelText(title=read.text("title"), lead=read.text("lead"))
    for name in ALL_LABELS:
        if name not in labels:
            bag.add(entry.place("labels"), "T102", what="the labels", key=name)
    times = _text_map(entry, "times")
    for frame in TimeFrame:
        if frame.value not in times:
            bag.add(entry.place("times"), "T102", what="the times", key=frame.value)
    screen_node = entry.nodes.get("emergency_screen")
    screen = None if screen_node is None else read_entry(screen_node, SCREEN, bag)
    fixed = {key: _fixed(entry, key, bag) for key in ("unfinished", "unsafe_doubt", "nothing_found", "fallback")}
    return models.Dispositions(
        labels=labels,
        times=times,
        emergency_screen=screen.texts("text") if screen else (),
        notices=_text_map(entry, "notices"),
        intro=entry.texts("intro"),
        stopped=entry.text("stopped"),
        **fixed,
    )


def _locale(entry: Entry, bag: DiagnosticBag) -> models.Locale:
    doors = {}
    for key, node in entries_of(entry.nodes.get("doors")):
        if (read := read_entry(node, DOOR, bag)) is not None:
            doors[key.text] = models.Door(name=read.text("name"), title=read.text("title"), do=read.text("do"))
    return models.Locale(
        id=entry.text("id"),
        language=entry.text("language"),
        title=entry.text("title"),
        temperature=cast("models.Literal['celsius', 'fahrenheit']", entry.text("temperature", "celsius")),
        doors=doors,
    )
