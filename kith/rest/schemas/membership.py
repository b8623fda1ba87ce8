"""Paid membership: plans, gifts, renewing by itself."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.rest.schemas.launch import Offer
from kith.rest.schemas.sale import MembershipGift


class MembershipPlan(Schema):
    item_id: int
    campaign_slug: str
    campaign_title: str
    offer: Offer
    price_minor: int


class MembershipPlans(Schema):
    plans: list[MembershipPlan]


class MembershipGifts(Schema):
    gifts: list[MembershipGift]


class Mandate(Schema):
    """A membership that renews by itself, or did."""

    id: int
    family: str
    title: str
    provider: str
    price_minor: int
    currency: str
    scale: int
    status: str = Field(examples=["active", "stopped", "lapsed"])
    why: str
    agreed_at: datetime
    ended_at: datetime | None
    text: str = Field(description="What was agreed to, word for word.")
    next_at: datetime | None = Field(description="When the next charge is made; null until it was told of.")
    next_minor: int


class RenewalOffer(Schema):
    family: str
    title: str
    price_minor: int
    currency: str
    scale: int
    months: int
    text: str
    digest: str = Field(description="Send it back to agree.")
    providers: list[str]


class Renewing(Schema):
    mandates: list[Mandate]
    offers: list[RenewalOffer]


class Unearned(Schema):
    currency: str
    scale: int
    amount_minor: int
    terms: int
    soon_minor: int = Field(description="What of it is earned within 30 days.")


class AllUnearned(Schema):
    unearned: list[Unearned]
