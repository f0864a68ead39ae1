"""Raw answers from a file, a form or a program become typed answers; what cannot be used is one clear line."""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from triage.kernel.answers import WORDS, Answer, Word, frozen_answers
from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import BadInput, OutOfBounds
from triage.protocol.conditions import All, Any, Chosen, leaves
from triage.protocol.models import Protocol, Question

CLOCK_SLACK = timedelta(minutes=5)  # two clocks rarely agree; a start a few minutes ahead is 'now'
ANSWERED_BY = "answered_by"  # the one question the program answers: who sits in front of it
SHOWN_MAX = 30  # how much of a wrong value is repeated in a message


@dataclass(frozen=True, slots=True)
class Intake:
    """Typed answers, and what was given but set aside because a worse answer stood beside it."""

    answers: Mapping[str, Answer]
    dropped: tuple[str, ...] = ()


def read_answers(protocol: Protocol, raw: Mapping[str, object], at: datetime) -> Intake:
    """Type raw answers against the protocol.

    `at` is the aware time of the assessment. Raises BadInput naming the question. A detail answer implies the screen
    that
    opens it, if that screen was not answered.
    """
    questions = {question.id: question for question in protocol.questions}
    answers: dict[str, Answer] = {}
    dropped: list[str] = []
    for name, value in raw.items():
        question = questions.get(name)
        if question is None:
            raise BadInput(f"no question is called '{_shown(name)}'{did_you_mean(name, questions)}")
        answers[name] = read_answer(question, value, at)
        denial = question.denial
        if question.kind == "many" and denial in _listed(value) and denial not in answers[name].chosen:
            dropped.append(f"{name}: {denial}")
    opened = with_opened_gates(questions, answers)
    if any(_tells_in_private(questions[name], answer) for name, answer in answers.items()):
        # a carer is not asked this, but a danger that was told counts
        opened[ANSWERED_BY] = Answer(chosen=frozenset({"self"}))
    changed = (name for name in answers if name != ANSWERED_BY and opened[name] != answers[name])
    dropped += [f"{name}: {questions[name].denial}" for name in changed]
    return Intake(frozen_answers(with_speaker(protocol, with_openers(protocol, opened))), tuple(dropped))


def read_answer(question: Question, value: object, at: datetime) -> Answer:
    """Type one raw answer. Raises BadInput with one clear line."""
    word = _word(value)
    if word is not None:
        return word
    match question.kind:
        case "many":
            return _many(question, value)
        case "choice" | "yes_no":
            return _choice(question, value)
        case "number":
            return Answer(number=_number(question, value))
        case "scale":
            return _scale(question, value)
        case "moment":
            return _moment(question, value, at)


def _fail(question: Question, problem: str) -> BadInput:
    return BadInput(f"'{question.id}': {problem}")


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    printable = "".join(char if char.isprintable() else "?" for char in text)
    return printable if len(printable) <= SHOWN_MAX else printable[:SHOWN_MAX] + "..."


def _word(value: object) -> Answer | None:
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 1:
        value = value[0]
    if isinstance(value, str) and value in WORDS:
        return Answer(word=Word(value))
    return None


def _options(question: Question) -> str:
    return ", ".join([option.id for option in question.options] + sorted(WORDS))


def _known(question: Question, value: object) -> str:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, str) and question.option(value) is not None:
        return value
    hint = did_you_mean(str(value), [option.id for option in question.options])
    raise _fail(question, f"no option '{_shown(value)}'{hint or f'; options: {_options(question)}'}")


def _many(question: Question, value: object) -> Answer:
    items = _listed(value)
    if not items:
        raise _fail(question, f"give a list of options: {_options(question)}")
    word = next((Word(item) for item in items if isinstance(item, str) and item in WORDS), None)
    chosen = frozenset(_known(question, item) for item in items if not (isinstance(item, str) and item in WORDS))
    if word is not None or len(chosen) > 1:
        chosen -= {question.denial}  # two answers that disagree: the worse stands (brief D4)
    return Answer(chosen=chosen, word=word)


def _listed(value: object) -> Sequence[object]:
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, Sequence) else ()


def _choice(question: Question, value: object) -> Answer:
    if isinstance(value, Sequence) and not isinstance(value, str):
        if len(value) != 1:
            raise _fail(question, f"give one option, not {len(value)}: {_options(question)}")
        value = value[0]
    return Answer(chosen=frozenset({_known(question, value)}))


