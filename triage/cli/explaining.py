"""`triage why` and `triage what-if`: an answers file in, its reasons or what would change it out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from triage.cli.assessing import Case, read_case
from triage.decision.intake import read_answers
from triage.engines.choice import engines_for
from triage.engines.reference import Reference
from triage.explain.as_lines import what_if_lines, why_lines
from triage.explain.changes import Person
from triage.explain.what_if import what_if
from triage.explain.why import reasons
from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import DONE, BadInput

Reader = Literal["person", "author", "nurse", "teacher"]
READERS: Mapping[str, bool] = {"person": False, "author": True, "nurse": True, "teacher": True}


def why(file: str, *, now: datetime, rule: str | None, everything: bool, private: bool, width: int) -> tuple[str, int]:
    """Return why each rule holds, nearly holds or does not. Raises BadInput."""
    case = read_case(file, now, "en")
    answers = read_answers(case.protocol, case.answers, case.at).answers
    engines = (Reference(case.protocol),)
    told = reasons(case.protocol, answers, at=case.at, engines=engines, locale=case.locale, show_private=private)
    if rule is not None:
        wanted = [each for each in told if rule in (each.rule.id, *each.rule.brief)]
        if not wanted:
            raise BadInput(f"no rule '{rule[:40]}'{did_you_mean(rule, [each.rule.id for each in told])}")
        told, everything = tuple(wanted), True
    return "\n".join(why_lines(told, everything=everything, width=width)), DONE


def whether(file: str, *, now: datetime, reader: str, language: str, private: bool, width: int) -> tuple[str, int]:
    """Return what would change the result; what would lower it only for those who do not decide by it about themselves.

    Raises BadInput, and NoSafeAnswer if a change did not come out the same when it was assessed again.
    """
    if reader not in READERS:
        raise BadInput(f"no reader '{reader[:30]}'{did_you_mean(reader, READERS)}; readers: {', '.join(READERS)}")
    case = read_case(file, now, language)
    person, fast = _person(case, both=True), _person(case, both=False)
    found = what_if(person, fast=fast, lowering=READERS[reader], show_private=private)
    return "\n".join(what_if_lines(found, person, case.locale, width)), DONE


def _person(case: Case, *, both: bool) -> Person:
    answers = read_answers(case.protocol, case.answers, case.at).answers
    engines = engines_for(case.protocol) if both else (Reference(case.protocol),)
    return Person(case.protocol, answers, case.at, engines)
