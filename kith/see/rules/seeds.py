"""Whom to hand a launch to: the few people to whom most others can be expected to turn."""

from dataclasses import dataclass

import numpy as np

from kith.lib.acts import Acts, decayed
from kith.lib.graph import Flags, Numbers, Rows, Ties
from kith.see.data import SCORE
from kith.see.rules import rivals


@dataclass(frozen=True, slots=True)
class Seeds:
    """The chosen, the one who adds most first; `adds` is how many more people each is expected to move."""

    rows: Rows
    adds: Numbers


RIVALS = ("count", "degree", "pagerank", "posts")


def chance(live_acts: Numbers) -> Numbers:
    """Return how likely somebody turns to whom they gave so many live acts: 1 − e^(−w)."""
    likely: Numbers = -np.expm1(-live_acts)
    return likely


def greedy(ties: Ties, count: int, barred: Flags | None = None) -> Seeds:
    """Choose people so that the expected number who turn to at least one of them is largest: 1 − Π(1 − p), p by `chance`.

    Greedy comes within 1 − 1/e of the best choice, and a gain only falls while others are chosen, so an old one that still
    leads need not be looked at again (Minoux 1978; Leskovec et al. 2007). `barred` are never chosen, but can be moved.
    Fewer than `count` where nobody else moves anybody. Costs a sort of the ties and a pass over the people per look.
    """
    order = np.argsort(ties.dst, kind="stable")
    src, likely = ties.src[order], chance(ties.weight[order])
    start = np.searchsorted(ties.dst[order], np.arange(ties.people + 1))
    unmoved = np.ones(ties.people)
    hope = np.bincount(ties.dst[order], likely, minlength=ties.people).astype(np.float64)
    if barred is not None:
        hope[barred] = 0.0
    rows: list[int] = []
    adds: list[float] = []
    while len(rows) < count and ties.people and hope.max() > 0:
        best = int(hope.argmax())
        mine = slice(start[best], start[best + 1])
        hope[best] = gain = float(unmoved[src[mine]] @ likely[mine])
        if gain > 0 and gain >= hope.max():
            rows.append(best)
            adds.append(gain)
            unmoved[src[mine]] *= 1 - likely[mine]
            unmoved[best] = hope[best] = 0.0
    return Seeds(np.array(rows, np.int64), np.array(adds, np.float64))


def in_order(ties: Ties, rows: Rows) -> Seeds:
    """Return what each of some people adds when chosen in their order: for those a simple order chose."""
    unmoved, adds = np.ones(ties.people), []
    for row in rows.tolist():
        mine = ties.dst == row
        adds.append(float(unmoved[ties.src[mine]] @ chance(ties.weight[mine])))
        unmoved[ties.src[mine]] *= 1 - chance(ties.weight[mine])
        unmoved[row] = 0.0
    return Seeds(rows, np.array(adds, np.float64))


def pick(
    acts: Acts, at: float, *, half_life_days: float, window_days: float, count: int, by: str = SCORE, barred: Flags | None = None,
) -> Rows:  # fmt: skip
    """Return whom to choose as of a moment by what ranks here (`Chosen.seeds`): greedy, or the first of a simple order."""
    if by == SCORE:
        return greedy(decayed(acts, at, half_life_days), count, barred).rows
    score = rivals.RIVALS[by](acts, at, window_days)
    if barred is not None:
        score = np.where(barred, -np.inf, score)
    return np.argsort(-score, kind="stable")[: min(count, int((score > 0).sum()))]
