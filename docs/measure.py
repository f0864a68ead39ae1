"""Measures the README's figures: `python docs/measure.py`, with --write to put the table into the README.

Times are ratios inside one interleaved run, because machines differ. Run it with the Python of an installed program,
not an editable one: only there the protocol is compiled.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from triage import Interview, load_protocol

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 11
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
PEOPLE = {
    "breathing": {"urgent_now": "breathing", "airway_signs": "gasping"},
    "stroke": {"stroke_signs": "face", "stroke_when": "now_24h"},
    "sepsis": {"very_unwell": "mind", "unwell_mind": "confused"},
    "spinal cord": {"cord_signs": "saddle_numb"},
}
WELL: dict[str, object] = {
    "ms_diagnosis": "confirmed",
    "ms_treatment": "interferon",
    "temperature": 36.8,
    "private_now": "yes",
}


def seconds(command: list[str]) -> float:
    """Return how long a command takes with nothing on its standard input."""
    start = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return time.perf_counter() - start


def to_first_question() -> float:
    """Return how long it takes until the first question stands on a real terminal."""
    import pexpect

    environment = {**os.environ, "TERM": "xterm"}
    start = time.perf_counter()
    child = pexpect.spawn(sys.executable, ["-m", "triage"], env=environment, dimensions=(50, 80), encoding="utf-8")
    child.expect("Answer")
    taken = time.perf_counter() - start
    child.close(force=True)
    return taken


def starts() -> dict[str, float]:
    """Return median seconds of each start, measured in turn in every round."""
    python = sys.executable
    timed: dict[str, Callable[[], float]] = {
        "python -c pass": lambda: seconds([python, "-c", "pass"]),
        "triage --version": lambda: seconds([python, "-m", "triage", "--version"]),
        "import pydantic, prompt_toolkit": lambda: seconds([python, "-c", "import pydantic, prompt_toolkit"]),
        "first question": to_first_question,
    }
    taken: dict[str, list[float]] = {name: [] for name in timed}
    for _ in range(ROUNDS):
        for name, measure in timed.items():
            taken[name].append(measure())
    return {name: statistics.median(values) for name, values in taken.items()}


def walk(told: dict[str, object], step_seconds: list[float]) -> Interview:
    """Answer an interview: what is told, else the denial; record the time of every step."""
    interview = Interview(load_protocol("ms"), at=AT)
    while interview.prompt is not None:
        question = interview.prompt.question
        answer = told.get(question.id, question.denial or "not_sure")
        start = time.perf_counter()
        interview = interview.answer(answer)
        step_seconds.append(time.perf_counter() - start)
    return interview


def figures() -> list[tuple[str, str, str]]:
    """Return each figure: what, measured, aim."""
    rows = []
    steps: list[float] = []
    walk(WELL, [])  # builds the second engine, as the program does while the first question is read
    well = walk(WELL, steps)
    asked = len(well.state.asked) if well.state else 0
    rows.append(("questions when nothing is wrong", str(asked), "at most 28, in the next version"))
    for name, told in PEOPLE.items():
        ended = walk(dict(told), steps)
        screens = len(ended.state.asked) if ended.state else 0
        rows.append((f"screens until the emergency advice: {name}", str(screens), "-"))
    for _ in range(20):
        walk(WELL | {"symptom_change": "new", "symptoms": ["numb"], "muscle_signs": ["stiff"]}, steps)
    rows.append(("answer to next question, p50", f"{statistics.median(steps) * 1000:.1f} ms", "-"))
    rows.append(("answer to next question, p99", f"{statistics.quantiles(steps, n=100)[98] * 1000:.1f} ms", "20 ms"))
    start = starts()
    version = start["triage --version"] / start["python -c pass"]
    first = start["first question"] / start["import pydantic, prompt_toolkit"]
    rows.append(("`triage --version` to `python -c pass`", f"{version:.1f} times", "3 times"))
    rows.append(("first question to `import pydantic, prompt_toolkit`", f"{first:.1f} times", "2 times"))
    return rows


def table() -> str:
    """Return the figures as a Markdown table."""
    lines = [f"| {what} | {measured} | {aim} |" for what, measured, aim in figures()]
    return "\n".join(["| figure | measured | aim |", "|---|---|---|", *lines])


if __name__ == "__main__":
    made = table()
    print(made)
    if "--write" in sys.argv:
        readme = ROOT / "README.md"
        before, rest = readme.read_text(encoding="utf-8").split("<!-- figures:begin -->", 1)
        after = rest.split("<!-- figures:end -->", 1)[1]
        readme.write_text(f"{before}<!-- figures:begin -->\n{made}\n<!-- figures:end -->{after}", encoding="utf-8")
