"""Reads of promises: who accepted to bring a launch to others and sold, who was expected to turn out and bought. Numbers only."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Sum

from kith.launch.models import Attribution, Campaign, Channel, Doubt
from kith.people.api import Community
from kith.see.api import Tally

PROMISES = ("launch", "turn_out")
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


def _tallies(pk: int, slug: str, at: datetime, rows: Iterable[Mapping[str, Any]], buyers: int) -> list[Tally]:
    mine = [r for r in rows if r["campaign"] == pk]
    source, n, sold = f"launch:{slug}", sum(r["n"] for r in mine), sum(r["n"] for r in mine if r["sold"])
    expected = sum(r["expected"] for r in mine)
    return [t for t in (Tally("launch", source, at, sold, n), Tally("turn_out", source, at, buyers, expected)) if t.of]
