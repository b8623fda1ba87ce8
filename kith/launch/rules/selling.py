"""Pure decisions of launch: state machines, what may be sold and ordered, what a refund comes to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.launch.data import (
    CAMPAIGN_KINDS,
    OFFER_KINDS,
    BadKey,
    BadLaunch,
    BadOffer,
    BadQuantity,
    ContactMissing,
    ContactValue,
    MoreThanPaid,
    NothingChosen,
    NothingToRefund,
    Part,
    Wanted,
)
from kith.lib.machines import Machine
from kith.lib.numbers import digest, is_key
from kith.lib.split import apportion
from kith.lib.text import clean_line

# What may follow what; drawn in docs/states.md by tools/states.py.
CAMPAIGN: Machine = {
    "draft": ("ready",),
    "ready": ("draft", "open"),
    "open": ("closed",),
    "closed": ("settled",),
    "settled": (),
}
ORDER: Machine = {
    "placed": ("paid", "deposited", "expired", "cancelled"),
    "expired": ("paid", "deposited", "late"),
    "cancelled": ("late",),
    "late": ("refunded",),
    "deposited": ("due", "missed", "withdrawn"),
    "due": ("paid", "missed", "withdrawn"),
    "missed": ("refunded",),  # where the terms give the deposit back
    "withdrawn": ("refunded",),
    "paid": ("final", "refunding"),
    "refunding": ("refunded", "paid", "final"),
    "final": ("refunding",),
    "refunded": (),
}
WIRE: Machine = {
    "drafted": ("sent", "done", "closed"),
    "sent": ("done", "failed", "unknown", "closed"),
    "unknown": ("done", "failed", "closed"),
    "closed": ("done",),
    "failed": ("done",),
    "done": (),
}
COUPON_USE: Machine = {
    "held": ("used", "back"),
    "back": ("held",),  # paid after the hold was over
    "used": (),
}
CHANNEL: Machine = {
    "proposed": ("asked",),
    "asked": ("accepted", "declined", "closed"),
    "declined": ("accepted", "closed"),
    "accepted": ("closed",),
    "closed": (),
}

QTY_LIMIT = 10_000
PRICE_LIMIT = 10**12
TAX_LIMIT_PPM = 1_000_000
REFUND_DAYS_LIMIT = 365
ITEMS_LIMIT = 12
STOCK_LIMIT = 10**9
LOW_DAYS = 7  # what is struck through was asked for within so many days before
PROOF_HOLD = timedelta(hours=48)  # a transfer takes that long to be seen
MAX_AGE_SECONDS = 300  # of a provider's message
GIVE_UP = timedelta(days=1)  # a charge no provider knows of by then was never made
SKU = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
QTY = re.compile(r"[0-9]{1,5}")


def cart_digest(campaign_id: int, wanted: Mapping[int, int], *more: str) -> str:
    """Return what tells one cart from another; `more` is what was said besides: codes of coupons, say."""
    return digest([campaign_id, sorted(wanted.items()), *more])


@dataclass(frozen=True, slots=True)
class OfferDraft:
    sku: str
    kind: str
    title: str
    price_minor: int
    tax_ppm: int
    refund_days: int


def checked_offer(draft: OfferDraft) -> OfferDraft:
    """Return it.

    Raises:
        BadOffer: it is none.

    """
    fine = SKU.fullmatch(draft.sku) and clean_line(draft.title) and draft.kind in OFFER_KINDS
    numbers = ((draft.price_minor, PRICE_LIMIT), (draft.tax_ppm, TAX_LIMIT_PPM), (draft.refund_days, REFUND_DAYS_LIMIT))
    if not fine or not all(type(n) is int and 0 <= n <= limit for n, limit in numbers):
        raise BadOffer
    return draft


def check_launch(kind: str, title: str, opens_at: datetime, closes_at: datetime | None, hold_minutes: int) -> None:
    """Let pass what can be a launch.

    Raises:
        BadLaunch: it cannot.

    """
    known = kind in CAMPAIGN_KINDS and clean_line(title) and 1 <= hold_minutes <= 60 * 24 * 7
    if not known or (closes_at is not None and closes_at <= opens_at):
        raise BadLaunch


def checked_key(key: str) -> str:
    """Return the key.

    Raises:
        BadKey: it is none.

    """
    if not is_key(key):
        raise BadKey
    return key


def quantity(raw: str) -> int:
    """Return a quantity typed in plain digits.

    Raises:
        BadQuantity: it is none: a sign, a fraction, full-width digits, too large.

    """
    if not QTY.fullmatch(raw) or not 1 <= int(raw) <= QTY_LIMIT:
        raise BadQuantity(limit=QTY_LIMIT)
    return int(raw)


def summed(wanted: Sequence[Wanted]) -> dict[int, int]:
    """Return quantities by item; the same item in two lines is one line of both.

    Raises:
        NothingChosen: there is none.
        BadQuantity: one is not a whole number from 1 to the limit, or their sum is above it.

    """
    if not wanted:
        raise NothingChosen
    total: dict[int, int] = {}
    for w in wanted:
        if type(w.qty) is not int or not 1 <= w.qty <= QTY_LIMIT:
            raise BadQuantity(limit=QTY_LIMIT)
        total[w.item_id] = total.get(w.item_id, 0) + w.qty
    if max(total.values()) > QTY_LIMIT:
        raise BadQuantity(limit=QTY_LIMIT)
    return total


def checked_contact(contact: ContactValue | None) -> ContactValue:
    """Return who and where, each in one line.

    Raises:
        ContactMissing: a part of it is missing.

    """
    found = contact or ContactValue("", "", "")
    kept = ContactValue(clean_line(found.name)[:60], clean_line(found.phone)[:30], clean_line(found.address)[:200])
    if not (kept.name and kept.phone and kept.address):
        raise ContactMissing
    return kept


def band(left: int, stock: int) -> str:
    """Return how much is left in words: none, last (a twentieth, or five), few (a quarter), plenty."""
    if left <= 0:
        return "none"
    if left <= max(5, stock // 20):
        return "last"
    return "few" if left * 4 <= stock else "plenty"


def struck(price_minor: int, asked: Iterable[int]) -> int | None:
    """Return what may stand struck through beside a price: the lowest asked for in the days before, if that was more."""
    lowest = min(asked, default=price_minor)
    return lowest if lowest > price_minor else None


def tax_within(amount_minor: int, tax_ppm: int) -> int:
    """Return the tax that an amount with tax holds; with what is left it sums to the amount."""
    return apportion(amount_minor, {"net": TAX_LIMIT_PPM, "tax": tax_ppm})["tax"]


@dataclass(frozen=True, slots=True)
class Refundable:
    """A line as a refund sees it."""

    n: int
    qty: int
    amount_minor: int
    refunded_qty: int
    refunded_minor: int
    tax_ppm: int = 0

    @property
    def left_minor(self) -> int:
        return self.amount_minor - self.refunded_minor


def refund_parts(lines: Mapping[int, Refundable], parts: Sequence[Part]) -> list[tuple[int, int, int]]:
    """Return what goes back as (line, units, amount): units at what they cost, the last of a line with all that is left.

    Raises:
        NothingToRefund: no line, a line that is not there or twice, nothing of it.
        MoreThanPaid: more units, or more money, than are left of a line.

    """
    if not parts or len({p.n for p in parts}) != len(parts) or any(p.n not in lines for p in parts):
        raise NothingToRefund
    return [(p.n, p.qty, _amount(lines[p.n], p)) for p in parts]


def _amount(line: Refundable, part: Part) -> int:
    if (
        type(part.qty) is not int
        or part.qty < 0
        or (part.amount_minor is not None and type(part.amount_minor) is not int)
    ):
        raise NothingToRefund
    after = line.refunded_qty + part.qty
    if after > line.qty:
        raise MoreThanPaid
    amount = part.amount_minor
    if amount is None:
        amount = (
            line.left_minor if after == line.qty else min(line.left_minor, line.amount_minor // line.qty * part.qty)
        )
    if amount > line.left_minor:
        raise MoreThanPaid
    if amount <= 0:
        raise NothingToRefund
    return amount


def spread(amount_minor: int, lines: Iterable[Refundable]) -> list[tuple[int, int, int]]:
    """Return parts for money that went back without saying for what: over the lines, by what is left of each.

    Raises:
        MoreThanPaid: it is more than is left of all.

    """
    left = {line.n: line.left_minor for line in lines if line.left_minor}
    if amount_minor > sum(left.values()):
        raise MoreThanPaid
    return [(n, 0, amount) for n, amount in apportion(amount_minor, left).items() if amount]


def earned(lines: Iterable[Refundable]) -> tuple[int, int]:
    """Return what is kept of an order: net, and the tax in it."""
    kept = [(line.left_minor, tax_within(line.left_minor, line.tax_ppm)) for line in lines]
    return sum(amount - tax for amount, tax in kept), sum(tax for _, tax in kept)


def tax_of_parts(lines: Mapping[int, Refundable], parts: Sequence[tuple[int, int, int]]) -> int:
    """Return how much less tax there is once the parts are back; never less than nothing, the rest is the seller's."""
    return sum(
        tax_within(lines[n].left_minor, lines[n].tax_ppm) - tax_within(lines[n].left_minor - amount, lines[n].tax_ppm)
        for n, _, amount in parts
    )
