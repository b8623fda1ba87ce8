"""What may be sent about searching, notifications, messages and bookmarks."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from kith.rest.fields import NO_NUL, Kind

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
Moment = Annotated[AwareDatetime | None, Field(json_schema_extra={"description": "ISO 8601 with an offset."})]
FoundCursor = Annotated[
    str,
    Field(
        pattern=r"^([01]-[0-9]{1,17}-[0-9]{1,17})?$",
        json_schema_extra={"description": "`next` of the page before; empty for the first."},
    ),
]
