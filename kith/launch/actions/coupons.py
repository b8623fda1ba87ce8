"""Coupons: made by who sells, held by an order, used when it leaves, back when it ends before."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from kith.launch import rules
from kith.launch.actions.states import check_sells, moved, of_order, shift
from kith.launch.data import CouponOver, CouponTaken, CouponUsedByYou, CouponUsedUp, CouponValue, NoSuchCoupon
from kith.launch.models import Campaign, Coupon, CouponUse, Order
from kith.launch.queries import campaign_row, coupon_values, scale_of
from kith.ledger import api as ledger
from kith.ledger.api import AccountName, NewMove, Overdraft, Posting
from kith.people.api import Community, Person, note_deed

STATUS = {"held": "held", "gone": "used", "shelf": "back"}


@transaction.atomic
def write_coupon(  # noqa: PLR0913 -- a coupon has these parts
    *, community: Community, uses: int, by: Person, now: datetime, code: str = "", campaign: str = "", currency: str = "CNY",
    off_minor: int = 0, off_ppm: int = 0, least_minor: int = 0, per_person: int | None = 1, combines: bool = False,
    starts_at: datetime | None = None, ends_at: datetime | None = None,
) -> CouponValue:  # fmt: skip
    """Make a coupon that can be used so often, for every launch or for one; without a code it gets one nobody guesses.

    Raises:
        SellersOnly: `by` does not run the community.
        BadCoupon, NoSuchLaunch, UnknownCurrency: it cannot be one.
        CouponTaken: there is one with this code.

    """
    check_sells(community, by)
    kept = rules.new_coupon_code(code)
    off = rules.Off(0, kept, off_minor, off_ppm, least_minor, combines)
    rules.check_coupon(off, uses=uses, per_person=per_person, starts_at=starts_at or now, ends_at=ends_at)
    scale_of(currency)
    launch = campaign_row(community, campaign) if campaign else None
    try:
        with transaction.atomic():
            row = Coupon.objects.create(
                community=community, code=kept, campaign=launch, currency=launch.currency if launch else currency, off_minor=off_minor,
                off_ppm=off_ppm, least_minor=least_minor, per_person=per_person, combines=combines, starts_at=starts_at or now,
                ends_at=ends_at, by=by, made_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise CouponTaken from None
    _issue(row, uses, by, now)
    note_deed(
        community=community,
        kind="launch.coupon_written",
        by=by,
        now=now,
        subject=f"coupon:{row.pk}",
        detail={"uses": uses},
    )
    return coupon_values(community, only=row.pk)[0]


def _issue(row: Coupon, uses: int, by: Person, now: datetime) -> None:
    ledger.make_asset(code=f"C:{row.pk}", kind="right")
    move = NewMove(_of_coupon("supply", "C", row), _of_coupon("shelf", "C", row), uses)
    ledger.post(
        community=row.community, key=f"coupon:{row.pk}", kind="issue", moves=[move], by=by, cause=("coupon", row.pk), at=now
    )  # fmt: skip


@transaction.atomic
def stop_coupon(*, community: Community, coupon_id: int, by: Person, now: datetime) -> CouponValue:
    """Let a coupon be used no more; orders that hold it keep it.

    Raises:
        SellersOnly, NoSuchCoupon: as they say.

    """
    check_sells(community, by)
    if Coupon.objects.filter(community=community, pk=coupon_id, stopped_at=None).update(stopped_at=now):
        note_deed(community=community, kind="launch.coupon_stopped", by=by, now=now, subject=f"coupon:{coupon_id}")
    found = coupon_values(community, only=coupon_id)
    if not found:
        raise NoSuchCoupon
    return found[0]


def offs_of(launch: Campaign, codes: Sequence[str], now: datetime) -> list[rules.Off]:
    """Return what the codes of an order take off.

    Raises:
        NoSuchCoupon: one is not there, or for another launch or currency.
        CouponOver: one was stopped, has ended, or has not begun.

    """
    rows = Coupon.objects.filter(community_id=launch.community_id, code__in=codes, currency=launch.currency)
    there = {c.code: c for c in rows if c.campaign_id in {None, launch.pk}}
    if there.keys() != set(codes):
        raise NoSuchCoupon
    for c in there.values():
        if c.stopped_at or now < c.starts_at or (c.ends_at is not None and c.ends_at <= now):
            raise CouponOver(code=c.code)
    return [rules.Off(c.pk, c.code, c.off_minor, c.off_ppm, c.least_minor, c.combines) for c in there.values()]


def hold_coupons(order: Order, took: Mapping[int, int], now: datetime) -> tuple[list[Posting], list[NewMove]]:
    """Write down which coupons an order holds; return what gives the buyer their allowance, and the moves that hold."""
    uses = CouponUse.objects.bulk_create(
        CouponUse(community_id=order.community_id, order=order, coupon_id=pk, off_minor=off) for pk, off in took.items()
    )
    coupons = Coupon.objects.in_bulk([use.coupon_id for use in uses])
    allowances = [_allow(order, c, now) for c in coupons.values() if c.per_person]
    return allowances, [move for c in coupons.values() for move in _moves(order, c, "held")]


def _allow(order: Order, coupon: Coupon, now: datetime) -> Posting:
    ledger.make_asset(code=f"D:{coupon.pk}", kind="right")
    move = NewMove(_of_coupon("supply", "D", coupon), _allowance(order, coupon), coupon.per_person or 0)
    return Posting(f"coupon:{coupon.pk}:{order.buyer_id}", "allow", [move], now, ("coupon", coupon.pk))


def coupon_moves(order: Order, *, to: str) -> list[NewMove]:
    """Bring the coupons of an order to where it goes (held, gone, shelf) and return the moves; those that are there stay."""
    uses = CouponUse.objects.select_related("coupon").filter(order=order).order_by("coupon")
    shifted = [u for u in uses if shift(CouponUse.objects.filter(pk=u.pk), rules.COUPON_USE, STATUS[to])]
    return [move for use in shifted for move in _moves(order, use.coupon, to)]


def _moves(order: Order, coupon: Coupon, to: str) -> list[NewMove]:
    shelves = {"C": _of_coupon("shelf", "C", coupon)}
    if coupon.per_person:
        shelves["D"] = _allowance(order, coupon)
    return [moved(of_order("held", f"{c}:{coupon.pk}", order), of_order("gone", f"{c}:{coupon.pk}", order), shelf, to=to) for c, shelf in shelves.items()]  # fmt: skip


def _of_coupon(role: str, letter: str, coupon: Coupon) -> AccountName:
    return AccountName(role, f"{letter}:{coupon.pk}", "coupon", coupon.pk)


def _allowance(order: Order, coupon: Coupon) -> AccountName:
    return AccountName("shelf", f"D:{coupon.pk}", "person", order.buyer_id)


def short_of_coupon(fault: Overdraft) -> CouponUsedByYou | CouponUsedUp:
    """Return what an overdraft of a coupon means to its buyer."""
    letter, _, pk = fault.account.asset.partition(":")
    code = Coupon.objects.get(pk=pk).code
    return CouponUsedByYou(code=code) if letter == "D" else CouponUsedUp(code=code)
