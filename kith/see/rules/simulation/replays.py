"""What somebody does in a week they are there: one of the weeks that were, theirs or of somebody like them.

So acts and whom they reach keep the community's own unevenness, and no distribution is assumed.
"""

from dataclasses import dataclass

import numpy as np

from kith.lib.graph import Numbers, Rows
from kith.see.rules.simulation.habits import OFTEN
from kith.see.rules.simulation.weeks import FITTED, MEMORY, WEEK_SECONDS, Past, weeks_of


@dataclass(frozen=True, slots=True)
class Replays:
    """Weeks of people: `acts` in each, and whom they turned to: `partner[begin[i]:begin[i + 1]]`, each once.

    Weeks `start[p] … start[p] + count[p]` of `order` are those of pool p: one a person of the past in their order, then one a class of
    OFTEN (0: after a long silence), then NEW: first weeks. `lately` is how many partners there were in the newest four weeks.
    """

    acts: Numbers
    begin: Rows
    partner: Rows
    order: Rows
    start: Rows
    count: Rows
    lately: int


NEW = int(OFTEN.max()) + 1


def replays(past: Past) -> Replays:
    """Cut the newest weeks into weeks of people; a pool that would be empty holds every week."""
    many = past.active.shape[1]
    window = past.acts.between(past.at - many * WEEK_SECONDS, past.at)
    week = np.minimum(weeks_of(window.at, past.at), many - 1)
    place = np.searchsorted(past.rows, window.actor)
    cells, where = np.unique(place * many + week, return_inverse=True)
    acts = np.bincount(where, minlength=len(cells)).astype(np.float64)
    begin, partner = _partners(past, where, window.actor, window.other, len(cells))
    who, when = cells // many, cells % many
    order, start, count = _pools(past, who, when)
    lately = int((begin[1:] - begin[:-1])[when < 4].sum())
    return Replays(acts, begin, partner, order, start, count, lately)


def _partners(past: Past, where: Rows, actor: Rows, other: Rows, cells: int) -> tuple[Rows, Rows]:
    toward = (other >= 0) & (other != actor)
    keys = np.unique(where[toward] * past.acts.people + other[toward])
    many = np.bincount(keys // max(past.acts.people, 1), minlength=cells)
    return np.concatenate([[0], np.cumsum(many)]), keys % max(past.acts.people, 1)


def _pools(past: Past, who: Rows, when: Rows) -> tuple[Rows, Rows, Rows]:
    every, lately = np.arange(len(who)), when < MEMORY
    first = past.first[who] == when
    often = _often(past, who, when)
    kinds = [(often == kind) & ~first & (when < FITTED) for kind in range(NEW)]
    shared = [every[those] if those.any() else every for those in (*kinds, first)]
    own = np.bincount(who[lately], minlength=len(past.rows))  # cells rise by person, so each person's lie together
    count = np.concatenate([own, [len(pool) for pool in shared]]).astype(np.int64)
    return np.concatenate([every[lately], *shared]), np.cumsum(count) - count, count


def _often(past: Past, who: Rows, when: Rows) -> Rows:
    """Return how often each was there in the weeks before a week of theirs."""
    found = np.zeros(len(who), np.int64)
    for week in range(past.active.shape[1]):
        here = when == week
        found[here] = OFTEN[past.masks(week)[who[here]]]
    return found
