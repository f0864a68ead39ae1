"""Runs two engines on every assessment; where they differ, the more urgent stands and the result says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from triage.engines.base import Engine, Sheet, Truths
from triage.kernel.errors import EngineVoid, NoSafeAnswer


@dataclass(frozen=True, slots=True)
class Findings:
    """What the engines found: one set of truths for each engine whose reading stands."""

    truths: tuple[Truths, ...]
    engines: tuple[str, ...]
    agreed: bool
    problem: str = ""


def run(engines: Sequence[Engine], sheet: Sheet) -> Findings:
    """Evaluate a sheet with every engine.

    A void reading is left out and never counts as agreement. Raises NoSafeAnswer if no reading stands.
    """
    truths: list[Truths] = []
    names: list[str] = []
    problems: list[str] = []
    for engine in engines:
        try:
            truths.append(engine.evaluate(sheet))
            names.append(engine.name)
        except EngineVoid as error:
            problems.append(f"{engine.name}: {error}")
        except Exception as error:  # the person must get an answer whatever an engine does (hazard engine_failure)
            problems.append(f"{engine.name}: {type(error).__name__}")
    if not truths:
        raise NoSafeAnswer("; ".join(problems))
    differing = any(each != truths[0] for each in truths[1:])
    if differing:
        problems.append("the engines differ")
    return Findings(tuple(truths), tuple(names), not problems, "; ".join(problems))
