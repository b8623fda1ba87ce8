"""What a sale means for those who share in it: promised when it is paid, less after a refund, owed when it is final.

Without a rule of sharing nothing happens here. Shares lock accounts of people; all else that an order posts to is its own.
"""

from datetime import datetime

from django.db.models import QuerySet

from kith.launch.models import Line, Order
from kith.launch.queries import credits_of, net_of
from kith.launch.rules import tax_within
from kith.share import api as share
from kith.share.api import Credit, Sale, SaleLine

TIERS = {"promoter": "channel", "second": "second"}


def promise_shares(order: Order, *, due: datetime | None, paid_at: datetime, now: datetime) -> None:
    """Promise everybody's part of an order that was paid: of what it sells, not of what sending costs.

    Where a doubt stands nothing is promised to anybody until somebody has looked; then it is, as of the payment.
    """
    through = credits_of(order)
    if any(c.state == "doubted" for c in through):
        return
    credited = tuple(
        Credit(c.person_id, TIERS[c.role], c.weight_ppm) for c in through if c.role in TIERS and c.state == "clear"
    )
    lines = tuple(
        SaleLine(line.n, line.item.offer_id, line.amount_minor, tax_within(line.amount_minor, line.tax_ppm))
        for line in _items(order).select_related("item")
        if line.item
    )
    sale = Sale(order.no, order.campaign_id, order.buyer_id, order.currency, lines, credited, paid_at, due)
    share.promise(community=order.community, sale=sale, now=now)


def _items(order: Order) -> QuerySet[Line]:
    return Line.objects.filter(order=order, kind="item").order_by("n")


def expect_shares(order: Order, due: datetime) -> None:
    """Say when refunds are over, now that the goods left."""
    share.expect(community=order.community, key=order.no, at=due)


def adjust_shares(order: Order, now: datetime) -> None:
    """Have everybody's part follow what is left of the lines, after a refund or after one that failed."""
    bases = {line.n: net_of(line) for line in _items(order)}
    share.adjust(community=order.community, key=order.no, bases=bases, now=now)


def freeze_shares(order: Order, *, is_frozen: bool) -> None:
    """Leave what was shared of an order where it is, or let it go on."""
    share.freeze(community=order.community, key=order.no, is_frozen=is_frozen)


def release_shares(order: Order, now: datetime) -> None:
    """Owe everybody their part. The order's own money was posted to sales before."""
    share.release(community=order.community, key=order.no, now=now)
