"""Whose sales they were by other models than the one that pays, and what would be lost without somebody."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import F

from kith.launch.data import REPORTED, Attributed, AttributionReport
from kith.launch.models import Attribution, Campaign, Channel, Order, Touch
from kith.launch.queries.channels import CHANNEL_WITH, CREDITED, KEPT, SOLD, as_channel
from kith.launch.queries.goods import campaign_row, scale_of
from kith.launch.queries.promises import main_currency
from kith.lib.attribution import MODELS, Step, removal_effects, shared
from kith.lib.split import WHOLE_PPM, apportion
from kith.people.api import Community, Person

Touched = tuple[int, datetime]
Walks = dict[object, list[Touched]]


def attribution_report(community: Community, slug: str) -> AttributionReport:
    """Divide the sales of a launch by six models; five queries and a pass over its touches.

    Of each order counts what was paid and not given back, and the touches of its buyer before it, not their own. What came over no
    link that is still kept is divided by nobody.

    Raises:
        NoSuchLaunch: there is none at this address.

    """
    row = campaign_row(community, slug)
    walks = _walks(row)
    orders = list(Order.objects.filter(campaign=row, status__in=SOLD).order_by("placed_at", "pk"))
    ways = [(o.paid_minor - o.refunded_minor, _way(walks.get(o.buyer_id, []), o.placed_at)) for o in orders]
    ways = [(kept, way) for kept, way in ways if way]
    found: dict[str, dict[int, int]] = {name: _divided(ways, model) for name, model in MODELS.items()}
    buyers = {o.buyer_id for o in orders}
    left = [[channel for channel, _ in touches] for who, touches in walks.items() if who not in buyers]
    total = sum(kept for kept, _ in ways)
    found["markov"] = shared(removal_effects([[step.who for step in way] for _, way in ways], left), total)
    channels = Channel.objects.select_related(*CHANNEL_WITH).filter(campaign=row, accepted_at__isnull=False)
    rows = [Attributed(as_channel(c), {name: found[name].get(c.pk, 0) for name in REPORTED}) for c in channels]
    rows.sort(key=lambda r: (-r.by_model["last_touch"], r.channel.id))
    return AttributionReport(
        tuple(rows), total, len(ways), sum(len(way) for _, way in ways), len(buyers), len(left), row.currency, scale_of(row.currency)
    )  # fmt: skip


def _walks(row: Campaign) -> Walks:
    """Return by person, or browser that is nobody's, whose links they opened when, the first first."""
    found: Walks = defaultdict(list)
    touches = Touch.objects.filter(channel__campaign=row).exclude(person=F("channel__person")).order_by("at", "pk")
    for person, visitor, channel, at in touches.values_list("person", "visitor", "channel", "at").iterator():
        found[person or visitor].append((channel, at))
    return found


def _way(touches: Sequence[Touched], placed_at: datetime) -> list[Step]:
    return [Step(channel, (placed_at - at).total_seconds() / 86_400) for channel, at in touches if at <= placed_at]


def _divided(ways: Sequence[tuple[int, list[Step]]], model: Callable[[Sequence[Step]], Mapping[int, int]]) -> dict[int, int]:  # fmt: skip
    total: dict[int, int] = defaultdict(int)
    for kept, way in ways:
        for channel, part in apportion(kept, model(way)).items():
            total[channel] += part
    return total


def sales_parts(community: Community, person_ids: Collection[int], *, now: datetime) -> dict[int, int]:
    """Return what share of a year's sales came through each of some people, in parts of a million of the currency most is sold in.

    The sales side of `see.think_without`, which knows no orders. Those through whom nothing came are left out. Three queries.
    """
    year = Order.objects.filter(
        community=community, status__in=SOLD, paid_at__gt=now - timedelta(days=365), paid_at__lte=now
    )
    currency = main_currency(year)
    whole = year.filter(currency=currency).aggregate(kept=KEPT)["kept"] or 0
    mine = Attribution.objects.filter(order__in=year.filter(currency=currency), person__in=person_ids).exclude(
        role="second"
    )
    rows = mine.values("person").order_by().annotate(kept=CREDITED)
    return {row["person"]: WHOLE_PPM * row["kept"] // whole for row in rows if whole and row["kept"]}


def sales_without(community: Community, person: Person | int) -> tuple[int, int]:
    """Return what share of the newest launch that somebody brought came through them, in parts of a million, and how many orders."""
    mine = Attribution.objects.filter(community=community, person=person, order__status__in=SOLD).exclude(role="second")
    newest = mine.order_by("-order__campaign__opens_at", "-pk").values_list("order__campaign", flat=True).first()
    if newest is None:
        return 0, 0
    whole = Order.objects.filter(campaign=newest, status__in=SOLD).aggregate(kept=KEPT)["kept"] or 0
    theirs = mine.filter(order__campaign=newest)
    part = theirs.aggregate(kept=CREDITED)["kept"] or 0
    return (WHOLE_PPM * part // whole if whole else 0), theirs.count()
