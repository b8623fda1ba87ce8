"""What crosses the door about check-ins (打卡): a challenge, a day at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from kith.lib.errors import NotFound, Refusal

MODES = ("streak", "total")
DAYS_LIMIT = 366  # from the first day to the last
PRIZES_LIMIT = 10
MAKEUPS_LIMIT = 31


@dataclass(frozen=True, slots=True)
class Prize:
    """So many days, and what they earn."""

    days: int
    name: str


@dataclass(frozen=True, slots=True)
class ChallengeValue:
    """What a challenge has besides its text. `mode`: streak counts days in a row, total counts days.

    `makeups` is how many missed days each may make up; `people` and `checkins` count who took part, and how often.
    """

    kind: ClassVar[str] = "checkin"
    mode: str
    starts_on: date
    ends_on: date
    makeups: int
    hides_ranking: bool
    prizes: tuple[Prize, ...]
    people: int
    checkins: int

    def runs_on(self, on: date) -> bool:
        return self.starts_on <= on <= self.ends_on

    @property
    def length(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


@dataclass(frozen=True, slots=True)
class Score:
    """How somebody does: `days` is what counts for prizes, `best` the longest run, `total` all days, `now` the run that stands."""

    person_id: int
    days: int
    best: int
    total: int
    now: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody in the ranking; `rank` is shared by equals. `handle` is empty for who left."""

    rank: int
    name: str
    handle: str
    score: Score


@dataclass(frozen=True, slots=True)
class Winner:
    """Who earned a prize, and on which day."""

    prize: Prize
    name: str
    handle: str
    person_id: int
    on: date


@dataclass(frozen=True, slots=True)
class ChallengePage:
    """A challenge as its reader sees it. `calendar` has the days they checked in; `missed` those they may still make up."""

    post_id: int
    value: ChallengeValue
    today: date
    mine: Score | None
    calendar: frozenset[date]
    made_up: frozenset[date]
    missed: tuple[date, ...]
    makeups_left: int
    next_prize: Prize | None
    ranking: tuple[Ranked, ...]
    featured: tuple[int, ...]
    runs: bool

    @property
    def is_done_today(self) -> bool:
        return self.today in self.calendar


class BadChallenge(Refusal):
    sentence = "A challenge runs from a day to a later one, at most %(limit)s days, and does not end in the past."


class BadPrize(Refusal):
    sentence = "A prize is a line such as “21 days → a book”: a number of days within the challenge, and what they earn."


class TooManyPrizes(Refusal):
    sentence = "At most %(limit)s prizes."


class NotAChallenge(Refusal):
    sentence = "This post is no challenge."


class NotRunning(Refusal):
    sentence = "This challenge does not run on that day."
    status = 409


class CheckedInAlready(Refusal):
    sentence = "You have checked in for that day already."
    status = 409


class NoMakeups(Refusal):
    sentence = "Only a missed day that is over can be made up, at most %(limit)s of them."
    status = 409


class NoSuchCheckin(NotFound):
    sentence = "There is no such check-in here."
