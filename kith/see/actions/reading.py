"""Read a community as columns: its members, and every standing act between them."""

from datetime import datetime

import numpy as np

from kith.energy import api as energy
from kith.lib.acts import NOBODY, Acts
from kith.lib.graph import Rows
from kith.people import api as people
from kith.people.api import Community
from kith.see.rules.roll import NO_ROW, Roll, rows_of

EVERYBODY = 10_000_000


def read_roll(community: Community) -> Roll:
    """Return the members by rising id. One query."""
    members = sorted(people.members(community, limit=EVERYBODY), key=lambda m: m.person_id)
    return Roll(
        person=np.array([m.person_id for m in members], np.int64),
        name=[m.name for m in members],
        chapter=[m.chapter for m in members],
        joined_at=np.array([m.joined_at.timestamp() for m in members], np.float64),
        is_bot=np.array([m.is_bot for m in members], bool),
        is_staff=np.array([m.is_staff for m in members], bool),
        is_hidden=np.array([m.hides_rank or m.refuses_measures for m in members], bool),
        is_refusing=np.array([m.refuses_measures for m in members], bool),
    )


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
