"""Three-valued truth after Kleene, and the four connectives over it."""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """YES, NO, or UNKNOWN; unknown is a value and never reads as no.

    >>> Truth.UNKNOWN is Truth.NO
    False
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        """Refuse to be read as true or false; that is how an unknown turns into a no."""
        raise TypeError("compare a Truth with 'is Truth.YES'; it is never just true or false")


YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


def truth_of(value: bool) -> Truth:  # noqa: FBT001 - the value itself
    """Return YES for true and NO for false."""
    return YES if value else NO


def negate(truth: Truth) -> Truth:
    """Swap YES and NO; UNKNOWN stays.

    >>> negate(Truth.UNKNOWN)
    <Truth.UNKNOWN: 'unknown'>
    """
    if truth is UNKNOWN:
        return UNKNOWN
    return NO if truth is YES else YES


def all_of(truths: Iterable[Truth]) -> Truth:
    """NO if one is NO, else UNKNOWN if one is UNKNOWN, else YES."""
    result = YES
    for truth in truths:
        if truth is NO:
            return NO
        if truth is UNKNOWN:
            result = UNKNOWN
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """YES if one is YES, else UNKNOWN if one is UNKNOWN, else NO."""
    result = NO
    for truth in truths:
        if truth is YES:
            return YES
        if truth is UNKNOWN:
            result = UNKNOWN
    return result


def at_least_of(needed: int, truths: Iterable[Truth]) -> Truth:
    """YES if `needed` of them are YES, NO if they no longer can be, else UNKNOWN.

    >>> at_least_of(2, [Truth.YES, Truth.NO, Truth.UNKNOWN])
    <Truth.UNKNOWN: 'unknown'>
    """
    seen = list(truths)
    certain = sum(truth is YES for truth in seen)
    open_ones = sum(truth is UNKNOWN for truth in seen)
    if certain >= needed:
        return YES
    return UNKNOWN if certain + open_ones >= needed else NO
