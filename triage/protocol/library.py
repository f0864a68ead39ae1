"""Where protocols live: beside the installed package, or in the repository's rules folder."""

from pathlib import Path

from triage.kernel.errors import BadInput
from triage.protocol import compiled
from triage.protocol.models import Protocol

PACKAGE = Path(__file__).resolve().parent.parent
HOMES = (PACKAGE / "rules", PACKAGE.parent / "rules")  # in the wheel; in the repository


def folder_of(name: str) -> Path:
    """Return the folder of a shipped protocol by id, or of a protocol anywhere by path.

    Raises BadInput if there is none.
    """
    for home in HOMES:
        if name.isidentifier() and (home / name).is_dir():
            return home / name
    path = Path(name)
    if path.is_dir():
        return path
    raise BadInput(f"no protocol '{name}'; give a shipped one ({', '.join(shipped())}) or a folder")


def shipped() -> tuple[str, ...]:
    """Return the ids of the protocols that come with the program."""
    found = {
        path.name for home in HOMES if home.is_dir() for path in home.iterdir() if (path / "protocol.yaml").exists()
    }
    return tuple(sorted(found))


def load_protocol(name: str = "ms") -> Protocol:
    """Load a protocol by its id or folder.

    Raises BadInput if it does not exist and ProtocolRejected with every diagnostic if it cannot be used.

    >>> load_protocol("ms").id
    'ms'
    """
    folder = folder_of(name)
    ready = compiled.read(folder)
    if ready is not None:
        return ready
    from triage.protocol.loader import load  # reading YAML costs start-up time that a compiled protocol saves

    return load(folder)
