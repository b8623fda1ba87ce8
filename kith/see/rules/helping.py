"""Who answers others and hears nothing back."""

from collections.abc import Collection

import numpy as np

from kith.lib.acts import Acts
from kith.lib.graph import Numbers, Rows
from kith.see.rules.errands import Helper


def helpers(acts: Acts, help_kinds: Collection[int], thanks_kind: int) -> list[Helper]:
    """Return everybody who helped somebody, by row, with how many of those never turned to them after the first help.

    `acts` are those of the period, people as rows; a help that was answered before the period counts as unanswered.
    """
    kept, n = acts.toward_others(), acts.people
    there, back = kept.actor * n + kept.other, kept.other * n + kept.actor
    helped = np.isin(kept.kind, list(help_kinds))
    pairs, first = np.unique(there[helped], return_index=True)
    unanswered = _last(back, kept.at, pairs) < kept.at[helped][first]
    people = np.bincount(pairs // max(n, 1), minlength=n)
    silent = np.bincount(pairs // max(n, 1), unanswered, minlength=n)
    thanked = np.bincount(kept.other[kept.kind == thanks_kind], minlength=n)
    return [
        Helper(row, int(people[row]), int(silent[row]), int(thanked[row])) for row in np.flatnonzero(people).tolist()
    ]


def _last(codes: Rows, at: Numbers, wanted: Rows) -> Numbers:
    """Return the last moment of each wanted code, -inf for one that is not there; moments rise."""
    known, place = np.unique(codes[::-1], return_index=True)
    if not len(known):
        return np.full(len(wanted), -np.inf)
    near = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    found: Numbers = np.where(known[near] == wanted, at[::-1][place[near]], -np.inf)
    return found
