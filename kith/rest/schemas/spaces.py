"""Spaces and announcements."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.rest.fields import AnyKind


class Space(Schema):
    id: int
    name: str
    about: str
    kinds: list[AnyKind] = Field(description="The kinds of post it takes; empty for every kind.")
    is_archived: bool = Field(description="It can be read and answered, and takes no new post.")


class Spaces(Schema):
    spaces: list[Space]


class CopyTo(Schema):
    id: int
    group: str
    done_at: datetime | None
    done_by: str


class Announcement(Schema):
    pinned_until: datetime | None
    copies: list[CopyTo]
