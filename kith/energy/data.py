"""What crosses the door of the energy book."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from kith.lib.errors import Refusal


@dataclass(frozen=True, slots=True)
class NewAct:
    """An act to append. `key` names it once and for all within its community: the same key adds nothing.

    `source` says where it came from (`post:12`, `import:7`); `weight` None takes the weight of its kind;
    without `other_id` it is energy given to nobody in particular.
    """

    actor_id: int
    kind: str
    at: datetime
    key: str
    source: str
    other_id: int | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class TieValue:
    """A directed tie at a moment: `live` is the decayed sum of its acts' weights, >= 0."""

    a_id: int
    b_id: int
    live: float
    acts: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ActRow:
    """One line of the book as shown to people."""

    id: int
    actor_id: int
    other_id: int | None
    kind: str
    weight: float
    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class ActColumns:
    """Acts as columns, oldest first: person ids (`other` -1 for nobody), weight, epoch seconds, `kind` as a place in `kinds`."""

    actor: NDArray[np.int64]
    other: NDArray[np.int64]
    weight: NDArray[np.float64]
    at: NDArray[np.float64]
    kind: NDArray[np.int16]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TieColumns:
    """Directed ties as columns by (a, b): person ids, live acts at both half-lives, how many acts, epoch seconds of the first and last."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    live: NDArray[np.float64]
    node_live: NDArray[np.float64]
    acts: NDArray[np.int64]
    first_at: NDArray[np.float64]
    last_at: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Word:
    """Something somebody said that nobody has answered by turning to them; `first_at` is when they first acted at all."""

    person_id: int
    at: datetime
    source: str
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Earned:
    """What somebody gave and was given within a span of time, in different people and days.

    `givers` turned to them on `giver_days`, `thankers` thanked, `sponsors` vouched for them; they turned to `reached`, were
    there on `days` in `weeks`, and `answers` different people accepted an answer of theirs.
    """

    givers: int = 0
    giver_days: int = 0
    thankers: int = 0
    sponsors: int = 0
    reached: int = 0
    days: int = 0
    weeks: int = 0
    answers: int = 0


@dataclass(frozen=True, slots=True)
class GroupNumbers:
    """How many of a group acted, and how many answers of theirs were accepted."""

    active: int = 0
    answers: int = 0


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did: `new` lines, `known` ones left alone, `revived` ones that had been withdrawn (among the new)."""

    new: int
    known: int
    revived: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ties of the projection against a rebuild from the book."""

    ties: int
    missing: int
    surplus: int
    different: int
    worst: float

    @property
    def is_equal(self) -> bool:
        return not (self.missing or self.surplus or self.different)


class UnknownKind(Refusal):
    sentence = "There is no kind of act called “%(kind)s”."


class BadWeight(Refusal):
    sentence = "An act weighs between 0 and %(limit)s."
