"""Presales: the balance is asked for when its time comes; who misses it, or a seller who cannot deliver, by the terms that were shown."""

from datetime import datetime, timedelta

from django.db import transaction

from kith.launch import rules
from kith.launch.actions.noticing import notice_order
from kith.launch.actions.ordering import BATCH, let_go
from kith.launch.actions.refunding import amend, return_deposit, send
from kith.launch.actions.states import check_sells, locked, of_order, shift
from kith.launch.data import NotNow, OrderValue
from kith.launch.models import Order, Wire
from kith.launch.queries import as_order, order_row
from kith.ledger.api import AccountName, NewMove
from kith.people.api import Community, Person, note_deed

DAY = timedelta(days=1)


def ask_balances(*, now: datetime, limit: int = BATCH) -> int:
    """Ask for the balance of every deposit whose time has come, and once more on the last day; returns how many were asked for now."""
    asked = 0
    rows = Order.objects.select_related("community").filter(status="deposited", balance_from_at__lte=now)
    for row in rows.order_by("balance_from_at", "pk")[:limit]:
        with transaction.atomic():
            order = locked(row.community, row.no)
            if shift(Order.objects.filter(pk=order.pk, balance_from_at__lte=now), rules.ORDER, "due"):
                notice_order(order, "balance", now)
                asked += 1
    for order in Order.objects.select_related("community", "campaign", "buyer").filter(status="due", balance_until_at__lte=now + DAY, balance_until_at__gt=now)[:limit]:  # fmt: skip
        notice_order(order, "last-day", now)
    return asked


def miss_balances(*, now: datetime, limit: int = BATCH) -> int:
    """Let go of orders whose balance was not paid in time, each in a transaction of its own; returns how many."""
    missed = 0
    rows = Order.objects.select_related("community").filter(status="due", balance_until_at__lte=now)
    for row in rows.order_by("balance_until_at", "pk")[:limit]:
        with transaction.atomic():
            order = locked(row.community, row.no)
            still = (
                order.balance_until_at is not None and order.balance_until_at <= now
            )  # a transfer that was announced waits longer
            wire = _miss(order, now) if order.status == "due" and still else None
            missed += order.status == "due" and still
        if wire is not None:
            send(wire.pk, now)
    return missed


def _miss(order: Order, now: datetime) -> Wire | None:
    """Let go of an order its buyer does not pay; the deposit goes where the terms say."""
    shift(Order.objects.filter(pk=order.pk), rules.ORDER, "missed")
    if order.campaign.deposit_returns:
        wire = return_deposit(order, _paid(order), now)
        let_go(order, now)
        return wire
    kept = NewMove(of_order("escrow", order.currency, order), AccountName("sales", order.currency), order.deposit_minor)
    let_go(order, now, kept)
    return None


def _paid(order: Order) -> Wire:
    return Wire.objects.get(order=order, dir="charge", status="done", is_surplus=False)


def give_up(*, community: Community, no: str, by: Person, now: datetime) -> OrderValue:
    """Let go of an order whose deposit was paid: the deposit is kept or comes back, as the terms say. By its buyer; call it outside a transaction.

    Raises:
        NoSuchOrder: it is not one of theirs.
        NotNow: no deposit holds it.

    """
    with transaction.atomic():
        order = locked(community, order_row(community, no, reader=by, runs=False).no)
        if order.status not in rules.HELD_BY_DEPOSIT:
            raise NotNow
        wire = _miss(order, now)
    if wire is not None:
        send(wire.pk, now)
    return as_order(order_row(community, no, reader=by, runs=False))


def withdraw(*, community: Community, no: str, by: Person, now: datetime) -> OrderValue:
    """Take back what cannot be delivered: the deposit returns to its buyer, and once more as much where it binds (民法典 587).

    The second half is a transfer by hand, which two people confirm. Call it outside a transaction.

    Raises:
        SellersOnly, NoSuchOrder: as they say.
        NotNow: no deposit holds it.

    """
    check_sells(community, by)
    with transaction.atomic():
        order = locked(community, no)
        if order.status not in rules.HELD_BY_DEPOSIT:
            raise NotNow
        shift(Order.objects.filter(pk=order.pk), rules.ORDER, "withdrawn")
        paid = _paid(order)
        wire = return_deposit(order, paid, now)
        if not order.campaign.deposit_returns:
            amend(order, paid, by=by, now=now)
        let_go(order, now)
        note_deed(
            community=community,
            kind="launch.order_withdrawn",
            by=by,
            now=now,
            subject=f"order:{no}",
            person=order.buyer,
        )
    send(wire.pk, now)
    return as_order(order_row(community, no, reader=by, runs=True))
