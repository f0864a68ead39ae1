"""Whatever happens to a protocol file, its author gets one clear line for each mistake, and never a traceback.

300 changed files by default; `TRIAGE_MUTATIONS=3000` runs them all and prints how many name the changed line.
"""

import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutations import Mutant, mutate
from triage.kernel.catalogue import CATALOGUE
from triage.kernel.diagnostics import Diagnostic
from triage.kernel.errors import ProtocolRejected
from triage.protocol import loader

TOP = Path(__file__).resolve().parents[2]
BASE, SHIPPED = TOP / "tests/malformed/base", TOP / "rules/ms"
SEED = 20261121
COUNT = int(os.environ.get("TRIAGE_MUTATIONS", "300"))
SHIPPED_EACH = 40  # the shipped protocol takes 30 times as long to read as the base, so it is changed 1 time in 40
LINE = re.compile(r"[\w./-]+:[1-9]\d*:[1-9]\d*: [PT]\d{3} [^\n]+")
LINE_CHARS_MAX = 600
NAMED_SHARE_MIN = 0.9


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Copies of the base and of the shipped protocol, to be changed in place and put right again."""
    top = tmp_path_factory.mktemp("mutated")
    shutil.copytree(BASE, top / "burn")
    shutil.copytree(SHIPPED, top / "ms", ignore=shutil.ignore_patterns("*.json"))
    return top / "burn", top / "ms"


def mutants(folders: tuple[Path, Path], count: int) -> Iterator[tuple[Path, str, Mutant]]:
    """Yield a folder, the name of the file that is changed in it just now, and the change."""
    base, shipped = folders
    files = {folder: sorted(folder.rglob("*.yaml")) for folder in folders}
    for number in range(count):
        rng = random.Random(SEED + number)
        folder = shipped if number % SHIPPED_EACH == 0 else base
        file = rng.choice(files[folder])
        right = file.read_bytes()
        mutant = mutate(right, rng)
        file.write_bytes(mutant.data)
        yield folder, file.relative_to(folder).as_posix(), mutant
        file.write_bytes(right)


def rejected(folder: Path) -> tuple[Diagnostic, ...]:
    """Return what loading says; anything but ProtocolRejected is a failure of the loader."""
    try:
        loader.load(folder)
    except ProtocolRejected as error:
        return error.diagnostics
    return ()


def names(file: str, mutant: Mutant, found: Diagnostic) -> bool:
    return found.span.file == file and mutant.first - 1 <= found.span.line <= mutant.last + 1


def test_changed_files_get_lines_and_never_a_traceback(folders: tuple[Path, Path]) -> None:
    refused, named, first_named, missed = 0, 0, 0, Counter[str]()
    for folder, file, mutant in mutants(folders, COUNT):
        found = rejected(folder)
        for each in found:
            assert LINE.fullmatch(str(each)), (file, mutant, str(each))
            assert str(each).isprintable()
            assert len(str(each)) <= LINE_CHARS_MAX
            assert each.code in CATALOGUE
        if found:
            refused += 1
            first_named += names(file, mutant, found[0])
            named += any(names(file, mutant, each) for each in found)
            missed[mutant.how] += not any(names(file, mutant, each) for each in found)
    share = named / refused
    print(f"\n{COUNT} changed files: {refused} refused, 0 tracebacks; {named} ({share:.1%}) name the changed line +-1,")
    print(
        f"{first_named} ({first_named / refused:.1%}) in the first line; not named, by change: {missed.most_common(6)}"
    )
    assert refused > COUNT / 3
    assert share >= NAMED_SHARE_MIN


@pytest.mark.parametrize("which", [pytest.param(0, id="the base"), pytest.param(1, id="the shipped protocol")])
def test_an_unchanged_file_is_right(folders: tuple[Path, Path], which: int) -> None:
    assert rejected(folders[which]) == ()
