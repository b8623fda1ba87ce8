"""Who acted in which month, and on how many of its four weeks: one pass over the acts, a slice a week. Months are UTC's."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kith.lib.acts import DAY_SECONDS
from kith.see.rules.report.reading import TICK, Reading

MONTHS_LIMIT = 36
WEEK_STARTS = (0, 7, 14, 21)  # days of a month; the fourth week takes what is left


@dataclass(frozen=True, slots=True)
class Month:
    """`number` since 1970; `weeks` 0..4 with an act, per member; over when `until` lies before the moment."""

    number: int
    since: float
    until: float
    weeks: NDArray[np.int8]

    @property
    def name(self) -> str:
        return str(np.datetime64(self.number, "M"))


def edge(number: int) -> float:
    """Return when a month begins, in epoch seconds."""
    return float(np.datetime64(number, "M").astype("datetime64[s]").astype(np.int64))


def month_of(seconds: float) -> int:
    return int(np.datetime64(int(seconds), "s").astype("datetime64[M]").astype(np.int64))


def months(reading: Reading, limit: int = MONTHS_LIMIT) -> Iterator[Month]:
    """Yield the last months up to that of the moment, oldest first, empty ones too."""
    if not len(reading.acts):
        return
    newest = month_of(reading.at)
    for number in range(max(month_of(float(reading.acts.at[0])), newest - limit + 1), newest + 1):
        since, until = edge(number), edge(number + 1)
        yield Month(number, since, until, _weeks(reading, since, min(until, reading.at + TICK)))


def _weeks(reading: Reading, since: float, until: float) -> NDArray[np.int8]:
    found = np.zeros(reading.acts.people, np.int8)
    edges = [since + day * DAY_SECONDS for day in WEEK_STARTS]
    for start, end in pairwise([*edges, max(until, edges[-1])]):
        actors = reading.acts.between(start, min(end, until)).actor
        if len(actors):
            seen = np.zeros(len(found), bool)
            seen[actors] = True
            found += seen
    return found
