"""Where protocols live: beside the installed package, or in the repository's rules folder."""

from pathlib import Path

from triage.kernel.errors import BadInput
from triage.protocol import compiled, translations
from triage.protocol.models import Protocol

PACKAGE = Path(__file__).resolve().parent.parent
OWN = "en"  # the language protocols are written in
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


def load_protocol(name: str = "ms", language: str = OWN) -> Protocol:
    """Load a protocol by its id or folder, in a language it has.

    Raises BadInput if it does not exist and ProtocolRejected with every diagnostic if it cannot be used.

    >>> load_protocol("ms").id
    'ms'
    """
    folder = folder_of(name)
    ready = compiled.read(folder, translations.known_language(folder, language) or OWN)
    if ready is None:
        from triage.protocol.loader import load  # reading YAML costs start-up time that a compiled protocol saves

        ready = load(folder)
    return ready if language in (OWN, ready.language) else translations.in_language(ready, folder, language)


def spoken_language(name: str, tag: str) -> str:
    """Return the language of a person's settings if the protocol has it, else the protocol's own."""
    return translations.known_language(folder_of(name), tag) or OWN
