"""How something is sold: sending, coupons."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class Sale(Schema):
    ship_minor: int = Field(description="What sending costs.")
    ship_free_from_minor: int | None = Field(description="Free from this sum of goods on; null: never.")
    group_size: int | None = Field(description="How many buy together.")
    deposit_ppm: int | None = Field(description="Which part of the price is paid first.")
    deposit_returns: bool
    balance_from_at: datetime | None
    balance_until_at: datetime | None
    group_hours: int | None = Field(description="How long they have to come together.")


class Term(Schema):
    """A time of paid membership."""

    family: str
    title: str
    name: str
    order_no: str
    starts_at: datetime
    ends_at: datetime
    state: str = Field(examples=["running", "ahead", "ended"])
    unused_minor: int = Field(description="What of its price belongs to the time still to come.")


class Terms(Schema):
    terms: list[Term]


class Seat(Schema):
    person_id: int = Field(description="0 where strangers are not told.")
    name: str
    is_filled: bool = Field(description="Whether it is paid.")


class Group(Schema):
    """A group that buys together; every seat is somebody's order."""

    no: str
    campaign_slug: str
    opener: str
    size: int
    status: str = Field(examples=["forming", "full", "formed", "failed"])
    deadline_at: datetime
    ended_at: datetime | None
    seats: list[Seat]


class Groups(Schema):
    groups: list[Group]


class Coupon(Schema):
    id: int
    code: str
    campaign_slug: str = Field(description="The launch it is for; empty for every launch.")
    currency: str
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
    held: int = Field(description="In orders that have not left.")
    used: int


class Coupons(Schema):
    coupons: list[Coupon]


class MembershipGift(Schema):
    code: str
    order_no: str
    title: str
    months: int
    giver: str
    to_name: str
    message: str
    status: str = Field(examples=["ready", "redeemed", "back"])
    expires_at: datetime | None
    redeemed_name: str
