"""What crosses the door of the order lane: wishes in, answers out, and the line of those who wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kith.launch.data.values import ContactValue
from kith.lib.errors import Refusal


@dataclass(frozen=True, slots=True)
class Wish:
    """An order somebody wants to place: units by item, under a key of the buyer's own. Prices are the launch's."""

    buyer_id: int
    units: Mapping[int, int]
    key: str
    contact: ContactValue | None = None
    shows_energy: bool = False
    terms_digest: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """An order as the lane answers it; `is_new` is False where the same key had placed it before."""

    no: str
    status: str
    total_minor: int
    currency: str
    placed_at: datetime
    hold_until: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A place in the line of a launch: the number of arrival (0: none was given), how many are before it, whether its turn has still to come."""

    number: int
    ahead: int
    must_wait: bool


@dataclass(frozen=True, slots=True)
class LineUp:
    """The line of a launch: how many numbers were given, and up to which one people have been let in."""

    issued: int
    admitted: int

    @property
    def waiting(self) -> int:
        return self.issued - self.admitted


@dataclass(frozen=True, slots=True)
class InLine:
    """A line, and the places of those who asked, by person."""

    line: LineUp
    turns: Mapping[int, Turn]


class MustWait(Refusal):
    sentence = "More people order at this moment than can be served at once. Everybody's turn comes in the order of arrival."
    status = 503


class PlainWayOnly(Refusal):
    sentence = "Orders of this launch do not go by the fast lane. Place it on the launch's page."
    status = 409


class NotWritten(Refusal):
    sentence = "This order could not be written; nothing was ordered. Try again in a minute."
    status = 503
