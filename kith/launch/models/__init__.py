"""The tables of launch, by subject."""

from kith.launch.models.channels import (
    Attribution,
    Bond,
    Channel,
    ChannelRule,
    Doubt,
    Touch,
)
from kith.launch.models.coupons import (
    Coupon,
    CouponUse,
)
from kith.launch.models.disputes import (
    Dispute,
)
from kith.launch.models.gifts import (
    Gift,
)
from kith.launch.models.goods import (
    Campaign,
    Item,
    Offer,
    PriceLog,
)
from kith.launch.models.groups import (
    Group,
    Seat,
)
from kith.launch.models.notices import (
    Notice,
)
from kith.launch.models.orders import (
    Contact,
    Line,
    Order,
)
from kith.launch.models.payments import (
    Inbox,
    SandboxPayment,
    Wire,
)
from kith.launch.models.renewing import (
    Mandate,
    Renewal,
    SandboxMandate,
)
from kith.launch.models.rush import (
    Gate,
    Ticket,
)
from kith.launch.models.terms import (
    Term,
)

__all__ = [
    "Attribution", "Bond", "Campaign", "Channel", "ChannelRule", "Contact", "Coupon", "CouponUse", "Dispute", "Doubt", "Gate", "Gift",
    "Group", "Inbox", "Item", "Line", "Mandate", "Notice", "Offer", "Order", "PriceLog", "Renewal", "SandboxMandate", "SandboxPayment",
    "Seat", "Term", "Ticket", "Touch", "Wire",
]  # fmt: skip
