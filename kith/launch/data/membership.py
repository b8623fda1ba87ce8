"""What crosses the door about gifts, and about memberships that renew by themselves."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotFound, Refusal

GIFT_STATES = ("waiting", "ready", "redeemed", "back")
MANDATE_STATES = ("active", "stopped", "lapsed")
RENEWAL_STATES = ("noticed", "charging", "paid", "failed", "skipped")


@dataclass(frozen=True, slots=True)
class GiftWish:
    """That an order is meant for somebody else: what they are called, and a few words."""

    to_name: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class GiftValue:
    """A membership for somebody else; `code` redeems it, once, until `expires_at`."""

    code: str
    order_no: str
    title: str
    months: int
    giver: str
    to_name: str
    message: str
    status: str
    expires_at: datetime | None
    redeemed_by: int | None
    redeemed_name: str


@dataclass(frozen=True, slots=True)
class RenewalOffer:
    """What somebody would agree to: `text` word for word, named by `digest`."""

    family: str
    title: str
    price_minor: int
    currency: str
    scale: int
    months: int
    text: str
    digest: str
    providers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MandateValue:
    """A membership that renews by itself, or did: `why` it ended, and the next charge, once it was told."""

    id: int
    family: str
    title: str
    provider: str
    price_minor: int
    currency: str
    scale: int
    status: str
    why: str
    agreed_at: datetime
    ended_at: datetime | None
    text: str
    next_at: datetime | None = None
    next_minor: int = 0


@dataclass(frozen=True, slots=True)
class Unearned:
    """What was paid in a currency for time that is still to come, of how many terms; and how much of it is earned within 30 days."""

    currency: str
    scale: int
    amount_minor: int
    terms: int
    soon_minor: int


class NotAGift(Refusal):
    sentence = "A gift is one membership, with a price."


class NoSuchGift(NotFound):
    sentence = "There is no such gift here."


class GiftNotNow(Refusal):
    sentence = "This gift was redeemed already, its time is over, or it was given back."
    status = 409


class NothingToRenew(Refusal):
    sentence = "There is nothing to renew: the membership does not run, or is not on sale."
    status = 409


class RenewsAlready(Refusal):
    sentence = "It renews by itself already."
    status = 409


class ConsentMissing(Refusal):
    sentence = "Read what you agree to, and tick that you do; what it says may have changed meanwhile."


class NoMandates(Refusal):
    sentence = "This way to pay cannot renew by itself."


class NoSuchMandate(NotFound):
    sentence = "Nothing here renews by itself."
