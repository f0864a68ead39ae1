"""An answer in the words of its screen."""

from triage.interview.prompts import PromptView
from triage.kernel.answers import Answer, Word
from triage.protocol.words import forms

FAHRENHEIT = "°F"


def answer_text(view: PromptView, answer: Answer) -> str:
    """Return an answer in words."""
    labels = {option.id: option.label for option in view.question.options} | {
        each.id: each.label for each in view.choices
    }
    parts = [label for name, label in labels.items() if name in answer.chosen]
    if answer.number is not None:
        parts.append(f"{shown_number(view, answer.number)} {view.unit}".strip())
    parts += [f"{labels.get(name, name)} {score:g}" for name, score in answer.numbers]
    if answer.moment is not None:
        month = forms(view.screen.months)[answer.moment.month - 1]
        day = view.screen.day_and_month.format(day=answer.moment.day, month=month, year=answer.moment.year)
        parts.append(day + _clock_time(view, answer))
    if answer.word is not None:
        parts.append(view.screen.not_sure if answer.word is Word.NOT_SURE else view.declined)
    return "; ".join(parts)


def shown_number(view: PromptView, number: float) -> str:
    """Return a number as this place writes it; protocols count temperature in Celsius."""
    return f"{number * 9 / 5 + 32:.1f}" if view.unit == FAHRENHEIT else f"{number:g}"


def _clock_time(view: PromptView, answer: Answer) -> str:
    return f" {answer.moment:%H:%M}" if view.question.precision != "day" else ""
