"""Tiers, chapters, core figures, circles and treasures."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.rest.schemas.communities import Place


class Tier(Schema):
    id: int
    name: str
    position: int
    needs: dict[str, int] = Field(description="By measure: different people or days within the window.")
    by_hand: bool
    limits: dict[str, int]
    members: int


class Ladder(Schema):
    """The tiers, lowest first; `rights` names the position from which each is had."""

    tiers: list[Tier]
    window_days: int
    grace_days: int
    rights: dict[str, int]
    base_limits: dict[str, int] = Field(description="Of who stands in no tier.")
    without: int = Field(description="How many stand in no tier.")


class Requirement(Schema):
    measure: str
    have: int
    need: int
    is_met: bool


class TierName(Schema):
    id: int
    name: str
    position: int


class Climb(Schema):
    tier: TierName | None
    next: TierName | None
    lines: list[Requirement] = Field(description="What the next tier needs, and what you have of it.")
    is_measured: bool = Field(description="False for who refuses measures.")
    held_reason: str | None = Field(description="Why staff set it by hand; null where they did not.")
    falls_at: datetime | None = Field(description="When the tier is lost if nothing changes.")
    rose_at: datetime | None
    why: list[Requirement]


class TierMove(Schema):
    handle: str = Field(description="Empty for somebody who left.")
    before: str
    after: str
    is_up: bool
    by_hand: bool
    at: datetime


class TierMoves(Schema):
    moves: list[TierMove]


class Placed(Place):
    tier: str
