"""One typed line becomes a command or a raw answer; what cannot be used is one clear line."""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from itertools import takewhile

from triage.frontends.lines import FAHRENHEIT, limb_order, range_text
from triage.frontends.moments import read_moment
from triage.interview.prompts import Choice, PromptView
from triage.kernel.answers import Word
from triage.kernel.errors import BadInput

CHARS_MAX = 1000  # the longest list of labels typed in full is shorter
SHOWN_MAX = 30  # how much of a wrong answer is repeated in a message
FIGURES_SHOWN = 8  # and how many figures of a run
PHRASE_MIN = 3  # shorter words fit too many answers
FIGURE_MAX = 2  # a list has no 100 answers; '2019' is no number of a list


class Command(Enum):
    """What can be typed instead of an answer."""

    BACK = "back"
    WHY = "why"
    STOP = "stop"
    LEAVE = "leave"
    SWITCH = "switch"


RawAnswer = str | float | list[str] | dict[str, float]

_COMMANDS = {
    **dict.fromkeys(("b", "back"), Command.BACK),
    **dict.fromkeys(("?", "why", "why?", "h", "help"), Command.WHY),
    **dict.fromkeys(("q", "quit", "stop", "exit"), Command.STOP),
    **dict.fromkeys(("x", "leave"), Command.LEAVE),
    **dict.fromkeys(("o", "someone else"), Command.SWITCH),
}
_NOT_SURE = frozenset(("not sure", "not_sure", "notsure", "n s", "ns", "n/s", "unsure", "no idea", "dk")) | frozenset(
    ("i am not sure", "i'm not sure", "don't know", "dont know", "do not know", "i don't know", "i dont know")
)
_DECLINED = frozenset(("declined", "prefer not to say", "rather not say", "i prefer not to say", "i'd rather not say"))
_WILL_NOT_TELL = frozenset(("they won't tell me", "they wont tell me", "they will not tell me", "they won't say"))
_DENIALS = frozenset(("no", "none", "none of these", "none of them", "nothing"))
_GO_ON = frozenset(("", "done", "keep", "ok"))
_NOW = frozenset(("now", "right now", "just now"))
_TIME_STARTS = _NOW | {"today", "yesterday", "about", "since", "an hour ago", "half an hour ago", "a day ago"}
_ALWAYS_IDS = frozenset(("yes", "no", "none"))
# 'Fell, not hurt' must not be chosen by 'fell': what follows turns the meaning
_TURNS = re.compile(r"\b(no|not|but|never|without|cannot)\b")
_BETWEEN = re.compile(r"\s*(?:[,;&+]|\band\b)\s*")


def read_line(view: PromptView, text: str, at: datetime) -> Command | RawAnswer:
    """Read one typed line; relative times count from `at`. Raises BadInput with one clear line.

    Ranges and future dates are left to the interview, which checks every answer of every front end.
    """
    said = _tidied(text)
    if not said:
        raise BadInput(f"nothing was typed; type your answer, or {_quoted('not sure')} if you do not know")
    if len(text) > CHARS_MAX:
        raise BadInput("that is too long; type a short answer")
    if said in _COMMANDS:
        return _COMMANDS[said]
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


def read_pick(text: str, count: int) -> Command | int | None:
    """Read one line typed below answers that are looked over: a number to change, a command, or None to go on.

    Raises BadInput with one clear line.
    """
    said = _tidied(text)
    if said in _GO_ON:
        return None
    if said in _COMMANDS:
        return _COMMANDS[said]
    if _is_figure(said) and len(said) <= FIGURE_MAX + 1 and 1 <= int(said.rstrip(".):")) <= count:
        return int(said.rstrip(".):"))
    raise BadInput(f"{_quoted(said)} is not one of the numbers; type 1 to {count}, or press Enter to go on")


def problem_of(view: PromptView, error: BadInput) -> str:
    """Return an error in the words of the screen: no question id, and units as the person types them."""
    text = str(error).removeprefix(f"'{view.question.id}': ")
    if view.question.kind == "number" and "out of range" in text:
        return f"that is out of range; give {range_text(view)}, or 'not sure'"
    if view.question.kind == "moment":
        text = re.sub(r"^\S+ is (in the future|before)", r"that is \1", text)
    return text.replace("not_sure", "'not sure'")


