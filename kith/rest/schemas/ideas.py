"""Ideas."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.rest.fields_ideas import State
from kith.rest.schemas.authors import Author
from kith.rest.schemas.talk import PostWithLatest


class Board(Schema):
    ideas: list[PostWithLatest]
    page: int
    pages: int
    counts: dict[str, int] = Field(description="How many there are in each state.")
    products: list[str] = Field(description="What ideas are about, most spoken of first.")


class IdeaRow(Schema):
    id: int
    title: str
    state: State
    at: datetime
    decided_at: datetime | None
    shipped_at: datetime | None


class IdeaNumbers(Schema):
    days: int
    proposed: int
    people: int = Field(description="How many people proposed them.")
    per_month: float
    decided: int
    adopted: int
    shipped: int
    adopted_ppm: int | None = Field(description="Adopted of those decided, in millionths.")
    median_days_to_decision: float | None
    median_days_to_shipping: float | None = Field(description="From the proposal.")
    rows: list[IdeaRow] = Field(description="The ideas that were counted, newest first.")


class Owner(Schema):
    id: int
    who: Author
    product: str = Field(description="Empty for all.")


class Owners(Schema):
    owners: list[Owner]
