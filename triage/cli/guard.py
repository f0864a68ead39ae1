"""The last line of defence: every mistake is one clear line and an exit code, never a traceback."""

import sys
from collections.abc import Callable

from triage.kernel.errors import BAD_INPUT, DONE, FAULT, INTERRUPTED, PROTOCOL_INVALID, BadInput, ProtocolRejected


def guarded(action: Callable[[], int]) -> int:
    """Run a command and return its exit code."""
    try:
        return action()
    except BadInput as error:
        return _complain(f"triage: {error}", BAD_INPUT)
    except ProtocolRejected as error:
        return _complain(str(error), PROTOCOL_INVALID)
    except KeyboardInterrupt:
        return _complain("Stopped.", INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone; there is nobody to tell
        return DONE
    except Exception as error:  # noqa: BLE001 - an unexpected fault names its kind only: its text could hold an answer
        kind = type(error).__name__
        return _complain(f"triage: the program broke ({kind}); get help as you would without it", FAULT)


def _complain(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    return code
