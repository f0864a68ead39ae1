"""Run every check of the project, cheapest first: `python -m tests [pytest options]`.

All of them run even if one fails, so that one round shows everything there is to mend.
"""

import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = "pytest"

CHECKS: dict[str, list[str]] = {
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "lint": [str(BIN / "ruff"), "check", "--quiet", "."],
    "layers": [str(BIN / "lint-imports"), "--no-logo"],
    "protocol": [str(BIN / "triage"), "protocol", "lint"],
    "cases": [str(BIN / "triage"), "protocol", "test"],
    "proofs": [str(BIN / "triage"), "protocol", "prove"],
    "figures": [str(BIN / "triage"), "protocol", "verify", "--only", "1", "--only", "2", "--only", "22"],
    "types": [sys.executable, "-m", "mypy", "--no-error-summary"],
    PYTEST: [sys.executable, "-m", "pytest", "--numprocesses", "auto", "--dist", "loadfile"],
}


def run(name: str, command: list[str]) -> bool:
    """Run one check with its output shown; return whether it passed."""
    print(f"-- {name}", flush=True)
    start = time.monotonic()
    try:
        passed = subprocess.run(command, cwd=TOP, check=False, stdin=subprocess.DEVNULL).returncode == 0
    except FileNotFoundError:
        print(f"{command[0]} is not installed; run the second command of README.md first", file=sys.stderr)
        passed = False
    print(f"-- {name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - start:.1f} s", flush=True)
    return passed


def main(pytest_options: list[str]) -> int:
    """Run all checks; return 1 if any of them failed."""
    failed = [
        name for name, command in CHECKS.items() if not run(name, command + (pytest_options if name == PYTEST else []))
    ]
    if failed:
        print(f"-- to mend: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
