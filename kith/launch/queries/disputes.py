"""Complaints about orders."""

from kith.launch.data import DisputeValue
from kith.launch.models import Dispute, Order


def as_dispute(row: Dispute) -> DisputeValue:
    return DisputeValue(row.pk, row.order.no, row.provider, row.amount_minor, row.reason, row.state, row.opened_at, row.ended_at)  # fmt: skip


def disputes_of_order(order: Order) -> tuple[DisputeValue, ...]:
    rows = Dispute.objects.select_related("order").filter(order=order)
    return tuple(map(as_dispute, rows.order_by("pk")))
