"""Reading words in a voice, and conditions on a person's answers, from the file of a tool."""

from triage.companions.data import mapping, words
from triage.kernel.diagnostics import DiagnosticBag
from triage.protocol.models import Protocol
from triage.protocol.reader import Entry
from triage.protocol.shapes import Shape, optional
from triage.protocol.vocabulary import Vocabulary


def spoken_words(entry: Entry, names: str, protocol: Protocol, bag: DiagnosticBag) -> dict[str, str]:
    """Return the words of a tool in the protocol's voice; a carer's words stand only where they differ."""
    own = words(entry, names, bag)
    carer = mapping(entry, "carer", Shape("the carer's words", {name: optional("text") for name in names.split()}), bag)
    return {**own, **carer} if protocol.voice == "carer" else own


def spoken_text(entry: Entry, key: str, protocol: Protocol) -> str:
    """Return one text of an entry in the protocol's voice; its key 'carer' holds the other one, where it differs."""
    spoken = entry.text("carer") if protocol.voice == "carer" else ""
    return spoken or entry.text(key)


def vocabulary(protocol: Protocol) -> Vocabulary:
    """Return the names that a condition in a tool's file may use: those of the protocol."""
    return Vocabulary(
        kinds={question.id: question.kind for question in protocol.questions},
        options={question.id: frozenset(each.id for each in question.options) for question in protocol.questions},
        measures=frozenset(measure.id for measure in protocol.measures),
        thresholds={threshold.id: threshold.value for threshold in protocol.thresholds},
        findings=frozenset(finding.id for finding in protocol.findings),
    )
