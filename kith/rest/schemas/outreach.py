"""Posters and group codes."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field


class Poster(Schema):
    """A code of one inviter for one campaign, and what came of it."""

    id: int
    code: str
    address: str = Field(description="What its code says: where it leads.")
    by_id: int
    by_name: str
    campaign: str
    made_at: datetime
    closed_at: datetime | None
    lets_in: int = Field(description="So many more come in by it at once.")
    seen: int = Field(description="How often people opened it.")
    came: int = Field(description="How many asked to come in, or came in.")
    stayed: int = Field(description="How many of them are members now.")


class Posters(Schema):
    posters: list[Poster]


class Arrived(Schema):
    is_new: bool


class ChatGroup(Schema):
    id: int
    name: str
    limit: int
    heads: int = Field(description="As the operator last counted.")
    shown: int = Field(description="To how many its code was shown since.")
    state: str = Field(description="empty, fine, ageing, expired or full.")
    uploaded_at: datetime | None
    expires_at: datetime | None


class Visits(Schema):
    on: date
    visits: int


class GroupCode(Schema):
    """An address that never runs out, and the chat groups behind it in their order."""

    id: int
    code: str
    address: str
    title: str
    note: str
    made_at: datetime
    closed_at: datetime | None
    current_id: int | None = Field(description="The group whose code is shown now.")
    needs: bool = Field(description="Nothing is shown, or what is shown runs out soon.")
    groups: list[ChatGroup]
    visits: list[Visits] = Field(description="By day, of the last thirty.")


class GroupCodes(Schema):
    group_codes: list[GroupCode]
