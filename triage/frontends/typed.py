"""One typed line becomes a command or a raw answer; what cannot be used is one clear line."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from itertools import takewhile

from triage.frontends.lexicon import Command, lexicon_of, tidied
from triage.frontends.lines import limb_order, range_text
from triage.frontends.moments import read_moment
from triage.interview.prompts import Choice, PromptView
from triage.interview.saying import FAHRENHEIT
from triage.kernel.answers import Word
from triage.kernel.errors import BadInput, OutOfBounds
from triage.protocol.words import Words

CHARS_MAX = 1000  # the longest list of labels typed in full is shorter
SHOWN_MAX = 30  # how much of a wrong answer is repeated in a message
FIGURES_SHOWN = 8  # and how many figures of a run
PHRASE_MIN = 3  # shorter words fit too many answers
FIGURE_MAX = 2  # a list has no 100 answers; '2019' is no number of a list


RawAnswer = str | float | list[str] | dict[str, float]

_ALWAYS_IDS = frozenset(("yes", "no", "none"))


def read_line(view: PromptView, text: str, at: datetime) -> Command | RawAnswer:
    """Read one typed line; relative times count from `at`. Raises BadInput with one clear line.

    Ranges and future dates are left to the interview, which checks every answer of every front end.
    """
    said, commands = tidied(text), lexicon_of(view.screen).commands
    if not said:
        raise BadInput(view.screen.nothing_typed)
    if len(text) > CHARS_MAX:
        raise BadInput(view.screen.too_long)
    if said in commands:
        return commands[said]
    word = _word(view, said)
    if word is not None:
        return word.value
    match view.question.kind:
        case "many":
            return _many(view, said)
        case "choice" | "yes_no":
            return _one(view, said)
        case "number":
            return _number(view, said)
        case "scale":
            return _scale(view, said)
        case "moment":
            return _moment(view, said, at)


def read_pick(text: str, count: int, screen: Words) -> Command | int | None:
    """Read one line typed below answers that are looked over: a number to change, a command, or None to go on.

    Raises BadInput with one clear line.
    """
    said, known = tidied(text), lexicon_of(screen)
    if said in known.go_on:
        return None
    if said in known.commands:
        return known.commands[said]
    if _is_figure(said) and len(said) <= FIGURE_MAX + 1 and 1 <= int(said.rstrip(".):")) <= count:
        return int(said.rstrip(".):"))
    raise BadInput(screen.not_in_list.format(said=_shown(said), count=count))


def problem_of(view: PromptView, error: BadInput) -> str:
    """Return an error in the words of the screen: no question id, and units as the person types them."""
    if not isinstance(error, OutOfBounds):
        return str(error).removeprefix(f"'{view.question.id}': ")
    screen = view.screen
    match error.bound:
        case "range":
            return screen.out_of_range.format(range=range_text(view))
        case "future":
            return screen.in_the_future
        case "too_early":
            return screen.too_early.format(earliest=error.limit)


def is_unfinished(view: PromptView, text: str) -> bool:
    """Whether a line that cannot be used yet may become an answer by typing on."""
    said, known = tidied(text), lexicon_of(view.screen)
    last = known.between.split(said)[-1].split(" ")[-1]
    starts = {*known.commands, *known.not_sure, *known.denials}
    starts |= known.declined if view.question.may_decline else set()
    if view.question.kind in ("moment", "scale"):
        begun = (said, known.times.lead.sub("", said))
        return said[:1].isdecimal() or any(each.startswith(begun) for each in starts | known.times.starts)
    names = {tidied(each.label) for each in view.choices} | {each.id for each in view.choices}
    return not last.isdecimal() and any(start.startswith((said, last)) for start in starts | names)


def _shown(text: str) -> str:
    printable = "".join(char if char.isprintable() else "?" for char in text)
    return printable if len(printable) <= SHOWN_MAX else printable[:SHOWN_MAX] + "..."


def _word(view: PromptView, said: str) -> Word | None:
    known = lexicon_of(view.screen)
    if said in known.not_sure:
        return Word.NOT_SURE
    if said not in known.declined:
        return None
    if not view.question.may_decline:
        raise BadInput(view.screen.not_offered)
    return Word.DECLINED


# ------------------------------------------------------------------------------------------------------ listed answers


def _many(view: PromptView, said: str) -> list[str]:
    whole = _named(view, said)
    parts = [part for part in lexicon_of(view.screen).between.split(said) if part]
    chosen = [whole] if whole else [choice for part in parts for choice in _part(view, part)]
    names = list(dict.fromkeys(choice.id for choice in chosen))
    if not names:
        raise _unknown(view, said)
    for alone in (view.question.denial, Word.DECLINED.value):
        if alone in names and len(names) > 1:
            label = next(choice.label for choice in chosen if choice.id == alone)
            raise BadInput(view.screen.stands_alone.format(label=label))
    return names


def _one(view: PromptView, said: str) -> str:
    found = _named(view, said)
    if found is None and len(re.findall(r"\d+", said)) > 1:
        raise BadInput(view.screen.one_only)
    if found is None:
        raise _unknown(view, said)
    return found.id


def _part(view: PromptView, part: str) -> list[Choice]:
    """Read what stands between two commas: numbers, a range, or the words of one answer."""
    span = lexicon_of(view.screen).span.fullmatch(part)
    if span is not None:
        first, last = _numbered(view, span.group(1)), _numbered(view, span.group(2))
        if first.number < last.number:
            return list(view.choices[first.number - 1 : last.number])
        raise BadInput(view.screen.runs_backwards.format(said=_shown(part)))
    tokens = part.split(" ")
    figures = list(takewhile(_is_figure, tokens))
    words = tokens[len(figures) :]
    return [_numbered(view, figure) for figure in figures] + (_words(view, words) if words else [])


def _words(view: PromptView, words: list[str]) -> list[Choice]:
    phrase = " ".join(words)
    if phrase in lexicon_of(view.screen).not_sure:
        return [choice for choice in view.choices if choice.id == Word.NOT_SURE.value]
    whole = _named(view, phrase)
    if whole is not None:
        return [whole]
    found = [_numbered(view, word) if _is_figure(word) else _named(view, word) for word in words]
    if len(words) == 1 or None in found:
        raise _unknown(view, phrase)
    return [choice for choice in found if choice is not None]


def _is_figure(token: str) -> bool:
    return token.rstrip(".):").isdecimal()


def _numbered(view: PromptView, figure: str) -> Choice:
    number = int(figure.rstrip(".):"))
    if 1 <= number <= len(view.choices):
        return view.choices[number - 1]
    digits = str(number)
    run_together = view.question.kind == "many" and all(0 < int(digit) <= len(view.choices) for digit in digits)
    problem = view.screen.no_such_number.format(said=_shown(figure), listed=_listed(view))
    hint = view.screen.leave_spaces.format(digits=" ".join(digits[:FIGURES_SHOWN]))
    raise BadInput(f"{problem}; {hint}" if run_together else problem)


def _listed(view: PromptView) -> str:
    return view.screen.a_number_from.format(count=len(view.choices)) if len(view.choices) > 1 else "1"


def _unknown(view: PromptView, said: str) -> BadInput:
    return BadInput(view.screen.not_an_answer.format(said=_shown(said), listed=_listed(view)))


def _named(view: PromptView, said: str) -> Choice | None:
    """Return the one answer that these words name, or None. Raises BadInput rather than guess between two."""
    if _is_figure(said):
        return _numbered(view, said)
    known = lexicon_of(view.screen)
    phrase = known.short.get(said, said)
    listed = [choice for choice in view.choices if choice.id not in set(Word)]
    for choice in listed:
        if said == tidied(choice.label) or (phrase == choice.id and (phrase in _ALWAYS_IDS or "_" in phrase)):
            return choice
    if phrase in known.denials or phrase == "no":
        return _denial(view, listed, phrase)
    if len(phrase) < PHRASE_MIN or phrase in _ALWAYS_IDS:
        return None
    near = [choice for choice in listed if _mentions(choice, phrase)]
    if len(near) > 1:
        raise BadInput(view.screen.fits_several.format(said=_shown(said), numbers=_numbers(view, near)))
    return _if_plain(view, near[0], phrase) if near else None


def _mentions(choice: Choice, phrase: str) -> bool:
    words = choice.id.replace("_", " ")
    return words.startswith(phrase) or re.search(rf"\b{re.escape(phrase)}", tidied(choice.label)) is not None


def _if_plain(view: PromptView, choice: Choice, phrase: str) -> Choice | None:
    """Return the answer if the words open it or are its id, and what is left unsaid does not turn them round."""
    label = tidied(choice.label)
    opens = re.match(rf"{re.escape(phrase)}\b", label)
    if opens is None and phrase not in (choice.id, choice.id.replace("_", " ")):
        return None
    if lexicon_of(view.screen).turns.search(label[opens.end() :] if opens else ""):
        raise BadInput(view.screen.do_you_mean.format(number=choice.number, label=choice.label))
    return choice


def _denial(view: PromptView, listed: list[Choice], phrase: str) -> Choice | None:
    """Read 'no' and 'none' as the denial, unless another answer starts with that word too ('No pee for 18 hours')."""
    if view.question.denial not in ("none", "no"):
        return None
    denial = [choice for choice in listed if choice.id == view.question.denial]
    rivals = [choice for choice in listed if choice not in denial and tidied(choice.label).startswith(f"{phrase} ")]
    if rivals:
        raise BadInput(view.screen.fits_several.format(said=phrase, numbers=_numbers(view, [*rivals, *denial])))
    return denial[0]


def _numbers(view: PromptView, choices: Iterable[Choice]) -> str:
    shown = [str(number) for number in sorted(choice.number for choice in choices)]
    return reduce(lambda first, second: view.screen.between_two.format(first=first, second=second), shown)


# ------------------------------------------------------------------------------------------------------------- figures


def _number(view: PromptView, said: str) -> float:
    found = lexicon_of(view.screen).figure.fullmatch(said)
    if found is None:
        raise BadInput(view.screen.not_a_number.format(said=_shown(said), range=range_text(view)))
    figure = float(found.group("figure").replace(",", "."))
    scale = (found.group("scale") or view.unit.removeprefix("°")).upper()
    if view.question.unit == "celsius" and scale.startswith(FAHRENHEIT[-1]):
        return round((figure - 32) * 5 / 9, 2)
    return figure


def _scale(view: PromptView, said: str) -> float | dict[str, float]:
    tokens = re.split(r"[\s,;/]+", said.strip(",;/"))
    limbs = [option.id for option in view.question.options]
    if len(tokens) not in (1, len(limbs)) or not all(re.fullmatch(r"\d{1,3}(\.\d)?", each) for each in tokens):
        raise BadInput(view.screen.limbs_wanted.format(count=len(limbs), limbs=limb_order(view)))
    scores = [float(each) for each in tokens]
    return scores[0] if len(scores) == 1 else dict(zip(limbs, scores, strict=True))


def _moment(view: PromptView, said: str, at: datetime) -> str:
    if _is_figure(said) and len(said) <= FIGURE_MAX:
        return _numbered(view, said).id
    option = _named(view, said) if said[:1].isalpha() else None
    if option is not None:
        return option.id
    by_day = view.question.precision == "day"
    moment = read_moment(said, at, view.screen, by_day=by_day)
    if moment is None:
        problem = view.screen.not_a_day if by_day else view.screen.not_a_time
        raise BadInput(problem.format(said=_shown(said), today=at.date()))
    return moment