def is_unfinished(view: PromptView, text: str) -> bool:
    """Whether a line that cannot be used yet may become an answer by typing on."""
    said = _tidied(text)
    last = _BETWEEN.split(said)[-1].split(" ")[-1]
    starts = {*_COMMANDS, *_NOT_SURE, *_DENIALS, *(_DECLINED | _WILL_NOT_TELL if view.question.may_decline else ())}
    if view.question.kind in ("moment", "scale"):
        return said[:1].isdecimal() or any(start.startswith(said) for start in starts | _TIME_STARTS)
    names = {_tidied(each.label) for each in view.choices} | {each.id for each in view.choices}
    return not last.isdecimal() and any(start.startswith((said, last)) for start in starts | names)


def _tidied(text: str) -> str:
    plain = text.replace("\ufeff", "").replace("\u2019", "'")  # byte order mark of piped files; curly apostrophe
    return " ".join(plain.casefold().split()).strip(' .!"')


def _quoted(text: str) -> str:
    printable = "".join(char if char.isprintable() else "?" for char in text)
    return f"'{printable if len(printable) <= SHOWN_MAX else printable[:SHOWN_MAX] + '...'}'"


def _word(view: PromptView, said: str) -> Word | None:
    if said in _NOT_SURE:
        return Word.NOT_SURE
    if said not in _DECLINED | _WILL_NOT_TELL:
        return None
    if not view.question.may_decline:
        raise BadInput("'prefer not to say' is not offered here; you can type 'not sure'")
    return Word.DECLINED


# ------------------------------------------------------------------------------------------------------ listed answers


def _many(view: PromptView, said: str) -> list[str]:
    whole = _named(view, said)
    parts = [part for part in _BETWEEN.split(said) if part]
    chosen = [whole] if whole else [choice for part in parts for choice in _part(view, part)]
    names = list(dict.fromkeys(choice.id for choice in chosen))
    if not names:
        raise _unknown(view, said)
    for alone in (view.question.denial, Word.DECLINED.value):
        if alone in names and len(names) > 1:
            label = next(choice.label for choice in chosen if choice.id == alone)
            raise BadInput(f"'{label}' cannot stand beside other answers; type it alone, or leave it out")
    return names


def _one(view: PromptView, said: str) -> str:
    found = _named(view, said)
    if found is None and len(re.findall(r"\d+", said)) > 1:
        raise BadInput("choose one answer only; type one number")
    if found is None:
        raise _unknown(view, said)
    return found.id


def _part(view: PromptView, part: str) -> list[Choice]:
    """Read what stands between two commas: numbers, a range, or the words of one answer."""
    span = re.fullmatch(r"(\d{1,3}) ?(?:-|to) ?(\d{1,3})", part)
    if span is not None:
        first, last = _numbered(view, span.group(1)), _numbered(view, span.group(2))
        if first.number < last.number:
            return list(view.choices[first.number - 1 : last.number])
        raise BadInput(f"{_quoted(part)} runs backwards; type the numbers one by one")
    tokens = part.split(" ")
    figures = list(takewhile(_is_figure, tokens))
    words = tokens[len(figures) :]
    return [_numbered(view, figure) for figure in figures] + (_words(view, words) if words else [])


def _words(view: PromptView, words: list[str]) -> list[Choice]:
    phrase = " ".join(words)
    if phrase in _NOT_SURE:
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
    hint = f"; for several, leave spaces between: {' '.join(digits[:FIGURES_SHOWN])}" if run_together else ""
    raise BadInput(f"there is no answer {_quoted(figure)[1:-1]}; type {_listed(view)}{hint}")


def _listed(view: PromptView) -> str:
    return f"a number from 1 to {len(view.choices)}" if len(view.choices) > 1 else "1"


def _unknown(view: PromptView, said: str) -> BadInput:
    return BadInput(f"{_quoted(said)} is not one of the answers; type {_listed(view)}")


