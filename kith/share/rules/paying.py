"""What may follow what, keys, and how old a debt is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.share.data import BadPayoutKey

PAYOUT_LIMIT = 10**12
KEY = re.compile(r"[\x21-\x7e]{8,64}")

Machine = Mapping[str, tuple[str, ...]]

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


def before(machine: Machine, to: str) -> list[str]:
    """Return the states from which one may come to a state."""
    return [state for state, follow in machine.items() if to in follow]


def checked_key(key: str) -> str:
    """Return the key.

    Raises:
        BadPayoutKey: it is none.

    """
    if not KEY.fullmatch(key):
        raise BadPayoutKey
    return key


def next_query(tries: int, now: datetime) -> datetime:
    """Return when to ask a provider again: after 30 s, then twice as long each time, at most an hour."""
    return now + timedelta(seconds=min(30 * 2 ** min(tries, 10), 3600))


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
