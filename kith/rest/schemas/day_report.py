"""The daily report."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from kith.rest.schemas.authors import Author


class DayNumbers(Schema):
    messages: int
    people: int
    replies: int = Field(description="How many of the messages turned to somebody else.")


class Topic(Schema):
    post_id: int
    title: str
    word: str = Field(description="The word that lines outside of threads share; empty for a thread.")
    people: int
    messages: int
    heat: float = Field(description="In degrees, 0 to 100: people count more than messages.")


class PersonOfTheDay(Schema):
    who: Author
    others: int = Field(description="With how many others they were in touch that day.")
    messages: int


class OpenAsk(Schema):
    post_id: int
    title: str
    who: Author
    at: datetime
    replies: int


class Daily(Schema):
    """The report of a day, by the clock of the server. A day of fewer than five messages has neither topics nor people."""

    on: date
    numbers: DayNumbers
    usual: DayNumbers | None = Field(description="The median day of the four weeks before; null for less than a week.")
    level: str = Field(description="lively, usual or quiet; empty where nothing is usual yet.")
    topics: list[Topic]
    people: list[PersonOfTheDay] = Field(description="Nobody who keeps out of rankings.")
    asks: list[OpenAsk] = Field(description="Asks of the week before without an accepted answer, as they stand now.")
    asks_open: int
    is_over: bool
    text: str = Field(description="To paste into a group chat, in the language of Accept-Language.")
