"""What may be sent: each kind of value once, with its bounds, as the schema tells them."""

from typing import Annotated, Literal

from ninja import Header, Schema
from pydantic import ConfigDict, Field

from kith.connect.api import TEXT_LIMIT
from kith.see.api import LEAST_RUNS, LEAST_WEEKS, MOST_GONE, MOST_HOSTS, MOST_RUNS, MOST_SEED, MOST_WEEKS

BIGINT = 2**63 - 1
NO_NUL = r"^[^\x00]*$"
# Descriptions of parameters stand in json_schema_extra: ninja's own field for a parameter would blank out the plain ones.

Slug = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$",
        json_schema_extra={
            "description": "The address of a community: 2 to 40 small letters, digits and inner hyphens."
        },
        examples=["shanye"],
    ),
]
Handle = Annotated[
    str,
    Field(
        min_length=1,
        max_length=48,
        pattern=r"^[^\x00-\x20/\x7f]+$",
        json_schema_extra={
            "description": "A member's name within the community, as after an @; without regard to case."
        },
        examples=["苏杭"],
    ),
]
Id = Annotated[
    int, Field(ge=1, le=BIGINT, examples=[1], json_schema_extra={"description": "Its number, as the lists tell it."})
]
Place = Annotated[
    str,
    Field(
        pattern=r"^(new|(reply|to)-[1-9][0-9]{0,17})$",
        json_schema_extra={
            "description": "Where the text is being written: `new`, `reply-` and the id of the post it answers, or `to-` and the id of the person it is for."
        },
        examples=["new"],
    ),
]
Cursor = Annotated[
    str,
    Field(
        pattern=r"^([0-9]{1,17}-[0-9]{1,17})?$",
        json_schema_extra={"description": "`next` of the page before; empty for the first."},
    ),
]
Limit = Annotated[int, Field(ge=1, le=100, json_schema_extra={"description": "At most so many."})]
BeforeId = Annotated[
    int, Field(ge=0, le=BIGINT, json_schema_extra={"description": "`next` of the page before; 0 for the first."})
]
Decided = Annotated[
    Literal["", "admitted", "declined"], Field(json_schema_extra={"description": "Only these; empty for all."})
]
PageNumber = Annotated[
    int, Field(ge=1, le=100_000, json_schema_extra={"description": "Which page; past the last, the last."})
]
Search = Annotated[
    str, Field(max_length=60, pattern=NO_NUL, json_schema_extra={"description": "Part of a name or handle."})
]
After = Annotated[
    str, Field(max_length=48, pattern=NO_NUL, json_schema_extra={"description": "`next` of the page before."})
]
SpaceName = Annotated[
    str, Field(max_length=60, pattern=NO_NUL, json_schema_extra={"description": "The name of a space; empty for all."})
]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?$",
        description="A UUID of your own: sending the same text under it again is the same post.",
        example="0b2f6e0c-7d3c-4d9b-9a3f-0a4f0b1f2c3d",
    ),
]

