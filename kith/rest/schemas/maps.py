"""The map, and what is only thought of on it."""

from ninja import Schema
from pydantic import Field

from kith.rest.schemas.network import Who


class OnMap(Schema):
    """A member: x and y in -1..1, from left to right and from top to bottom; the band of their warmth 0..4."""

    person_id: int
    x: float
    y: float
    band: int
    circle: str = Field(description="Empty for who is in none.")
    chapter: str


class TieOnMap(Schema):
    """Two members in touch, by their ids; the band of their warmth 0..4."""

    a: int
    b: int
    band: int


class Map(Schema):
    at: str | None = Field(description="The month, null for now.")
    people: list[OnMap]
    ties: list[TieOnMap]


class Without(Schema):
    gone: list[Who]
    loss: float = Field(description="The share of the live energy that goes with them, 0-1.")
    ties: int = Field(description="How many warm ties end.")
    parts: int = Field(description="Into how many parts more the rest falls.")
    connected: int = Field(description="How many people have a warm tie today.")
    cut_off: list[int] = Field(description="Who loses touch with the largest part, by id.")
    sales_ppm: int = Field(description="What of a year's sales came through them, in parts of a million.")


class Seed(Schema):
    who: Who
    adds: float = Field(description="People expected to turn to them and to nobody before them.")
    total: float = Field(description="The same of all so far.")


class Seeds(Schema):
    seeds: list[Seed]
    people: int = Field(description="How many members there are.")
    reach: float = Field(description="People expected to turn to at least one of them.")
    share: float = Field(description="The same as a share of the members, 0-1.")
