"""Everything we raise on purpose.

TriageError              exit code
├── BadInput             2     an answer file, option or argument is wrong
├── ProtocolRejected     3     the author must change a file; carries diagnostics
├── EngineVoid           -     one engine's reading cannot be trusted; the other one decides
└── NoSafeAnswer         5     no engine could decide; the front end must show the fallback advice
"""

from collections.abc import Sequence

from triage.kernel.diagnostics import Diagnostic

DONE, FAULT, BAD_INPUT, PROTOCOL_INVALID, VERIFICATION_FAILED, ENGINES_DIFFERED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


class TriageError(Exception):
    """Base of everything raised on purpose."""


class BadInput(TriageError):
    """Input from outside cannot be used; the text is one clear line."""


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
