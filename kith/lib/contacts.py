"""Which pair each act belongs to, found once: after that any period and any half-life folds to pairs by one count.

Sorting twenty million acts costs seconds, counting them a tenth of one; a report needs dozens of folds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kith.lib.acts import DAY_SECONDS, Acts
from kith.lib.graph import Numbers, Pairs, Rows


@dataclass(frozen=True, slots=True)
class Contacts:
    """The pairs (a < b) ever in touch, in order; `of[i]` is the pair of act i, `len(a)` for an act that ties nobody."""

    acts: Acts
    a: Rows
    b: Rows
    of: NDArray[np.int32]

    def within(self, since: float, until: float) -> Pairs:
        """Return every pair with the weight of the acts with since <= at < until, without decay; 0 for the others."""
        part = self._slice(since, until)
        return self._folded(part, self.acts.weight[part])

    def live(self, at: float, half_life_days: float) -> Pairs:
        """Return every pair as live at a moment; what comes later is left out."""
        part = self._slice(-np.inf, at)
        age_days = (self.acts.at[part] - at) / DAY_SECONDS
        return self._folded(part, self.acts.weight[part] * np.exp2(age_days / half_life_days))

    def touched(self, since: float, until: float) -> NDArray[np.bool_]:
        """Say which pairs had an act with since <= at < until."""
        part = self._slice(since, until)
        seen = np.zeros(len(self.a) + 1, bool)
        seen[self.of[part]] = True
        return seen[:-1]

    def last_at(self, until: float) -> Numbers:
        """Return when each pair was last in touch before a moment, -inf for never."""
        part = self._slice(-np.inf, until)
        last = np.full(len(self.a) + 1, -np.inf)
        last[self.of[part]] = self.acts.at[part]  # acts rise in time, and the last one written stays
        return last[:-1]

    def _slice(self, since: float, until: float) -> slice:
        low, high = np.searchsorted(self.acts.at, [since, until])
        return slice(int(low), max(int(low), int(high)))

    def _folded(self, part: slice, weight: Numbers) -> Pairs:
        of, size = self.of[part], len(self.a) + 1
        upward = self.acts.actor[part] < self.acts.other[part]
        forward = np.bincount(of, weight * upward, minlength=size)[:-1].astype(np.float64)
        both = np.bincount(of, weight, minlength=size)[:-1].astype(np.float64)
        return Pairs(self.acts.people, self.a, self.b, forward, np.maximum(both - forward, 0.0))


def contacts(acts: Acts) -> Contacts:
    """Find the pairs. One sort of the acts; a fifth of a microsecond an act."""
    ties = (acts.other >= 0) & (acts.other != acts.actor) & (acts.weight > 0)
    low, high = np.minimum(acts.actor, acts.other), np.maximum(acts.actor, acts.other)
    key = np.where(ties, low * max(acts.people, 1) + high, np.iinfo(np.int64).max)
    order = np.argsort(key)
    key = key[order]
    first = np.ones(len(key), bool)
    first[1:] = key[1:] != key[:-1]
    of = np.empty(len(key), np.int32)
    of[order] = np.cumsum(first, dtype=np.int32) - 1
    keys = key[first]
    keys = keys[: np.searchsorted(keys, np.iinfo(np.int64).max)]
    return Contacts(acts, keys // max(acts.people, 1), keys % max(acts.people, 1), of)


def warm(pairs: Pairs, least: float) -> Pairs:
    """Keep the pairs of at least so many live acts."""
    keep = pairs.strength >= least
    return Pairs(pairs.people, pairs.a[keep], pairs.b[keep], pairs.forward[keep], pairs.backward[keep])
