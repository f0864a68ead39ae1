"""A check in a file, only if the person asks for it: written whole or not at all, and read back with care."""

import errno
import json
import os
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast, get_args

from triage.decision.evidence import raw_answer
from triage.decision.intake import ANSWERED_BY, read_answer
from triage.interview.session import Interview
from triage.interview.state import InterviewState
from triage.kernel.answers import Answer, frozen_answers
from triage.kernel.errors import BadInput
from triage.protocol.models import Protocol, Voice
from triage.protocol.texts import fill, locale_of
from triage.protocol.words import Words

FORMAT = "triage-saved-check-1"
BYTES_MAX = 1_000_000  # a full check is about 6 kB
_FULL = (errno.ENOSPC, errno.EDQUOT)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_ABSENT = (errno.ENOENT, errno.ENOTDIR)


@dataclass(frozen=True, slots=True)
class Saved:
    """A check that was read from a file.

    `unfit` holds answers, as written, that these questions cannot take: they are asked again, and kept in the file.
    """

    state: InterviewState
    locale: str
    unfit: Mapping[str, object] = field(default_factory=dict)
    same_protocol: bool = True

    def notes(self, protocol: Protocol) -> list[str]:
        """Return what the person should know before going on; answers are not repeated."""
        place, screen = locale_of(protocol, self.locale), protocol.screen
        asks = [fill(each.ask, place) for each in protocol.questions if each.id in self.unfit]
        lines = [] if self.same_protocol else [screen.questions_changed]
        if self.unfit and not asks:
            lines.append(screen.some_do_not_fit)
        return [*lines, *(screen.asked_again_if.format(ask=ask) for ask in asks)]


# -------------------------------------------------------------------------------------------------------------- reading


def read_saved(name: str, protocol: Protocol, at: datetime) -> Saved:
    """Return a saved check. Raises BadInput with one clear line, which never holds an answer."""
    document = _document(name)
    identity, answers = document.get("protocol"), document.get("answers")
    if document.get("format") != FORMAT or not isinstance(identity, dict) or not isinstance(answers, dict):
        raise BadInput(f"{name}: this is no saved check; name a file that --save wrote")
    if identity.get("id") != protocol.id:
        raise BadInput(f"{name}: this was saved with other questions than '{protocol.id}'; choose them with --protocol")
    fitting, unfit = _fitting(protocol, answers, at)
    older = document.get("unfit")
    return Saved(
        state=InterviewState(
            answers=frozen_answers(fitting),
            asked=_asked(name, document, fitting),
            emergencies=_names(name, document, "emergencies"),
            voice=_voice(document),
            opening_passed=_moment(document.get("opening_passed")),
        ),
        locale=locale if isinstance(locale := document.get("locale"), str) and locale else "international",
        unfit={**(older if isinstance(older, dict) else {}), **unfit},
        same_protocol=(identity.get("version"), identity.get("hash")) == (protocol.version, protocol.hash),
    )


