"""A protocol of one rule, with cases beside it."""

from collections.abc import Sequence

from tests.small import PLACE, compared, finding, picked, protocol, question, rule
from triage.protocol.conditions import All, Condition, Named
from triage.protocol.models import Case, Cases, Protocol

Answers = dict[str, str | tuple[str, ...] | dict[str, str]]

A, B = picked("signs", "a"), picked("more", "x")
HOT = compared("heat", "at_least", 38)
BOTH = All(of=(A, B))
TOLD = Named(finding="told")


def with_cases(
    when: Condition,
    *,
    holds: Sequence[Answers] = (),
    not_holds: Sequence[Answers] = (),
    in_doubt: Sequence[Answers] = (),
    told: Condition = A,
) -> Protocol:
    """Return a protocol whose one rule has these cases."""
    cases = Cases(
        holds=tuple(Case(answers=each, place=PLACE) for each in holds),
        does_not_hold=tuple(Case(answers=each, place=PLACE) for each in not_holds),
        in_doubt=tuple(Case(answers=each, place=PLACE) for each in in_doubt),
    )
    return protocol(
        questions=(
            question("signs", ("a", "b", "none")),
            question("more", ("x", "none")),
            question("heat", (), kind="number", low=35.0, high=42.0),
            question("later", ("y", "none"), ask_if=A),
        ),
        findings=(finding("told", told),),
        rules=(rule("it", when).model_copy(update={"cases": cases}),),
    )
