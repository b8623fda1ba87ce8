"""Why a super node matters, in codes and facts; the sentences are in queries, where gettext lives.

Tried in this order; every reason that holds is kept, the first is the one shown alone:
- `bridges_chapters`, `bridges_circles`, `bridges_own_circle`: share of the live acts between two groups that runs
  on their ties; >= 10 % of at least 5 live acts; of several pairs of groups the one on which they carry most is
  named; the last when one of them is called after themselves.
- `carries_chapter`, `carries_circle`, `carries_own_circle`: share of the live acts inside their own group
  that runs on their ties; >= 10 % of at least 5; the last when the circle is called after themselves.
- `answers_newcomers`: newcomers (first act within 30 days) they gave an act to; >= 3.
- `exchanges_both_ways`: people with acts in both directions; >= 1.
- `is_tied`: people in touch at all.

A group that may not be called after anybody is in no reason. Groups are chapters when at least half of those with ties have one, else circles.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kith.lib.graph import Flags, Pairs, Rows, Ties, degree, two_way_degree
from kith.lib.graph_groups import bridges, within
from kith.see.data import Reason

LEAST_SHARE = 0.10
LEAST_ENERGY = 5.0
LEAST_NEWCOMERS = 3


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups by number with their names; `leader` is the row a circle is called after, -1 for chapters."""

    of: Rows
    names: Sequence[str]
    leader: Sequence[int]
    are_chapters: bool


def reasons(ties: Ties, pairs: Pairs, groups: Groups, newcomer: Flags, rows: Rows) -> list[tuple[Reason, ...]]:
    """Return the reasons of the people in `rows`, in their order, the strongest first."""
    across, inside = _bridging(pairs, groups, rows), _carrying(pairs, groups, rows)
    answered = np.bincount(ties.src, newcomer[ties.dst], minlength=ties.people).astype(int)
    both, all_ties = two_way_degree(pairs), degree(pairs)
    found = []
    for row in rows.tolist():
        given = [across.get(row), inside.get(row), _newcomers(int(answered[row]), int(newcomer.sum()))]
        given.append(Reason("exchanges_both_ways", {"people": int(both[row])}) if both[row] else None)
        kept = tuple(reason for reason in given if reason)
        found.append(kept or (Reason("is_tied", {"people": int(all_ties[row])}),))
    return found


def _bridging(pairs: Pairs, groups: Groups, rows: Rows) -> dict[int, Reason]:
    found = bridges(pairs, groups.of)
    named = np.array([bool(name) for name in groups.names], bool)
    keep = np.isin(found.person, rows) & (found.share >= LEAST_SHARE) & (found.total >= LEAST_ENERGY)
    keep &= named[found.first] & named[found.second]
    order = np.flatnonzero(keep)[np.argsort(found.energy[keep], kind="stable")]  # the heaviest comes last and stays
    columns = (found.person, found.first, found.second, found.share)
    rows_kept = zip(*(column[order].tolist() for column in columns), strict=True)
    return {row: _bridge(row, (first, second), share, groups) for row, first, second, share in rows_kept}


def _bridge(row: int, ends: tuple[int, int], share: float, groups: Groups) -> Reason:
    percent = round(100 * share)
    here, there = (groups.names[end] for end in ends)
    if groups.are_chapters:
        return Reason("bridges_chapters", {"percent": percent, "here": here, "there": there})
    for end, across in (ends, ends[::-1]):
        if groups.leader[end] == row:
            return Reason("bridges_own_circle", {"percent": percent, "there": groups.names[across]})
    return Reason("bridges_circles", {"percent": percent, "here": here, "there": there})


def _carrying(pairs: Pairs, groups: Groups, rows: Rows) -> dict[int, Reason]:
    share, total = within(pairs, groups.of)
    keep = (share[rows] >= LEAST_SHARE) & (total[rows] >= LEAST_ENERGY)
    return {
        row: _carries(row, float(share[row]), groups) for row in rows[keep].tolist() if groups.names[groups.of[row]]
    }


def _carries(row: int, share: float, groups: Groups) -> Reason:
    number, percent = int(groups.of[row]), round(100 * share)
    if groups.are_chapters:
        return Reason("carries_chapter", {"percent": percent, "chapter": groups.names[number]})
    if groups.leader[number] == row:
        return Reason("carries_own_circle", {"percent": percent})
    return Reason("carries_circle", {"percent": percent, "circle": groups.names[number]})


def _newcomers(answered: int, everyone: int) -> Reason | None:
    if answered < LEAST_NEWCOMERS:
        return None
    return Reason("answers_newcomers", {"people": answered, "all": everyone})
