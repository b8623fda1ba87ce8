"""What may be sent about posters and group codes."""

from typing import Annotated

from pydantic import Field

from kith.connect.api import CAMPAIGN_LIMIT, GROUP_LIMIT, LETS_IN_LIMIT, VALID_DAYS
from kith.lib.codes import CODE
from kith.rest.fields import Sent, line


class NewPoster(Sent):
    campaign: Annotated[str, line(CAMPAIGN_LIMIT, about="Where it hangs, or for what.", example="春分市集")] = ""
    lets_in: Annotated[int, Field(ge=0, le=LETS_IN_LIMIT, description="So many come in by it at once; for operators.")] = 0  # fmt: skip


class CameBy(Sent):
    code: Annotated[str, Field(pattern=f"^{CODE.pattern}$", examples=["7h3kq9wz2m"])]


class NewGroupCode(Sent):
    title: Annotated[str, line(60, least=1, about="What people come into.", example="春分课")]
    note: Annotated[str, line(200)] = ""


class NewChatGroup(Sent):
    name: Annotated[str, line(60, least=1, example="春分课 3 群")]
    limit: Annotated[int, Field(ge=1, le=2000, description="From how many members on it is full.")] = GROUP_LIMIT
    heads: Annotated[int, Field(ge=0, le=2000, description="Its members now.")] = 0
    valid_days: Annotated[int, Field(ge=0, le=365, description="How long its code holds; 0 for ever.")] = VALID_DAYS
