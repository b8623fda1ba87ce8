"""What single people carry of the energy between groups, and within their own."""

from dataclasses import dataclass

import numpy as np

from kith.lib.graph import Numbers, Pairs, Rows, share_of, sum_at

NO_GROUP = -1


@dataclass(frozen=True, slots=True)
class Bridges:
    """One row per person and pair of groups: so much `energy` between the two runs on that person's ties.

    `share` is of all energy between the two groups, `total`. A tie between them has an end in each, so the
    shares of all people for two groups add up to 2.
    """

    person: Rows
    first: Rows
    second: Rows
    energy: Numbers
    total: Numbers
    share: Numbers


def bridges(pairs: Pairs, group: Rows) -> Bridges:
    """Count what each person carries between each two groups; `group` is NO_GROUP for who is in none."""
    here, there = group[pairs.a], group[pairs.b]
    across = (here != there) & (here != NO_GROUP) & (there != NO_GROUP)
    base = int(group.max(initial=0)) + 1
    route = np.minimum(here, there)[across] * base + np.maximum(here, there)[across]
    routes, where = np.unique(route, return_inverse=True)
    energy = pairs.strength[across]
    totals = sum_at(where, energy, len(routes))
    ends = np.concatenate([pairs.a[across], pairs.b[across]])
    keys, place = np.unique(ends * max(1, len(routes)) + np.tile(where, 2), return_inverse=True)
    carried = sum_at(place, np.tile(energy, 2), len(keys))
    person, number = keys // max(1, len(routes)), keys % max(1, len(routes))
    total = totals[number]
    return Bridges(person, routes[number] // base, routes[number] % base, carried, total, share_of(carried, total))


def within(pairs: Pairs, group: Rows) -> tuple[Numbers, Numbers]:
    """Return, per person, the share of the energy inside their group that runs on their ties, and the whole."""
    inside = (group[pairs.a] == group[pairs.b]) & (group[pairs.a] != NO_GROUP)
    energy = pairs.strength[inside]
    ends = np.concatenate([pairs.a[inside], pairs.b[inside]])
    carried = sum_at(ends, np.tile(energy, 2), pairs.people)
    groups = int(group.max(initial=0)) + 1
    totals = np.append(sum_at(group[pairs.a[inside]], energy, groups), 0.0)  # NO_GROUP is -1 and reads the 0
    total: Numbers = totals[group]
    return share_of(carried, total), total
