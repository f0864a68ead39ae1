"""Builds the models of the intermediate representation from read entries."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, cast

from triage.kernel.answers import WORDS
from triage.kernel.diagnostics import DiagnosticBag
from triage.kernel.scale import Disposition, TimeFrame
from triage.protocol import building_words as words
from triage.protocol import models
from triage.protocol.conditions import Chosen, Compare, Condition, Named, Unknown, leaves
from triage.protocol.reader import Entry, entries_of, read_entry, read_id
from triage.protocol.shapes import CARER_ADVICE, CARER_HEAD, CARER_QUESTION, CARER_RULE, CASES, OPTION
from triage.protocol.source import Entries, Listing, Node, Scalar, kind_of
from triage.protocol.vocabulary import NEVER, Vocabulary, read_condition

YES_NO = ("yes", "no")
Precision = Literal["minute", "day"]


def option_ids(entry: Entry) -> tuple[str, ...]:
    """Return the ids of a question's options; a yes-or-no question has both without writing them."""
    written = tuple(key.text for key, _ in entries_of(entry.nodes.get("options")))
    return written or (YES_NO if entry.text("kind") == "yes_no" else ())


def protocol(
    head: Entry,
    dispositions: Entry,
    lists: Mapping[str, list[Entry]],
    locales: Sequence[Entry],
    names: Vocabulary,
    bag: DiagnosticBag,
) -> models.Protocol:
    """Build the whole protocol from what could be read; mistakes are recorded."""
    before = len(bag.found)
    sections = words.sections(head, bag)
    if len(bag.found) > before:
        names.gaps.lose_kind("sections")
    built = models.Protocol(
        id=head.text("id", "unnamed"),
        version=head.text("version", "0"),
        title=head.text("title"),
        language=head.text("language"),
        reviewed_by=head.text("reviewed_by"),
        review_by=words.date_of(head, "review_by"),
        scope=head.texts("scope"),
        not_for=head.texts("not_for"),
        at_start=head.texts("at_start"),
        not_asked_yet=head.texts("not_asked_yet"),
        speaks_to_carers=head.flag("speaks_to_carers"),
        carer=words.carer_words(head, CARER_HEAD, bag),
        sections=sections,
        questions=tuple(_question(entry, names, bag) for entry in lists["questions"]),
        measures=tuple(words.measure(entry) for entry in lists["measures"]),
        thresholds=tuple(words.threshold(entry) for entry in lists["thresholds"]),
        findings=tuple(_finding(entry, names, bag) for entry in lists["findings"]),
        rules=tuple(_rule(entry, names, bag) for entry in lists["rules"]),
        modifiers=tuple(_modifier(entry, names, bag) for entry in lists["modifiers"]),
        advice=tuple(_advice(entry, names, bag) for entry in lists["advice"]),
        safety_nets=tuple(_safety_net(entry, names, bag) for entry in lists["safety_nets"]),
        contradictions=tuple(_contradiction(entry, names, bag) for entry in lists["contradictions"]),
        glossary=tuple(words.term(entry) for entry in lists["glossary"]),
        sources=tuple(words.source(entry) for entry in lists["sources"]),
        dispositions=words.dispositions(dispositions, bag),
        locales=tuple(words.locale(entry, bag) for entry in locales),
        hash="0" * 64,
    )
    return _marked(built)


def _marked(built: models.Protocol) -> models.Protocol:
    """Mark on each rule, through its findings too: the thresholds no guideline gives, and private answers it reads."""
    own = {each.id for each in built.thresholds if each.basis == "chosen_by_us"}
    private = {each.id for each in built.questions if each.private}
    findings = {each.id: each.when for each in built.findings}

    def marked(rule: models.Rule) -> models.Rule:
        read = list(_leaves(rule.when, findings))
        bounds = {leaf.threshold for leaf in read if leaf.node == "compare" and leaf.threshold in own}
        tells = any(leaf.node == "chosen" and leaf.question in private for leaf in read)
        return rule.model_copy(update={"chosen_by_us": tuple(sorted(filter(None, bounds))), "private": tells})

    return built.model_copy(update={"rules": tuple(marked(rule) for rule in built.rules)})


