"""Who came in a month, and the share of them who acted in each of the six months after.

Came: joined, or acted first, whichever was earlier. A month that is not over yet has no share. Source: reference community S3.
"""

from collections.abc import Sequence

import numpy as np

from kith.see.data import Cohort
from kith.see.rules.report.months import Month, edge
from kith.see.rules.report.reading import Reading

AFTER = 6
LEAST = 5
COHORTS_LIMIT = 24


def cohorts(reading: Reading, months: Sequence[Month]) -> tuple[Cohort, ...]:
    """Return the cohorts of the last two years, oldest first; shares of fewer than five people are left out (None)."""
    if not months:
        return ()
    number = np.searchsorted([m.since for m in months], reading.joined_at, side="right") - 1
    number = np.where(reading.counted, number, -1)
    active = [m.weeks > 0 for m in months]
    found = []
    for place, month in list(enumerate(months))[-COHORTS_LIMIT:]:
        came = number == place
        joined = int(came.sum())
        shares = tuple(_share(came, joined, active, place + after, reading, months) for after in range(1, AFTER + 1))
        found.append(Cohort(month.name, joined, shares))
    return tuple(found)


def _share(
    came: np.ndarray[tuple[int], np.dtype[np.bool_]], joined: int, active: Sequence[np.ndarray[tuple[int], np.dtype[np.bool_]]],
    place: int, reading: Reading, months: Sequence[Month],
) -> float | None:  # fmt: skip
    if joined < LEAST or place >= len(months) or edge(months[place].number + 1) > reading.at:
        return None
    return float((came & active[place]).sum()) / joined
