"""Runs two engines on every assessment; where they differ, the more urgent stands and the result says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from triage.engines.base import Engine, Sheet, Truths
from triage.kernel.errors import EngineVoid, NoSafeAnswer


@dataclass(frozen=True, slots=True)
class Findings:
    """What the engines found: one set of truths for each engine whose reading stands.

    `agreed` needs at least two readings that stand and are equal; `differed` two that are not.
    """

    truths: tuple[Truths, ...]
    engines: tuple[str, ...]
    agreed: bool
    differed: bool = False
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
        except Exception as error:  # noqa: BLE001 - the person must get an answer whatever an engine does (hazard engine_failure)
            problems.append(f"{engine.name}: {type(error).__name__}")
    if not truths:
        raise NoSafeAnswer("; ".join(problems))
    differed = any(each != truths[0] for each in truths[1:])
    if differed:
        problems.append("the engines differ; the more urgent result stands")
    agreed = len(truths) > 1 and not differed
    return Findings(tuple(truths), tuple(names), agreed, differed, "; ".join(problems))
