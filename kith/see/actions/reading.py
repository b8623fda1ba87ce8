"""Read a community as columns: its members, and every standing act between them."""

from datetime import datetime

import numpy as np

from kith.energy import api as energy
from kith.lib.acts import NOBODY, Acts
from kith.lib.graph import Rows
from kith.people import api as people
from kith.people.api import Community
from kith.see.rules.roll import NO_ROW, Roll, rows_of


def read_roll(community: Community) -> Roll:
    """Return the members by rising id. One query."""
    found = people.member_columns(community)
    hides, refuses = np.array(found.hides_rank, bool), np.array(found.refuses_measures, bool)
    return Roll(
        person=np.array(found.person, np.int64), name=found.name, chapter=found.chapter,
        joined_at=np.array(found.joined_at, np.float64), is_bot=np.array(found.is_bot, bool),
        is_staff=np.array(found.is_staff, bool), is_hidden=hides | refuses, is_refusing=refuses,
    )  # fmt: skip


def read_acts(community: Community, roll: Roll, *, since: datetime | None = None) -> tuple[Acts, tuple[str, ...]]:
    """Return the acts of members, people as rows of the roll, and the kinds that `Acts.kind` counts. One query.

    What somebody did who is no member any more is left out; what was done toward them counts as toward nobody.
    """
    return read_acts_among(community, roll.person, since=since)


def read_acts_among(
    community: Community, ids: Rows, *, since: datetime | None = None
) -> tuple[Acts, tuple[str, ...]]:  # fmt: skip
    """Do the same among people by rising id."""
    found = energy.columns(community, since=since)
    actor, other = rows_of(ids, found.actor), rows_of(ids, found.other)
    here = actor != NO_ROW
    acts = Acts(
        people=len(ids),
        actor=actor[here],
        other=np.where(other[here] == NO_ROW, NOBODY, other[here]),
        weight=found.weight[here],
        at=found.at[here],
        kind=found.kind[here],
    )
    return acts, found.kinds
