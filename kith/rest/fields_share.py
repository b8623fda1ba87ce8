"""What may be sent about shares, payouts and pools."""

from typing import Annotated, Literal

from pydantic import Field

from kith.rest.fields import BIGINT, Sent, line
from kith.rest.fields_launch import MINOR, ClientKey

PayoutNo = Annotated[
    str,
    Field(
        pattern=r"^[0-9A-HJKMNP-TV-Z]{26}$",
        json_schema_extra={"description": "The number of a payout."},
        examples=["01JQZ0Y3W8A1B2C3D4E5F6G7H8"],
    ),
]
Currency = Annotated[str, line(8, least=3, example="CNY")]
Amount = Annotated[int, Field(ge=1, le=MINOR, description="In minor units.", examples=[10000])]
OfWhich = Annotated[
    str,
    Field(
        min_length=3, max_length=8, pattern=r"^[A-Z]+$", json_schema_extra={"description": "In which currency."}, examples=["CNY"]
    ),
]  # fmt: skip
HowMuch = Annotated[
    int, Field(ge=0, le=MINOR, json_schema_extra={"description": "In minor units; 0 for all that stands there."})
]
RowId = Annotated[int, Field(ge=1, le=BIGINT)]


class NewCut(Sent):
    """A part of every sale, without tax and sending. There is none for bringing people in."""

    role: Literal["fund", "channel", "second", "maker", "pool"]
    rate_ppm: Annotated[int, Field(ge=1, le=1_000_000, description="Parts of a million.", examples=[200_000])]
    person_id: RowId | None = Field(None, description="Of a maker.")
    offer_id: RowId | None = Field(None, description="Of a maker: of this offer only.")
    pool_id: RowId | None = Field(None, description="Of a pool.")


class NewSharingRule(Sent):
    cuts: Annotated[list[NewCut], Field(max_length=40)]
    withheld_ppm: Annotated[
        int, Field(ge=0, le=450_000, description="Of payouts, for the tax office; parts of a million.")
    ] = 0


class Signature(Sent):
    text_version: Annotated[int, Field(ge=1, le=10_000, description="Of the text that was read.")]
    name: Annotated[str, line(60, least=1, example="罗振")]


class NewPayTo(Sent):
    text: Annotated[str, line(300, about="Empty forgets it.", example="招商银行 6214 8888 何以南")]


class NewPayout(Sent):
    amount_minor: Amount
    currency: Currency = "CNY"
    key: ClientKey


class NewRun(Sent):
    least_minor: Amount
    currency: Currency = "CNY"
    key: ClientKey


class Approval(Sent):
    provider: Annotated[str, line(12, least=1, example="manual")] = "manual"


class TransferProof(Sent):
    note: Annotated[str, line(200, least=1, about="What the transfer is found by.", example="尾号 8888")]


class SandboxEnd(Sent):
    how: Literal["done", "failed"]


class NewPool(Sent):
    name: Annotated[str, line(60, least=1, example="互助池")]
    policy: Literal["immediate", "recent", "balanced"] = "balanced"
    window_days: Annotated[int, Field(ge=1, le=366)] = 30


class OfPool(Sent):
    amount_minor: Amount
    currency: Currency = "CNY"
    key: ClientKey


class Shows(Sent):
    is_shown: bool
