"""What crosses the door about how soon a space answers."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Unheard:
    """A thread that nobody else has answered for 12 hours."""

    id: int
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SpaceAnswers:
    """How soon a space answers; shares are ppm, None where nothing was to be counted; `unheard` the longest waiting first."""

    days: int
    threads: int
    answered: int
    median_hours: float | None
    within_day_ppm: int | None
    unheard: tuple[Unheard, ...]
