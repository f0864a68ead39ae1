"""Where the diary lies, for its owner only, and how it is erased."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from triage.kernel.errors import BadInput

VARIABLE = "TRIAGE_DIARY"
FOLDER, FILE = "ms-triage", "diary.sqlite3"
BESIDE = ("", "-wal", "-shm", "-journal")  # SQLite's own files stand beside the diary
_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700


def diary_path(given: str | None, environ: Mapping[str, str], home: Path) -> Path:
    """Return where the diary lies: the file given, else that of the environment, else the user's data folder.

    >>> diary_path(None, {}, Path("/home/ann")).as_posix()
    '/home/ann/.local/share/ms-triage/diary.sqlite3'
    """
    named = given or environ.get(VARIABLE, "")
    if named:
        return Path(named).expanduser()
    data = Path(environ.get("XDG_DATA_HOME", ""))
    return (data if data.is_absolute() else home / ".local" / "share") / FOLDER / FILE


def make_private(path: Path) -> None:
    """Make the file and its folder, if they are missing, for their owner only. Raises BadInput."""
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE_FILE))
        if path.is_file() and path.stat().st_mode & 0o077:
            path.chmod(_PRIVATE_FILE)
    except OSError as error:
        raise BadInput(f"{path}: the diary cannot be kept here: {_reason(error)}") from None


def files_of(path: Path) -> tuple[Path, ...]:
    """Return the files that hold the diary now."""
    beside = (path.with_name(path.name + end) for end in BESIDE)
    return tuple(each for each in beside if each.is_file())


def erase(path: Path) -> tuple[Path, ...]:
    """Delete the diary and what SQLite keeps beside it, and return what was deleted. Raises BadInput."""
    gone = []
    for each in files_of(path):
        try:
            each.unlink()
        except OSError as error:
            raise BadInput(f"{each}: cannot be erased: {_reason(error)}") from None
        gone.append(each)
    return tuple(gone)


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()
