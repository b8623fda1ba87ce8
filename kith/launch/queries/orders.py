"""Orders as buyers and sellers see them."""

import json
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from kith.launch import rules
from kith.launch.data import (
    CampaignValue,
    ContactValue,
    LineValue,
    NoSuchOrder,
    OrderPage,
    OrderValue,
    RunSheet,
    WireValue,
)
from kith.launch.models import Contact, Line, Order, Wire
from kith.launch.queries.disputes import disputes_of_order
from kith.launch.queries.gifts import gift_of_order
from kith.launch.queries.goods import providers_of, scale_of
from kith.launch.queries.groups import group_of, groups
from kith.launch.queries.terms import terms_of_order
from kith.lib.sealing import unseal
from kith.people.api import Community, Person

LISTED = 50
WITH = ("buyer", "campaign")


def as_line(row: Line) -> LineValue:
    return LineValue(
        row.n, row.item_id, row.title, row.qty, row.unit_minor, row.amount_minor, row.refunded_qty, row.refunded_minor,
        row.kind, row.discount_minor,
    )  # fmt: skip


def as_order(row: Order) -> OrderValue:
    """Map an order loaded with its buyer, campaign and lines."""
    return OrderValue(
        no=row.no, status=row.status, buyer_id=row.buyer_id, buyer=row.buyer.name, campaign_slug=row.campaign.slug,
        campaign_title=row.campaign.title, currency=row.currency, scale=scale_of(row.currency), total_minor=row.total_minor,
        paid_minor=row.paid_minor, refunded_minor=row.refunded_minor, placed_at=row.placed_at, hold_until=row.hold_until,
        paid_at=row.paid_at, shipped_at=row.shipped_at, tracking=row.tracking, final_due_at=row.final_due_at, final_at=row.final_at,
        refund_asked_at=row.refund_asked_at, refund_reason=row.refund_reason, shows_energy=row.shows_energy,
        lines=tuple(map(as_line, sorted(row.lines.all(), key=lambda line: line.n))), deposit_minor=row.deposit_minor,
        balance_from_at=row.balance_from_at, balance_until_at=row.balance_until_at,
    )  # fmt: skip


def as_wire(row: Wire) -> WireValue:
    """Map a wire loaded with its order and who confirmed it."""
    return WireValue(
        row.pk, row.order.no, row.dir, row.provider, row.our_ref, row.amount_minor, row.currency, row.status, row.note, row.made_at,
        row.ended_at, row.confirmed_by.name if row.confirmed_by else "", row.approved_by.name if row.approved_by else "",
    )  # fmt: skip


def refundable(row: Order) -> dict[int, rules.Refundable]:
    """Return the lines of an order as a refund sees them."""
    return {
        line.n: rules.Refundable(
            line.n, line.qty, line.amount_minor, line.refunded_qty, line.refunded_minor, line.tax_ppm
        )
        for line in Line.objects.filter(order=row).order_by("n")
    }


def _orders(community: Community) -> QuerySet[Order]:
    return Order.objects.filter(community=community).select_related(*WITH).prefetch_related("lines")


def order_row(community: Community, no: str, *, reader: Person, runs: bool) -> Order:
    """Return an order of the reader's own, or any to who runs the community.

    Raises:
        NoSuchOrder: there is none, or it is somebody else's: the same answer to both.

    """
    found = _orders(community).filter(no=no).first()
    if found is None or not (runs or found.buyer_id == reader.pk):
        raise NoSuchOrder
    return found


def order_page(community: Community, no: str, *, reader: Person, runs: bool, now: datetime) -> OrderPage:
    """Return an order with its wires and where it goes. Six queries.

    Raises:
        NoSuchOrder: as `order_row`.

    """
    row = order_row(community, no, reader=reader, runs=runs)
    lines = Line.objects.filter(order=row)
    return OrderPage(
        order=as_order(row), wires=tuple(map(as_wire, _wires().filter(order=row).order_by("pk"))),
        providers=providers_of(community, row.campaign.transfer_to, row.currency), transfer_to=row.campaign.transfer_to,
        needs_shipping=lines.filter(item__offer__kind="goods").exists(), contact=_contact(row.contact), now=now, group=group_of(row), deposit_returns=row.campaign.deposit_returns, terms=terms_of_order(row, now=now), disputes=disputes_of_order(row),
        gift=gift_of_order(row) if row.buyer_id == reader.pk else None,
    )  # fmt: skip


def _wires() -> QuerySet[Wire]:
    return Wire.objects.select_related("order", "confirmed_by", "approved_by")


def _contact(row: Contact | None) -> ContactValue | None:
    if row is None or row.sealed is None:
        return None
    return ContactValue(**json.loads(unseal(bytes(row.sealed), secret=settings.SECRET_KEY, purpose="contact")))


def last_contact(community: Community, person: Person) -> ContactValue | None:
    """Return where somebody had the last thing sent, so that they need not write it again."""
    return _contact(
        Contact.objects.filter(community=community, person=person, erased_at=None, wanted_gone_at=None)
        .order_by("-pk")
        .first()
    )


def orders_of(community: Community, person: Person, *, limit: int = LISTED) -> list[OrderValue]:
    """Return somebody's orders, newest first. Two queries."""
    return [as_order(o) for o in _orders(community).filter(buyer=person).order_by("-placed_at", "-pk")[:limit]]


def run_sheet(community: Community, campaign: CampaignValue) -> RunSheet:
    """Return how a launch goes and what there is to do in it, the oldest first. Fifteen queries, whatever its size."""
    rows = _orders(community).filter(campaign=campaign.id)
    counted = dict(rows.order_by().values_list("status").annotate(Count("pk")))
    money = rows.order_by().aggregate(paid=Sum("paid_minor"), refunded=Sum("refunded_minor"))
    units = Line.objects.filter(kind="item", order__campaign=campaign.id, order__paid_at__isnull=False).aggregate(
        sold=Sum("qty"), back=Sum("refunded_qty")
    )
    goods = rows.filter(status="paid", shipped_at=None, lines__item__offer__kind="goods").distinct()
    goods = goods.filter(Q(seat=None) | Q(seat__group__status="formed"))
    asked = rows.filter(refund_asked_at__isnull=False, status__in=("paid", "final"))
    wires = _wires().filter(order__campaign=campaign.id).order_by("pk")
    by_hand = wires.filter(provider="manual").filter(
        Q(dir="charge", status="sent") | Q(dir__in=("refund", "amends"), status="drafted")
    )
    return RunSheet(
        orders=counted, units_sold=(units["sold"] or 0) - (units["back"] or 0), paid_minor=money["paid"] or 0,
        refunded_minor=money["refunded"] or 0, to_ship=tuple(map(as_order, goods.order_by("paid_at")[:LISTED])),
        refunds_asked=tuple(map(as_order, asked.order_by("refund_asked_at")[:LISTED])),
        to_confirm=tuple(map(as_wire, by_hand[:LISTED])),
        disputed=tuple(map(as_order, rows.filter(disputes__state="open").distinct().order_by("placed_at")[:LISTED])),
        to_look_at=tuple(map(as_wire, wires.filter(dir="refund", status__in=("failed", "unknown"))[:LISTED])),
        latest=tuple(map(as_order, rows.order_by("-placed_at", "-pk")[:LISTED])), groups=tuple(groups(community, campaign.slug, limit=LISTED)),
    )  # fmt: skip
