"""The acts of a community as columns: what every measure over time starts from.

People are rows 0..people-1, as in `graph`. Acts rise in time, so a period is a slice and costs nothing.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kith.lib.graph import Flags, Numbers, Rows, Ties, sum_at

NOBODY = -1
DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Acts:
    """Who acted toward whom, when (epoch seconds, rising), with what weight, of which `kind` (a number the reader names).

    `other` is NOBODY for an act toward nobody in particular. An act toward oneself is one toward oneself: it shows that
    somebody is there, and ties nobody.
    """

    people: int
    actor: Rows
    other: Rows
    weight: Numbers
    at: Numbers
    kind: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.at)

    def between(self, since: float, until: float) -> "Acts":
        """Return the acts with since <= at < until, as views."""
        low, high = np.searchsorted(self.at, [since, until])
        return self._part(slice(int(low), max(int(low), int(high))))

    def before(self, until: float) -> "Acts":
        return self.between(-np.inf, until)

    def toward_others(self) -> "Acts":
        """Return the acts that tie: toward somebody else, with weight."""
        return self._part((self.other >= 0) & (self.other != self.actor) & (self.weight > 0))

    def without(self, those: Flags) -> "Acts":
        """Return the acts as if some people were not there: none by them, those toward them toward nobody."""
        kept = self._part(~those[self.actor])
        unseen = (kept.other >= 0) & those[kept.other]
        return replace(kept, other=np.where(unseen, NOBODY, kept.other))

    def _part(self, where: slice | Flags) -> "Acts":
        return Acts(
            self.people, self.actor[where], self.other[where], self.weight[where], self.at[where], self.kind[where]
        )


@dataclass(frozen=True, slots=True)
class Folded:
    """Acts that tie, sorted out by ordered pair once, to be weighed with several half-lives: act i belongs to pair `where[i]`."""

    people: int
    src: Rows
    dst: Rows
    where: Rows
    weight: Numbers
    age_days: Numbers

    def ties(self, half_life_days: float) -> Ties:
        live = sum_at(self.where, self.weight * np.exp2(-self.age_days / half_life_days), len(self.src))
        kept = live > 0  # what faded below what a float holds is gone
        return Ties(self.people, self.src[kept], self.dst[kept], live[kept])


def folded(acts: Acts, at: float) -> Folded:
    """Sort out the acts before a moment by who acted toward whom, pairs rising."""
    kept = acts.before(at).toward_others()
    keys, where = np.unique(kept.actor * acts.people + kept.other, return_inverse=True)
    many = max(acts.people, 1)
    return Folded(acts.people, keys // many, keys % many, where, kept.weight, (at - kept.at) / DAY_SECONDS)


def decayed(acts: Acts, at: float, half_life_days: float) -> Ties:
    """Fold acts into directed ties as live at a moment; acts of later moments are left out."""
    return folded(acts, at).ties(half_life_days)


def there(acts: Acts) -> Flags:
    """Say who acted at all."""
    return np.bincount(acts.actor, minlength=acts.people) > 0


def first_and_last(acts: Acts) -> tuple[Numbers, Numbers]:
    """Return when each person first and last acted; +inf and -inf for who never did."""
    first, last = np.full(acts.people, np.inf), np.full(acts.people, -np.inf)
    np.minimum.at(first, acts.actor, acts.at)
    np.maximum.at(last, acts.actor, acts.at)
    return first, last
