"""Reads for see: who accepted to bring a launch to others and sold, who was expected and bought, what was sold. Numbers only."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Sum
from django.db.models.functions import TruncMonth

from kith.launch.models import Attribution, Campaign, Channel, Doubt, Order
from kith.launch.queries.channels import KEPT, SOLD
from kith.launch.queries.goods import scale_of
from kith.people.api import Community
from kith.see.api import Tally

PROMISES = ("launch", "turn_out", "sold")
OVER = ("closed", "settled")
BOUGHT = ("paid", "final", "deposited", "due")


def promises(community: Community, *, now: datetime) -> list[Tally]:
    """Return, of launches that are over, how many who accepted sold, and how many buyers came of those expected. Three queries.

    Expected are only those who were proposed with an expectation; buyers are those who came by them.
    """
    over = Campaign.objects.filter(community=community, status__in=OVER).order_by("pk")
    ended = {pk: (slug, min(at or opened, now)) for pk, slug, at, opened in over.values_list("pk", "slug", "closes_at", "opens_at")}  # fmt: skip
    accepted = Channel.objects.filter(community=community, campaign__in=list(ended), accepted_at__isnull=False)
    refused = Doubt.objects.filter(is_fine=False).values("order")
    sales = Attribution.objects.exclude(role="second").filter(order__status__in=BOUGHT).exclude(order__in=refused)
    counted = accepted.annotate(sold=Exists(sales.filter(channel=OuterRef("pk")))).values("campaign", "sold")
    rows = list(counted.annotate(n=Count("pk"), expected=Sum("expected_people")).order_by("campaign", "sold"))
    proposed = sales.filter(channel__in=accepted.filter(expected_people__gt=0)).values("channel__campaign").order_by()
    buyers = dict(proposed.annotate(n=Count("order__buyer", distinct=True)).values_list("channel__campaign", "n"))
    return [tally for pk, (slug, at) in ended.items() for tally in _tallies(pk, slug, at, rows, buyers.get(pk, 0))]


def main_currency(orders: "QuerySet[Order]") -> str:
    """Return the currency most orders were in; "" where there are none."""
    found = orders.order_by().values_list("currency").annotate(n=Count("pk")).order_by("-n", "currency").first()
    return found[0] if found else ""


def sold(community: Community, *, now: datetime) -> list[Tally]:
    """Return what launches sold, month by month of UTC, less refunds, in units of the currency most is sold in. Two queries."""
    paid = Order.objects.filter(community=community, status__in=SOLD, paid_at__lte=now)
    currency = main_currency(paid)
    by_month = (
        paid.filter(currency=currency)
        .annotate(month=TruncMonth("paid_at", tzinfo=UTC))
        .values("campaign__slug", "month")
    )
    rows = by_month.order_by("campaign__slug", "month").annotate(kept=KEPT, n=Count("pk"), last=Max("paid_at"))
    unit = 10 ** (scale_of(currency) if currency else 0)
    return [
        Tally("sold", f"launch:{r['campaign__slug']}:{r['month']:%Y-%m}", r["last"], r["kept"] / unit, r["n"])
        for r in rows
    ]


def _tallies(pk: int, slug: str, at: datetime, rows: Iterable[Mapping[str, Any]], buyers: int) -> list[Tally]:
    mine = [r for r in rows if r["campaign"] == pk]
    source, n, sold = f"launch:{slug}", sum(r["n"] for r in mine), sum(r["n"] for r in mine if r["sold"])
    expected = sum(r["expected"] for r in mine)
    return [t for t in (Tally("launch", source, at, sold, n), Tally("turn_out", source, at, buyers, expected)) if t.of]
