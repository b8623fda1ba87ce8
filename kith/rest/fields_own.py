"""What may be sent to leave."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from kith.rest.fields import NO_NUL


class Leaving(Schema):
    """Deleting one's account."""

    model_config = ConfigDict(extra="forbid")

    texts: Literal["keep", "delete"] = Field(description="Keep what you wrote without your name, or empty it.")
    password: Annotated[
        str, Field(min_length=1, max_length=200, pattern=NO_NUL, description="Your password, once more.")
    ]
