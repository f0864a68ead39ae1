"""From a protocol folder to the intermediate representation, with every mistake of every file in one pass."""

from collections.abc import Iterable
from pathlib import Path

from triage.kernel.diagnostics import Diagnostic, DiagnosticBag, Span, did_you_mean, nearest, one_line
from triage.kernel.errors import ProtocolRejected
from triage.protocol import building, lint
from triage.protocol.gaps import Gaps
from triage.protocol.identity import content_hash
from triage.protocol.models import Protocol
from triage.protocol.raw import UNNAMED, Raw
from triage.protocol.reader import ID, Entry, entries_of, read_entry, read_list
from triage.protocol.salvage import salvage
from triage.protocol.shapes import DISPOSITIONS, FOLDERS, LISTS, LOCALE, PROTOCOL, Shape
from triage.protocol.source import Entries, Listing, Node, Scalar, parse, read_text, spoilt_lines
from triage.protocol.vocabulary import OPERATORS, Vocabulary

HEAD, DISPOSITIONS_FILE = "protocol.yaml", "dispositions.yaml"
NEEDED = ("sources", "questions", "rules")  # a protocol without one of these can decide nothing
LOCALES = "locales"
ELSEWHERE = ("vignettes/", "companions/")  # people, and data of other tools; no result of a check rests on them
RESERVED = frozenset((*OPERATORS, "always"))  # words of the condition language; a name like this could not be used


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
        name = one_line(folder.name or str(folder))
        bag.add(Span(name, 1, 1), "P001", path=name, why="no such folder")
        return None, bag.in_order()
    raw = _read_all(folder, bag)
    names = _vocabulary(raw, bag)
    nothing = Entry({}, {}, Span(HEAD, 1, 1))
    protocol = building.protocol(raw.head or nothing, raw.dispositions or nothing, raw.lists, raw.locales, names, bag)
    lint.check(protocol, raw, bag)
    if raw.head is None or raw.dispositions is None:
        return None, bag.in_order()
    return protocol.model_copy(update={"hash": content_hash(protocol)}), bag.in_order()


def _read_all(folder: Path, bag: DiagnosticBag) -> Raw:
    raw = Raw()
    files = _files(folder, raw.gaps, bag)
    raw.head = _single(folder, files[HEAD], PROTOCOL, bag)
    if raw.head is None or raw.head.lost("sections"):
        raw.gaps.lose_kind("sections")
    raw.dispositions = _single(folder, files[DISPOSITIONS_FILE], DISPOSITIONS, bag)
    for kind, shape in (LISTS | FOLDERS).items():
        raw.lists[kind] = _lists(folder, kind, files[kind], shape, raw.gaps, bag)
    if not files[LOCALES]:
        raw.gaps.lose_kind("doors")
    for file in files[LOCALES]:
        entry = _single(folder, [file], LOCALE, bag)
        doors = [] if entry is None else [door.text for door, _ in entries_of(entry.nodes.get("doors"))]
        if not all(ID.fullmatch(door) for door in doors or ("?",)):
            raw.gaps.lose_kind("doors")
        if entry is not None:
            raw.locales.append(entry)
    _note_repeats(raw.locales, bag)
    raw.index()
    return raw


def _files(folder: Path, gaps: Gaps, bag: DiagnosticBag) -> dict[str, list[Path]]:
    """Return which file holds what; record what is missing, and what would be passed over in silence."""
    files = {name: [folder / name] for name in (HEAD, DISPOSITIONS_FILE) if (folder / name).exists()}
    files |= {kind: [folder / f"{kind}.yaml"] if (folder / f"{kind}.yaml").exists() else [] for kind in LISTS}
    for kind in (*FOLDERS, LOCALES):
        files[kind] = sorted((folder / kind).glob("*.yaml"))
    for kind in FOLDERS:
        files[kind] += [folder / f"{kind}.yaml"] if (folder / f"{kind}.yaml").exists() else []
    for name in (HEAD, DISPOSITIONS_FILE, *NEEDED, LOCALES):
        if not files.setdefault(name, []):
            wanted = f"{LOCALES}/international.yaml" if name == LOCALES else f"{name.removesuffix('.yaml')}.yaml"
            bag.add(Span(wanted, 1, 1), "P012", name=wanted, folder=folder.resolve().name)
    _passed_over(folder, {file for found in files.values() for file in found}, gaps, bag)
    return files


def _passed_over(folder: Path, read: set[Path], gaps: Gaps, bag: DiagnosticBag) -> None:
    """Record the YAML files that nobody would read; a file meant as a missing one may hold any of its names."""
    for file in sorted(folder.rglob("*")):
        name = _name(folder, file)
        if file in read or file.suffix.lower() not in (".yaml", ".yml") or name.startswith(ELSEWHERE):
            continue
        inner = [f"{kind}/{file.stem}.yaml" for kind in (*FOLDERS, LOCALES)]
        outer = [HEAD, DISPOSITIONS_FILE, *(f"{kind}.yaml" for kind in (*LISTS, *FOLDERS))]
        possible = [each for each in (inner if "/" in name else outer) if not (folder / each).exists()]
        bag.add(Span(name, 1, 1), "P014", name=name, hint=did_you_mean(name, possible))
        meant = nearest(name, possible)
        if meant is not None:
            gaps.lose_kind(meant.removesuffix(".yaml").partition("/")[0])


