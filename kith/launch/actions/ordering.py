"""Placing an order, letting it go, and asking for money back."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from kith.launch import rules
from kith.launch.actions.coupons import coupon_moves, hold_coupons, offs_of, short_of_coupon
from kith.launch.actions.grouping import leave_seat, take_seat
from kith.launch.actions.lining import check_turn
from kith.launch.actions.running import locked_campaign, open_now
from kith.launch.actions.settling import after_payment
from kith.launch.actions.states import allowance, locked, raised, shift, supply_of_rights, unit_moves, units_kept
from kith.launch.actions.wrapping import wrap
from kith.launch.data import (
    ContactValue,
    GiftWish,
    GroupFull,
    LimitReached,
    NotInThisLaunch,
    NotNow,
    NotOpen,
    NotWritten,
    OrderValue,
    OtherOrder,
    RefundOver,
    SoldOut,
    TermsChanged,
    Wanted,
)
from kith.launch.models import Campaign, Contact, Item, Line, Order
from kith.launch.queries import as_order, campaign_row, order_row, sale_of
from kith.ledger import api as ledger
from kith.ledger.api import NewMove, Overdraft, Posting
from kith.lib.sealing import seal
from kith.lib.text import clean_line
from kith.people.api import Community, Person

BATCH = 500
Rights = tuple[list[Posting], list[NewMove]]


@transaction.atomic
def place(  # noqa: PLR0913 -- an order has these parts
    *, community: Community, campaign: str, buyer: Person, wanted: Sequence[Wanted], client_key: str, now: datetime,
    contact: ContactValue | None = None, shows_energy: bool = False, terms_digest: str = "", coupons: Sequence[str] = (),
    group: str = "", gift: GiftWish | None = None,
) -> OrderValue:  # fmt: skip
    """Order units of a launch and hold them: order, lines and holds, or nothing. Prices are the launch's, never the buyer's.

    The same key with the same cart is the same order; `terms_digest` says which terms the buyer has seen,
    `group` the number of the group to buy with (in a launch to groups: a new one without it).

    Raises:
        NoSuchLaunch, NotOpen, NotInThisLaunch: by the launch.
        NothingChosen, BadQuantity, BadKey, ContactMissing: by what was sent.
        TermsChanged: the buyer has seen others.
        OtherOrder: the key belongs to another cart.
        NoSuchCoupon, CouponOver, CouponNeedsMore, CouponChangesNothing, CouponsDoNotCombine: by the coupons.
        NoSuchGroup, GroupOver, AlreadyInGroup: by the group.
        MustWait: more order than can be served at once, and others came before.
        NotAGift: it is to be a gift, and is not one membership.
        SoldOut, LimitReached, GroupFull, CouponUsedUp, CouponUsedByYou: by the value book.

    """
    units, key, codes = rules.summed(wanted), rules.checked_key(client_key), rules.codes_of(coupons)
    launch = campaign_row(community, campaign, with_drafts=False)
    more = [*([f"group {group}"] if group else []), *([f"gift {gift.to_name} {gift.message}"] if gift else [])]
    cart = rules.cart_digest(launch.pk, units, *codes, *more)
    if (known := _known(community, buyer, key, cart)) is not None:
        return known
    launch = _opened(community, launch, now)
    check_turn(launch, buyer)
    if terms_digest and terms_digest != launch.terms_digest:
        raise TermsChanged
    items = {i.pk: i for i in Item.objects.select_related("offer").filter(campaign=launch, pk__in=units)}
    if items.keys() != units.keys():
        raise NotInThisLaunch
    where = _contact(community, buyer, items.values(), contact, now)
    goods = _goods(items, units)
    lines, took = rules.priced(goods, offs_of(launch, codes, now), sale_of(launch))
    total = sum(line.amount_minor for line in lines)
    deposit = rules.deposit_of(sum(g.gross_minor for g in goods), total, launch.deposit_ppm)
    try:
        with transaction.atomic():
            order = Order.objects.create(
                community=community, no=rules.new_number(now), buyer=buyer, campaign=launch, client_key=key, digest=cart,
                currency=launch.currency, total_minor=total, placed_at=now, contact=where, shows_energy=shows_energy,
                hold_until=now + timedelta(minutes=launch.hold_minutes), terms_digest=launch.terms_digest,
                deposit_minor=deposit, balance_from_at=launch.balance_from_at if deposit else None,
                balance_until_at=launch.balance_until_at if deposit else None,
            )  # fmt: skip
    except IntegrityError:
        return _twin(community, buyer, key, cart)
    _write_lines(order, lines)
    if gift is not None:
        wrap(order, gift)
    if total == 0:  # nothing to pay: no provider, but the books all the same
        after_payment(order, now)
    seat = take_seat(order, group, is_paid=not total, now=now)
    _hold(order, units, took, seat, now)
    return as_order(order_row(community, order.no, reader=buyer, runs=False))


def _known(community: Community, buyer: Person, key: str, cart: str) -> OrderValue | None:
    found = Order.objects.filter(community=community, buyer=buyer, client_key=key).first()
    if found is None:
        return None
    if found.digest != cart:
        raise OtherOrder
    return as_order(order_row(community, found.no, reader=buyer, runs=False))


def _twin(community: Community, buyer: Person, key: str, cart: str) -> OrderValue:
    """Return what the same key placed a moment ago.

    Raises:
        NotWritten: nothing; the database refused the order for another reason.

    """
    found = _known(community, buyer, key, cart)
    if found is None:
        raise NotWritten
    return found


def _opened(community: Community, launch: Campaign, now: datetime) -> Campaign:
    """Return a launch that takes orders; one whose moment has come opens with its first order."""
    if launch.status == "ready" and launch.opens_at <= now:
        locked_launch = locked_campaign(community, launch.slug)
        if locked_launch.status == "ready":
            open_now(locked_launch, now)
        launch = campaign_row(community, launch.slug)
    if launch.status != "open" or launch.opens_at > now or (launch.closes_at is not None and launch.closes_at <= now):
        raise NotOpen
    return launch


def _contact(
    community: Community, buyer: Person, items: Iterable[Item], contact: ContactValue | None, now: datetime
) -> Contact | None:
    """Keep where goods go, sealed; nothing is kept for what is not sent."""
    if not any(i.offer.kind == "goods" for i in items):
        return None
    kept = rules.checked_contact(contact)
    facts = json.dumps({"name": kept.name, "phone": kept.phone, "address": kept.address}, ensure_ascii=False)
    sealed = seal(facts, secret=settings.SECRET_KEY, purpose="contact")
    return Contact.objects.create(community=community, person=buyer, sealed=sealed, made_at=now)


def _goods(items: dict[int, Item], units: dict[int, int]) -> list[rules.Good]:
    chosen = [(items[pk], qty) for pk, qty in sorted(units.items())]
    return [
        rules.Good(i.pk, i.offer.title, qty, i.price_minor, i.offer.tax_ppm, i.offer.kind == "goods")
        for i, qty in chosen
    ]


def _write_lines(order: Order, lines: Sequence[rules.Priced]) -> None:
    Line.objects.bulk_create(
        Line(community_id=order.community_id, order=order, n=n, amount_minor=line.amount_minor, **asdict(line))
        for n, line in enumerate(lines, start=1)
    )


def _hold(order: Order, units: dict[int, int], took: dict[int, int], seat: Rights, now: datetime) -> None:
    """Hold the units, the coupons, the seat, and what the buyer may have; last, because the shelf is what all wait for."""
    allowances, rights = hold_coupons(order, took, now)
    postings = allowances + seat[0]
    limit = order.campaign.per_buyer
    if limit:
        granted = NewMove(supply_of_rights(order.campaign), allowance(order), limit)
        key = f"allow:{order.campaign_id}:{order.buyer_id}"
        postings.append(Posting(key, "allow", [granted], now, ("campaign", order.campaign_id)))
    moves = unit_moves(order, units, to="held") + rights + seat[1]
    postings.append(Posting(f"hold:{order.no}", "hold", moves, now, ("order", order.pk), by_id=order.buyer_id))
    try:
        raised(ledger.post_many(community=order.community, postings=postings))
    except Overdraft as fault:
        if fault.account.asset.startswith("B:"):
            raise LimitReached(limit=limit) from None
        if fault.account.asset.startswith("G:"):
            raise GroupFull from None
        if fault.account.asset[:2] in {"C:", "D:"}:
            raise short_of_coupon(fault) from None
        raise SoldOut(title=Item.objects.get(pk=fault.account.asset[2:]).offer.title) from None


@transaction.atomic
def cancel(*, community: Community, no: str, by: Person, now: datetime) -> OrderValue:
    """Let go of an order that was not paid.

    Raises:
        NoSuchOrder: it is not one of theirs.
        NotNow: it was paid, or has ended.

    """
    order = locked(community, order_row(community, no, reader=by, runs=False).no)
    if not shift(Order.objects.filter(pk=order.pk), rules.ORDER, "cancelled"):
        raise NotNow
    let_go(order, now)
    return as_order(order_row(community, no, reader=by, runs=False))


def let_go(order: Order, now: datetime, *more: NewMove) -> None:
    """Put back what an order holds that is not to be paid any more; `more` moves with it."""
    moves = (
        unit_moves(order, units_kept(order), to="shelf")
        + coupon_moves(order, to="shelf")
        + leave_seat(order, now)
        + list(more)
    )
    ledger.post(
        community=order.community, key=f"release:{order.no}", kind="release", moves=moves, by=None, cause=("order", order.pk), at=now
    )  # fmt: skip


def expire_due(*, now: datetime, limit: int = BATCH) -> int:
    """Let go of what was not paid in time, each in a transaction of its own; harmless when two do it at once. Returns how many."""
    done = 0
    due = (
        Order.objects.select_related("community")
        .filter(status="placed", hold_until__lte=now)
        .order_by("hold_until", "pk")
    )
    for row in due[:limit]:
        with transaction.atomic():
            order = locked(row.community, row.no)
            # The moment may have moved meanwhile: a transfer that was announced holds longer.
            still = Order.objects.filter(pk=order.pk, hold_until__lte=now)
            if order.status == "placed" and shift(still, rules.ORDER, "expired"):
                let_go(order, now)
                done += 1
    return done


@transaction.atomic
def ask_refund(*, community: Community, no: str, reason: str, by: Person, now: datetime) -> OrderValue:
    """Ask the sellers for money back; they see it in their run sheet.

    Raises:
        NoSuchOrder: it is not one of theirs.
        RefundOver: there is nothing to give back.

    """
    order = locked(community, order_row(community, no, reader=by, runs=False).no)
    if order.status not in {"paid", "final"} or order.paid_minor == order.refunded_minor:
        raise RefundOver
    order.refund_asked_at, order.refund_reason = now, clean_line(reason)[:200]
    order.save(update_fields=["refund_asked_at", "refund_reason"])
    return as_order(order_row(community, no, reader=by, runs=False))
