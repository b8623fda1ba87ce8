"""Where people stand by what they do, and how they move between months; gravity.

Levels by the weeks of a month with an act (days 1-7, 8-14, 15-21, 22 to the end): 0 silent, 1 passing (one week), 2 regular (two
or three), 3 core (all four). Up, held, down: against the month before; who was silent in both, or came this month, does not
move. Tiers the founder gives are another thing: they are kept without a past, so their flow cannot be told yet. Source: reference
community S16. Gravity: Δ Σ weight(level)² / members, weights 1, 4, 7, 10 (Orbit model, 2023).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kith.see.data import Levels
from kith.see.rules.report.months import Month, edge
from kith.see.rules.report.reading import Reading

NAMES = ("silent", "passing", "regular", "core")
WEIGHTS = np.array([1.0, 4.0, 7.0, 10.0])
LEVEL_OF_WEEKS = np.array([0, 1, 2, 2, 3], np.int8)
SHOWN = 12
LEAST_PEOPLE = 3


def level(month: Month) -> NDArray[np.int8]:
    return LEVEL_OF_WEEKS[month.weeks]


def levels(reading: Reading, months: Sequence[Month]) -> tuple[Levels, ...]:
    """Return the last twelve whole months that have one before them, oldest first."""
    whole = [m for m in months if m.until <= reading.at]
    return tuple(_moved(reading, before, after) for before, after in list(pairwise(whole))[-SHOWN:])


def _moved(reading: Reading, before: Month, after: Month) -> Levels:
    here = reading.counted & (reading.joined_at < after.since)
    was, is_ = level(before)[here], level(after)[here]
    seen = (was > 0) | (is_ > 0)
    everybody = level(after)[reading.counted & (reading.joined_at < after.until)]
    count = np.bincount(everybody, minlength=len(NAMES))
    return Levels(
        month=after.name,
        moved_up=int((seen & (is_ > was)).sum()),
        held=int((seen & (is_ == was)).sum()),
        moved_down=int((seen & (is_ < was)).sum()),
        by_level=dict(zip(NAMES, count.tolist(), strict=True)),
    )


def gravity(reading: Reading, months: Sequence[Month], until: float) -> float | None:
    """Return the change of Σ weight² a member over the last month that was whole at a moment; None without two of them."""
    whole = [m for m in months if m.until <= until]
    if len(whole) < 2:
        return None
    before, after = whole[-2:]
    here = reading.counted & (reading.joined_at < after.until)
    if int(here.sum()) < LEAST_PEOPLE:
        return None
    moved = WEIGHTS[level(after)[here]] ** 2 - WEIGHTS[level(before)[here]] ** 2
    moved[reading.joined_at[here] >= edge(after.number)] += WEIGHTS[0] ** 2  # who came had no weight at all before
    return float(moved.sum()) / int(here.sum())
