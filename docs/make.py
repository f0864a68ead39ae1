"""Writes what the README shows from real runs: `python docs/make.py`, or `--check` to see whether it is current."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
TYPED = "none\n1\n1\n"  # nothing of the first screen; the face drooped; in the last 24 hours


def transcript() -> str:
    """Run a check through a pipe and return what a person would have seen, with what was typed."""
    command = [sys.executable, "-m", "triage", "check", "--plain", "--locale", "en-GB"]
    environment = {**os.environ, "TERM": "dumb"}
    done = subprocess.run(command, input=TYPED, capture_output=True, text=True, cwd=ROOT, env=environment, check=True)
    shown = done.stdout.split("Section:", 1)[1].split("About this result", 1)[0]
    typed = iter(TYPED.splitlines())
    shown = re.sub(r"(q stop\):) ?", lambda match: f"{match.group(1)} {next(typed, '')}\n", shown)
    return f"```text\n$ triage check --locale en-GB\n...\nSection:{shown.rstrip()}\n...\n```"


def readme() -> str:
    """Return the README with a fresh transcript."""
    old = README.read_text(encoding="utf-8")
    begin, end = "<!-- transcript:begin -->", "<!-- transcript:end -->"
    before, rest = old.split(begin, 1)
    return f"{before}{begin}\n{transcript()}\n{end}{rest.split(end, 1)[1]}"


if __name__ == "__main__":
    fresh = readme()
    if "--check" in sys.argv:
        sys.exit(
            0 if fresh == README.read_text(encoding="utf-8") else "README.md is out of date; run python docs/make.py"
        )
    README.write_text(fresh, encoding="utf-8")