def _document(name: str) -> dict[str, object]:
    try:
        with Path(name).open("rb") as file:
            raw = file.read(BYTES_MAX + 1)
    except FileNotFoundError:
        raise BadInput(f"{name}: there is no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable name"
        raise BadInput(f"{name}: cannot be read: {reason.lower()}") from None
    if len(raw) > BYTES_MAX:
        raise BadInput(f"{name}: too large for a saved check")
    try:
        document = json.loads(raw.decode("utf-8"))
    except json.JSONDecodeError as error:
        cut = error.doc.lstrip().startswith("{") and not error.doc.rstrip().endswith("}")
        what = "it was not written to its end; use another copy of it" if cut else "this is not JSON, so no saved check"
        raise BadInput(f"{name}: {what}") from None
    except (ValueError, RecursionError):
        raise BadInput(f"{name}: this is not JSON, so no saved check") from None
    if not isinstance(document, dict):
        raise BadInput(f"{name}: this is no saved check; name a file that --save wrote")
    return cast("dict[str, object]", document)


def _fitting(
    protocol: Protocol, answers: dict[str, object], at: datetime
) -> tuple[dict[str, Answer], dict[str, object]]:
    """Return the answers these questions can take, and the others as written."""
    questions = {each.id: each for each in protocol.questions}
    fitting: dict[str, Answer] = {}
    unfit: dict[str, object] = {}
    for key, value in answers.items():
        try:
            fitting[key] = read_answer(questions[key], value, at)
        except (BadInput, KeyError):
            unfit[key] = value
    return fitting, unfit


def _asked(name: str, document: dict[str, object], fitting: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the order of the questions; an answer without a place in it comes last."""
    known = [each for each in _names(name, document, "asked") if each in fitting]
    rest = [each for each in fitting if each != ANSWERED_BY]
    return tuple(dict.fromkeys((*known, *rest)))


def _names(name: str, document: dict[str, object], key: str) -> tuple[str, ...]:
    listed = document.get(key, [])
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise BadInput(f"{name}: '{key}' is damaged; use another copy of the file")
    return tuple(listed)


def _voice(document: dict[str, object]) -> Voice:
    voice = document.get("voice")
    return cast("Voice", voice) if voice in get_args(Voice) else "self"


def _moment(value: object) -> datetime | None:
    with suppress(ValueError):
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment if moment is not None and moment.tzinfo is not None else None
    return None


# -------------------------------------------------------------------------------------------------------------- writing


class Keeper:
    """Keeps one check in one file, from answer to answer; what was saved before stays until the new is whole."""

    def __init__(self, name: str, words: Words, resumed_name: str | None = None, resumed: Saved | None = None) -> None:
        """Make sure now that the file can be written. Raises BadInput rather than replace somebody's file."""
        self.name = name
        self._path = Path(os.path.realpath(name))
        self._unfit = dict(resumed.unfit) if resumed is not None else {}
        self.saved = resumed_name is not None and Path(os.path.realpath(resumed_name)) == self._path
        if not self.saved and os.path.lexists(self._path):
            raise BadInput(f"{name}: {_what_is_there(self._path)}")
        try:
            file, probe = tempfile.mkstemp(prefix=".triage-", dir=self._path.parent)
            os.close(file)
            Path(probe).unlink()
        except (OSError, ValueError) as error:
            raise BadInput(f"{name}: cannot save here: {_reason(error, words)}") from None

    def keep(self, interview: Interview) -> str:
        """Write the check; return nothing, or the one line that says why it could not be written."""
        try:
            _write_whole(self._path, canonical(interview, self._unfit))
        except (OSError, ValueError) as error:
            words = interview.protocol.screen
            told = words.not_saved_before_stands if self.saved else words.not_saved
            return told.format(reason=_reason(error, words), name=self.name)
        self.saved = True
        return ""


def canonical(interview: Interview, unfit: Mapping[str, object]) -> bytes:
    """Return a check as canonical JSON: sorted keys, UTF-8, a newline at the end."""
    state, protocol = interview.state, interview.protocol
    assert state is not None
    passed = state.opening_passed
    document = {
        "format": FORMAT,
        "protocol": {"id": protocol.id, "version": protocol.version, "hash": protocol.hash},
        "saved_at": interview.at.isoformat(),
        "locale": interview.locale,
        "voice": state.voice,
        "answers": {name: raw_answer(answer) for name, answer in state.answers.items()},
        "asked": list(state.asked),
        "emergencies": list(state.emergencies),
        "opening_passed": passed.isoformat() if passed is not None else None,
        **({"unfit": {key: value for key, value in unfit.items() if key not in state.answers}} if unfit else {}),
    }
    return json.dumps(document, sort_keys=True, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _write_whole(path: Path, content: bytes) -> None:
    """Put the content in place in one step, so that a cut power line leaves the old file or the new one."""
    handle, name = tempfile.mkstemp(prefix=".triage-", dir=path.parent)  # readable by its owner only (0600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)  # noqa: PTH105 - the one call that promises to be atomic
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    with suppress(OSError):  # some systems cannot sync a folder
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _what_is_there(path: Path) -> str:
    if not stat.S_ISREG(path.lstat().st_mode):
        return "this is no ordinary file; choose another name"
    with suppress(BadInput):
        if _document(str(path)).get("format") == FORMAT:
            return f"a check is saved there; go on with it by --resume {path.name}, or choose another name"
    return "this file is something else; choose another name"


def _reason(error: Exception, words: Words) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL:
        return words.disk_full
    if number in _CLOSED:
        return words.cannot_write
    if number in _ABSENT:
        return words.no_such_folder
    return (getattr(error, "strerror", None) or words.unusable_name).lower()
