"""What holds of groups that buy together."""

import secrets
from datetime import datetime, timedelta

from kith.lib.machines import Machine
from kith.lib.numbers import CROCKFORD

GROUP: Machine = {
    "forming": ("full", "formed", "failed"),
    "full": ("forming", "formed", "failed"),  # every seat is taken, not every one paid
    "formed": (),
    "failed": (),
}
SEAT: Machine = {
    "held": ("filled", "back"),
    "filled": ("back",),
    "back": ("filled",),  # paid after the hold was over, and the seat was still free
}
GROUP_SIZE_LIMIT = 100
GROUP_HOURS_LIMIT = 30 * 24


def new_group_no() -> str:
    """Return what nobody guesses: fifty bits of chance."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(10))


def deadline(now: datetime, hours: int, closes_at: datetime | None) -> datetime:
    """Return until when a group must be full and paid: so many hours from now, at the latest when the launch closes."""
    until = now + timedelta(hours=hours)
    return until if closes_at is None else min(until, closes_at)


def group_after(*, size: int, taken: int, filled: int) -> str:
    """Return what a group with so many seats taken, and so many of them paid, has come to."""
    if filled == size:
        return "formed"
    return "full" if taken == size else "forming"
