"""Asking the two questions on stiffness line by line, as the check asks them."""

from collections.abc import Callable
from datetime import datetime

from triage.decision.intake import read_answer
from triage.frontends import lines
from triage.frontends.lexicon import Command
from triage.frontends.plain import Lines
from triage.frontends.typed import problem_of, read_line
from triage.interview.prompts import PromptView
from triage.kernel.answers import Answer
from triage.kernel.errors import BadInput


def ask(
    first: PromptView, second: PromptView, screen: Lines, clock: Callable[[], datetime]
) -> dict[str, Answer] | None:
    """Return the two answers by question, or None if the person leaves. Going back asks the first one again."""
    while True:
        now = _asked(first, screen, clock)
        if not isinstance(now, Answer):
            return None
        usual = _asked(second, screen, clock)
        if isinstance(usual, Answer):
            return {first.question.id: now, second.question.id: usual}
        if usual is not Command.BACK:
            return None


def _asked(view: PromptView, screen: Lines, clock: Callable[[], datetime]) -> Answer | Command:
    """Ask one question until its answer can be used; the end of the input is leaving."""
    try:
        screen.show(lines.question_lines(view, screen.width))
        while True:
            text = screen.ask(lines.prompt_text(view, screen.width), view)
            try:
                said = read_line(view, text, clock())
                if not isinstance(said, Command):
                    return read_answer(view.question, said, clock())
                if said is Command.WHY:
                    screen.show(lines.why_lines(view, screen.width))
                elif said is not Command.BACK or view.can_go_back:
                    return said
                else:
                    screen.show(lines.problem_lines(view, view.screen.first_question, screen.width))
            except BadInput as error:
                problem = problem_of(view, error)
                screen.show(lines.problem_lines(view, problem, screen.width, hint=not text.strip()))
    except EOFError:
        return Command.LEAVE
