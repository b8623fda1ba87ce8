"""Decisions on spaces and announcements. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kith.connect.data import (
    ABOUT_LIMIT,
    GROUP_NAME_LIMIT,
    GROUPS_LIMIT,
    KINDS,
    PIN_DAYS_LIMIT,
    SLOW_LIMIT,
    SPACE_NAME_LIMIT,
    BadSlowMode,
    NoSpaceName,
    PinTooLong,
    TooManyGroups,
    UnknownKindOfPost,
)
from kith.lib.text import clean_line


def checked_space_name(raw: str) -> str:
    """Return the name of a space.

    Raises:
        NoSpaceName: nothing visible is left.

    """
    if not (name := clean_line(raw)[:SPACE_NAME_LIMIT].strip()):
        raise NoSpaceName
    return name


def checked_about(raw: str) -> str:
    return clean_line(raw)[:ABOUT_LIMIT]


def checked_slow(seconds: int) -> int:
    """Return the seconds of slow mode.

    Raises:
        BadSlowMode: they are none, or more than a day.

    """
    if not 0 <= seconds <= SLOW_LIMIT:
        raise BadSlowMode(limit=SLOW_LIMIT)
    return seconds


def checked_kinds(kinds: Sequence[str]) -> list[str]:
    """Return kinds in their order, each once; all of them is none in particular.

    Raises:
        UnknownKindOfPost: there is no such kind.

    """
    for kind in kinds:
        if kind not in KINDS:
            raise UnknownKindOfPost(kind=clean_line(kind)[:20])
    chosen = [k for k in KINDS if k in kinds]
    return [] if len(chosen) == len(KINDS) else chosen


def checked_pin(until: datetime | None, now: datetime) -> datetime | None:
    """Return until when something is pinned; a moment that is over pins nothing.

    Raises:
        PinTooLong: it lies more than a year ahead.

    """
    if until is None or until <= now:
        return None
    if until > now + timedelta(days=PIN_DAYS_LIMIT):
        raise PinTooLong(days=PIN_DAYS_LIMIT)
    return until


def checked_groups(names: Sequence[str]) -> list[str]:
    """Return the names of groups outside, each once, in order; empty ones are left out.

    Raises:
        TooManyGroups: more than can be copied to by hand.

    """
    kept = list(dict.fromkeys(name for raw in names if (name := clean_line(raw)[:GROUP_NAME_LIMIT].strip())))
    if len(kept) > GROUPS_LIMIT:
        raise TooManyGroups(limit=GROUPS_LIMIT)
    return kept
