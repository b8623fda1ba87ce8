"""How a pool is given out to those who contribute: three policies, in whole numbers.

What counts are acts of the energy book by which somebody gave to others, or was thanked: never acts of bringing people in, and none
that is paid already. Time is cut into windows backwards from now; of one pair of people no more than a limit counts in a
window, so that two who thank each other all day gain nothing. With p_b the points of somebody in the b-th window back:

- immediate: in proportion to p_0, what was given lately;
- recent: in proportion to Σ p_b / 2^b, so that what lies a window further back counts half;
- balanced: first those who were paid least for all they ever gave: the shortfall of each behind Σ p_b, over all that was ever given out.

The three are SourceCred's (its IMMEDIATE, RECENT and BALANCED grants), counted here in whole numbers and divided by largest remainder.
"""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kith.lib.split import apportion

# Which acts are rewarded, and whom: who did it, or who it was done to.
REWARDED: Mapping[str, str] = {
    "answer": "actor", "reply": "actor", "comment": "actor", "welcome": "actor", "introduce": "actor", "thank": "other", "attend": "other",
    "react": "other",
}  # fmt: skip
MILLI = 1000
PAIR_LIMIT = 10 * MILLI  # of one pair in one window
WINDOWS = 20  # further back than so many windows an act weighs less than a millionth
WINDOW_DAYS_LIMIT = 366

Points = Mapping[int, Mapping[int, int]]  # by person and window, in thousandths of a point
Numbers = NDArray[np.int64]


def points(credited: Numbers, other: Numbers, window: Numbers, milli: Numbers) -> Points:
    """Return the points of each person in each window: by pair no more than the limit."""
    kept = (credited != other) & (credited >= 0) & (other >= 0) & (window >= 0) & (milli > 0)
    keys, where = np.unique(np.stack([credited[kept], other[kept], window[kept]]), axis=1, return_inverse=True)
    sums = np.bincount(where.ravel(), weights=milli[kept], minlength=keys.shape[1])
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for person_id, back, total in zip(keys[0].tolist(), keys[2].tolist(), sums.tolist(), strict=True):
        found[person_id][back] += min(int(total), PAIR_LIMIT)
    return found


def weights(policy: str, given: Points, paid_minor: Mapping[int, int], amount_minor: int) -> dict[int, int]:
    """Return what an amount is divided by; `paid_minor` is what the pool gave each before."""
    if policy == "immediate":
        return {p: n for p, of in given.items() if (n := of.get(0, 0))}
    if policy == "recent":
        return {
            p: n for p, of in given.items() if (n := sum(k << (WINDOWS - b) for b, k in of.items() if b <= WINDOWS))
        }
    lifetime = {p: n for p, of in given.items() if (n := sum(of.values()))}
    if not lifetime:
        return {}
    fair = apportion(sum(paid_minor.values()) + amount_minor, lifetime)
    return {p: short for p, due in fair.items() if (short := due - paid_minor.get(p, 0)) > 0}


def given_out(policy: str, given: Points, paid_minor: Mapping[int, int], amount_minor: int) -> dict[int, int]:
    """Return what each gets of an amount; nothing when nobody contributed."""
    parts = weights(policy, given, paid_minor, amount_minor)
    return {p: n for p, n in apportion(amount_minor, parts).items() if n} if parts else {}
