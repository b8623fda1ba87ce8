"""What crosses the door of see about promises: counted where they are made, and given down as plain numbers."""

from dataclasses import dataclass
from datetime import datetime

from kith.see.data.errands import Errand
from kith.see.data.pictures import Somebody

PROMISES = ("errand", "event", "checkin", "launch")
TURN_OUT = "turn_out"
SOLD = "sold"
GIVEN = ("event", "checkin", "launch", TURN_OUT, SOLD)  # errands see counts itself


@dataclass(frozen=True, slots=True)
class Tally:
    """What of something promised was kept: `kept` of `of`, at one place (`source`: post:12, launch:autumn, launch:autumn:2026-11), when it fell due.

    event: who said they come, and came. checkin: who began a challenge, and kept it up. launch: who accepted to bring it to others,
    and sold. turn_out: the people expected to turn to these, and the buyers who came by them (more may come than were expected).
    sold is no promise: for how much `of` orders of a launch and a month were sold, in units of the currency most is sold in.
    """

    name: str
    source: str
    at: datetime
    kept: float
    of: float


@dataclass(frozen=True, slots=True)
class GivenBack:
    """An errand that was taken and not done within a week; others may have taken it since. `owner` is None for who left."""

    errand: Errand
    owner: Somebody | None
    taken_at: datetime
    given_back_at: datetime
