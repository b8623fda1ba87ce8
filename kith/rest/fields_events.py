"""What may be sent about events."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from kith.connect.api import CAPACITY_LIMIT
from kith.rest.fields import Sent, SpaceName, Text, line

Moment = Annotated[AwareDatetime, Field(strict=False, examples=["2027-03-01T19:00:00+08:00"])]


class EventFields(Sent):
    title: Annotated[str, line(120, least=1, example="山中茶会")]
    starts_at: Moment
    ends_at: Moment | None = None
    zone: Annotated[str, line(50, least=1, about="The time zone of the place (IANA).", example="Asia/Shanghai")]
    place: Annotated[str, line(200, example="径山")] = ""
    link: Annotated[str, line(500, about="Told to who comes only.")] = ""
    capacity: Annotated[int | None, Field(ge=1, le=CAPACITY_LIMIT, description="Seats; null for no limit.")] = None
    chapter: Annotated[str, line(40)] = ""


class NewEvent(EventFields):
    text: Text
    space: SpaceName = ""


class Cancelled(Sent):
    reason: Annotated[str, line(200, example="下雨")] = ""


class Coming(Sent):
    answer: Literal["yes", "maybe", "no"]


class WhoArrives(Sent):
    who: Annotated[str, line(60, least=1, about="A code, or a handle as after an @.")]
