"""Forks writers that add entries until they are killed; each number printed is an entry that was acknowledged.

One line typed, one writer: its process id first, then a number an entry. Imports are paid once.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from triage.record.entries import Entry
from triage.record.store import Store

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)


def say(line: str) -> None:
    """Write a line in one call, so that a kill leaves it whole or not there at all."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def write_on(path: Path) -> None:
    with Store(path) as store:
        say(f"started {os.getpid()}")
        while True:
            number = store.add(Entry(at=AT, kind="spasm", severity=6, note=f"written by {os.getpid()} " + "x" * 200))
            say(f"kept {number}")


def main() -> None:
    for line in sys.stdin:
        writer = os.fork()
        if writer == 0:
            write_on(Path(line.strip()))
        os.waitpid(writer, 0)
        say(f"ended {writer}")


if __name__ == "__main__":
    main()
