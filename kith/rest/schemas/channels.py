"""Channels: through whom a launch reaches people. Amounts are whole minor units."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class Channel(Schema):
    code: str
    status: str = Field(examples=["proposed", "asked", "accepted", "declined", "closed"])
    name: str
    campaign_slug: str
    campaign_title: str
    asked_by: str
    expected_people: float = Field(description="How many were expected to turn to them when they were proposed.")
    asked_at: datetime | None
    accepted_at: datetime | None
    closed_at: datetime | None
    disclosure: str = Field(description="The words that were accepted.")


class Channels(Schema):
    channels: list[Channel]


class Result(Schema):
    """What came through a channel: touches, people, orders that were paid, what they paid and got back."""

    channel: Channel
    touches: int
    people: int
    orders: int
    paid_minor: int
    refunded_minor: int
    doubted: int
    currency: str
    scale: int


class Disclosure(Schema):
    version: int
    short: str = Field(description="What stands wherever the link is.")
    text: str = Field(description="What is accepted.")


class Links(Schema):
    links: list[Result]
    disclosure: Disclosure


class Touched(Schema):
    counts: bool = Field(description="False where the launch is over or the link was ended.")


class Bond(Schema):
    promoter: str
    since: datetime
    until: datetime


class MyBond(Schema):
    bond: Bond | None


class ChannelRule(Schema):
    version: int
    touch_days: int
    bond_days: int


class Doubt(Schema):
    id: int
    order_no: str
    buyer: str
    promoter: str
    reason: str = Field(examples=["device", "phone"])
    total_minor: int
    made_at: datetime


class Plan(Schema):
    rule: ChannelRule
    results: list[Result]
    doubts: list[Doubt]
    expected_people: float
    came: int
    buyers: int
    direct_orders: int
    direct_minor: int


class Attributed(Schema):
    channel: Channel
    by_model: dict[str, int] = Field(description="Minor units by model; last_touch is what pays.")


class Attributions(Schema):
    rows: list[Attributed]
    total_minor: int
    orders: int
    steps: int
    people: int
    left: int
    currency: str
    scale: int
