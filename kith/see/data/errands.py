"""What crosses the door of see: things to do for somebody by name, and what came of them."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal
from kith.see.data.pictures import Reason, Somebody

ERRANDS = ("welcome", "answer", "thank", "introduce", "hand_over", "call")
STATES = ("open", "taken", "done", "dropped")


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do for `who`; `kind` is one of ERRANDS, `state` one of STATES, `source` what it is about (`post:12`).

    `other` is the second of two to introduce, or who hands over. Dropped without an `owner` it has lapsed: it was no
    longer needed. `came_back` says whether they acted within two weeks after; None while nobody can know.
    """

    id: int
    kind: str
    who: Somebody
    other: Somebody | None
    source: str
    reason: Reason
    state: str
    owner: Somebody | None
    note: str
    made_at: datetime
    taken_at: datetime | None
    ended_at: datetime | None
    came_back: bool | None

    @property
    def is_running(self) -> bool:
        return self.state in {"open", "taken"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the errands of a kind: of those `done` and those `left`, how many people came back. Only the judged count."""

    kind: str
    done: int
    done_came_back: int
    left: int
    left_came_back: int


class NoSuchErrand(NotFound):
    sentence = "This errand is not here any more."


class AlreadyTaken(Refusal):
    sentence = "%(name)s has this in hand."
    status = 409


class AlreadyEnded(Refusal):
    sentence = "This errand has ended already."
    status = 409


class RunnersOnly(NotAllowed):
    sentence = "Only the founder and operators may do this."
