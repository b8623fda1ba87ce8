"""What may follow what, keys, and how old a debt is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kith.lib.machines import Machine
from kith.lib.numbers import is_key
from kith.lib.split import WHOLE_PPM
from kith.share.data import BadPayoutKey, BadWithholding

PAYOUT_LIMIT = 10**12
WITHHELD_LIMIT_PPM = 450_000  # the highest rate of the income tax of China

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


def checked_withheld(rate_ppm: int) -> int:
    """Return which part of payouts is withheld.

    Raises:
        BadWithholding: it is none.

    """
    if type(rate_ppm) is not int or not 0 <= rate_ppm <= WITHHELD_LIMIT_PPM:
        raise BadWithholding
    return rate_ppm


def withheld(amount_minor: int, rate_ppm: int) -> int:
    """Return what of a payout is withheld, to the nearest cent, half a cent up."""
    return (amount_minor * rate_ppm + WHOLE_PPM // 2) // WHOLE_PPM