def _leaves(condition: Condition, findings: Mapping[str, Condition]) -> Iterator[Chosen | Compare | Named | Unknown]:
    """Yield what a condition reads, also through findings; a circle of findings is read once."""
    waiting, seen = [condition], set[str]()
    while waiting:
        for leaf in leaves(waiting.pop()):
            yield leaf
            if leaf.node == "named" and leaf.finding in findings and leaf.finding not in seen:
                seen.add(leaf.finding)
                waiting.append(findings[leaf.finding])


def _condition(entry: Entry, key: str, names: Vocabulary, bag: DiagnosticBag) -> Condition:
    node = entry.nodes.get(key)
    return NEVER if node is None else read_condition(node, names, bag)


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
        ask_again=entry.flag("ask_again"),
        lasting=entry.flag("lasting"),
        gating=entry.flag("gating"),
        handover=entry.text("for") == "handover",
        may_decline=entry.flag("may_decline"),
        private=entry.flag("private"),
        unit=entry.text("unit") or None,
        low=entry.value("min", float),
        high=entry.value("max", float),
        decimals=entry.value("decimals", int) or 0,
        precision=cast(Precision | None, entry.text("precision") or None),
        earliest=entry.value("earliest", date),
        earliest_days_ago=entry.value("earliest_days_ago", int),
        options=_options(entry, bag),
        carer=words.carer_words(entry, CARER_QUESTION, bag),
        place=words.place(entry.span),
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
        if read_id(key, bag) is not None and key.text in WORDS:
            bag.add(key.span, "T144", id=key.text)
        read = read_entry(value, OPTION, bag)
        options.append(_option(key.text, read or Entry({}, {}, value.span)))
    return tuple(options)


def _option(name: str, read: Entry) -> models.Option:
    purpose = read.text("for")
    return models.Option(
        id=name,
        label=read.text("label"),
        carer=read.text("carer"),
        group=read.text("group"),
        brief=read.texts("brief"),
        handover=purpose == "handover",
        denial=purpose == "denial",
    )


def _finding(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> models.Finding:
    return models.Finding(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        meaning=entry.text("meaning"),
        when=_condition(entry, "when", names, bag),
        place=words.place(entry.span),
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
        carer=words.carer_words(entry, CARER_RULE, bag),
        sources=entry.texts("sources"),
        basis=_basis(entry),
        tags=entry.texts("tags"),
        hazards=entry.texts("hazards"),
        reviewed_by=entry.text("reviewed_by"),
        review_by=words.date_of(entry, "review_by"),
        place=words.place(entry.span),
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
        cases.append(models.Case(answers=answers, place=words.place(item.span)))
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
        effects=words.effects(entry, bag),
        carer=entry.text("carer"),
        sources=entry.texts("sources"),
        basis=_basis(entry),
        reviewed_by=entry.text("reviewed_by"),
        review_by=words.date_of(entry, "review_by"),
        place=words.place(entry.span),
    )


def _advice(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> models.Advice:
    return models.Advice(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        title=entry.text("title"),
        when=_condition(entry, "when", names, bag),
        labels=words.labels_of(entry),
        text=entry.texts("text"),
        cautions=entry.texts("cautions"),
        carer=words.carer_words(entry, CARER_ADVICE, bag),
        sources=entry.texts("sources"),
        basis=_basis(entry),
        reviewed_by=entry.text("reviewed_by"),
        review_by=words.date_of(entry, "review_by"),
        place=words.place(entry.span),
    )


def _safety_net(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> models.SafetyNet:
    node = entry.nodes.get("when")
    always = isinstance(node, Scalar) and node.text == "always"
    return models.SafetyNet(
        id=entry.text("id"),
        brief=entry.texts("brief"),
        when=None if always else _condition(entry, "when", names, bag),
        labels=words.labels_of(entry),
        text=entry.text("text"),
        carer=entry.text("carer"),
        sources=entry.texts("sources"),
        basis=_basis(entry),
        reviewed_by=entry.text("reviewed_by"),
        review_by=words.date_of(entry, "review_by"),
        place=words.place(entry.span),
    )


def _contradiction(entry: Entry, names: Vocabulary, bag: DiagnosticBag) -> models.Contradiction:
    return models.Contradiction(
        id=entry.text("id"),
        when=_condition(entry, "when", names, bag),
        questions=entry.texts("questions"),
        say=entry.text("say"),
        carer=entry.text("carer"),
        place=words.place(entry.span),
    )
