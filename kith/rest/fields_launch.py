"""What may be sent about launches and orders."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field

from kith.launch.api import ITEMS_LIMIT, QTY_LIMIT
from kith.rest.fields import Sent, line
from kith.rest.fields_membership import NewGift
from kith.rest.fields_sale import Codes, SaleWanted

MINOR = 10**12
LaunchSlug = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$",
        json_schema_extra={"description": "The address of a launch."},
        examples=["autumn"],
    ),
]
OrderNo = Annotated[
    str,
    Field(
        pattern=r"^[0-9A-HJKMNP-TV-Z]{26}$",
        json_schema_extra={"description": "The number of an order."},
        examples=["01JQZ0Y3W8A1B2C3D4E5F6G7H8"],
    ),
]
ClientKey = Annotated[
    str, Field(pattern=r"^[\x21-\x7e]{8,64}$", description="A key of your own: sent again, it is the same.")
]
Minor = Annotated[int, Field(ge=0, le=MINOR, description="In minor units.", examples=[16800])]
Sku = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$", examples=["BREW"])]


class NewOffer(Sent):
    sku: Sku
    kind: Literal["goods", "seat", "service", "digital", "plan"] = "goods"
    title: Annotated[str, line(80, least=1, example="秋酿二〇二六")]
    text: Annotated[str, line(2000)] = ""
    currency: Annotated[str, line(8, least=3, example="CNY")] = "CNY"
    price_minor: Minor
    tax_ppm: Annotated[int, Field(ge=0, le=1_000_000, description="Parts of a million of the net price.")] = 0
    refund_days: Annotated[int, Field(ge=0, le=365)] = 7
    months: Annotated[int, Field(ge=0, le=60, description="How long a plan lasts.")] = 0
    family: Annotated[str, line(20, about="Plans of one family follow one another.", example="reading")] = ""


class NewItem(Sent):
    sku: Sku
    price_minor: Minor
    stock: Annotated[int, Field(ge=0, le=10**9)]


class LaunchDraft(Sent):
    model_config = ConfigDict(extra="forbid", strict=False)

    kind: Literal["plain", "flash", "group", "presale"] = "flash"
    title: Annotated[str, line(80, least=1, example="秋酿")]
    story: Annotated[str, line(20_000)] = ""
    terms: Annotated[str, line(20_000)] = ""
    transfer_to: Annotated[str, line(1000)] = ""
    currency: Annotated[str, line(8, least=3, example="CNY")] = "CNY"
    opens_at: AwareDatetime
    closes_at: AwareDatetime | None = None
    per_buyer: Annotated[int | None, Field(ge=1, le=QTY_LIMIT)] = None
    hold_minutes: Annotated[int, Field(ge=1, le=10_080)] = 15
    items: Annotated[list[NewItem], Field(min_length=1, max_length=ITEMS_LIMIT)]
    sale: Annotated[SaleWanted, Field(default_factory=SaleWanted)]


class NewLaunch(LaunchDraft):
    slug: LaunchSlug


class To(Sent):
    to: Literal["ready", "draft", "open", "closed"]


class Restock(Sent):
    item_id: Annotated[int, Field(ge=1, le=2**63 - 1)]
    change: Annotated[int, Field(ge=-(10**9), le=10**9, description="Below zero takes away.")]
    key: ClientKey


ItemId = Annotated[int, Field(ge=1, le=2**63 - 1)]
Qty = Annotated[int, Field(ge=1, le=QTY_LIMIT)]
Name = Annotated[str, line(60, least=1, example="苏杭")]
Phone = Annotated[str, line(30, least=1, example="13800000000")]
Address = Annotated[str, line(200, least=1, example="杭州市西湖区一号")]
TermsDigest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$", description="The terms you have seen.")]


class Wanted(Sent):
    item_id: ItemId
    qty: Qty


class SendTo(Sent):
    name: Name
    phone: Phone
    address: Address


class NewOrder(Sent):
    """Prices are the launch's: none is taken from here."""

    items: Annotated[list[Wanted], Field(min_length=1, max_length=100)]
    key: ClientKey
    contact: SendTo | None = None
    shows_energy: bool = False
    coupons: Codes
    group: Annotated[
        str, Field(pattern=r"^([0-9A-HJKMNP-TV-Z]{10})?$", description="The group to join; empty opens one.")
    ] = ""
    terms_digest: TermsDigest = ""
    gift: Annotated[NewGift | None, Field(description="That it is for somebody else: one membership.")] = None


class Provider(Sent):
    provider: Annotated[str, line(12, least=1, example="sandbox")]
    via: Annotated[
        Literal["desktop", "phone", "wechat"],
        Field(description="Where the buyer looks at it: pages of providers differ."),
    ] = "desktop"
    ip: Annotated[
        str,
        line(
            45, about="The address of the buyer's device; WeChat's page for phones asks for it.", example="203.0.113.7"
        ),
    ] = ""
    openid: Annotated[str, line(64, about="Who the buyer is to WeChat, to pay inside it.")] = ""


class Proof(Sent):
    note: Annotated[str, line(200, least=1, about="What the transfer is found by.", example="尾号 8888")]


class WithReason(Sent):
    reason: Annotated[str, line(200)] = ""


class Shipped(Sent):
    tracking: Annotated[str, line(80, example="SF1000")] = ""


class RefundPart(Sent):
    n: Annotated[int, Field(ge=1, le=100, description="The line.")]
    qty: Annotated[int, Field(ge=0, le=QTY_LIMIT)] = 0
    amount_minor: Annotated[int | None, Field(ge=1, le=MINOR, description="Where it is not what the units cost.")] = (
        None
    )


class NewRefund(Sent):
    parts: Annotated[list[RefundPart], Field(min_length=1, max_length=100)]
    key: ClientKey
    by_hand: bool = False


class Seen(Sent):
    is_there: Annotated[bool, Field(description="Whether the transfer arrived, or for a refund went out.")]


class DisputeEnd(Sent):
    is_won: Annotated[bool, Field(description="The sale stands; else the buyer was right.")]
