"""Events and calendars."""

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from kith.rest.schemas.authors import Author
from kith.rest.schemas.talk import PostWithLatest

State = Literal["yes", "maybe", "no", "waiting"]


class Events(Schema):
    events: list[PostWithLatest]
    page: int
    pages: int


class OwnAnswer(Schema):
    answer: State
    code: str = Field(description="Opens the door.")
    nth: int = Field(description="Your place in the line, 1 is next; 0 where you stand in none.")
    arrived_at: datetime | None


class Guest(Schema):
    who: Author
    answer: State
    at: datetime
    arrived_at: datetime | None


class Guests(Schema):
    guests: list[Guest]


class Arrival(Schema):
    who: Author
    arrived_at: datetime
    is_first: bool = Field(description="They were not counted before.")


class Ics(Schema):
    ics: str = Field(description="iCalendar, RFC 5545.")


class CalendarAddresses(Schema):
    all: str = Field(description="Every event of the community.")
    mine: str = Field(description="Those you come to, may come to or wait for.")
