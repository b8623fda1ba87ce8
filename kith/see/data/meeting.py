"""What crosses the door of see: introductions, with the consent of both, and what they add."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal
from kith.see.data.pictures import Somebody


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two who might do each other good, as who introduces sees it: what each of the two says never crosses this door.

    `mutual` are people both know, who links them best first. `state` is proposed, asked, made, or past: not asked, or not
    answered with two yeses, within 30 days.
    """

    id: int
    a: Somebody
    b: Somebody
    mutual: tuple[Somebody, ...]
    state: str
    proposed_at: datetime
    by: Somebody | None
    asked_at: datetime | None
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """An introduction as one of the two is asked about it: would they like to meet `other`? `said` is their own answer.

    With `made_at` both said yes.
    """

    id: int
    other: Somebody
    by: Somebody | None
    mutual: tuple[Somebody, ...]
    asked_at: datetime
    said: bool | None
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Lift:
    """What introducing adds: of the pairs that were `shown`, and of those held out by lot, how many were in touch within 90 days.

    `made` are those of the shown where both said yes. `ratio` is None where too little was judged.
    """

    shown: int
    shown_met: int
    held_out: int
    held_out_met: int
    made: int
    made_met: int
    ratio: float | None


class NoSuchIntroduction(NotFound):
    sentence = "This introduction is not here any more."


class OneOfTheTwo(Refusal):
    sentence = "You are one of the two: write to them yourself."


class NotBetweenThem(NotAllowed):
    sentence = "Only operators, and super nodes between people they know, may introduce."


class QuestionClosed(Refusal):
    sentence = "This question has been settled already."
    status = 409
