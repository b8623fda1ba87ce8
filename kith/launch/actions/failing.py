"""The end of groups: one that was not full and paid in time fails, and everybody has their money back by itself."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q

from kith.launch import rules
from kith.launch.actions.coupons import coupon_moves
from kith.launch.actions.grouping import ON_THE_WAY, leave_seat
from kith.launch.actions.ordering import BATCH, let_go
from kith.launch.actions.refunding import send, write_refund
from kith.launch.actions.sharing import expect_shares
from kith.launch.actions.states import locked, shift, unit_moves, units_kept
from kith.launch.models import Group, Line, Order, Seat, Wire
from kith.launch.queries import refundable
from kith.ledger import api as ledger

OVER = ("closed", "settled")


def fail_groups(*, now: datetime, limit: int = BATCH) -> dict[str, int]:
    """Let groups fail whose time is over, or whose launch was closed; then let go of their orders, each in a transaction of its own.

    Run twice, or stopped between the two, it goes on where it was. Returns how many groups failed, and orders were let go of.
    """
    due = Q(deadline_at__lte=now) | Q(campaign__status__in=OVER)
    failed = sum(
        shift(Group.objects.filter(pk=pk), rules.GROUP, "failed", ended_at=now)
        for pk in Group.objects.filter(due, status__in=ON_THE_WAY).values_list("pk", flat=True)[:limit]
    )
    left = Seat.objects.select_related("order__community").filter(group__status="failed").exclude(status="back")
    return {"failed": failed, "let_go": sum(_end(seat.order, now) for seat in left.order_by("pk")[:limit])}


def _end(row: Order, now: datetime) -> bool:
    """Let go of one order of a group that failed: what was not paid is cancelled, what was paid goes back."""
    with transaction.atomic():
        order = locked(row.community, row.no)
        wire: Wire | None = None
        if order.status == "placed" and shift(Order.objects.filter(pk=order.pk), rules.ORDER, "cancelled"):
            let_go(order, now)
        elif order.status == "paid" and order.paid_minor > order.refunded_minor:
            wire = _give_back(order, now)
        elif order.status == "paid":
            _undo_free(order, now)
        else:
            return False
    if wire is not None:
        send(wire.pk, now)
    return True


def _give_back(order: Order, now: datetime) -> Wire:
    paid = Wire.objects.get(order=order, dir="charge", status="done", is_surplus=False)
    parts = rules.spread(order.paid_minor - order.refunded_minor, refundable(order).values())
    return write_refund(order, paid, parts, f"group:{order.no}", by=None, provider=paid.provider, now=now)


def _undo_free(order: Order, now: datetime) -> None:
    """Give back what cost nothing: no wire, but the books."""
    rows = Order.objects.filter(pk=order.pk)
    shift(rows, rules.ORDER, "refunding")
    shift(rows, rules.ORDER, "refunded")
    moves = unit_moves(order, units_kept(order), to="shelf") + coupon_moves(order, to="shelf") + leave_seat(order, now)
    Line.objects.filter(order=order).update(refunded_qty=F("qty"))
    ledger.post(
        community=order.community, key=f"undo:{order.no}", kind="release", moves=moves, by=None, cause=("order", order.pk), at=now
    )  # fmt: skip


def count_days(*, now: datetime, limit: int = BATCH) -> int:
    """Let the days for refunds begin with the day a group formed, for what is not sent; returns for how many orders."""
    rows = Order.objects.select_related("community").filter(status="paid", final_due_at=None, shipped_at=None, seat__group__status="formed")  # fmt: skip
    done = 0
    for row in rows.exclude(lines__item__offer__kind="goods").order_by("pk")[:limit]:
        with transaction.atomic():
            order = locked(row.community, row.no)
            days = Line.objects.filter(order=order).aggregate(most=Max("item__offer__refund_days"))["most"] or 0
            formed_at = Group.objects.get(seats__order=order).ended_at or now
            due = formed_at + timedelta(days=days)
            done += Order.objects.filter(pk=order.pk, status="paid", final_due_at=None).update(final_due_at=due)
            expect_shares(order, due)
    return done
