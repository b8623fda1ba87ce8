"""Who there is to be measured: the members as columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kith.lib.graph import Flags, Numbers, Rows

NO_ROW = -1


@dataclass(frozen=True, slots=True)
class Roll:
    """The members by rising id; `chapter` is "" for none, `joined_at` epoch seconds.

    `is_hidden` stands in no list that orders people, `is_refusing` is not measured at all; who refuses is hidden too.
    """

    person: Rows
    name: Sequence[str]
    chapter: Sequence[str]
    joined_at: Numbers
    is_bot: Flags
    is_staff: Flags
    is_hidden: Flags
    is_refusing: Flags

    def rows(self, people: Rows) -> Rows:
        """Return the row of each person id, NO_ROW for who is no member."""
        return rows_of(self.person, people)


def rows_of(ids: Rows, people: Rows) -> Rows:
    """Return where each of `people` stands among rising ids, NO_ROW for who does not."""
    if not len(ids):
        return np.full(len(people), NO_ROW)
    near = np.minimum(np.searchsorted(ids, people), len(ids) - 1)
    return np.where(ids[near] == people, near, NO_ROW)
