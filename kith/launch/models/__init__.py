"""The tables of launch, by subject."""

from kith.launch.models.goods import Campaign, Item, Offer, PriceLog
from kith.launch.models.orders import Contact, Line, Order
from kith.launch.models.payments import Inbox, SandboxPayment, Wire

__all__ = [
    "Campaign", "Contact", "Inbox", "Item", "Line", "Offer", "Order", "PriceLog", "SandboxPayment", "Wire",
]  # fmt: skip
