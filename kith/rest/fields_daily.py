"""What may be sent about searching, notifications, messages and bookmarks."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from kith.connect.api import ENDPOINT_LIMIT, KEY_LIMIT, LABEL_LIMIT
from kith.rest.fields import BIGINT, NO_NUL, Id, Kind, Sent, Text, line

Wanted = Annotated[
    str,
    Field(
        min_length=1, max_length=100, pattern=NO_NUL, examples=["新米"],
        json_schema_extra={"description": "Words, all of which must be there; Chinese by two characters or more."},
    ),
]  # fmt: skip
ByHandle = Annotated[
    str,
    Field(max_length=48, pattern=NO_NUL, json_schema_extra={"description": "Only from this handle; empty for all."}),
]
SaidKind = Annotated[
    Literal["", Kind, "reply"], Field(json_schema_extra={"description": "Only of this kind; empty for all."})
]
OnlySpace = Annotated[
    bool, Field(json_schema_extra={"description": "Only in `space`; otherwise what is there comes first."})
]
Moment = Annotated[AwareDatetime, Field(json_schema_extra={"description": "ISO 8601 with an offset."})]
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
FoundCursor = Annotated[
    str,
    Field(
        pattern=r"^([01]-[0-9]{1,17}-[0-9]{1,17})?$",
        json_schema_extra={"description": "`next` of the page before; empty for the first."},
    ),
]
NoticeKind = Literal[
    "reply", "mention", "thank", "answer", "post", "announcement", "decision", "invited", "kept", "tier", "event", "letter"
]  # fmt: skip
Way = Literal["off", "bell", "mail"]
Digest = Literal["off", "daily", "weekly"]
Before = Annotated[
    int, Field(ge=0, le=BIGINT, json_schema_extra={"description": "`next` of the page before; 0 for the first."})
]
Minute = Annotated[int | None, Field(ge=0, le=1439, description="Minute of the day; null for no quiet hours.")]


class ReadThese(Sent):
    ids: Annotated[list[Id], Field(default_factory=list, max_length=500, description="Which; empty for all.")]


class NewWish(Sent):
    kind: NoticeKind
    way: Annotated[Literal["", "off", "bell", "mail"], Field(description="Empty, for a space: as everywhere.")]
    space: Annotated[str, line(60, about="The name of a space; empty for everywhere.")] = ""


class NewEars(Sent):
    takes_mail: bool = True
    digest: Digest = "off"
    quiet_from_minute: Minute = None
    quiet_until_minute: Minute = None
    zone: Annotated[str, line(40, about="Empty: that of the server.", example="Asia/Shanghai")] = ""
    answers_newcomers: bool = False


class NewDevice(Sent):
    """What `PushSubscription.toJSON()` says in a browser."""

    endpoint: Annotated[
        str,
        line(ENDPOINT_LIMIT, about="Where its push service takes messages.", example="https://push.example.org/abc"),
    ]
    p256dh: Annotated[str, line(KEY_LIMIT, about="Its public key, in base64url.")]
    auth: Annotated[str, line(KEY_LIMIT, about="Its secret, in base64url.")]
    label: Annotated[str, line(LABEL_LIMIT, about="What you call it.", example="Firefox · Android")] = ""


class NewMessage(Sent):
    text: Text


class NoteText(Sent):
    note: Annotated[str, line(200, about="A note to yourself.", example="周末试试")] = ""


class Settled(Sent):
    remove: Annotated[bool, Field(examples=[True])]
