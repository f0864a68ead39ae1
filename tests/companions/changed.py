"""A copy of the protocol's folder with one tool's data changed, for tests of what a mistake there says."""

import shutil
from pathlib import Path

import pytest

from triage.companions import data
from triage.protocol.library import folder_of


def change(tool: str, old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tools read a copy in which the first `old` is `new`; with no `new` the file is not there."""
    home = tmp_path / data.FOLDER
    shutil.copytree(folder_of("ms") / data.FOLDER, home)
    file = home / f"{tool}.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(data, "folder_of", lambda name: tmp_path)
