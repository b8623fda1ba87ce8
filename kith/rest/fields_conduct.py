"""What may be sent about agreements and order."""

from typing import Annotated, Literal

from pydantic import Field

from kith.rest.fields import BIGINT, NO_NUL, Accepted, Sent, line

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
    invites: Annotated[int, Field(ge=0, le=1000, description="People a member may have invited at a time.")] = 0
    needs_sponsor: Annotated[bool, Field(description="An application names a member who vouches.")] = False


class NewFlag(Sent):
    agreement_id: Annotated[
        int | None,
        Field(ge=1, le=BIGINT, description="The agreement it breaks (`id`); null where the community has none."),
    ] = None
    note: Annotated[str, line(300, about="What is wrong, in a few words.")] = ""


class CaseDecision(Sent):
    outcome: Annotated[
        Literal["left", "removed", "muted", "banned"],
        Field(description="Left standing; taken away; and with it the author muted, or banned."),
    ]
    reason: Annotated[str, line(300, about="What the author is told; needed unless it is left.", example="广告")] = ""
    days: Annotated[
        int | None, Field(ge=1, le=3650, description="How long a mute or ban holds; null without an end.")
    ] = None


class NewAppeal(Sent):
    text: Annotated[str, line(1000, least=1, about="Why the decision is wrong.", example="这是转述，不是广告。")]


class AppealDecision(Sent):
    grant: Annotated[bool, Field(examples=[True])]
    reason: Annotated[str, line(300, about="What the author is told.")] = ""


class ReadDecision(Sent):
    approve: Annotated[bool, Field(examples=[True])]
    reason: Annotated[str, line(300, about="What the author is told where it does not appear.")] = ""
