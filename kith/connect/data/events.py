"""What crosses the door about events."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kith.connect.data.talk import Author, Said
from kith.lib.errors import NotAllowed, NotFound, Refusal

ANSWERS = ("yes", "maybe", "no")
ANSWER_STATES = (*ANSWERS, "waiting")
TITLE_LIMIT, PLACE_LIMIT, LINK_LIMIT, CANCEL_LIMIT = 120, 200, 500, 200
CAPACITY_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as it is written; `zone` is the time zone of its place (IANA), in which its hours are shown."""

    title: str
    starts_at: datetime | None
    zone: str
    ends_at: datetime | None = None
    place: str = ""
    link: str = ""
    capacity: int | None = None
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class EventValue:
    """What an event has besides its text. `answer` is the reader's, `link` is told to who comes and who holds it."""

    kind: ClassVar[str] = "event"
    title: str
    starts_at: datetime
    ends_at: datetime | None
    zone: str
    place: str
    link: str
    capacity: int | None
    chapter: str
    going: int
    waiting: int
    arrived: int
    is_cancelled: bool
    cancel_reason: str
    answer: str = ""

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.going >= self.capacity


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What somebody answered: their code for the door, their place in the line (1 is next, 0 not in it), when they came."""

    answer: str
    code: str
    nth: int
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Guest:
    who: Author
    answer: str
    at: datetime
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who stands at the door; `is_first` tells that they were not counted before."""

    who: Author
    arrived_at: datetime
    is_first: bool


@dataclass(frozen=True, slots=True)
class Events:
    """One page of events."""

    events: list[Said]
    page: int
    pages: int


class NotAnEvent(NotFound):
    sentence = "There is no such event here."


class NoTitle(Refusal):
    sentence = "An event needs a title."


class NoStart(Refusal):
    sentence = "Say when it begins."


class EventInPast(Refusal):
    sentence = "This moment is over: an event begins later than now."


class EndsBeforeStart(Refusal):
    sentence = "It would end before it begins."


class BadCapacity(Refusal):
    sentence = "The number of seats is from 1 to %(limit)s, or empty for no limit."


class SeatsTaken(Refusal):
    sentence = "%(going)s are coming already: there cannot be fewer seats than that."
    status = 409


class BadEventLink(Refusal):
    sentence = "A link begins with https:// or http://."


class NoSuchChapter(Refusal):
    sentence = "There is no chapter called “%(chapter)s” here."


class EventOver(Refusal):
    sentence = "This event is over or was cancelled."
    status = 409


class HostsOnly(NotAllowed):
    sentence = "Only who holds the event, and operators, may do this."


class UnknownAnswer(Refusal):
    sentence = "The answer is yes, maybe or no."


class NotAGuest(NotFound):
    sentence = "This code or name belongs to nobody who may come in here."


class TooEarly(Refusal):
    sentence = "The door opens a day before the event."
    status = 409
