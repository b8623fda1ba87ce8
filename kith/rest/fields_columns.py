"""What may be sent about gates and columns."""

from typing import Annotated, Literal

from pydantic import Field

from kith.rest.fields import Sent, line


class NewGate(Sent):
    is_column: bool = False
    reads: Literal["all", "members", "plan", "tier"] = "all"
    needs: Annotated[
        str, Field(pattern=r"^([a-z][a-z0-9-]{0,19})?$", description="The family of the membership it takes.")
    ] = ""
    tier_from: Annotated[int, Field(ge=0, le=1000, description="The position of the lowest tier that may read it.")] = 0
    called: Annotated[str, line(60, about="What readers know the membership or tier by.", example="读书会员")] = ""
    preview_chars: Annotated[int, Field(ge=0, le=1000)] = 200
    authors: Annotated[
        list[Annotated[str, line(48)]], Field(default_factory=list, max_length=20, description="Handles.")
    ]


class Free(Sent):
    is_free: bool
