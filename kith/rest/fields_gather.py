"""What may be sent about tiers, chapters, core figures, circles and treasures."""

from typing import Annotated

from pydantic import Field

from kith.gather.api import MOST_NEEDED, MOST_TIERS
from kith.rest.fields import BIGINT, Sent, line

Number = Annotated[int, Field(ge=1, le=MOST_NEEDED)]
Measured = Annotated[dict[str, Number], Field(max_length=8, examples=[{"givers": 6, "giver_days": 8}])]
Limits = Annotated[dict[str, Number], Field(max_length=8, examples=[{"posts_a_day": 20}])]
SomeId = Annotated[int, Field(ge=1, le=BIGINT)]
Day = Annotated[
    str,
    Field(
        pattern=r"^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$",
        json_schema_extra={"description": "A day as 2026-11-20; empty for the usual one."},
        examples=["2026-11-20"],
    ),
]


class NewTier(Sent):
    name: Annotated[str, line(40, least=1, example="同道")]
    id: Annotated[SomeId | None, Field(description="Of a tier there is, to keep its members; null for a new one.")] = (
        None
    )
    needs: Measured = Field(default_factory=dict)
    by_hand: bool = False
    limits: Limits = Field(default_factory=dict)


class NewLadder(Sent):
    tiers: Annotated[list[NewTier], Field(max_length=MOST_TIERS, description="The lowest first.")]
    window_days: Annotated[int, Field(ge=7, le=730)] = 100
    grace_days: Annotated[int, Field(ge=0, le=365)] = 14
    rights: Annotated[
        dict[str, Annotated[int, Field(ge=0, le=MOST_TIERS)]],
        Field(max_length=8, description="From which tier, counted from 1, each right is had.", examples=[{"link": 1}]),
    ] = Field(default_factory=dict)
    base_limits: Limits = Field(default_factory=dict)


class Held(Sent):
    tier_id: Annotated[SomeId | None, Field(description="Null: in none.")] = None
    reason: Annotated[str, line(300, least=1, example="一起走过来的")]
