"""What holds of a presale: a deposit now, the balance later."""

from collections.abc import Sequence
from datetime import datetime

from kith.lib.split import WHOLE_PPM

DEPOSIT_LIMIT_PPM = 200_000  # a deposit that binds is at most a fifth of the price (民法典 586)
STAGES = {"charge": "paid", "deposit": "deposited", "balance": "paid"}
BEFORE = {"charge": ("placed", "expired"), "deposit": ("placed", "expired"), "balance": ("due",)}
HELD_BY_DEPOSIT = ("deposited", "due")


def deposit_of(gross_minor: int, total_minor: int, deposit_ppm: int | None) -> int:
    """Return what is paid first: a part of the price before coupons, which come off the balance; 0 where nothing would be left to pay later."""
    if not deposit_ppm:
        return 0
    deposit = max(1, gross_minor * deposit_ppm // WHOLE_PPM)
    return deposit if deposit < total_minor else 0


def stage_of(status: str, deposit_minor: int) -> str:
    """Return which payment an order waits for, "" when for none."""
    if status == "placed":
        return "deposit" if deposit_minor else "charge"
    return "balance" if status == "due" else ""


def asked(stage: str, total_minor: int, deposit_minor: int) -> int:
    """Return what a payment comes to."""
    return {"charge": total_minor, "deposit": deposit_minor, "balance": total_minor - deposit_minor}[stage]


def reached(stage: str, status: str, *, now: datetime, balance_until: datetime | None) -> str:
    """Return the state a payment brings an order to; "" when it came too late, or a second time."""
    if status not in BEFORE[stage]:
        return ""
    if stage == "deposit" and balance_until is not None and balance_until <= now:
        return ""  # who could not pay the balance any more must not lose a deposit
    return STAGES[stage]


def split_parts(parts: Sequence[tuple[int, int, int]], most: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:  # fmt: skip
    """Divide the parts of a refund so that the first come to at most so much: what one charge can give back, and what is left for another."""
    first, rest = [], []
    for n, qty, amount in parts:
        here = min(amount, most)
        most -= here
        if here:
            first.append((n, qty, here))
        if amount > here:
            rest.append((n, 0 if here else qty, amount - here))
    return first, rest
