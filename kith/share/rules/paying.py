"""What may follow what, keys, and how old a debt is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kith.lib.machines import Machine
from kith.lib.numbers import is_key
from kith.share.data import BadPayoutKey

PAYOUT_LIMIT = 10**12

# What may follow what; drawn in docs/states.md by tools/states.py.
SALE: Machine = {"held": ("released",), "released": ()}
PAYOUT: Machine = {
    "drafted": ("approved", "cancelled"),
    "approved": ("sent", "done", "cancelled"),
    "sent": ("done", "failed", "unknown"),
    "unknown": ("done", "failed"),
    "done": (),
    "failed": (),
    "cancelled": (),
}
MACHINES = {"Shared sale": SALE, "Payout": PAYOUT}
OPEN = ("drafted", "approved", "sent", "unknown")


def checked_key(key: str) -> str:
    """Return the key.

    Raises:
        BadPayoutKey: it is none.

    """
    if not is_key(key):
        raise BadPayoutKey
    return key


@dataclass(frozen=True, slots=True)
class Inflow:
    """What came to somebody at a moment."""

    at: datetime
    amount_minor: int


def since(newest_first: Iterable[Inflow], balance_minor: int) -> datetime | None:
    """Return when the oldest of what is owed came in, if what came first is paid first; None when nothing is owed."""
    if balance_minor <= 0:
        return None
    left, oldest = balance_minor, None
    for inflow in newest_first:
        oldest = inflow.at
        left -= inflow.amount_minor
        if left <= 0:
            break
    return oldest
