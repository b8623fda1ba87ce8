"""Reads of launch."""

from kith.launch.queries.auditing import audit, net_of
from kith.launch.queries.coupons import coupon_values
from kith.launch.queries.goods import (
    as_campaign,
    as_offer,
    campaign_row,
    campaigns,
    freezable,
    launch_page,
    offers,
    prices,
    providers_of,
    sale_of,
    scale_of,
)
from kith.launch.queries.orders import (
    as_order,
    as_wire,
    last_contact,
    order_page,
    order_row,
    orders_of,
    refundable,
    run_sheet,
)

__all__ = [
    "as_campaign",
    "as_offer",
    "as_order",
    "as_wire",
    "audit",
    "campaign_row",
    "campaigns",
    "coupon_values",
    "freezable",
    "last_contact",
    "launch_page",
    "net_of",
    "offers",
    "order_page",
    "order_row",
    "orders_of",
    "prices",
    "providers_of",
    "refundable",
    "run_sheet",
    "sale_of",
    "scale_of",
]  # fmt: skip
