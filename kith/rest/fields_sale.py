"""What may be sent about how something is sold: sending, coupons."""

from typing import Annotated

from pydantic import AwareDatetime, ConfigDict, Field

from kith.launch.api import COUPONS_LIMIT
from kith.rest.fields import Sent, line

MINOR = 10**12
Minor = Annotated[int, Field(ge=0, le=MINOR, description="In minor units.", examples=[1200])]
Code = Annotated[str, line(24, example="AUTUMN-10")]
Codes = Annotated[list[Code], Field(default_factory=list, max_length=COUPONS_LIMIT, description="Codes of coupons.")]


GroupNo = Annotated[
    str,
    Field(
        pattern=r"^[0-9A-HJKMNP-TV-Z]{10}$",
        json_schema_extra={"description": "The number of a group."},
        examples=["01JQZ0Y3W8"],
    ),
]


class SaleWanted(Sent):
    """How a launch sells, beside its kind."""

    model_config = ConfigDict(extra="forbid", strict=False)

    ship_minor: Minor = 0
    ship_free_from_minor: Annotated[int | None, Field(ge=0, le=MINOR, description="Sending is free from here on.")] = (
        None
    )
    group_size: Annotated[int | None, Field(ge=2, le=100, description="How many buy together; kind group.")] = None
    group_hours: Annotated[int | None, Field(ge=1, le=720, description="How long they have; kind group.")] = None
    deposit_ppm: Annotated[int | None, Field(ge=1, le=200_000, description="Part of the price; kind presale.")] = None
    deposit_returns: Annotated[
        bool, Field(description="It comes back to who does not pay the balance; else it binds both.")
    ] = False
    balance_from_at: AwareDatetime | None = None
    balance_until_at: AwareDatetime | None = None


class NewCoupon(Sent):
    """Either an amount off or a part off."""

    model_config = ConfigDict(extra="forbid", strict=False)

    code: Annotated[str, line(24, about="Empty: one that nobody guesses.", example="AUTUMN-10")] = ""
    campaign: Annotated[str, line(40, about="The launch it is for; empty for every launch.")] = ""
    currency: Annotated[str, line(8, least=3, example="CNY")] = "CNY"
    off_minor: Minor = 0
    off_ppm: Annotated[int, Field(ge=0, le=1_000_000, description="Parts of a million.")] = 0
    least_minor: Minor = 0
    uses: Annotated[int, Field(ge=1, le=10**9)]
    per_person: Annotated[int | None, Field(ge=1, le=10**9, description="Null: no limit.")] = 1
    combines: Annotated[bool, Field(description="It may be used together with others of which this is said too.")] = (
        False
    )
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
