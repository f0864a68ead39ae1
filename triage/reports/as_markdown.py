"""The result as Markdown, for notes and pages."""

import re

from triage.decision.assessment import Assessment
from triage.protocol.models import Protocol
from triage.reports.outline import Part, outline_of


class Markdown:
    """Headings and lists."""

    name = "markdown"
    media_type = "text/markdown"

    def render(self, result: Assessment, protocol: Protocol, *, width: int) -> str:
        """Return the report as Markdown; it is not wrapped."""
        lines = [f"# {_plain(result.headline)}", "", _plain(result.lead)]
        for part in outline_of(result, protocol):
            lines += ["", f"## {_plain(part.title)}", "", *_items(part)]
        return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Escape what Markdown would read as markup."""
    return re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", text)


def _items(part: Part) -> list[str]:
    if len(part.items) == 1:
        return [_plain(part.items[0])]
    return [
        f"{number}. {_plain(item)}" if part.numbered else f"- {_plain(item)}"
        for number, item in enumerate(part.items, 1)
    ]


FORMAT = Markdown()
