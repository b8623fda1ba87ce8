"""What crosses the door of the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Place(NamedTuple):
    """Where in the record of the whole server a reader stands; ordered."""

    tx: int
    id: int


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the record. `kind` is "part.verb", `subject` "noun:id" or empty."""

    id: int
    community_id: int
    kind: str
    by_id: int | None
    person_id: int | None
    subject: str
    detail: Mapping[str, str | int | bool]
    at: datetime
    place: Place
