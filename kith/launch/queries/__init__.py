"""Reads of launch."""

from kith.launch.queries.auditing import (
    audit,
    net_of,
)
from kith.launch.queries.billing import (
    compare_bill,
)
from kith.launch.queries.bringing import (
    paid_by_guests,
)
from kith.launch.queries.channels import (
    CHANNEL_WITH,
    as_channel,
    as_doubt,
    as_rule,
    bond,
    bond_of,
    bound_to,
    brought_by,
    channel_plan,
    channel_result,
    channel_row,
    channels_of,
    credits_of,
    disclosure,
    disclosure_whole,
    doubts_with,
    phones,
    rule_at,
    rule_of,
)
from kith.launch.queries.coupons import (
    coupon_values,
)
from kith.launch.queries.disputes import (
    as_dispute,
    disputes_of_order,
)
from kith.launch.queries.gifts import (
    as_gift,
    gift,
    gift_of_order,
    gifts_of,
)
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
from kith.launch.queries.groups import (
    group,
    group_of,
    groups,
    joinable,
)
from kith.launch.queries.leaving import (
    contacts_of,
    open_orders,
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
from kith.launch.queries.renewing import (
    as_mandate,
    declines_in_sandbox,
    mandates_of,
    renewal_offer,
    renewing_offer,
    unearned,
    unearned_of,
)
from kith.launch.queries.reporting import (
    attribution_report,
    sales_parts,
    sales_without,
)
from kith.launch.queries.rushing import (
    turn_of,
)
from kith.launch.queries.terms import (
    members_of_plans,
    plans,
    terms_of,
)
from kith.launch.queries.ways import (
    goes,
    is_unpaid,
    providers_lacking,
    reach_of,
    wechat_entry,
    wechat_openid,
)

__all__ = [
    "CHANNEL_WITH", "as_campaign", "as_channel", "as_dispute", "as_doubt", "as_gift", "as_mandate", "as_offer", "as_order", "as_rule",
    "as_wire", "attribution_report", "audit", "bond", "bond_of", "bound_to", "brought_by", "campaign_row", "campaigns", "channel_plan",
    "channel_result", "channel_row", "channels_of", "compare_bill", "contacts_of", "coupon_values", "credits_of", "declines_in_sandbox", "disclosure",
    "disclosure_whole", "disputes_of_order", "doubts_with", "freezable", "gift", "gift_of_order", "gifts_of", "goes", "group", "group_of",
    "groups", "is_unpaid", "joinable", "last_contact", "launch_page", "mandates_of", "members_of_plans", "net_of", "offers", "open_orders", "order_page",
    "order_row", "orders_of", "paid_by_guests", "phones", "plans", "prices", "providers_lacking", "providers_of", "reach_of", "refundable", "renewal_offer",
    "renewing_offer", "rule_at", "rule_of", "run_sheet", "sale_of", "sales_parts", "sales_without", "scale_of", "terms_of", "turn_of", "unearned",
    "unearned_of", "wechat_entry", "wechat_openid",
]  # fmt: skip
