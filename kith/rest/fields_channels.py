"""What may be sent about channels."""

from typing import Annotated

from pydantic import Field

from kith.rest.fields import Sent, line

Code = Annotated[
    str,
    Field(
        pattern=r"^[2-9a-hjkmnp-z]{10}$",
        json_schema_extra={"description": "The code of a link."},
        examples=["7h3kq9wz2m"],
    ),
]


class Accepts(Sent):
    disclosure_version: Annotated[int, Field(ge=0, le=32_767, description="The version whose text was read.")]


class Count(Sent):
    count: Annotated[int, Field(ge=1, le=50)] = 10


class Whom(Sent):
    handle: Annotated[str, line(60, least=1, example="何以南")]


class NewChannelRule(Sent):
    touch_days: Annotated[int, Field(ge=1, le=90, description="How long a link counts.")] = 30
    bond_days: Annotated[int, Field(ge=0, le=365, description="How long a buyer is bound; 0: not at all.")] = 0


class Judged(Sent):
    is_fine: bool