def _number(question: Question, value: object) -> float:
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,12}([.,]\d{1,12})?", value.strip(), re.ASCII):
        value = float(value.strip().replace(",", "."))
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _fail(question, f"'{_shown(value)}' is not a number; give {_range(question)}, or not_sure")
    low = question.low if question.low is not None else -math.inf
    high = question.high if question.high is not None else math.inf
    if not low <= value <= high:
        problem = f"{_shown(value)} is out of range; give {_range(question)}, or not_sure"
        raise OutOfBounds(f"'{question.id}': {problem}", "range")
    return float(value)


def _range(question: Question) -> str:
    unit = f" {question.unit}" if question.unit else ""
    return f"{_plain(question.low)} to {_plain(question.high)}{unit}"


def _plain(number: float | None) -> str:
    return "any number" if number is None else f"{number:g}"


def _scale(question: Question, value: object) -> Answer:
    if isinstance(value, Mapping):
        limbs = {option.id for option in question.options}
        unknown = [str(limb) for limb in value if limb not in limbs]
        if unknown or not value:
            name = unknown[0] if unknown else ""
            raise _fail(
                question, f"no limb '{_shown(name)}'{did_you_mean(name, limbs)}; give {', '.join(sorted(limbs))}"
            )
        return Answer(numbers=tuple(sorted((str(limb), _number(question, score)) for limb, score in value.items())))
    worst = _number(question, value)  # one figure stands for the stiffest limb
    return Answer(numbers=tuple((option.id, worst) for option in question.options))


def _moment(question: Question, value: object, at: datetime) -> Answer:
    if isinstance(value, str) and question.option(value) is not None:
        return Answer(chosen=frozenset({value}))
    moment = _instant(question, value, at)
    if moment > at + CLOCK_SLACK:
        problem = f"{_shown(value)} is in the future; give a date and time up to now, or not_sure"
        raise OutOfBounds(f"'{question.id}': {problem}", "future")
    earliest = _earliest(question, at)
    if earliest is not None and moment < earliest:
        problem = f"{_shown(value)} is before {earliest.date()}; give a later date, or not_sure"
        raise OutOfBounds(f"'{question.id}': {problem}", "too_early", str(earliest.date()))
    return Answer(moment=min(moment, at))


def _instant(question: Question, value: object, at: datetime) -> datetime:
    text = value if isinstance(value, str) else ""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        moment = None
    if moment is None or not re.match(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
        example = f"{at.date()}" if question.precision == "day" else f"{at.date()}T08:00"
        raise _fail(question, f"'{_shown(value)}' is not a date; write it like {example}, or not_sure")
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=at.tzinfo)


def _earliest(question: Question, at: datetime) -> datetime | None:
    if question.earliest_days_ago is not None:
        return at - timedelta(days=question.earliest_days_ago)
    if question.earliest is not None:
        return _midnight(question.earliest, at)
    return None


def _midnight(day: date, at: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=at.tzinfo)


