"""From a protocol folder to the intermediate representation, with every mistake of every file in one pass."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from triage.kernel.diagnostics import Diagnostic, DiagnosticBag, Span
from triage.kernel.errors import ProtocolRejected
from triage.protocol import building, lint
from triage.protocol.identity import content_hash
from triage.protocol.models import Protocol
from triage.protocol.reader import Entry, read_entry, read_list
from triage.protocol.shapes import (
    ADVICE,
    DISPOSITIONS,
    FINDING,
    LOCALE,
    MEASURE,
    MODIFIER,
    PROTOCOL,
    QUESTION,
    RULE,
    SAFETY_NET,
    SOURCE,
    THRESHOLD,
    Shape,
)
from triage.protocol.source import Node, parse, read_text
from triage.protocol.vocabulary import Vocabulary

SINGLE = ("protocol.yaml", "dispositions.yaml")
LISTS: dict[str, Shape] = {
    "measures": MEASURE,
    "thresholds": THRESHOLD,
    "findings": FINDING,
    "modifiers": MODIFIER,
    "advice": ADVICE,
    "safety_nets": SAFETY_NET,
    "sources": SOURCE,
}
FOLDERS: dict[str, Shape] = {"questions": QUESTION, "rules": RULE}


@dataclass(slots=True)
class Raw:
    """Everything read from the files before names are resolved."""

    head: Entry | None = None
    dispositions: Entry | None = None
    lists: dict[str, list[Entry]] = field(default_factory=dict)
    locales: list[Entry] = field(default_factory=list)


def load(folder: Path) -> Protocol:
    """Read a protocol folder.

    Raises ProtocolRejected with all diagnostics if anything in it is wrong.
    """
    protocol, diagnostics = check(folder)
    if protocol is None or diagnostics:
        raise ProtocolRejected(diagnostics)
    return protocol


def check(folder: Path) -> tuple[Protocol | None, tuple[Diagnostic, ...]]:
    """Read a protocol folder and return what could be built beside every mistake found."""
    bag = DiagnosticBag()
    if not folder.is_dir():
        bag.add(Span(folder.name, 1, 1), "P001", path=folder.name, why="no such folder")
        return None, bag.in_order()
    raw = _read_all(folder, bag)
    names = _vocabulary(raw, bag)
    if raw.head is None or raw.dispositions is None:
        return None, bag.in_order()
    protocol = building.protocol(raw.head, raw.dispositions, raw.lists, raw.locales, names, bag)
    if protocol is None:
        return None, bag.in_order()
    if not bag.has_errors:
        lint.check(protocol, bag)
    return protocol.model_copy(update={"hash": content_hash(protocol)}), bag.in_order()


def _read_all(folder: Path, bag: DiagnosticBag) -> Raw:
    raw = Raw()
    for name in SINGLE:
        if not (folder / name).exists():
            bag.add(Span(name, 1, 1), "P012", name=name, folder=folder.name)
    raw.head = _single(folder, "protocol.yaml", PROTOCOL, bag)
    raw.dispositions = _single(folder, "dispositions.yaml", DISPOSITIONS, bag)
    for name, shape in LISTS.items():
        files = [folder / f"{name}.yaml"] if (folder / f"{name}.yaml").exists() else []
        raw.lists[name] = _lists(folder, files, shape, bag)
    for name, shape in FOLDERS.items():
        files = sorted((folder / name).glob("*.yaml"))
        if (folder / f"{name}.yaml").exists():
            files.append(folder / f"{name}.yaml")
        if not files:
            bag.add(Span(name, 1, 1), "P012", name=f"{name}.yaml", folder=folder.name)
        raw.lists[name] = _lists(folder, files, shape, bag)
    for file in sorted((folder / "locales").glob("*.yaml")):
        entry = _single(folder, f"locales/{file.name}", LOCALE, bag)
        if entry is not None:
            raw.locales.append(entry)
    return raw


def _node(folder: Path, file: Path, bag: DiagnosticBag) -> Node | None:
    name = file.relative_to(folder).as_posix()
    text = read_text(file, name, bag)
    return None if text is None else parse(text, name, bag)


def _single(folder: Path, name: str, shape: Shape, bag: DiagnosticBag) -> Entry | None:
    if not (folder / name).exists():
        return None
    node = _node(folder, folder / name, bag)
    return None if node is None else read_entry(node, shape, bag)


def _lists(folder: Path, files: Iterable[Path], shape: Shape, bag: DiagnosticBag) -> list[Entry]:
    entries: list[Entry] = []
    for file in files:
        entries += read_list(_node(folder, file, bag), shape, bag)
    return _unique(entries, bag)


def _unique(entries: list[Entry], bag: DiagnosticBag) -> list[Entry]:
    seen: dict[str, Span] = {}
    kept = []
    for entry in entries:
        name = entry.text("id")
        if name and name in seen:
            bag.add(entry.place("id"), "T106", id=name, other=seen[name])
        elif name:
            seen[name] = entry.place("id")
            kept.append(entry)
    return kept


def _vocabulary(raw: Raw, bag: DiagnosticBag) -> Vocabulary:
    questions = raw.lists["questions"]
    kinds = {entry.text("id"): entry.text("kind", "choice") for entry in questions}
    spoken_for: Mapping[str, Entry] = {entry.text("id"): entry for entry in questions}
    for entry in raw.lists["measures"]:
        if entry.text("id") in spoken_for:
            bag.add(entry.place("id"), "T106", id=entry.text("id"), other=spoken_for[entry.text("id")].place("id"))
    return Vocabulary(
        kinds=kinds,
        options={entry.text("id"): frozenset(building.option_ids(entry)) for entry in questions},
        measures=frozenset(entry.text("id") for entry in raw.lists["measures"]),
        thresholds={entry.text("id"): entry.value("value", float) or 0.0 for entry in raw.lists["thresholds"]},
        findings=frozenset(entry.text("id") for entry in raw.lists["findings"]),
    )
