"""What crosses the door of see: the picture, the people and ties in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import Refusal


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody matters: a code of `rules.reasons` and what fills its sentence (`api.sentence`)."""

    code: str
    facts: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Somebody:
    """A member as see shows them."""

    person_id: int
    handle: str
    name: str
    chapter: str = ""
    headline: str = ""
    is_super: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A member in the network. Energy in live acts; `percentile` 0..100; rank 1 is the highest score.
    Rank and percentile are 0 for programs and for who keeps out of rankings.

    `degrees` are those of the mean of their five warmest ties, missing ones 0°; `circle` is the name of theirs, empty for the loose.
    """

    who: Somebody
    score: float
    energy_in: float
    energy_out: float
    ties: int
    two_way: int
    degrees: float
    band: int
    percentile: float
    rank: int
    circle: str
    reasons: tuple[Reason, ...]

    @property
    def two_way_percent(self) -> int:
        return round(100 * self.two_way / self.ties) if self.ties else 0


@dataclass(frozen=True, slots=True)
class SeenTie:
    """A tie seen from one end: what they give `who` and get from them, in live acts."""

    who: Somebody
    given: float
    received: float
    acts_given: int
    acts_received: int
    degrees: float
    band: int
    first_at: datetime
    last_at: datetime

    @property
    def is_two_way(self) -> bool:
        return self.acts_given > 0 and self.acts_received > 0


@dataclass(frozen=True, slots=True)
class Period:
    """A day or week: the acts in it, their energy then, and its colour 0..4."""

    start_at: datetime
    acts: int
    energy: float
    band: int


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person's page: `ties` warmest first; `days` of 26 whole weeks from a Monday on, without gaps; those `weeks`."""

    at: datetime
    node: Node
    ties: tuple[SeenTie, ...]
    days: tuple[Period, ...]
    weeks: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One act between two people."""

    by_id: int
    kind: str
    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class PairView:
    """Two people: the tie from `one` to `other`, how warm it was on each of 26 weeks, their latest acts."""

    at: datetime
    one: Somebody
    tie: SeenTie | None
    other: Somebody
    warmth: tuple[tuple[datetime, float], ...]
    acts_90_days: int
    latest: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A community's network in numbers, `at` a moment: now, or the last act when nobody acted for a month.

    `people` members; `tied` those with a tie; `acts` and `ties` (directed) of the book; `pairs` in touch;
    `temperature` degrees of live energy per active member, `weeks` of it, the newest last;
    `clarity` modularity of the circles; `shown` people and `shown_ties` on the map.
    """

    made_at: datetime
    at: datetime
    people: int
    tied: int
    acts: int
    ties: int
    pairs: int
    two_way_percent: int
    reciprocity: float
    super_nodes: int
    circles: int
    clarity: float
    has_clear_circles: bool
    energy: float
    active: int
    temperature: float
    weeks: tuple[float, ...]
    shown: int
    shown_ties: int
    version: int

    @property
    def is_silent(self) -> bool:
        """Nobody acted for so long that the numbers are of the last act, not of now."""
        return self.at < self.made_at

    @property
    def is_partial(self) -> bool:
        return self.shown < self.people


@dataclass(frozen=True, slots=True)
class MapFile:
    """The binary of kith.lib.graph_map, gzipped, under a tag that changes whenever it does."""

    etag: str
    gzipped: bytes


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list view."""

    rows: tuple[Node, ...]
    total: int
    page: int
    pages: int
    sort: str
    search: str


@dataclass(frozen=True, slots=True)
class Cooling:
    """A tie that loses warmth: from what it was at the last act to what it is."""

    who: Somebody
    degrees_then: float
    degrees: float
    silent_days: int


@dataclass(frozen=True, slots=True)
class Risk:
    """Whether somebody may fall silent for 90 days: `percent` 0..100, `level` 1 stays to 3 leaves; None and 0: too little to say."""

    percent: int | None
    level: int
    reason: Reason | None


class NotOnTheMap(Refusal):
    sentence = "This person is not in the network yet."
    status = 404


class UnknownSort(Refusal):
    sentence = "The list cannot be sorted by “%(sort)s”."


class NoSuchMonth(Refusal):
    sentence = "Name a month between the first act and now, as 2026-03."


class HistoryTooLong(Refusal):
    sentence = "This book is too large for its past to be drawn while you wait."


class OtherPicture(Refusal):
    sentence = "The map has been made anew meanwhile. Load the page again."
    status = 409
