"""What an order comes to: its lines, what coupons take off them, what sending costs."""

import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kith.launch.data import (
    BadCoupon,
    BadLaunch,
    CouponChangesNothing,
    CouponNeedsMore,
    CouponsDoNotCombine,
    NoSuchCoupon,
    SaleRules,
)
from kith.launch.rules.grouping import GROUP_HOURS_LIMIT, GROUP_SIZE_LIMIT
from kith.launch.rules.presale import DEPOSIT_LIMIT_PPM
from kith.launch.rules.selling import PRICE_LIMIT, STOCK_LIMIT
from kith.lib.numbers import CROCKFORD
from kith.lib.split import WHOLE_PPM, apportion

COUPONS_LIMIT = 3  # on one order
CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{2,22}[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Off:
    """What a coupon takes off: an amount or a part, from so much on; `combines` with others that do."""

    coupon_id: int
    code: str
    off_minor: int
    off_ppm: int
    least_minor: int
    combines: bool


@dataclass(frozen=True, slots=True)
class Good:
    """An item of an order before anything is taken off."""

    item_id: int
    title: str
    qty: int
    unit_minor: int
    tax_ppm: int
    is_sent: bool

    @property
    def gross_minor(self) -> int:
        return self.qty * self.unit_minor


@dataclass(frozen=True, slots=True)
class Priced:
    """A line as it will be written."""

    kind: str
    item_id: int | None
    title: str
    qty: int
    unit_minor: int
    discount_minor: int
    tax_ppm: int

    @property
    def amount_minor(self) -> int:
        return self.qty * self.unit_minor - self.discount_minor


def code_of(raw: str) -> str:
    """Return a code as it is kept: full-width letters, small letters and blanks around do not make it another one.

    Raises:
        NoSuchCoupon: nothing that was ever given out looks like this.

    """
    code = unicodedata.normalize("NFKC", raw[:100]).strip().upper()
    if not CODE.fullmatch(code):
        raise NoSuchCoupon
    return code


def new_coupon_code(raw: str) -> str:
    """Return a code to give out: the one that was typed, or forty bits of chance.

    Raises:
        BadCoupon: it cannot be one.

    """
    if not raw.strip():
        return "".join(secrets.choice(CROCKFORD) for _ in range(8))
    try:
        return code_of(raw)
    except NoSuchCoupon:
        raise BadCoupon from None


def codes_of(raw: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of an order, each once, in one order whatever order they were typed in.

    Raises:
        NoSuchCoupon: one of them cannot be one.
        CouponsDoNotCombine: there are more than an order may have.

    """
    codes = tuple(sorted({code_of(one) for one in raw if one.strip()}))
    if len(codes) > COUPONS_LIMIT:
        raise CouponsDoNotCombine
    return codes


def check_coupon(off: Off, *, uses: int, per_person: int | None, starts_at: datetime, ends_at: datetime | None) -> None:
    """Let pass what can be a coupon: an amount off or a part off, not both, for a time, so many times.

    Raises:
        BadCoupon: it cannot be one.

    """
    numbers = ((off.off_minor, PRICE_LIMIT), (off.off_ppm, WHOLE_PPM), (off.least_minor, PRICE_LIMIT))
    fine = all(type(n) is int and 0 <= n <= limit for n, limit in numbers)
    if not fine or (off.off_minor > 0) == (off.off_ppm > 0) or (ends_at is not None and ends_at <= starts_at):
        raise BadCoupon
    if type(uses) is not int or not 1 <= uses <= STOCK_LIMIT:
        raise BadCoupon
    if per_person is not None and not (type(per_person) is int and 1 <= per_person <= uses):
        raise BadCoupon


def taken_off(gross: Mapping[int, int], offs: Sequence[Off]) -> tuple[dict[int, int], dict[int, int]]:
    """Return what comes off each line, and what each coupon took.

    Parts come off before amounts, which is the better for the buyer; the same coupons always come to the same. A coupon is divided
    over the lines by what is left of each, by largest remainder, so that a line given back later gives back what was paid for it.

    Raises:
        CouponsDoNotCombine, CouponNeedsMore: by what the coupons ask.
        CouponChangesNothing: one would be used up for nothing.

    """
    whole = sum(gross.values())
    if len(offs) > 1 and not all(off.combines for off in offs):
        raise CouponsDoNotCombine
    left, took = dict(gross), dict[int, int]()
    for off in sorted(offs, key=lambda o: (-o.off_ppm, -o.off_minor, o.code)):
        if whole < off.least_minor:
            raise CouponNeedsMore(code=off.code)
        rest = sum(left.values())
        amount = min(rest, off.off_minor or rest * off.off_ppm // WHOLE_PPM)
        if not amount:
            raise CouponChangesNothing(code=off.code)
        for n, part in apportion(amount, left).items():
            left[n] -= part
        took[off.coupon_id] = amount
    return {n: gross[n] - rest for n, rest in left.items()}, took


def checked_sale(kind: str, sale: SaleRules) -> SaleRules:
    """Return how a launch of a kind sells; what belongs to another kind falls away.

    Raises:
        BadLaunch: it cannot sell so.

    """
    for amount in (sale.ship_minor, sale.ship_free_from_minor):
        if amount is not None and not (type(amount) is int and 0 <= amount <= PRICE_LIMIT):
            raise BadLaunch
    limits = ((sale.group_size, 2, GROUP_SIZE_LIMIT), (sale.group_hours, 1, GROUP_HOURS_LIMIT))
    if kind != "group":
        sale = replace(sale, group_size=None, group_hours=None)
    if kind != "presale":
        sale = replace(sale, deposit_ppm=None, deposit_returns=False, balance_from_at=None, balance_until_at=None)
    if sale.deposit_ppm is not None and not (
        type(sale.deposit_ppm) is int and 1 <= sale.deposit_ppm <= DEPOSIT_LIMIT_PPM
    ):
        raise BadLaunch
    if any(n is not None and not (type(n) is int and least <= n <= most) for n, least, most in limits):
        raise BadLaunch
    return sale


def sending(sale: SaleRules, goods_minor: int) -> int:
    """Return what it costs to send goods for which so much is paid."""
    free = sale.ship_free_from_minor is not None and goods_minor >= sale.ship_free_from_minor
    return 0 if free else sale.ship_minor


def priced(goods: Sequence[Good], offs: Sequence[Off], sale: SaleRules) -> tuple[list[Priced], dict[int, int]]:
    """Return the lines of an order, and what each coupon took. Sending bears the highest tax of what is sent, and no coupon; it is
    titled by the page, in the language of its reader.

    Raises:
        CouponsDoNotCombine, CouponNeedsMore, CouponChangesNothing: as `taken_off`.

    """
    off, took = taken_off({n: g.gross_minor for n, g in enumerate(goods)}, offs) if offs else ({}, {})
    lines = [
        Priced("item", g.item_id, g.title, g.qty, g.unit_minor, off.get(n, 0), g.tax_ppm) for n, g in enumerate(goods)
    ]
    sent = [line for line, g in zip(lines, goods, strict=True) if g.is_sent]
    if sent and (fee := sending(sale, sum(line.amount_minor for line in sent))):
        lines.append(Priced("ship", None, "", 1, fee, 0, max(line.tax_ppm for line in sent)))
    return lines, took
