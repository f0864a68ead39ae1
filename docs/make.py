"""Writes what README.md shows of the program, and the schemas for editors: `python docs/make.py`; `--check` looks."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from triage.protocol.interchange import file_schemas
from triage.protocol.library import load_protocol
from triage.verify import graph_svg, rule_graph

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PICTURES = ROOT / "docs" / "pictures"
TOPIC = "chest"  # small enough to be read at a glance
SCHEMAS = ROOT / "rules" / "schemas"
TYPED = "none\n1\n1\n"  # nothing of the first screen; the face drooped; in the last 24 hours


def transcript() -> str:
    """Run a check through a pipe and return what a person would have seen, with what was typed."""
    command = [sys.executable, "-m", "triage", "check", "--plain", "--locale", "en-GB"]
    environment = {**os.environ, "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, input=TYPED, capture_output=True, text=True, cwd=ROOT, env=environment, check=True)
    shown = done.stdout.split("Section:", 1)[1].split("About this result", 1)[0]
    typed = iter(TYPED.splitlines())
    shown = re.sub(r"(q stop\):) ?", lambda match: f"{match.group(1)} {next(typed, '')}\n", shown)
    return f"```text\n$ triage check --locale en-GB\n...\nSection:{shown.rstrip()}\n...\n```"


def what_if() -> str:
    """Run `triage what-if` on an example and return what it says."""
    command = ["what-if", "examples/numb_since_last_night.json"]
    done = subprocess.run(
        [sys.executable, "-m", "triage", *command], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return f"```text\n$ triage {' '.join(command)}\n{done.stdout.rstrip()}\n```"


def verified() -> str:
    """Return the table of the figures that `triage protocol verify --out docs/figures.json` wrote."""
    figures = json.loads((ROOT / "docs" / "figures.json").read_text(encoding="utf-8"))
    met = {True: "yes", False: "NO", None: "so far"}
    rows = [f"| {each['figure']} | {each['name']} | {each['value']} | {met[each['met']]} |" for each in figures]
    return "\n".join(("| # | figure | measured | met |", "|--:|---|---|---|", *rows))


def readme() -> str:
    """Return the README with fresh transcripts."""
    text = README.read_text(encoding="utf-8")
    for name, made in (("transcript", transcript()), ("what-if", what_if()), ("verified", verified())):
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        before, rest = text.split(begin, 1)
        text = f"{before}{begin}\n{made}\n{end}{rest.split(end, 1)[1]}"
    return text


def pictures() -> dict[Path, str]:
    """Return the pictures the README shows."""
    protocol = load_protocol("ms")
    title = rule_graph.picture(protocol, TOPIC).title
    return {PICTURES / f"{TOPIC}.svg": graph_svg.as_svg(rule_graph.pictures(protocol, TOPIC), title)}


def schemas() -> dict[Path, str]:
    """Return the JSON Schemas that the protocol files name in their first line."""
    return {SCHEMAS / f"{name}.json": json.dumps(schema, indent=1) + "\n" for name, schema in file_schemas().items()}


if __name__ == "__main__":
    made = {README: readme(), **schemas(), **pictures()}
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        sys.exit(f"out of date: {', '.join(path.name for path in stale)}; run python docs/make.py" if stale else 0)
    SCHEMAS.mkdir(exist_ok=True)
    PICTURES.mkdir(exist_ok=True)
    for path in stale:
        path.write_text(made[path], encoding="utf-8")
