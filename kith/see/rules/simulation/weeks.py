"""The past of a community week by week: what a simulation is fitted on and begins with.

Weeks are counted back from a moment: week 0 are the seven days before it. Nothing at or after the moment enters.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kith.lib.acts import DAY_SECONDS, Acts
from kith.lib.graph import Flags, Rows

WEEK_SECONDS = 7 * DAY_SECONDS
MEMORY = 12  # weeks that a habit is read from
FITTED = 26  # weeks whose outcomes habits are learnt from
MASKS = 1 << MEMORY
Masks = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Past:
    """The weeks before a moment.

    `active[i, w]` says that the i-th of `rows` (who acted within FITTED + MEMORY weeks) acted in week w; `first[i]` is the week of
    their first act ever. `fitted` is how many of the newest weeks have a week before them to learn from.
    """

    acts: Acts
    at: float
    rows: Rows
    active: Flags
    first: Rows
    fitted: int

    def masks(self, week: int) -> Masks:
        """Return what was known of each when a week began: bit j says that they acted j + 1 weeks before."""
        found = np.zeros(len(self.rows), np.uint16)
        for j in range(min(MEMORY, self.active.shape[1] - week - 1)):
            found |= self.active[:, week + 1 + j].astype(np.uint16) << np.uint16(j)
        return found


def past(acts: Acts, at: float) -> Past:
    """Read the weeks before a moment (epoch seconds)."""
    before = acts.before(at)
    lived = int(weeks_of(before.at[:1], at).max(initial=-1)) + 1
    week = weeks_of(before.at, at)
    first = np.full(acts.people, -1)
    np.maximum.at(first, before.actor, week)
    span = min(FITTED + MEMORY, lived)
    window = before.between(at - span * WEEK_SECONDS, at)
    rows, place = np.unique(window.actor, return_inverse=True)
    active = np.zeros((len(rows), max(span, 1)), bool)
    active[place, np.minimum(weeks_of(window.at, at), max(span, 1) - 1)] = True
    return Past(before, at, rows, active, first[rows], fitted=max(0, min(FITTED, lived - 1)))


def weeks_of(moments: NDArray[np.float64], at: float) -> Rows:
    """Return in which week before a moment each lies."""
    return np.maximum(0, np.ceil((at - moments) / WEEK_SECONDS).astype(np.int64) - 1)
