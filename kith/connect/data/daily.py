"""What crosses the door about the daily report (社群日报)."""

from dataclasses import dataclass
from datetime import date, datetime

from kith.connect.data.talk import Author
from kith.lib.errors import NotFound

LEAST_MESSAGES = 5  # a day of fewer makes no report


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """What was said on a day, or on a usual one: messages, who wrote them, how many of them turned to somebody."""

    messages: int
    people: int
    replies: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What was talked about: a thread, or with `word` lines that share it. `heat` is in degrees, as all warmth here."""

    post_id: int
    title: str
    word: str
    people: int
    messages: int
    heat: float


@dataclass(frozen=True, slots=True)
class PersonOfTheDay:
    """Somebody by how many others they were in touch with that day, then by what they said."""

    who: Author
    others: int
    messages: int


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """An ask without an accepted answer."""

    post_id: int
    title: str
    who: Author
    at: datetime
    replies: int


@dataclass(frozen=True, slots=True)
class Daily:
    """The report of a day. `usual` is None while there is too little past; `level` is lively, usual, quiet or "".

    A day of fewer than five messages has neither topics nor people; asks stand as they stand now.
    """

    on: date
    numbers: DayNumbers
    usual: DayNumbers | None
    level: str
    topics: tuple[Topic, ...]
    people: tuple[PersonOfTheDay, ...]
    asks: tuple[OpenAsk, ...]
    asks_open: int
    is_over: bool

    @property
    def is_told(self) -> bool:
        return self.numbers.messages >= LEAST_MESSAGES


class NoSuchDay(NotFound):
    sentence = "There is no report of this day: it lies in the future, or before this community began."
