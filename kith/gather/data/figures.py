"""What crosses the door of gather about chapters, core figures, circles and treasures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal

FIGURES = ("leader", "expert", "connector", "host", "own")
DUTIES = ("space", "newcomers", "chapter", "treasure")
TREASURES = ("person", "tool", "text", "ritual")
CIRCLES = ("open", "request")
MOST_CIRCLES = 200
MOST_DUTIES = 40
ALARM_DAYS = (7, 730)


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A named role somebody was offered: theirs once accepted. `duties` are (kind, id of the thing; 0 for newcomers).

    `reasons` are codes of `see` with their facts where the role was suggested, `why` the words of who offered it. `after`
    is the role that passes to them when they accept.
    """

    id: int
    person_id: int
    kind: str
    title: str
    why: str
    reasons: Sequence[tuple[str, Mapping[str, object]]]
    duties: Sequence[tuple[str, int]]
    offered_at: datetime
    accepted_at: datetime | None
    after_id: int | None


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody the book suggests for a role, with why."""

    person_id: int
    kind: str
    reasons: Sequence[tuple[str, Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class ChapterNumbers:
    """A chapter in numbers of the last 30 days; id 0 stands for those in no chapter. `between` are pairs with other chapters."""

    id: int
    name: str
    members: int
    active: int
    within: int
    between: int
    answers: int


@dataclass(frozen=True, slots=True)
class ChapterReport:
    """All chapters, and the whole community with each person and each pair counted once."""

    rows: Sequence[ChapterNumbers]
    members: int
    active: int
    within: int
    between: int
    answers: int


@dataclass(frozen=True, slots=True)
class CircleValue:
    """A circle members made. `mine` is what the reader is in it: "" nothing, "asked", "in", "keeper"."""

    id: int
    name: str
    purpose: str
    entered_by: str
    made_at: datetime
    closed_at: datetime | None
    members: int
    asking: int
    mine: str


@dataclass(frozen=True, slots=True)
class TreasureValue:
    """Something or somebody a community would not want to lose. `unused_days` since last use, or since it was declared."""

    id: int
    kind: str
    name: str
    about: str
    person_id: int | None
    custodian_id: int | None
    uses: int
    users: int
    made_at: datetime
    last_used_at: datetime | None
    alarm_days: int
    unused_days: int
    used_today: bool

    @property
    def is_alarming(self) -> bool:
        return self.unused_days >= self.alarm_days


class UnknownFigure(Refusal):
    sentence = "There is no role called “%(kind)s”."


class FigureNameMissing(Refusal):
    sentence = "A role of your own needs a name."


class NoSuchFigure(NotFound):
    sentence = "There is no such role here."


class AlreadyFigure(Refusal):
    sentence = "They have this role, or were offered it, already."
    status = 409


class FigureDecided(Refusal):
    sentence = "This was answered already."
    status = 409


class NotYourFigure(NotAllowed):
    sentence = "Only who holds the role, and who runs the community, may do this."


class BadDuty(Refusal):
    sentence = "A duty is a space, a chapter or a treasure of this community, or the newcomers."


class NotALead(NotAllowed):
    sentence = "Only the leads of this chapter, and who runs the community, may do this."


class NoSuchCircle(NotFound):
    sentence = "There is no such circle here."


class PurposeMissing(Refusal):
    sentence = "Say in a sentence what it is for."


class UnknownDoor(Refusal):
    sentence = "A circle is entered openly or by request."


class CirclesFull(Refusal):
    sentence = "There are %(most)s circles already; close one that sleeps."
    status = 409


class KeepersOnly(NotAllowed):
    sentence = "Only who keeps the circle, and who runs the community, may do this."


class KeeperStays(Refusal):
    sentence = "The last keeper cannot leave: hand the circle over or close it."
    status = 409


class NobodyAsked(NotFound):
    sentence = "Nobody of that name asked to come in."


class NotInCircle(NotAllowed):
    sentence = "Only who is in the circle speaks here."


class NoSuchTreasure(NotFound):
    sentence = "There is no such treasure here."


class UnknownTreasure(Refusal):
    sentence = "A treasure is a person, a tool, a text or a ritual."


class BadAlarm(Refusal):
    sentence = "The alarm is set to %(least)s to %(most)s days."


class CustodianOnly(NotAllowed):
    sentence = "Only who keeps the treasure, and who runs the community, may do this."
