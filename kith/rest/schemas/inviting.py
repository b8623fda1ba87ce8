"""Invitations, who brought whom, and sponsors."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class Quota(Schema):
    most: int | None = Field(description="People you may have invited at a time; null: as many as you like.")
    out: int = Field(description="How many may still come by your open links.")
    left: int | None


class InvitationLine(Schema):
    """A link that was made; its token was shown once and is kept nowhere."""

    id: int
    by: str
    note: str
    uses: int
    uses_left: int
    came: int
    made_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None


class Invitations(Schema):
    may_invite: bool
    quota: Quota
    invitations: list[InvitationLine] = Field(description="Newest first, at most 200.")


class Branch(Schema):
    """Somebody in the tree: roots came by nobody, and have neither `host` nor `way`. Who left has no handle."""

    handle: str
    name: str
    depth: int
    host: str
    way: str = Field(examples=["link", "poster", "sponsor", ""])
    at: datetime | None
    brought: int = Field(description="By themselves.")
    below: int = Field(description="In all: brought by them, and by those they brought.")


class Tree(Schema):
    branches: list[Branch] = Field(
        description="Hosts before those they brought, the largest branch first; at most 1,000."
    )
    total: int


class PaidByGuests(Schema):
    """In whole minor units, without what was given back."""

    currency: str = Field(examples=["CNY"])
    scale: int = Field(description="Digits after the point.", examples=[2])
    kept_minor: int
    people: int = Field(description="Who paid.")


class HostNumbers(Schema):
    handle: str
    name: str
    made: int = Field(description="Links.")
    places: int = Field(description="How many people those links were made for.")
    came: int
    stayed: int = Field(description="Of those who came: members now.")
    active: int = Field(description="Of those: did something in the last thirty days.")
    banned: int
    paid: list[PaidByGuests] = Field(
        description="By everybody they brought, whenever that was, between these days and since they came; a line for each currency."
    )


class InvitingNumbers(Schema):
    since: datetime
    until: datetime
    total: HostNumbers
    hosts: list[HostNumbers] = Field(description="Most brought first.")


class Sponsorship(Schema):
    id: int = Field(alias="application_id")
    name: str = Field(description="Who names you.")
    made_at: datetime
    state: str = Field(examples=["asked", "confirmed", "declined"])
    decided: str = Field(description="Their application.", examples=["pending", "admitted", "declined"])


class Sponsorships(Schema):
    sponsorships: list[Sponsorship] = Field(description="Who waits for your word first.")
