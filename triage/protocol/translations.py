"""The texts of a protocol in other languages: one gettext file a language, each text beside the source it translates.

`languages/<tag>.po` has one message a text. Its context is the key of the text, its id the source text when it was
translated. A text whose source has changed since is stale: it counts as not translated until somebody has looked at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import BadInput
from triage.protocol.languages import spoken, texts_of
from triage.protocol.models import Protocol

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER, SUFFIX = "languages", ".po"
WIDTH = 120


@dataclass(frozen=True, slots=True)
class Translation:
    """One text in another language: the source it stands beside, and its line in the file.

    `fuzzy` means that the source has changed since and nobody has looked yet.
    """

    source: str
    text: str
    line: int = 1
    fuzzy: bool = False

    def is_current(self, source: str | None) -> bool:
        """Whether it can be shown for a source text."""
        return bool(self.text) and not self.fuzzy and self.source == source


def file_of(folder: Path, language: str) -> Path:
    """Return where the texts of a language are kept."""
    return folder / FOLDER / f"{language}{SUFFIX}"


def languages_of(folder: Path) -> tuple[str, ...]:
    """Return the tags of the languages that a protocol folder has beside its own."""
    return tuple(sorted(each.stem for each in (folder / FOLDER).glob(f"*{SUFFIX}")))


def known_language(folder: Path, tag: str) -> str | None:
    """Return the language of the folder that a tag such as es-MX asks for, if it has it; the region does not matter."""
    wanted = tag.replace("_", "-").lower().split("-")[0]
    return next((each for each in languages_of(folder) if each.lower() == wanted), None)


def in_language(protocol: Protocol, folder: Path, tag: str) -> Protocol:
    """Return the protocol in the language of a tag. Raises BadInput if the folder does not have it."""
    if tag.replace("_", "-").lower().split("-")[0] == protocol.language:
        return protocol
    language = known_language(folder, tag)
    if language is None:
        known = (protocol.language, *languages_of(folder))
        raise BadInput(f"no language '{tag[:30]}'{did_you_mean(tag, known)}; languages: {', '.join(known)}")
    return spoken(protocol, language, current(texts_of(protocol), read(folder, language)))


def current(sources: Mapping[str, str], translations: Mapping[str, Translation]) -> dict[str, str]:
    """Return the translated texts that fit their sources, by key."""
    return {key: each.text for key, each in translations.items() if each.is_current(sources.get(key))}


def read(folder: Path, language: str) -> Mapping[str, Translation]:
    """Return the texts of a language by key. Raises BadInput if the file is damaged."""
    from babel.messages.pofile import PoFileError, read_po  # not needed where the protocols were compiled

    file = file_of(folder, language)
    try:
        catalog = read_po(BytesIO(file.read_bytes()), locale=language, abort_invalid=True)
    except (OSError, UnicodeDecodeError, PoFileError) as error:
        raise BadInput(f"{file.name}: cannot be read as a gettext file ({type(error).__name__})") from error
    return MappingProxyType(
        {
            str(message.context): Translation(
                source=str(message.id),
                text=str(message.string or ""),
                line=message.lineno or 1,
                fuzzy=message.fuzzy,
            )
            for message in catalog
            if message.id and message.context
        }
    )


def written(sources: Mapping[str, str], language: str, known: Mapping[str, Translation]) -> bytes:
    """Return the file of a language for these sources; a text that is stale keeps its words and is marked as fuzzy."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalog = Catalog(
        locale=language, fuzzy=False, header_comment="# Texts of this protocol by key, beside their source."
    )
    for key, source in sources.items():
        _add(catalog, key, source, known.get(key))
    made = BytesIO()
    write_po(made, catalog, width=WIDTH, omit_header=True)
    return made.getvalue()


def _add(catalog: "Catalog", key: str, source: str, known: Translation | None) -> None:
    if known is None or not known.text:
        catalog.add(source, "", context=key)
        return
    stale = known.fuzzy or known.source != source
    catalog.add(source, known.text, context=key, flags=["fuzzy"] if stale else [])
