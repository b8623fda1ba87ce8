"""The record."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class Deed(Schema):
    id: int
    kind: str = Field(description="part.verb", examples=["gather.muted"])
    by: str = Field(description="The handle of who did it; empty for the server, and for who left.")
    by_id: int | None
    person: str = Field(description="The handle of whom it was done to.")
    person_id: int | None
    subject: str = Field(description="noun:name of what it was done to; may be empty.", examples=["post:17"])
    detail: dict[str, str | int | bool]
    at: datetime


class Deeds(Schema):
    deeds: list[Deed] = Field(description="Newest first.")
    next: int | None = Field(description="Send it as `before`; null on the last page.")
