"""Exports and leaving."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class Export(Schema):
    """A ZIP that was asked for."""

    id: int
    state: str = Field(description="`waiting`, `ready` or `failed`.")
    asked_at: datetime
    made_at: datetime | None
    until_at: datetime | None = Field(description="Until when it is kept.")
    size: int = Field(description="Bytes; 0 until it is ready.")


class Exports(Schema):
    exports: list[Export]


class InTheWay(Schema):
    """What keeps somebody from deleting their account; pairs of the address of a community and a name or number."""

    founded: list[list[str]] = Field(description="Communities whose last founder you are.")
    orders: list[list[str]] = Field(description="Orders under way, by number.")
    owed: list[list[str]] = Field(description="Communities that owe you money, or will.")