def _name(folder: Path, file: Path) -> str:
    return one_line(file.relative_to(folder).as_posix())


def _text(folder: Path, file: Path, bag: DiagnosticBag) -> tuple[str, str | None, frozenset[int]]:
    """Return a file's name, its text if it has one, and its spoilt lines."""
    name = _name(folder, file)
    text = read_text(file, name, bag)
    return name, text, frozenset() if text is None else spoilt_lines(text, name, bag)


def _single(folder: Path, files: Iterable[Path], shape: Shape, bag: DiagnosticBag) -> Entry | None:
    for file in files:
        name, text, spoilt = _text(folder, file, bag)
        node = parse(text, name, bag) if text is not None and not spoilt else None
        return None if node is None else read_entry(node, shape, bag)
    return None


def _lists(folder: Path, kind: str, files: list[Path], shape: Shape, gaps: Gaps, bag: DiagnosticBag) -> list[Entry]:
    if kind in NEEDED and not files:
        gaps.lose_kind(kind)
    entries: list[Entry] = []
    for file in files:
        name, text, spoilt = _text(folder, file, bag)
        node = None if text is None else _list_node(text, name, spoilt, kind, gaps, bag)
        if not isinstance(node, Listing) or any(not isinstance(item, Entries) for item in node.items):
            gaps.lose_kind(kind)
        entries += read_list(node, shape, bag)
    for entry in entries:
        _name_entry(entry, kind, shape, gaps)
    _note_repeats(entries, bag)
    return entries


def _list_node(text: str, name: str, spoilt: frozenset[int], kind: str, gaps: Gaps, bag: DiagnosticBag) -> Node | None:
    whole = DiagnosticBag()
    node = None if spoilt else parse(text, name, whole)
    if node is not None:
        bag.extend(whole)
        return node
    pieces = DiagnosticBag()
    saved = salvage(text, name, spoilt, pieces)
    for lost in saved.lost:
        gaps.lose_text(kind, lost)
    bag.extend(pieces if pieces.has_errors else whole)
    return saved.listing(name) if saved.items else None


def _name_entry(entry: Entry, kind: str, shape: Shape, gaps: Gaps) -> None:
    """Keep an entry that has no readable id, so that its other mistakes are found too."""
    for key, node in entry.nodes.items():
        if key not in entry.values or _is_partly_read(entry, key, node):
            gaps.hear(node)
    if "id" in entry.values:
        return
    written = entry.nodes.get("id")
    name = written.text if isinstance(written, Scalar) else ""
    entry.values["id"] = name or UNNAMED
    if name:
        gaps.names[kind].add(name)
    else:
        gaps.lose_kind(kind)


def _is_partly_read(entry: Entry, key: str, node: Node) -> bool:
    read = entry.values[key]
    return isinstance(read, tuple) and isinstance(node, Listing) and len(read) < len(node.items)


def _note_repeats(entries: Iterable[Entry], bag: DiagnosticBag) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        name = entry.text("id")
        if name in seen and name != UNNAMED:
            bag.add(entry.place("id"), "T106", id=name, other=seen[name].place("id"))
        seen.setdefault(name, entry)


def _vocabulary(raw: Raw, bag: DiagnosticBag) -> Vocabulary:
    questions, measures = raw.lists["questions"], raw.lists["measures"]
    _note_repeats([*_first_of_each(questions), *_first_of_each(measures)], bag)
    for entry in (*questions, *measures, *raw.lists["findings"]):
        if entry.text("id") in RESERVED:
            bag.add(entry.place("id"), "T144", id=entry.text("id"))
    return Vocabulary(
        kinds={entry.text("id"): entry.text("kind") for entry in questions},
        options={entry.text("id"): _options(entry) for entry in questions},
        measures=frozenset(entry.text("id") for entry in measures),
        thresholds={entry.text("id"): entry.value("value", float) or 0.0 for entry in raw.lists["thresholds"]},
        findings=frozenset(entry.text("id") for entry in raw.lists["findings"]),
        gaps=raw.gaps,
    )


def _first_of_each(entries: Iterable[Entry]) -> list[Entry]:
    return list({entry.text("id"): entry for entry in reversed(list(entries))}.values())


def _options(entry: Entry) -> frozenset[str] | None:
    """Return a question's options, or None if it should have some and they could not be read."""
    written = building.option_ids(entry)
    if not written and entry.text("kind") in ("many", "choice", "scale", ""):
        return None
    return frozenset(written)