def _named(view: PromptView, said: str) -> Choice | None:
    """Return the one answer that these words name, or None. Raises BadInput rather than guess between two."""
    if _is_figure(said):
        return _numbered(view, said)
    phrase = {"y": "yes", "n": "no"}.get(said, said)
    listed = [choice for choice in view.choices if choice.id not in set(Word)]
    for choice in listed:
        if phrase == _tidied(choice.label) or (phrase == choice.id and (phrase in _ALWAYS_IDS or "_" in phrase)):
            return choice
    if phrase in _DENIALS:
        return _denial(view, listed, phrase)
    if len(phrase) < PHRASE_MIN or phrase in _ALWAYS_IDS:
        return None
    near = [choice for choice in listed if _mentions(choice, phrase)]
    if len(near) > 1:
        raise BadInput(f"{_quoted(said)} fits more than one answer ({_numbers(near)}); type the number")
    return _if_plain(near[0], phrase) if near else None


def _mentions(choice: Choice, phrase: str) -> bool:
    words = choice.id.replace("_", " ")
    return words.startswith(phrase) or re.search(rf"\b{re.escape(phrase)}", _tidied(choice.label)) is not None


def _if_plain(choice: Choice, phrase: str) -> Choice | None:
    """Return the answer if the words open it or are its id, and what is left unsaid does not turn them round."""
    label = _tidied(choice.label)
    opens = re.match(rf"{re.escape(phrase)}\b", label)
    if opens is None and phrase not in (choice.id, choice.id.replace("_", " ")):
        return None
    if _TURNS.search(label[opens.end() :] if opens else ""):
        raise BadInput(f"do you mean {choice.number}, '{choice.label}'? Then type {choice.number}")
    return choice


def _denial(view: PromptView, listed: list[Choice], phrase: str) -> Choice | None:
    """Read 'no' and 'none' as the denial, unless another answer starts with that word too ('No pee for 18 hours')."""
    if view.question.denial not in ("none", "no"):
        return None
    denial = [choice for choice in listed if choice.id == view.question.denial]
    rivals = [choice for choice in listed if choice not in denial and _tidied(choice.label).startswith(f"{phrase} ")]
    if rivals:
        raise BadInput(f"'{phrase}' fits more than one answer ({_numbers([*rivals, *denial])}); type the number")
    return denial[0]


def _numbers(choices: Iterable[Choice]) -> str:
    return " or ".join(str(choice.number) for choice in sorted(choices, key=lambda choice: choice.number))


# ------------------------------------------------------------------------------------------------------------- figures


def _number(view: PromptView, said: str) -> float:
    unit = r"(?:°|º|degrees?)? ?(?P<scale>c|f|celsius|fahrenheit)?|years?(?: old)?|days?|weeks?"
    found = re.fullmatch(rf"(?P<figure>[+-]?\d{{1,6}}(?:\.\d{{1,6}}|,\d{{1,2}})?) ?(?:{unit})(?:/10)?", said)
    if found is None:
        raise BadInput(f"{_quoted(said)} is not a number; type {range_text(view)}, or 'not sure'")
    figure = float(found.group("figure").replace(",", "."))
    scale = (found.group("scale") or view.unit.removeprefix("°")).upper()
    if view.question.unit == "celsius" and scale.startswith(FAHRENHEIT[-1]):
        return round((figure - 32) * 5 / 9, 2)
    return figure


def _scale(view: PromptView, said: str) -> float | dict[str, float]:
    tokens = re.split(r"[\s,;/]+", said.strip(",;/"))
    limbs = [option.id for option in view.question.options]
    if len(tokens) not in (1, len(limbs)) or not all(re.fullmatch(r"\d{1,3}(\.\d)?", each) for each in tokens):
        raise BadInput(
            f"type {len(limbs)} numbers with spaces between, in this order: {limb_order(view)}; "
            "or one number for all of them, or 'not sure'"
        )
    scores = [float(each) for each in tokens]
    return scores[0] if len(scores) == 1 else dict(zip(limbs, scores, strict=True))


def _moment(view: PromptView, said: str, at: datetime) -> str:
    if _is_figure(said) and len(said) <= FIGURE_MAX:
        return _numbered(view, said).id
    option = _named(view, said) if said[:1].isalpha() else None
    if option is not None:
        return option.id
    by_day = view.question.precision == "day"
    moment = read_moment(said, at, by_day=by_day)
    if moment is None:
        example = "yesterday, 2 weeks ago or" if by_day else "yesterday 14:00, 3 hours ago or"
        raise BadInput(f"{_quoted(said)} is not a time we can read; write it like {example} {at.date()}, or 'not sure'")
    return moment
