"""The result as plain text: one plain sentence first, no box, no colour, not one escape code."""

from textwrap import wrap

from triage.decision.assessment import Assessment
from triage.protocol.models import Protocol
from triage.reports.outline import Part, outline_of


class Text:
    """Plain lines, wrapped by words."""

    name = "text"
    media_type = "text/plain"

    def render(self, result: Assessment, protocol: Protocol, *, width: int) -> str:
        """Return the report wrapped to `width` columns."""
        lines = [*_wrapped(result.headline, width), *_wrapped(result.lead, width)]
        for part in outline_of(result, protocol):
            lines += ["", *_wrapped(part.title, width), *_items(part, width)]
        return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    return wrap(text, width, initial_indent=first, subsequent_indent=rest, break_long_words=True) or [""]


def _items(part: Part, width: int) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(part.items, start=1):
        mark = f"{number}. " if part.numbered else "- " if len(part.items) > 1 else ""
        lines += _wrapped(item, width, first=mark, rest=" " * len(mark))
    return lines


FORMAT = Text()
