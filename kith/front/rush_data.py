"""What the order lane takes, says and refuses."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kith.launch.api import ContactValue, Placed, PlainWayOnly, Turn, Wanted, Wish, ask_again_seconds, summed
from kith.lib.errors import Refusal
from kith.rest import fields_launch as fields
from kith.rest.data import Unreadable
from kith.rest.refusals import invalid

AWAY = 503
BODY_BYTES = 16 << 10


class LaneAway(Refusal):
    sentence = "Orders cannot be taken for a moment. Send the same again: nothing is ordered twice."
    status = AWAY


@dataclass(frozen=True, slots=True)
class Limits:
    """How many orders of a launch may wait in one process before people are given numbers: about what it serves in a second."""

    waiting: int = 2000


@dataclass(frozen=True, slots=True)
class Where:
    """A launch, as its address and the pass name it."""

    community_id: int
    slug: str
    launch: str

    @property
    def names(self) -> dict[str, Any]:
        return {"community_id": self.community_id, "slug": self.slug, "campaign": self.launch}


# As rest.fields_launch.NewOrder, by plain pydantic: ninja's own schemas take twenty times as long.
class SendTo(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: fields.Name
    phone: fields.Phone
    address: fields.Address


class Thing(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    item_id: fields.ItemId
    qty: fields.Qty


class Order(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    items: list[Thing] = Field(min_length=1, max_length=100)
    key: fields.ClientKey
    contact: SendTo | None = None
    shows_energy: bool = False
    coupons: list[str] = Field(default_factory=list, max_length=100)
    group: str = ""
    terms_digest: fields.TermsDigest = ""


def read_wish(body: bytes, buyer_id: int) -> Wish:
    """Return the order that was sent.

    Raises:
        Unreadable, InvalidInput: it cannot be read.
        PlainWayOnly: it names coupons or a group.
        BadQuantity: of one thing there is too much.

    """
    try:
        sent = Order.model_validate_json(body)
    except ValidationError as fault:
        errors: list[Mapping[str, Any]] = [e | {"loc": ("body", *e["loc"])} for e in fault.errors()]
        if any(e["type"] == "json_invalid" for e in errors):
            raise Unreadable from None
        raise invalid(errors) from None
    if sent.coupons or sent.group:
        raise PlainWayOnly
    contact = ContactValue(sent.contact.name, sent.contact.phone, sent.contact.address) if sent.contact else None
    units = summed([Wanted(thing.item_id, thing.qty) for thing in sent.items])
    return Wish(buyer_id, units, sent.key, contact, sent.shows_energy, sent.terms_digest)


def said(answer: Placed | Turn, slug: str) -> tuple[int, bytes, int]:
    """Return status and body of an answer, and after how many seconds to ask again (0: no need to)."""
    if isinstance(answer, Turn):
        again = ask_again_seconds(answer.ahead)
        facts = {"state": "waiting", "number": answer.number, "ahead": answer.ahead, "ask_again_s": again}
        return 202, orjson.dumps(facts), again
    order = {
        "state": answer.status, "no": answer.no, "total_minor": answer.total_minor, "currency": answer.currency,
        "placed_at": answer.placed_at, "hold_until": answer.hold_until, "is_new": answer.is_new, "page": f"/c/{slug}/orders/{answer.no}",
    }  # fmt: skip
    return 201, orjson.dumps(order), 0


def away_seconds() -> int:
    return random.randint(1, 3)  # noqa: S311 -- spreads the load
