"""Who is told of what, when mail may go, and what is shown as one. Pure."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from kith.connect.data import (
    BY_SPACE,
    DIGESTS,
    NOTICES,
    WAYS,
    Ears,
    Loud,
    NewNotice,
    NoQuiet,
    UnknownDigest,
    UnknownNotice,
    UnknownWay,
    UnknownZone,
)

# Deeds somebody is told of: who is named in it, or with “all” everybody. Deeds of later parts are added here.
DEEDS = {
    "gather.admitted": "decision", "gather.refused": "decision", "gather.joined": "invited",
    "gather.sponsor_asked": "invited", "gather.sponsor_confirmed": "decision", "connect.announced": "announcement",
    "gather.muted": "kept", "gather.unmuted": "kept", "gather.banned": "kept", "gather.unbanned": "kept", "gather.held_approved": "kept",
    "gather.held_declined": "kept", "gather.flagged": "kept", "gather.flag_upheld": "kept", "gather.flag_dismissed": "kept",
    "gather.left_standing": "kept", "gather.removed": "kept", "gather.appeal_granted": "kept", "gather.appeal_refused": "kept",
    "gather.tier_up": "tier", "gather.tier_down": "tier", "gather.tier_held": "tier", "gather.figure_offered": "tier",
    "gather.treasure_unused": "tier", "gather.circle_admitted": "tier", "gather.circle_declined": "tier",
    "connect.event_moved": "event", "connect.event_cancelled": "event", "connect.event_soon": "event", "connect.seat_freed": "event",
    "connect.idea_adopted": "answer", "connect.idea_declined": "answer", "connect.idea_shipped": "answer", "connect.idea_credited": "answer",
}  # fmt: skip
TO_ALL = frozenset({"connect.announced"})
ACTS = frozenset({"reply", "mention", "thank"})
MORNING_HOUR = 8
LOUD_A_DAY = 10
WEEK_DAYS = 7
T = TypeVar("T")


def checked_wish(kind: str, way: str, *, has_space: bool = False) -> None:
    """Raise: UnknownNotice, UnknownWay."""
    if kind not in (BY_SPACE if has_space else NOTICES):
        raise UnknownNotice(kind=kind[:20])
    if way not in WAYS:
        raise UnknownWay


def checked_ears(wanted: Ears) -> Ears:
    """Return when somebody may be reached.

    Raises:
        UnknownDigest, UnknownZone, NoQuiet: as they say.

    """
    if wanted.digest not in DIGESTS:
        raise UnknownDigest
    if wanted.zone and wanted.zone not in available_timezones():
        raise UnknownZone(zone=wanted.zone[:40])
    first, last = wanted.quiet_from_minute, wanted.quiet_until_minute
    if (first is None) != (last is None) or (first is not None and first == last):
        raise NoQuiet
    return wanted


def is_quiet(ears: Ears, now: datetime, home: str) -> bool:
    """Tell whether somebody wants no mail at this minute of their day."""
    if ears.quiet_from_minute is None or ears.quiet_until_minute is None:
        return False
    here = now.astimezone(ZoneInfo(ears.zone or home))
    minute, first, last = here.hour * 60 + here.minute, ears.quiet_from_minute, ears.quiet_until_minute
    return first <= minute < last if first <= last else minute >= first or minute < last


def digest_due(ears: Ears, last_at: datetime | None, now: datetime, home: str) -> bool:
    """Tell whether a digest is to go: from eight in the morning on, once a day, or on Mondays."""
    here = now.astimezone(ZoneInfo(ears.zone or home))
    if ears.digest == "off" or here.hour < MORNING_HOUR or (ears.digest == "weekly" and here.weekday()):
        return False
    morning = here.replace(hour=MORNING_HOUR, minute=0, second=0, microsecond=0)
    return last_at is None or last_at < morning


def digest_since(ears: Ears, last_at: datetime | None, now: datetime) -> datetime:
    """Return from when on a digest tells."""
    return last_at or now - timedelta(days=WEEK_DAYS if ears.digest == "weekly" else 1)


def bundled(rows: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    """Return rows of one key as one list, in the order in which the first of each came."""
    found: dict[Hashable, list[T]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.values())


def loud(counts: Sequence[tuple[str, int]]) -> list[Loud]:
    """Return the kinds that came more than ten times a day over a week, the loudest first."""
    often = [Loud(kind, round(many / WEEK_DAYS)) for kind, many in counts if many > LOUD_A_DAY * WEEK_DAYS]
    return sorted(often, key=lambda k: -k.a_day)


def once_each(notices: Iterable[NewNotice]) -> list[NewNotice]:
    """Leave out who would be told of their own doing, and what tells a person twice of one text: the first kind holds."""
    found: dict[Hashable, NewNotice] = {}
    for n in notices:
        if n.person_id != n.by_id:
            found.setdefault((n.person_id, n.subject or n.cause, n.by_id), n)
    return list(found.values())
