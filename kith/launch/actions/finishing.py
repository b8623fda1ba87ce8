"""Sending goods off, and the end of an order: what was held in escrow is earned."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from kith.launch import rules
from kith.launch.actions.coupons import coupon_moves
from kith.launch.actions.earning import earning_moves
from kith.launch.actions.grouping import check_formed
from kith.launch.actions.ordering import BATCH
from kith.launch.actions.refunding import UNDER_WAY
from kith.launch.actions.sharing import expect_shares, release_shares
from kith.launch.actions.states import check_sells, locked, of_order, raised, shift, unit_moves, units_kept
from kith.launch.data import ENDED, NotNow, OrderValue
from kith.launch.models import Contact, Dispute, Doubt, Line, Order, Wire
from kith.launch.queries import as_order, order_row, refundable
from kith.ledger import api as ledger
from kith.ledger.api import AccountName, NewMove, Posting
from kith.lib.text import clean_line
from kith.people.api import Community, Person

KEPT = timedelta(days=90)  # an address is kept for so long after an order has ended


@transaction.atomic
def ship(*, community: Community, no: str, tracking: str, by: Person, now: datetime) -> OrderValue:
    """Say that the goods of an order left, and what they are followed by. Said again it changes nothing but that.

    Raises:
        SellersOnly, NoSuchOrder: as they say.
        NotNow: it is not paid, or all of it was given back.
        GroupNotFormed: its group may still fail.

    """
    check_sells(community, by)
    order = locked(community, no)
    rows = Order.objects.filter(pk=order.pk)
    if order.status != "paid":
        raise NotNow
    check_formed(order)
    rows.update(tracking=clean_line(tracking)[:80])
    if order.shipped_at is None:
        days = Line.objects.filter(order=order).aggregate(most=Max("item__offer__refund_days"))["most"] or 0
        due = now + timedelta(days=days)
        rows.update(shipped_at=now, final_due_at=due)
        expect_shares(order, due)
        if moves := unit_moves(order, units_kept(order), to="gone") + coupon_moves(order, to="gone"):
            ledger.post(
                community=community,
                key=f"ship:{no}",
                kind="ship",
                moves=moves,
                by=by,
                cause=("order", order.pk),
                at=now,
            )
    return as_order(order_row(community, no, reader=by, runs=True))


def finish_due(*, now: datetime, limit: int = BATCH) -> int:
    """Make final what was paid and can no longer be returned; each in a transaction of its own. Returns how many.

    A sale somebody has still to look at waits, and one that is disputed.
    """
    done = 0
    waits = (
        Doubt.objects.filter(is_fine=None).values("order").union(Dispute.objects.filter(state="open").values("order"))
    )
    due = Order.objects.select_related("community").filter(status="paid", final_due_at__lte=now).exclude(pk__in=waits)
    for row in due.order_by("final_due_at", "pk")[:limit]:
        with transaction.atomic():
            done += _finish(locked(row.community, row.no), now)
    return done


def _finish(order: Order, now: datetime) -> bool:
    under_way = Wire.objects.filter(order=order, dir="refund", status__in=UNDER_WAY).exists()
    rows = Order.objects.filter(pk=order.pk, status="paid", final_due_at__lte=now)
    shipped_at = order.shipped_at or now
    if under_way or not shift(rows, rules.ORDER, "final", final_at=now, shipped_at=shipped_at):
        return False
    moves = [] if order.shipped_at else unit_moves(order, units_kept(order), to="gone") + coupon_moves(order, to="gone")
    lines, escrow = refundable(order), of_order("escrow", order.currency, order)
    _, tax = rules.earned(lines.values())
    moves += earning_moves(order, escrow, lines) + (
        [NewMove(escrow, AccountName("tax", order.currency), tax)] if tax else []
    )
    if moves:
        posting = Posting(f"final:{order.no}", "final", moves, now, ("order", order.pk))
        raised(ledger.post_many(community=order.community, postings=[posting]))
    release_shares(order, now)
    return True


def erase_contacts(*, now: datetime) -> int:
    """Forget where things were sent once an order has long ended, or has ended and its buyer wants it forgotten; returns how many."""
    ended = Order.objects.filter(status__in=ENDED, placed_at__lte=now - KEPT)
    recent = ended.filter(final_at__gt=now - KEPT)
    old = Q(pk__in=ended.exclude(pk__in=recent).values("contact"))
    wanted = Q(wanted_gone_at__isnull=False) & ~Q(
        pk__in=Order.objects.filter(contact__isnull=False).exclude(status__in=ENDED).values("contact")
    )
    return Contact.objects.filter(old | wanted, erased_at=None).update(sealed=None, erased_at=now)
