"""What may be sent about chains and check-ins."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from kith.connect.api import CAP_LIMIT, EXAMPLE_LIMIT, PATTERN_LIMIT, VALUE_LIMIT
from kith.rest.fields import NO_NUL, Sent, SpaceName, Text, line

Moment = Annotated[AwareDatetime, Field(strict=False, examples=["2026-12-01T20:00:00+08:00"])]
Day = Annotated[date, Field(strict=False, examples=["2026-12-01"])]
Cap = Annotated[int | None, Field(ge=1, le=CAP_LIMIT, description="The most it takes; null for as many as come.")]
Values = Annotated[list[Annotated[str, Field(max_length=VALUE_LIMIT, pattern=NO_NUL)]], Field(max_length=8, examples=[["苏杭", "2"]])]  # fmt: skip


class NewChain(Sent):
    text: Annotated[Text, Field(description="Its first line is the title, the others are the note.")]
    pattern: Annotated[str, line(PATTERN_LIMIT, least=1, about="The fields of a line with hyphens between, * after what must be filled.", example="姓名-数量*")] = "姓名-数量"  # fmt: skip
    example: Annotated[str, line(EXAMPLE_LIMIT, example="苏杭-2")] = ""
    cap: Cap = None
    counts_quantity: Annotated[bool, Field(description="The most is of quantities, not of lines.")] = False
    closes_at: Moment | None = None
    seen_by: Literal["all", "members", "own"] = "all"
    space: SpaceName = ""


class AmendedChain(Sent):
    cap: Cap = None
    closes_at: Moment | None = None


class ChainState(Sent):
    is_closed: bool


class NewLine(Sent):
    values: Values


class PastedText(Sent):
    text: Annotated[str, line(40_000, least=1, example="#接龙\n1. 苏杭 2\n2. 赵穗 1份")]
    take: Annotated[bool, Field(description="Take its good lines; else only say what they are.")] = False


class NewChallenge(Sent):
    text: Annotated[Text, Field(description="Its first line is what it is called, the others are its rules.")]
    starts_on: Day
    ends_on: Day
    mode: Annotated[Literal["streak", "total"], Field(description="Days in a row, or in all.")] = "streak"
    makeups: Annotated[int, Field(ge=0, le=31, description="How many missed days one may make up.")] = 0
    hides_ranking: bool = False
    prizes: Annotated[list[Annotated[str, line(90, example="7 → 书签")]], Field(default_factory=list, max_length=20)]
    space: SpaceName = ""


class NewCheckin(Sent):
    text: Text
    on: Annotated[Day | None, Field(description="A missed day to make up; null for today.")] = None


class Featured(Sent):
    is_featured: bool = True


class RankingState(Sent):
    is_hidden: bool
