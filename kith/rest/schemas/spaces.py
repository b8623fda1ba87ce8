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
    slow_seconds: int = Field(description="Between two texts of a member there; 0 for no slow mode.")


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


class Unheard(Schema):
    id: int
    title: str
    at: datetime


class SpaceAnswers(Schema):
    days: int
    threads: int
    answered: int
    median_hours: float | None = Field(description="To the first answer of somebody else, of those answered.")
    within_day_ppm: int | None = Field(description="Answered within a day, of those that had a day, in millionths.")
    unheard: list[Unheard] = Field(description="Threads nobody has answered for 12 hours, the longest first.")
