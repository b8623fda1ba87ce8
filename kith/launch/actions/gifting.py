"""Memberships for others: redeemed once; what nobody redeems goes back by itself."""

from datetime import datetime, timedelta

from django.db import transaction

from kith.launch import rules
from kith.launch.actions.refunding import send, write_refund
from kith.launch.actions.sharing import expect_shares
from kith.launch.actions.states import locked, shift
from kith.launch.actions.terms import begin_term, term_lock
from kith.launch.data import GiftNotNow, GiftValue, NoSuchGift
from kith.launch.models import Gift, Line, Order, Wire
from kith.launch.queries import as_gift, refundable
from kith.people.api import Community, Person

BATCH = 200


def _held(community: Community, code: str) -> tuple[Order, Gift]:
    """Hold the order of a gift.

    Raises:
        NoSuchGift: there is none, or it was never paid.

    """
    found = (
        Gift.objects.select_related("order").filter(community=community, code=code).exclude(status="waiting").first()
    )
    if found is None:
        raise NoSuchGift
    order = locked(community, found.order.no)
    return order, Gift.objects.select_related("order", "redeemed_by").get(pk=found.pk)


@transaction.atomic
def redeem(*, community: Community, code: str, by: Person, now: datetime) -> GiftValue:
    """Begin the membership of a gift for whoever brings its code; redeemed again by the same person it is the same.

    Raises:
        NoSuchGift: there is none.
        GiftNotNow: somebody redeemed it, its time is over, or it went back.

    """
    order, gift = _held(community, code)
    if gift.redeemed_by_id == by.pk:
        return as_gift(gift)
    rows = Gift.objects.filter(pk=gift.pk, expires_at__gt=now)
    is_paid = order.status == "paid" and order.refunded_minor == 0
    if not is_paid or not shift(rows, rules.GIFT, "redeemed", redeemed_by=by, redeemed_at=now):
        raise GiftNotNow
    line = Line.objects.select_related("item__offer").get(order=order)
    assert line.item
    term_lock(community, by)
    begin_term(order, line, by, now)
    due = now + timedelta(days=line.item.offer.refund_days)
    Order.objects.filter(pk=order.pk).update(final_due_at=due)
    expect_shares(order, due)
    return as_gift(Gift.objects.select_related("order", "redeemed_by").get(pk=gift.pk))


def expire_gifts(*, now: datetime, limit: int = BATCH) -> int:
    """Give back the money of gifts nobody redeemed in time, each in a transaction of its own. Returns how many."""
    rows = Gift.objects.select_related("order__community").filter(status="ready", expires_at__lte=now)
    return sum(_expire(gift.order, now) for gift in rows.order_by("expires_at", "pk")[:limit])


def _expire(row: Order, now: datetime) -> bool:
    with transaction.atomic():
        order = locked(row.community, row.no)
        if not Gift.objects.filter(order=order, status="ready", expires_at__lte=now).exists() or order.status != "paid":
            return False
        paid = Wire.objects.get(order=order, dir="charge", status="done", is_surplus=False)
        parts = rules.spread(order.paid_minor - order.refunded_minor, refundable(order).values())
        wire = write_refund(order, paid, parts, f"gift:{order.no}", by=None, provider=paid.provider, now=now)
    send(wire.pk, now)
    return True
