"""The tables of launch, by subject."""

from kith.launch.models.coupons import Coupon, CouponUse
from kith.launch.models.goods import Campaign, Item, Offer, PriceLog
from kith.launch.models.orders import Contact, Line, Order
from kith.launch.models.payments import Inbox, SandboxPayment, Wire

__all__ = [
    "Campaign", "Contact", "Coupon", "CouponUse", "Inbox", "Item", "Line", "Offer", "Order", "PriceLog", "SandboxPayment", "Wire",
]  # fmt: skip
