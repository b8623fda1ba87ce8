"""Chains and check-ins."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field


class ChainColumn(Schema):
    name: str
    must: bool
    is_number: bool


class ChainLine(Schema):
    id: int
    n: int
    values: list[str]
    person_id: int | None = Field(description="Whose it is; null for a name that is no member's.")
    by_name: str
    at: datetime
    mine: bool = Field(description="Yours to change.")


class Chain(Schema):
    """A chain with the lines you may see."""

    post_id: int
    title: str
    columns: list[ChainColumn]
    example: str
    cap: int | None
    counts_quantity: bool
    taken: int
    closes_at: datetime | None
    closed_at: datetime | None
    is_open: bool
    seen_by: str
    lines: list[ChainLine]
    hidden: bool = Field(description="There are lines you may not see.")
    text: str = Field(description="As WeChat writes it, to paste into a group.")


class PastedLine(Schema):
    values: list[str]
    raw: str
    name: str = Field(description="The member whose line it becomes; empty for nobody's.")
    problem: str = Field(description="missing, not_number, known or full; empty for one that can be taken.")


class Pasted(Schema):
    title: str
    note: str
    lines: list[PastedLine]
    gaps: list[int] = Field(description="Numbers that are missing in the text.")
    taken: int | None = Field(description="How many were taken; null for a look.")


class Prize(Schema):
    days: int
    name: str


class Score(Schema):
    days: int = Field(description="What counts for prizes.")
    best: int
    total: int
    now: int


class Ranked(Schema):
    rank: int
    name: str
    handle: str
    score: Score


class Challenge(Schema):
    """A challenge as you see it: your days, and the ranking of those who do not keep out of it."""

    post_id: int
    mode: str
    starts_on: date
    ends_on: date
    makeups: int
    hides_ranking: bool
    prizes: list[Prize]
    people: int
    checkins: int
    today: date
    mine: Score | None
    calendar: list[date]
    missed: list[date] = Field(description="Days you may still make up.")
    makeups_left: int
    ranking: list[Ranked]
    featured: list[int] = Field(description="Ids of the replies among the best.")


class Winner(Schema):
    prize: Prize
    name: str
    handle: str
    person_id: int
    on: date


class Winners(Schema):
    winners: list[Winner]