def with_speaker(protocol: Protocol, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Add who answers, where the protocol asks for it and nobody said: the voice of its words tells."""
    known = ANSWERED_BY in answers or all(question.id != ANSWERED_BY for question in protocol.questions)
    speaker = "carer" if protocol.voice == "carer" else "self"
    return dict(answers) if known else {ANSWERED_BY: Answer(chosen=frozenset({speaker})), **answers}


def _tells_in_private(question: Question, answer: Answer) -> bool:
    """Whether a question that is not put to carers was answered with anything but its denial."""
    if not question.private or question.ask_if is None or not (answer.chosen - {question.denial}):
        return False
    return any(isinstance(leaf, Chosen) and leaf.question == ANSWERED_BY for leaf in leaves(question.ask_if))


def with_opened_gates(questions: Mapping[str, Question], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Open each given screen for the details that tell or doubt a sign it denies: the worse stands (brief D4).

    Only for files: in an interview a detail whose screen was changed afterwards is set aside on purpose.
    """
    known = dict(answers)
    for name, answer in answers.items():
        told = answer.word is not None or bool(answer.chosen - {questions[name].denial})
        for opener in _openers(questions[name], questions) if told else ():
            gate, given = questions[opener.question], known.get(opener.question)
            if given is None or gate.kind != "many" or given.word is not None:
                continue
            needed = _told_on(gate, opener, questions[name], answer, given)
            if needed and not given.chosen & needed:
                known[gate.id] = Answer(chosen=(given.chosen - {gate.denial}) | needed)
    return known if known == dict(answers) else {**with_opened_gates(questions, known)}


def _told_on(gate: Question, opener: Chosen, detail: Question, answer: Answer, given: Answer) -> frozenset[str]:
    """Return what a detail says of its screen: the signs told, or for a doubt all that it asks.

    Nothing if the screen has an option of its own for what was told, and that is chosen.
    """
    positive = answer.chosen - {detail.denial}
    told = {code for each in positive for code in getattr(detail.option(each), "brief", ())}
    asked = told if positive and answer.word is None else _codes(detail)
    opening = [each for each in gate.options if each.id in opener.options and each.id != gate.denial]
    named = frozenset(each.id for each in opening if asked & set(each.brief))
    if named or any(asked & set(each.brief) for each in gate.options if each.id in given.chosen):
        return named
    return frozenset(each.id for each in opening if _codes(detail) & set(each.brief))


def with_openers(protocol: Protocol, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Add the answers that a given detail implies: who answers a detail has answered the screen that opens it."""
    questions = {question.id: question for question in protocol.questions}
    implied: dict[str, Answer] = {}
    unanswered: set[str] = set()
    for name, answer in answers.items():
        for opener in _openers(questions[name], questions):
            if opener.question in answers:
                continue
            unanswered.add(opener.question)
            found = _implied(questions[name], answer, questions[opener.question], opener)
            if found is not None:
                before = implied.get(opener.question, Answer())
                implied[opener.question] = Answer(chosen=before.chosen | found.chosen, word=before.word or found.word)
    screens = _screens(questions) if unanswered else {}
    for name in unanswered & screens.keys():
        left = screens[name] - answers.keys()
        implied[name] = _of_screen(questions[name], implied.get(name, Answer()), left)
    known = {**implied, **answers}
    return with_openers(protocol, known) if implied else known  # a screen may itself be opened by another


def _openers(detail: Question, questions: Mapping[str, Question]) -> Iterator[Chosen]:
    """Yield what must have been chosen for a detail to be asked; of several ways, a screen that asks the same sign."""
    match detail.ask_if:
        case Chosen():
            yield detail.ask_if
        case All(of=parts):
            yield from (part for part in parts if isinstance(part, Chosen))
        case Any(of=parts):
            named = (part for part in parts if isinstance(part, Chosen))
            yield from (part for part in named if _codes(detail) & _codes(questions[part.question]))
        case _:
            return


def _codes(question: Question) -> set[str]:
    return {code for option in question.options for code in option.brief}


def _screens(questions: Mapping[str, Question]) -> Mapping[str, set[str]]:
    """Return the screens that only open details, each with its details: every sign on them is asked again there."""
    opened: dict[str, set[str]] = {}
    again: dict[str, set[str]] = {}
    for question in questions.values():
        for opener in _openers(question, questions):
            gate = questions[opener.question]
            asked = [each for each in gate.options if each.id in opener.options and _codes(question) & set(each.brief)]
            if gate.kind == "many" and asked:
                opened.setdefault(gate.id, set()).add(question.id)
                again.setdefault(gate.id, {str(gate.denial)}).update(each.id for each in asked)
    return {name: details for name, details in opened.items() if len(again[name]) == len(questions[name].options)}


def _of_screen(screen: Question, told: Answer, left: Collection[str]) -> Answer:
    """Return the answer of a screen whose details were given: each detail that is left must still be asked."""
    if left:
        return Answer(chosen=told.chosen, word=told.word or Word.NOT_SURE)
    return told if told != Answer() or screen.denial is None else Answer(chosen=frozenset({screen.denial}))


def _implied(detail: Question, answer: Answer, gate: Question, opener: Chosen) -> Answer | None:
    positive = answer.chosen - {detail.denial}
    codes = {code for each in positive for code in getattr(detail.option(each), "brief", ())}
    options = [option for name in opener.options if (option := gate.option(name)) is not None]
    matching = frozenset(option.id for option in options if codes.intersection(option.brief))
    if matching:
        return Answer(chosen=matching)
    if answer.word is not None and answer.word.value in opener.options:
        return Answer(word=answer.word)
    denied = bool(answer.chosen) and not positive and gate.kind == "many"
    if len(options) == 1 and not denied:
        return Answer(chosen=frozenset({options[0].id}))
    return None
