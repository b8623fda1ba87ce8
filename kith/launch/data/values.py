"""What crosses the door of launch. Amounts are whole minor units of their currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from kith.launch.data.membership import GiftValue

from kith.launch.data.disputes import DisputeValue

OFFER_KINDS = ("goods", "seat", "service", "digital", "plan")
CAMPAIGN_KINDS = ("plain", "flash", "group", "presale")
CAMPAIGN_STATES = ("draft", "ready", "open", "closed", "settled")
ORDER_STATES = ("placed", "paid", "final", "expired", "cancelled", "late", "refunding", "refunded", "deposited", "due", "missed", "withdrawn")
ENDED = ("final", "refunded", "expired", "cancelled", "missed")  # orders of which nothing is under way any more
WIRE_STATES = ("drafted", "sent", "unknown", "done", "failed", "closed")
GROUP_STATES = ("forming", "full", "formed", "failed")
SEAT_STATES = ("held", "filled", "back")
BANDS = ("none", "last", "few", "plenty")


@dataclass(frozen=True, slots=True)
class OfferValue:
    """Something for sale; `version` counts its prices. A plan is membership for so many `months`; those of one `family` follow one another."""

    id: int
    sku: str
    kind: str
    title: str
    text: str
    currency: str
    scale: int
    price_minor: int
    tax_ppm: int
    refund_days: int
    version: int
    is_active: bool
    months: int = 0
    family: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    version: int
    price_minor: int
    at: datetime
    by_id: int


@dataclass(frozen=True, slots=True)
class NewItem:
    """An offer to sell in a launch; `stock` is how many units there are to be had."""

    sku: str
    price_minor: int
    stock: int


@dataclass(frozen=True, slots=True)
class ItemValue:
    """An offer in a launch. `was_minor` is a price that may be struck through by law, None where none may.

    `stock` is every unit that was put in, `left` how many can still be had.
    """

    id: int
    offer: OfferValue
    price_minor: int
    was_minor: int | None
    stock: int
    left: int
    band: str


@dataclass(frozen=True, slots=True)
class SaleRules:
    """How a launch sells, beside its kind: what sending costs, and from what sum of goods on it is free (None: never).

    One of kind group: how many buy together, and how many hours they have to come together. One of kind presale: which part of the price is
    the deposit, whether it comes back to who does not pay the balance (订金) or binds both (定金), and from when to when the balance is paid.
    """

    ship_minor: int = 0
    ship_free_from_minor: int | None = None
    group_size: int | None = None
    group_hours: int | None = None
    deposit_ppm: int | None = None
    deposit_returns: bool = False
    balance_from_at: datetime | None = None
    balance_until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CampaignValue:
    id: int
    slug: str
    kind: str
    title: str
    story: str
    currency: str
    scale: int
    terms: str
    terms_digest: str
    transfer_to: str
    per_buyer: int | None
    hold_minutes: int
    status: str
    opens_at: datetime
    closes_at: datetime | None
    seller_id: int
    seller: str
    sale: SaleRules


@dataclass(frozen=True, slots=True)
class LaunchPage:
    """A launch with what it sells, as of `now` of the server's clock. `providers` are the ways to pay."""

    campaign: CampaignValue
    items: tuple[ItemValue, ...]
    providers: tuple[str, ...]
    now: datetime

    @property
    def is_open(self) -> bool:
        c = self.campaign
        started = c.status == "open" or (c.status == "ready" and c.opens_at <= self.now)
        return started and (c.closes_at is None or self.now < c.closes_at)


@dataclass(frozen=True, slots=True)
class Wanted:
    item_id: int
    qty: int


@dataclass(frozen=True, slots=True)
class ContactValue:
    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class LineValue:
    """A line: an item, or what sending costs (`kind` ship, without a title). `amount_minor` is what is paid for it, after the discount."""

    n: int
    item_id: int | None
    title: str
    qty: int
    unit_minor: int
    amount_minor: int
    refunded_qty: int
    refunded_minor: int
    kind: str
    discount_minor: int


@dataclass(frozen=True, slots=True)
class WireValue:
    """Money on the way. `dir` is charge, refund or amends (a binding deposit paid back twice); `confirmed_by` and `approved_by` are the two who saw a transfer."""

    id: int
    order_no: str
    dir: str
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


