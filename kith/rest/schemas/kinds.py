"""What kinds of post have besides their text: the place where a new kind is entered, one line in `Extra`."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Discriminator


class AnnouncementExtra(Schema):
    kind: Literal["announcement"]
    pinned_until: datetime | None


Extra = Annotated[AnnouncementExtra, Discriminator("kind")]
