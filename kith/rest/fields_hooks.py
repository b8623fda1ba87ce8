"""What may be sent about webhooks."""

from typing import Annotated

from pydantic import Field

from kith.hooks.api import ADDRESS_LIMIT, WANTS_LIMIT
from kith.rest.fields import Sent, line

Wants = Annotated[
    list[Annotated[str, line(50, example="act.reply")]],
    Field(min_length=1, max_length=WANTS_LIMIT, description="All (`*`), parts (`gather.*`) or kinds (`act.reply`)."),
]


Undelivered = Annotated[bool, Field(json_schema_extra={"description": "Only what did not arrive."})]


class NewHook(Sent):
    """An address to be told."""

    address: Annotated[str, line(ADDRESS_LIMIT, example="https://example.org/kith")]
    wants: Wants


class ChangedHook(Sent):
    """What to change of it."""

    wants: Wants | None = None
    is_on: Annotated[bool | None, Field(description="Whether it is told.")] = None
