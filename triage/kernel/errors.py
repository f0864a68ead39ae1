"""Everything we raise on purpose.

TriageError              exit code
├── BadInput             2     an answer file, option or argument is wrong
│   └── OutOfBounds      2     a figure or a time outside what a question takes
├── ProtocolRejected     3     the author must change a file; carries diagnostics
├── EngineVoid           -     one engine's reading cannot be trusted; the other one decides
└── NoSafeAnswer         5     no engine could decide; the front end must show the fallback advice
"""

from collections.abc import Sequence
from typing import Literal

from triage.kernel.diagnostics import Diagnostic

DONE, FAULT, BAD_INPUT, PROTOCOL_INVALID, VERIFICATION_FAILED, ENGINES_DIFFERED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


class TriageError(Exception):
    """Base of everything raised on purpose."""


class BadInput(TriageError):
    """Input from outside cannot be used; the text is one clear line."""


class OutOfBounds(BadInput):
    """A figure or a time that can be read lies outside what a question takes.

    `bound` says which way, so that a screen can tell it in its own words; `limit` is the last that would do.
    """

    def __init__(self, text: str, bound: Literal["range", "future", "too_early"], limit: str = "") -> None:
        """Keep the bound beside the line."""
        self.bound, self.limit = bound, limit
        super().__init__(text)


class ProtocolRejected(TriageError):
    """Protocol files hold mistakes; `diagnostics` lists all of them in file order."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Keep the diagnostics and show them one a line."""
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(each) for each in self.diagnostics))


class EngineVoid(TriageError):
    """An engine's reading is void; never read it as a 'no'."""


class NoSafeAnswer(TriageError):
    """The decision failed; the fixed fallback advice stands."""
