"""What kinds of post have besides their text: the place where a new kind is entered, one line in `Extra`."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Discriminator, Field

from kith.rest.fields_ideas import State
from kith.rest.schemas.authors import Author


class AnnouncementExtra(Schema):
    kind: Literal["announcement"]
    pinned_until: datetime | None


class CreditOut(Schema):
    who: Author
    reply_id: int | None


class IdeaExtra(Schema):
    kind: Literal["idea"]
    state: State
    product: str
    supports: int
    supported: bool = Field(description="You support it.")
    reason: str
    decided_at: datetime | None
    decided_by: str
    shipped: str
    shipped_at: datetime | None
    shipped_by: str
    credits: list[CreditOut] = Field(description="Whose idea or reply was used.")


class EventExtra(Schema):
    kind: Literal["event"]
    title: str
    starts_at: datetime
    ends_at: datetime | None
    zone: str
    place: str
    link: str = Field(description="Told to who comes and to who holds it.")
    capacity: int | None
    chapter: str
    going: int
    waiting: int
    arrived: int
    is_cancelled: bool
    cancel_reason: str
    answer: Literal["", "yes", "maybe", "no", "waiting"] = Field(description="Yours.")


class ChainExtra(Schema):
    kind: Literal["chain"]
    cap: int | None
    counts_quantity: bool
    taken: int
    closes_at: datetime | None
    closed_at: datetime | None


class ChallengeExtra(Schema):
    kind: Literal["checkin"]
    mode: str
    starts_on: date
    ends_on: date
    people: int
    checkins: int


Extra = Annotated[AnnouncementExtra | ChainExtra | ChallengeExtra | EventExtra | IdeaExtra, Discriminator("kind")]
