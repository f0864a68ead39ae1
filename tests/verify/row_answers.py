"""Answers that make a row of a decision table true, found by trying: conditions first, then who is asked what."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import combinations, product

from tests.shipped import AT, PROTOCOL, QUESTIONS
from triage.decision.intake import read_answers
from triage.engines.base import NOTHING, Reading, Valuation
from triage.engines.reference import evaluate
from triage.engines.sheet import SECONDS, sheet_of
from triage.kernel.answers import WORDS, Answer
from triage.kernel.truth import YES, truth_of
from triage.protocol.conditions import All, Any, Chosen, Compare, Condition, Count, Named, Not, Unknown
from triage.protocol.models import Question

Goal = tuple[Condition, bool]
Test = Chosen | Compare | Unknown
Literal = tuple[Test | str, bool]  # a test of an answer, or whether a question is asked at all
Raw = dict[str, object]

FINDINGS = {finding.id: finding.when for finding in PROTOCOL.findings}
MEASURES = {measure.id: measure for measure in PROTOCOL.measures}
NEVER = Any(of=())
TRIES_MAX = 3000  # of one row; the hardest shipped one needs far fewer


def answers_for(way: Mapping[Condition, bool]) -> Iterator[Raw]:
    """Yield answers under which each condition of a way is as the row says, by these rules alone."""
    for tries, literals in enumerate(_literals(list(way.items()), [])):
        if tries > TRIES_MAX:
            return
        raw = _answered(literals)
        if raw is not None:
            yield raw


def _literals(goals: list[Goal], known: list[Literal]) -> Iterator[list[Literal]]:
    """Yield the sets of simple tests that are enough for all goals, with what opens each question they need."""
    if not goals:
        yield known
        return
    (condition, wanted), rest = goals[0], goals[1:]
    match condition:
        case Not():
            yield from _literals([(condition.of, not wanted), *rest], known)
        case Named():
            yield from _literals([(FINDINGS[condition.finding], wanted), *rest], known)
        case All() | Any() | Count():
            for group in _groups(condition, wanted):
                yield from _literals([*((part, wanted) for part in group), *rest], known)
        case Chosen() | Compare() | Unknown():
            yield from _with_test(condition, wanted, rest, known)


def _with_test(condition: Test, wanted: bool, rest: list[Goal], known: list[Literal]) -> Iterator[list[Literal]]:
    if (condition, wanted) in known:
        yield from _literals(rest, known)
    elif (condition, not wanted) not in known:
        for asked, openers in _asked(condition, wanted, known):
            found = [*known, (condition, wanted), *asked]
            if _answered(found) is not None:
                yield from _literals([*openers, *rest], found)


def _groups(condition: All | Any | Count, wanted: bool) -> Iterator[tuple[Condition, ...]]:
    size = len(condition.of)
    needed = condition.at_least if isinstance(condition, Count) else size if isinstance(condition, All) else 1
    yield from combinations(condition.of, needed if wanted else size - needed + 1)


def _questions_of(condition: Test | str) -> tuple[Question, ...]:
    if isinstance(condition, str):
        return (QUESTIONS[condition],)
    name = condition.question if isinstance(condition, Chosen) else condition.subject
    measure = MEASURES.get(name)
    names = (measure.source, measure.against) if measure else (name,)
    return tuple(QUESTIONS[each] for each in names if each)


def _asked(condition: Test, wanted: bool, known: list[Literal]) -> Iterator[tuple[list[Literal], list[Goal]]]:
    """Yield who is asked, and what opens the question: a denial is tried skipped first."""
    new = [
        each for each in _questions_of(condition) if each.ask_if and not {(each.id, True), (each.id, False)} & {*known}
    ]
    for asked in (wanted, not wanted) if new else ():  # what a skipped question counts as can be enough too
        yield [(each.id, asked) for each in new], [(each.ask_if, asked) for each in new if each.ask_if]
    if not new:
        yield [], []


def _answered(literals: list[Literal]) -> Raw | None:
    """Return one answer to each question that passes every test on it, or nothing; each group stands alone."""
    answers: Raw = {}
    for names in _together(literals):
        mine = [each for each in literals if {question.id for question in _questions_of(each[0])} <= names]
        found = next((raw for raw in _tried(sorted(names), mine) if _passes(raw, mine)), None)
        if found is None:
            return None
        answers |= found
    counted = [each for each in literals if not _questions_of(each[0])]
    return answers if not counted else _with_doubts(answers, counted)


def _with_doubts(answers: Raw, counted: list[Literal]) -> Raw:
    """Answer as many always-asked questions with not sure as a count of doubts needs."""
    needed = max((int(each.bound) for each, wanted in counted if wanted and isinstance(each, Compare)), default=0)
    sections = {name for each, _ in counted if isinstance(each, Compare) for name in MEASURES[each.subject].sections}
    free = [each.id for each in QUESTIONS.values() if each.section in sections and each.ask_if is None]
    return answers | dict.fromkeys([name for name in free if name not in answers][:needed], "not_sure")


def _together(literals: list[Literal]) -> list[frozenset[str]]:
    """Return the questions in groups that share a measure."""
    groups: list[frozenset[str]] = []
    for condition, _ in literals:
        names = frozenset(question.id for question in _questions_of(condition))
        touched = [group for group in groups if group & names]
        groups = [group for group in groups if group not in touched] + ([names.union(*touched)] if names else [])
    return groups


def _tried(names: list[str], literals: list[Literal]) -> Iterator[Raw]:
    for values in product(*(list(_values(QUESTIONS[name], literals)) for name in names)):
        yield {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _values(question: Question, literals: list[Literal]) -> Iterator[object]:
    """Yield the answers to one question that may pass; None leaves it out, as if it were skipped."""
    if (question.id, False) in literals:
        yield None
        return
    match question.kind:
        case "many":
            yield from _picked(question, literals)
        case "choice" | "yes_no":
            yield from (option.id for option in question.options)
        case "number":
            bounds = {each.bound for each, _ in literals if isinstance(each, Compare)}
            near = sorted({bound + step for bound in bounds for step in (0, -1, 1, -0.5, 0.5)} | {question.low or 0})
            yield from (each for each in near if (question.low or 0) <= each <= (question.high or each))
        case "moment":
            yield from (option.id for option in question.options)
            yield from _moments(question, literals)
        case "scale":
            yield from (dict.fromkeys((each.id for each in question.options), score) for score in range(11))
    yield from sorted(WORDS)


def _picked(question: Question, literals: list[Literal]) -> Iterator[object]:
    about = [(each, wanted) for each, wanted in literals if isinstance(each, Chosen)]
    asked = [each.options for each, wanted in about if wanted]
    barred = {name for each, wanted in about if not wanted for name in each.options}
    for choice in product(*([name for name in options if name not in barred] for options in asked)):
        if choice:
            yield sorted(set(choice))
    yield from ([option.id] for option in question.options if option.id not in barred)


def _moments(question: Question, literals: list[Literal]) -> Iterator[object]:
    for each, _ in literals:
        if isinstance(each, Compare):
            seconds = SECONDS[MEASURES[each.subject].measure]
            yield from (
                (AT - timedelta(seconds=(each.bound + step) * seconds)).isoformat()
                for step in (0, 1, -1, 0.5, -0.5)
                if each.bound + step >= 0
            )


def _passes(raw: Raw, literals: list[Literal]) -> bool:
    """Whether answers pass the tests, read as if nobody were skipped but those left out."""
    names = {question.id for each, _ in literals for question in _questions_of(each)}
    questions = tuple(
        QUESTIONS[name].model_copy(update={"ask_if": None if name in raw else NEVER}) for name in sorted(names)
    )
    measures = tuple(
        each for each in MEASURES.values() if each.source in names and (each.against or each.source) in names
    )
    small = PROTOCOL.model_copy(update={"questions": questions, "measures": measures, "findings": ()})
    answers = {name: Answer() for name in raw} | dict(_typed(raw))
    sheet = sheet_of(small, answers, AT, Valuation.AS_SAID)

    def reading(name: str) -> Reading:
        return sheet.readings.get(name, NOTHING)

    tests = ((each, wanted) for each, wanted in literals if not isinstance(each, str))
    return all(evaluate(each, Valuation.AS_SAID, reading, lambda _: YES) is truth_of(wanted) for each, wanted in tests)


def _typed(raw: Raw) -> Mapping[str, Answer]:
    return {name: answer for name, answer in read_answers(PROTOCOL, raw, AT).answers.items() if name in raw}
