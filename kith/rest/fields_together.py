"""What may be sent about chapters, core figures, circles and treasures."""

from typing import Annotated, Literal

from pydantic import Field

from kith.rest.fields import BIGINT, Sent, line

HandleSent = Annotated[str, line(48, least=1, example="苏杭")]


class NewChapter(Sent):
    name: Annotated[str, line(40, least=1, example="成都")]
    about: Annotated[str, line(300)] = ""


class ChangedChapter(Sent):
    name: Annotated[str | None, line(40)] = None
    about: Annotated[str | None, line(300)] = None


class ChosenChapter(Sent):
    chapter_id: Annotated[int | None, Field(ge=1, le=BIGINT, description="Null for none.")] = None


class NewSpaceName(Sent):
    name: Annotated[str, line(60, least=1, example="成都同城")]


class NewDuty(Sent):
    kind: Literal["space", "newcomers", "chapter", "treasure"]
    thing_id: Annotated[int, Field(ge=0, le=BIGINT)] = 0


class NewFigure(Sent):
    handle: HandleSent
    kind: Literal["leader", "expert", "connector", "host", "own"]
    title: Annotated[str, line(40, about="For a role of your own.")] = ""
    why: Annotated[str, line(300)] = ""
    duties: Annotated[list[NewDuty], Field(max_length=40)] = Field(default_factory=list)


class ToWhom(Sent):
    handle: HandleSent


class Asking(Sent):
    handle: HandleSent
    yes: bool


class NewCircle(Sent):
    name: Annotated[str, line(40, least=1, example="晨跑")]
    purpose: Annotated[str, line(300, least=1, example="每天早上一起跑五公里")]
    entered_by: Literal["open", "request"] = "open"


class NewTreasure(Sent):
    kind: Literal["person", "tool", "text", "ritual"]
    name: Annotated[str, line(60, least=1, example="周五夜话")]
    about: Annotated[str, line(500)] = ""
    person: Annotated[str, line(48, about="The handle, for a person.")] = ""
    custodian: Annotated[str, line(48, about="The handle of who keeps it.")] = ""
    alarm_days: Annotated[int, Field(ge=7, le=730)] = 60