@dataclass(frozen=True, slots=True)
class PaidBy:
    """What so many people paid in a currency and did not get back, whom `host_id` brought; None: whom anybody brought."""

    host_id: int | None
    currency: str
    scale: int
    kept_minor: int
    people: int


@dataclass(frozen=True, slots=True)
class OrderValue:
    no: str
    status: str
    buyer_id: int
    buyer: str
    campaign_slug: str
    campaign_title: str
    currency: str
    scale: int
    total_minor: int
    paid_minor: int
    refunded_minor: int
    placed_at: datetime
    hold_until: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    tracking: str
    final_due_at: datetime | None
    final_at: datetime | None
    refund_asked_at: datetime | None
    refund_reason: str
    shows_energy: bool
    lines: tuple[LineValue, ...]
    deposit_minor: int
    balance_from_at: datetime | None
    balance_until_at: datetime | None

    @property
    def asked_minor(self) -> int:
        """What is to be paid now: the deposit, the balance, or all of it."""
        if self.status == "due":
            return self.total_minor - self.deposit_minor
        return self.deposit_minor or self.total_minor

    @property
    def discount_minor(self) -> int:
        return sum(line.discount_minor for line in self.lines)

    @property
    def items(self) -> tuple[LineValue, ...]:
        return tuple(line for line in self.lines if line.kind == "item")


@dataclass(frozen=True, slots=True)
class PlanValue:
    """A membership a launch sells now, and for how much."""

    item_id: int
    campaign_slug: str
    campaign_title: str
    offer: OfferValue
    price_minor: int


@dataclass(frozen=True, slots=True)
class TermValue:
    """A time of paid membership: ahead, running or ended; `unused_minor` is what of its price belongs to the time still to come."""

    family: str
    title: str
    person_id: int
    name: str
    order_no: str
    n: int
    starts_at: datetime
    ends_at: datetime
    state: str
    unused_minor: int


@dataclass(frozen=True, slots=True)
class SeatValue:
    """Somebody who sits in a group; `is_filled` once it is paid."""

    person_id: int
    name: str
    is_filled: bool


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A group that buys together: every seat is an order of a person, none is ever invented."""

    no: str
    campaign_slug: str
    campaign_title: str
    opener_id: int
    opener: str
    size: int
    status: str
    deadline_at: datetime
    ended_at: datetime | None
    seats: tuple[SeatValue, ...]

    @property
    def taken(self) -> int:
        return len(self.seats)

    @property
    def filled(self) -> int:
        return sum(seat.is_filled for seat in self.seats)


@dataclass(frozen=True, slots=True)
class CouponValue:
    """A coupon: so much off, or a part off (`off_ppm`). `left` is how often it can still be used, `used` how often it was."""

    id: int
    code: str
    campaign_slug: str
    currency: str
    scale: int
    off_minor: int
    off_ppm: int
    least_minor: int
    per_person: int | None
    combines: bool
    starts_at: datetime
    ends_at: datetime | None
    is_stopped: bool
    uses: int
    left: int
    held: int
    used: int


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with its wires, how it can be paid, and where it goes (for the buyer and who ships it)."""

    order: OrderValue
    wires: tuple[WireValue, ...]
    providers: tuple[str, ...]
    transfer_to: str
    needs_shipping: bool
    contact: ContactValue | None
    now: datetime
    group: GroupValue | None = None
    deposit_returns: bool = False
    terms: tuple[TermValue, ...] = ()
    disputes: tuple[DisputeValue, ...] = ()
    gift: GiftValue | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What of a line goes back: units, and an amount where it is not what they cost (0 units: a price cut afterwards)."""

    n: int
    qty: int
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True)
class RunSheet:
    """How a launch goes: how many orders are in each state, money in and out, and what there is to do."""

    orders: Mapping[str, int]
    units_sold: int
    paid_minor: int
    refunded_minor: int
    to_ship: tuple[OrderValue, ...]
    refunds_asked: tuple[OrderValue, ...]
    disputed: tuple[OrderValue, ...]
    to_confirm: tuple[WireValue, ...]
    to_look_at: tuple[WireValue, ...]
    latest: tuple[OrderValue, ...]
    groups: tuple[GroupValue, ...]
