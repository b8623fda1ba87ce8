"""What may be sent about ideas."""

from typing import Annotated, Literal

from pydantic import Field

from kith.rest.fields import BIGINT, NO_NUL, Handle, Sent, SpaceName, Text, line

Product = Annotated[str, line(60, about="What it is about; empty for the community itself.", example="茶罐")]
OfProduct = Annotated[str, Field(max_length=60, pattern=NO_NUL, json_schema_extra={"description": "Only about this product; empty for all."})]  # fmt: skip
State = Literal["proposed", "adopted", "declined", "shipped"]
OfState = Annotated[Literal["", State], Field(json_schema_extra={"description": "Only in this state; empty for all."})]
Replies = Annotated[
    list[Annotated[int, Field(ge=1, le=BIGINT)]],
    Field(default_factory=list, max_length=100, description="Ids of replies to it that were used."),
]
Handles = Annotated[list[Handle], Field(default_factory=list, max_length=100, description="Who else had a part in it.")]


class NewIdea(Sent):
    text: Text
    product: Product = ""
    space: SpaceName = ""


class IdeaDecision(Sent):
    is_adopted: bool
    reason: Annotated[str, line(500, about="Needed to decline.", example="下一批就这样做。")] = ""


class Shipment(Sent):
    shipped: Annotated[str, line(200, least=1, about="What shipped.", example="竹盖茶罐，第一批 500 只")]
    replies: Replies
    handles: Handles


class Credits(Sent):
    replies: Replies
    handles: Handles


class NewOwner(Sent):
    handle: Handle
    product: Product = ""
