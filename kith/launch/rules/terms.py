"""What holds of paid membership: when a term begins and ends, and what of it is not used yet."""

import re
from calendar import monthrange
from datetime import datetime

MONTHS_LIMIT = 60
FAMILY = re.compile(r"[a-z][a-z0-9-]{0,19}")


def is_plan(months: object, family: str) -> bool:
    return type(months) is int and 1 <= months <= MONTHS_LIMIT and FAMILY.fullmatch(family) is not None


def months_on(at: datetime, months: int, anchor_day: int) -> datetime:
    """Return the same hour so many months on, on the day of the anchor or the last of the month: 31 January, 28 February, 31 March.

    By the clock on the wall: give and take times of the place, so that a change of summer time moves nothing.
    """
    count = at.year * 12 + at.month - 1 + months
    year, month = divmod(count, 12)
    return at.replace(year=year, month=month + 1, day=min(anchor_day, monthrange(year, month + 1)[1]))


def unused_minor(paid_minor: int, starts_at: datetime, ends_at: datetime, now: datetime) -> int:
    """Return what of the price belongs to the time that is still to come, by the second, rounded down."""
    whole, left = ends_at - starts_at, ends_at - max(starts_at, min(now, ends_at))
    return paid_minor * int(left.total_seconds()) // int(whole.total_seconds())


def cause_of(term_id: int) -> str:
    """Name the grant that a term gives."""
    return f"term:{term_id}"
