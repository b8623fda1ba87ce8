"""What may be sent about gifts and renewing."""

from typing import Annotated

from pydantic import Field

from kith.rest.fields import Sent, line

GiftCode = Annotated[str, Field(pattern=r"^[2-9a-z]{1,20}$", json_schema_extra={"description": "The code of a gift."})]


class NewGift(Sent):
    to_name: Annotated[str, line(60, about="What they are called.")] = ""
    message: Annotated[str, line(200, about="A few words.")] = ""


class Agreed(Sent):
    family: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,19}$")]
    provider: Annotated[str, Field(pattern=r"^[a-z_]{1,12}$")] = "sandbox"
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="That of the text you read.")]
