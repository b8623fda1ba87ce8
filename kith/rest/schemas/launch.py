"""Launches, orders, and money on the way. Amounts are whole minor units of their currency: 16800 CNY is ¥168.00."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.rest.schemas.sale import Group, MembershipGift, Sale, Term


class Offer(Schema):
    sku: str
    kind: str
    title: str
    text: str
    currency: str
    price_minor: int
    tax_ppm: int
    refund_days: int
    version: int = Field(description="Counts its prices.")
    months: int = Field(description="How long a plan lasts; 0 for all else.")
    family: str
    is_active: bool


class Offers(Schema):
    offers: list[Offer]


class Launch(Schema):
    slug: str
    kind: str = Field(examples=["plain", "flash", "group"])
    title: str
    story: str
    currency: str
    scale: int = Field(description="Digits after the point.")
    terms: str
    terms_digest: str
    per_buyer: int | None
    hold_minutes: int
    status: str = Field(examples=["draft", "ready", "open", "closed", "settled"])
    opens_at: datetime
    closes_at: datetime | None
    seller: str
    sale: Sale


class Launches(Schema):
    launches: list[Launch]


class Item(Schema):
    id: int
    offer: Offer
    price_minor: int
    was_minor: int | None = Field(description="What may stand struck through beside the price; null where nothing may.")
    band: str = Field(description="How much is left.", examples=["plenty", "few", "last", "none"])


class WholeLaunch(Schema):
    campaign: Launch
    items: list[Item]
    providers: list[str] = Field(description="The ways to pay.")
    is_open: bool
    now: datetime = Field(description="The server's clock.")


class Line(Schema):
    n: int
    kind: str = Field(description="An item, or what sending costs.", examples=["item", "ship"])
    item_id: int | None
    title: str
    qty: int
    unit_minor: int
    discount_minor: int = Field(description="What coupons took off.")
    amount_minor: int = Field(description="What is paid for it.")
    refunded_qty: int
    refunded_minor: int


class Order(Schema):
    no: str
    status: str = Field(
        examples=[
            "placed",
            "paid",
            "final",
            "expired",
            "cancelled",
            "late",
            "refunding",
            "refunded",
            "deposited",
            "due",
            "missed",
            "withdrawn",
        ]
    )
    buyer: str
    campaign_slug: str
    currency: str
    scale: int
    total_minor: int
    deposit_minor: int = Field(description="What is paid first; 0: all at once.")
    asked_minor: int = Field(description="What is to be paid now.")
    balance_from_at: datetime | None
    balance_until_at: datetime | None
    paid_minor: int
    refunded_minor: int
    placed_at: datetime
    hold_until: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    tracking: str
    final_at: datetime | None
    refund_asked_at: datetime | None
    refund_reason: str
    lines: list[Line]


class Orders(Schema):
    orders: list[Order]


class Wire(Schema):
    """Money on the way."""

    id: int
    order_no: str
    dir: str = Field(examples=["charge", "refund", "amends"])
    provider: str
    our_ref: str
    amount_minor: int
    currency: str
    status: str
    note: str
    made_at: datetime
    ended_at: datetime | None
    confirmed_by: str
    approved_by: str


class Contact(Schema):
    name: str
    phone: str
    address: str


class Dispute(Schema):
    id: int
    provider: str
    amount_minor: int
    reason: str
    state: str = Field(examples=["open", "won", "lost"])
    opened_at: datetime
    ended_at: datetime | None


class WholeOrder(Schema):
    order: Order
    wires: list[Wire]
    providers: list[str]
    transfer_to: str
    contact: Contact | None
    group: Group | None = Field(description="The group it was bought with.")
    terms: list[Term] = Field(description="The memberships it began.")
    disputes: list[Dispute] = Field(description="Complaints about it.")
    gift: MembershipGift | None = Field(description="The gift it is, with its code; for its buyer alone.")


class PayAt(Schema):
    page: str = Field(description="Where it is paid; empty where one transfers by hand, or by what follows.")
    scan: str = Field(description="What WeChat on a telephone reads from a code; mostly empty.")
    bridge: dict[str, str] = Field(description="What WeChat's own browser opens the payment with; mostly empty.")


class Forgotten(Schema):
    still_needed: int = Field(description="Addresses of orders under way; they are forgotten when these have ended.")


class RunSheet(Schema):
    orders: dict[str, int] = Field(description="How many orders are in each state.")
    units_sold: int
    paid_minor: int
    refunded_minor: int
    to_ship: list[Order]
    refunds_asked: list[Order]
    disputed: list[Order]
    to_confirm: list[Wire]
    to_look_at: list[Wire]
    latest: list[Order]
    groups: list[Group]


class Restocked(Schema):
    change: int
