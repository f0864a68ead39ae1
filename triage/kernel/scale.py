"""The one scale of dispositions and the one scale of time frames; both join by 'the more urgent'."""

from collections.abc import Iterable
from enum import StrEnum


class Disposition(StrEnum):
    """The label of a result, least urgent first; NOT_FINISHED stands outside the order of care."""

    NOT_FINISHED = "not_finished"
    SELF_CARE = "self_care"
    CONTACT_NEUROLOGIST = "contact_neurologist"
    POSSIBLE_RELAPSE = "possible_relapse"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """Higher is more urgent; an unfinished check ranks above self-care, because nothing was ruled out."""
        return _DISPOSITION_RANK[self]


class TimeFrame(StrEnum):
    """By when the person should act, soonest first."""

    NOW = "now"
    SAME_DAY = "same_day"
    WITHIN_48H = "within_48h"
    WITHIN_14_DAYS = "within_14_days"
    ROUTINE = "routine"

    @property
    def rank(self) -> int:
        """0 is now; higher is later."""
        return _TIME_RANK[self]


_DISPOSITION_RANK = {
    Disposition.SELF_CARE: 0,
    Disposition.NOT_FINISHED: 1,
    Disposition.CONTACT_NEUROLOGIST: 2,
    Disposition.POSSIBLE_RELAPSE: 3,
    Disposition.EMERGENCY: 4,
}
_TIME_RANK = {frame: rank for rank, frame in enumerate(TimeFrame)}
_TIMES = list(TimeFrame)


def highest(dispositions: Iterable[Disposition], default: Disposition) -> Disposition:
    """Return the most urgent disposition, or `default` if there is none.

    >>> highest([Disposition.SELF_CARE, Disposition.EMERGENCY], default=Disposition.SELF_CARE)
    <Disposition.EMERGENCY: 'emergency'>
    """
    return max(dispositions, key=lambda label: label.rank, default=default)


def soonest(frames: Iterable[TimeFrame], default: TimeFrame) -> TimeFrame:
    """Return the soonest time frame, or `default` if there is none."""
    return min(frames, key=lambda frame: frame.rank, default=default)


def stepped_sooner(frame: TimeFrame, steps: int) -> TimeFrame:
    """Move a time frame sooner by whole steps; never past the same day, because a modifier makes no emergency.

    >>> stepped_sooner(TimeFrame.ROUTINE, 2)
    <TimeFrame.WITHIN_48H: 'within_48h'>
    """
    if frame.rank <= TimeFrame.SAME_DAY.rank:
        return frame
    return _TIMES[max(TimeFrame.SAME_DAY.rank, frame.rank - steps)]


def urgency_key(label: Disposition, within: TimeFrame) -> tuple[int, int]:
    """Return a key that is greater for the more urgent of two results: by label first, then by time."""
    return label.rank, -within.rank
