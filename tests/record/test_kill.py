"""A writer that is killed at any moment loses no entry that was acknowledged, and the diary can still be read.

TRIAGE_KILLS=200 sets the number of kills.
"""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from triage.record.store import Store

KILLS = int(os.environ.get("TRIAGE_KILLS", "40"))
ROOT = Path(__file__).resolve().parents[2]


def killed_once(fork: subprocess.Popen[str], diary: Path, rng: random.Random) -> list[int]:
    """Start a writer, kill it after a few acknowledged entries and a random moment, and return what it acknowledged."""
    assert fork.stdin is not None
    assert fork.stdout is not None
    fork.stdin.write(f"{diary}\n")
    fork.stdin.flush()
    word, pid = fork.stdout.readline().split()
    assert word == "started"
    numbers: list[int] = []
    enough = rng.randrange(12)
    while len(numbers) < enough:
        numbers.append(int(fork.stdout.readline().split()[1]))
    for _ in range(rng.randrange(100_000)):  # a moment inside a write, too short to sleep for
        pass
    os.kill(int(pid), signal.SIGKILL)
    while (line := fork.stdout.readline().split())[0] == "kept":
        numbers.append(int(line[1]))
    assert line == ["ended", pid]
    return numbers


def test_no_acknowledged_entry_is_lost(tmp_path: Path) -> None:
    diary, rng = tmp_path / "diary.sqlite3", random.Random(5)
    with Store(diary):
        pass
    command = [sys.executable, "-m", "tests.record.writer"]
    acknowledged: list[int] = []
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as fork:  # type: ignore[call-overload]
        for _ in range(KILLS):
            acknowledged += killed_once(fork, diary, rng)
            with Store(diary) as store:
                kept = store.kept()
            assert {each.number for each in kept} >= set(acknowledged)
            assert all(each.entry.severity == 6 for each in kept)
        assert fork.stdin is not None
        fork.stdin.close()
    assert len(set(acknowledged)) == len(acknowledged) > KILLS
    print(f"{KILLS} kills, {len(acknowledged)} acknowledged entries, 0 lost")
