"""What may be sent about agreements and order."""

from typing import Annotated, Literal

from pydantic import Field

from kith.rest.fields import NO_NUL, Accepted, Sent, line

Number = Annotated[int, Field(ge=1, le=100_000, json_schema_extra={"description": "Which agreement."}, examples=[1])]
Reason = Annotated[str, line(300, about="Why; whom it concerns reads it.", example="刷屏三次")]


class NewAgreement(Sent):
    title: Annotated[str, line(80, least=1, example="待人以诚")]
    text: Annotated[str, Field(min_length=1, max_length=8000, pattern=NO_NUL, examples=["不骗人，也不瞒人。"])]


class Acceptance(Sent):
    accepted: Accepted


class NewMeasure(Sent):
    kind: Annotated[Literal["mute", "ban"], Field(description="Mute: they read only. Ban: they leave.")]
    reason: Reason
    days: Annotated[int | None, Field(ge=1, le=3650, description="For how long; null without an end.")] = None


class NewLimits(Sent):
    """What is not sent stays as it is."""

    slow_seconds: Annotated[int, Field(ge=0, le=86_400)] = 0
    first_texts: Annotated[int, Field(ge=0, le=50)] = 3
    holds_first: bool = False
    first_links: Annotated[int | None, Field(ge=0, le=100)] = None
    per_minute: Annotated[int, Field(ge=1, le=1000)] = 30
    per_hour: Annotated[int, Field(ge=1, le=10_000)] = 300
    flags_to_blur: Annotated[int, Field(ge=1, le=100)] = 2
    invites: Annotated[int, Field(ge=0, le=1000)] = 0


class ReadDecision(Sent):
    approve: Annotated[bool, Field(examples=[True])]
    reason: Annotated[str, line(300, about="What the author is told where it does not appear.")] = ""
