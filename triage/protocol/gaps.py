"""What could not be read, so that one mistake is told once and not again by everything that refers to it."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from triage.protocol.source import Entries, Listing, Node, Scalar

WORD = re.compile(r"[A-Za-z0-9_]+")
LOST_ID = re.compile(r"^[-\s{]*id:\s*[\"']?([A-Za-z]\w*)", re.MULTILINE | re.ASCII)


@dataclass(slots=True)
class Gaps:
    """Names whose entry is broken, kinds of which some names could not even be seen, and words in unread parts."""

    names: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    blind: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def lose_kind(self, kind: str) -> None:
        """Note that a file of this kind could not be read at all."""
        self.blind.add(kind)

    def lose_text(self, kind: str, text: str) -> None:
        """Note entries of which only the bare text is left."""
        names = LOST_ID.findall(text)
        self.names[kind] |= set(names)
        self.words |= set(WORD.findall(text))
        if not names:
            self.lose_kind(kind)

    def hear(self, node: Node) -> None:
        """Note the words of a part that could not be read: they count as used."""
        match node:
            case Scalar():
                self.words |= set(WORD.findall(node.text))
            case Listing():
                for item in node.items:
                    self.hear(item)
            case Entries():
                for key, value in node.items:
                    self.hear(key)
                    self.hear(value)

    def excuse(self, name: str, *kinds: str) -> bool:
        """Whether this name may well exist, in something that could not be read."""
        return any(kind in self.blind or name in self.names[kind] for kind in kinds)
