"""What may be sent about spaces and announcements."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from kith.connect.api import KINDS, SLOW_LIMIT
from kith.rest.fields import BIGINT, AnyKind, Sent, SpaceName, Text, line

Kinds = Annotated[
    list[AnyKind],
    Field(default_factory=list, max_length=len(KINDS), description="The kinds of post it takes; empty for every kind."),
]
Slow = Annotated[
    int, Field(ge=0, le=SLOW_LIMIT, description="Seconds between two texts of a member there; 0 for no slow mode.")
]
GroupNames = Annotated[
    list[Annotated[str, line(60, least=1, example="茶友三群")]],
    Field(default_factory=list, max_length=100, description="Groups outside to which the text is copied by hand."),
]
Until = Annotated[
    datetime | None, Field(strict=False, description="Pinned above the feed until then; null for not at all.")
]


class NewSpace(Sent):
    name: Annotated[str, line(60, least=1, example="茶")]
    about: Annotated[str, line(200, about="What it is for.", example="新茶、茶具、喝法")] = ""
    kinds: Kinds
    slow_seconds: Slow = 0


class AmendedSpace(Sent):
    name: Annotated[str, line(60, least=1)] | None = None
    about: Annotated[str, line(200)] | None = None
    kinds: Annotated[list[AnyKind], Field(max_length=len(KINDS))] | None = None
    slow_seconds: Slow | None = None
    is_archived: bool | None = None


class SpaceOrder(Sent):
    space_ids: Annotated[list[Annotated[int, Field(ge=1, le=BIGINT)]], Field(max_length=1000)]


class NewAnnouncement(Sent):
    text: Text
    space: SpaceName = ""
    pinned_until: Until = None
    groups: GroupNames


class Pin(Sent):
    pinned_until: Until


class CopyGroups(Sent):
    groups: GroupNames


class CopyDone(Sent):
    is_done: bool = True