Text = Annotated[
    str,
    Field(
        min_length=1, max_length=TEXT_LIMIT, pattern=NO_NUL, description="Markdown.", examples=["谢谢 @何以南 的山货。"]
    ),
]
Kind = Literal["talk", "ask", "viewpoint"]  # what a text alone makes; the others have routes of their own
AnyKind = Literal["talk", "ask", "viewpoint", "idea", "announcement", "event", "chain", "checkin"]
Role = Literal["founder", "operator", "core", "member"]
OfKind = Annotated[Literal["", AnyKind], Field(json_schema_extra={"description": "Only of this kind; empty for all."})]
InRole = Annotated[Literal["", Role], Field(json_schema_extra={"description": "Only in this role; empty for all."})]
Unanswered = Annotated[bool, Field(json_schema_extra={"description": "Only asks without an accepted answer."})]
Sort = Annotated[
    Literal["score", "ties", "two_way", "in", "out", "warmth"],
    Field(json_schema_extra={"description": "What they are ordered by, the highest first."}),
]
Month = Annotated[
    str,
    Field(
        pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$",
        json_schema_extra={"description": "A month as 2026-03, at whose end; empty for now."},
        examples=["2026-03"],
    ),
]
Also = Annotated[
    str,
    Field(
        max_length=1000, pattern=NO_NUL,
        json_schema_extra={"description": "Who goes with them: handles, a blank between each two."},
    ),
]  # fmt: skip
SeedCount = Annotated[int, Field(ge=1, le=50, json_schema_extra={"description": "How many at most."})]
Scope = Literal["read", "write", "admin"]
Secret = Annotated[
    str, Field(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$", description="The link's secret.")
]


def line(limit: int, *, least: int = 0, about: str = "", example: str = "") -> object:
    """Return the bounds of a short text."""
    return Field(
        min_length=least,
        max_length=limit,
        pattern=NO_NUL,
        description=about or None,
        examples=[example] if example else None,
    )


class Sent(Schema):
    """A body: nothing else than its fields, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NewPost(Sent):
    text: Text
    kind: Kind = "talk"
    space: SpaceName = ""
    is_free: Annotated[bool, Field(description="Open to those who may not read its space.")] = False


class NewReply(Sent):
    text: Text


class Edited(Sent):
    text: Text


class Why(Sent):
    why: Annotated[str, line(140, about="A few words why.", example="雨里送到，一个没坏。")] = ""


class Answer(Sent):
    answer_id: Annotated[int, Field(ge=1, le=BIGINT, description="The id of a reply to this ask.")]


class DraftText(Sent):
    text: Annotated[str, line(2 * TEXT_LIMIT, example="还没想好……")]
    kind: Kind = "talk"


class NewValue(Sent):
    word: Annotated[str, line(20, least=1, example="真")]
    sentence: Annotated[str, line(200, example="不说假话")] = ""


class NewCommunity(Sent):
    name: Annotated[str, line(60, least=1, example="山野社")]
    slug: Slug
    pursuit: Annotated[str, line(200, least=1, about="What it pursues, in a sentence.", example="把山野带回家")]
    values: Annotated[list[NewValue], Field(default_factory=list, max_length=12)]
    rules: Annotated[str, line(20_000, example="有话直说。")] = ""
    visible_to: Annotated[Literal["public", "members"], Field(description="Who may see it.")] = "members"
    entered_by: Annotated[Literal["open", "application", "invitation"], Field(description="How one comes in.")] = (
        "application"
    )
    questions: Annotated[
        list[Annotated[str, line(200, least=1, example="你为什么来？")]],
        Field(default_factory=list, max_length=10, description="What applicants are asked."),
    ]
    language: Literal["zh-hans", "en"] = "zh-hans"


Accepted = Annotated[
    list[Annotated[int, Field(ge=1, le=BIGINT)]],
    Field(default_factory=list, max_length=60, description="The ids of the agreements you read and accept: all that hold."),
]  # fmt: skip


class Answers(Sent):
    answers: Annotated[
        list[Annotated[str, line(2000, example="想吃到山里的味道。")]],
        Field(default_factory=list, max_length=10, description="One answer to each question, in their order."),
    ]
    sponsor: Annotated[str, line(60, about="The handle of a member who vouches for you.", example="苏杭")] = ""
    accepted: Accepted


class Decision(Sent):
    admit: Annotated[bool, Field(examples=[True])]
    reason: Annotated[str, line(300, about="What the applicant is told.")] = ""


class NewInvitation(Sent):
    uses: Annotated[int, Field(ge=1, le=1000, description="How many people it lets in.")] = 1
    days: Annotated[int, Field(ge=1, le=365, description="How long it holds.")] = 30
    note: Annotated[str, line(60, about="Whom it is for; only you and operators see it.", example="老同学")] = ""


class ClaimFor(Sent):
    handle: Annotated[Handle, Field(description="Whose imported lines are to be claimed.")]


class Link(Sent):
    token: Secret


class Entering(Link):
    accepted: Accepted


class Joining(Sent):
    accepted: Accepted


class NewToken(Sent):
    name: Annotated[str, line(60, least=1, about="What it is for.", example="每周周报")]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=3, examples=[["read"]])]
    expires_days: Annotated[int | None, Field(ge=1, le=3650, description="How long it lives; null for ever.")] = None


class Note(Sent):
    note: Annotated[str, line(300, about="What came of it, for the other operators.")] = ""


class Yes(Sent):
    yes: Annotated[bool, Field(examples=[True])]


class NewSimulation(Sent):
    """What is done otherwise, and how far it is looked: the bounds are those of see.WhatIf."""

    answer_newcomers: Annotated[bool, Field(description="Every newcomer is answered within a day.")] = False
    hosts: Annotated[int, Field(ge=0, le=MOST_HOSTS, description="So many more welcome newcomers.")] = 0
    lose_top: Annotated[int, Field(ge=0, le=MOST_GONE, description="The first so many super nodes leave.")] = 0
    weeks: Annotated[int, Field(ge=LEAST_WEEKS, le=MOST_WEEKS, description="How many weeks ahead.")] = 26
    runs: Annotated[int, Field(ge=LEAST_RUNS, le=MOST_RUNS, description="How many runs.")] = 200
    seed: Annotated[int, Field(ge=0, le=MOST_SEED, description="The same seed and book give the same numbers.")] = 1


class NewWishes(Sent):
    hides_rank: Annotated[bool, Field(description="Keep me out of rankings.")]
    refuses_measures: Annotated[bool, Field(description="Do not measure me; out of rankings too.")]
    declines_introductions: Annotated[bool, Field(description="Propose me to nobody.")] = False
    declines_letters: Annotated[bool | None, Field(description="No weekly letter; left as it is where not given.")] = (
        None
    )
