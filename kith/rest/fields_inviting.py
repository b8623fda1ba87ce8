"""What may be sent about invitations, sponsors, the record, and lived values."""

from typing import Annotated

from pydantic import Field

from kith.rest.fields import NO_NUL, Sent

Under = Annotated[
    str,
    Field(
        max_length=48, pattern=NO_NUL,
        json_schema_extra={"description": "The handle of whose branch; empty for your own, or for operators: the whole tree."},
    ),
]  # fmt: skip
Everybody = Annotated[
    bool, Field(json_schema_extra={"description": "Those of all members; for operators."}, examples=[False])
]
SpanDay = Annotated[
    str,
    Field(
        max_length=12, pattern=NO_NUL, examples=["2026-11-20"],
        json_schema_extra={"description": "A day as 2026-11-20, counted in; empty for the usual one."},
    ),
]  # fmt: skip
Who = Annotated[
    str,
    Field(max_length=48, pattern=NO_NUL, json_schema_extra={"description": "The handle of who did it; empty for all."}),
]
DeedKind = Annotated[
    str, Field(max_length=40, pattern=NO_NUL, json_schema_extra={"description": "As gather.muted; empty for all."})
]


class Living(Sent):
    word: Annotated[
        str, Field(min_length=1, max_length=20, pattern=NO_NUL, description="The word of the value.", examples=["真"])
    ]
    on: Annotated[bool, Field(description="False takes it back.")] = True


class Vouching(Sent):
    yes: Annotated[bool, Field(description="Do you vouch for them?", examples=[True])]
