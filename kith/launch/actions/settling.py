"""What a payment does: the one place where money comes in. Callers hold the lock of the order."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max

from kith.energy.api import NewAct, record
from kith.launch import rules
from kith.launch.actions.coupons import coupon_moves
from kith.launch.actions.crediting import credit
from kith.launch.actions.grouping import fill_seat
from kith.launch.actions.sharing import promise_shares
from kith.launch.actions.states import gateway, of_order, raised, shift, unit_moves, units_kept
from kith.launch.actions.terms import begin_terms
from kith.launch.data import AlreadyInGroup, GroupOver
from kith.launch.models import Gift, Line, Order, Wire
from kith.ledger import api as ledger
from kith.ledger.api import NewMove, Overdraft, Posting
from kith.people.api import standing

log = logging.getLogger(__name__)


def settle_charge(order: Order, wire: Wire, *, their_ref: str | None, now: datetime) -> str:
    """Book a charge that is done; return paid, late, twice, or known when it was booked before.

    An order whose hold is over is held again if there is stock. Money that came too late, or a second time, goes to limbo
    and is to be refunded at once: `refunding.return_limbo`.
    """
    done = shift(
        Wire.objects.filter(pk=wire.pk), rules.WIRE, "done", their_ref=their_ref, ended_at=now, next_query_at=None
    )
    if not done:
        return "known"
    Order.objects.filter(pk=order.pk).update(paid_minor=F("paid_minor") + wire.amount_minor)
    return _accept(order, wire, now) or _park(order, wire, now)


def _accept(order: Order, wire: Wire, now: datetime) -> str:
    """Take the money for the order if it still can be had; "" if not."""
    to = rules.reached(wire.stage, order.status, now=now, balance_until=order.balance_until_at)
    if not to:
        return ""
    moves = [NewMove(gateway(wire), of_order("escrow", wire.currency, order), wire.amount_minor)]
    try:
        with transaction.atomic():
            if order.status == "expired":
                moves += unit_moves(order, units_kept(order), to="held") + coupon_moves(order, to="held")
            moves += fill_seat(order, now)
            _come_to(order, to, now)
            posting = Posting(f"pay:{wire.our_ref}", "pay", moves, now, ("wire", wire.pk), by_id=order.buyer_id)
            raised(ledger.post_many(community=order.community, postings=[posting]))
    except (Overdraft, GroupOver, AlreadyInGroup):
        # Nothing of it stays, and what follows touches accounts of this order alone: nobody waits in a ring.
        return ""
    return "paid"


def _come_to(order: Order, to: str, now: datetime) -> None:
    if to == "paid":
        after_payment(order, now)
    else:
        shift(Order.objects.filter(pk=order.pk), rules.ORDER, to)


def _park(order: Order, wire: Wire, now: datetime) -> str:
    """Keep money nobody knows a use for, until it is given back."""
    is_late = order.status in {"expired", "cancelled", "missed", "withdrawn"}
    if is_late:
        shift(Order.objects.filter(pk=order.pk), rules.ORDER, "late")
    Wire.objects.filter(pk=wire.pk).update(is_surplus=True)
    ledger.post(
        community=order.community, key=f"limbo:{wire.our_ref}", kind="limbo", by=None, cause=("wire", wire.pk), at=now,
        moves=[NewMove(gateway(wire), of_order("limbo", wire.currency, order), wire.amount_minor)],
    )  # fmt: skip
    log.warning("order %s: %s %s came %s", order.no, wire.provider, wire.our_ref, "too late" if is_late else "twice")
    return "late" if is_late else "twice"


def after_payment(order: Order, now: datetime) -> None:
    """Mark an order paid, and fix through whom it came. What is not shipped is final when the time for refunds is over; goods have it from the day they leave,
    what a group bought from the day it formed (`failing.count_days`), a gift from the day it is redeemed.
    """
    lines = Line.objects.filter(order=order)
    days = lines.aggregate(most=Max("item__offer__refund_days"))["most"] or 0
    has_goods = lines.filter(item__offer__kind="goods").exists()
    waits = has_goods or order.campaign.kind == "group" or Gift.objects.filter(order=order).exists()
    due = None if waits else now + timedelta(days=days)
    shift(Order.objects.filter(pk=order.pk), rules.ORDER, "paid", paid_at=now, final_due_at=due)
    begin_terms(order, now)
    acts = credit(order, now)
    promise_shares(order, due=due, paid_at=now, now=now)
    seller = order.campaign.by
    if order.shows_energy and order.buyer_id != seller.pk and standing(order.community, order.buyer):
        key = f"trade:order:{order.no}"
        acts.append(NewAct(order.buyer_id, "trade", now, key, f"order:{order.no}", other_id=seller.pk))
    if acts:
        record(community=order.community, acts=acts)
