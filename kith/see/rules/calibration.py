"""Choosing half-lives by what they foretold: only from earlier trials, and only when the gain is clear."""

from collections.abc import Callable

import numpy as np

from kith.lib.acts import Acts
from kith.lib.graph import Numbers
from kith.see.data import HalfLife
from kith.see.rules.trials import super_nodes, ties
from kith.see.rules.trials.plan import Plan

LEAST_CUTS = 5  # fewer differences have no spread to speak of
LEAST_GAIN = 0.001

ByHalfLife = Callable[[Acts, Plan, float, tuple[float, ...]], list[float] | None]


def tie_half_life(acts: Acts, plan: Plan, present: float) -> HalfLife:
    return _chosen(acts, plan, plan.near_days, present, ties.GRID, ties.by_half_life)


def node_half_life(acts: Acts, plan: Plan, present: float) -> HalfLife:
    return _chosen(acts, plan, plan.far_days, present, super_nodes.GRID, super_nodes.by_half_life)


def _chosen(acts: Acts, plan: Plan, days: float, present: float, grid: tuple[float, ...], by: ByHalfLife) -> HalfLife:
    whole = tuple(sorted({*grid, present}))
    for source, cuts in (("earlier", plan.earlier(days)), ("same", plan.reported(days))):
        marks = [found for at in cuts.tolist() if (found := by(acts, plan, at, whole))]
        if len(marks) >= LEAST_CUTS:
            return choose(np.array(marks), whole, present, source)
    return kept(present)


def kept(days: float) -> HalfLife:
    """Return a half-life that stays because there is too little to choose from."""
    return HalfLife(days, days, 0.0, 0.0, 0, "none")


def choose(marks: Numbers, grid: tuple[float, ...], present: float, source: str) -> HalfLife:
    """Return the half-life that foretold best (cuts × grid), or the present one if the gain is not clear.

    Clear: at least 0.001 on average over the cuts, and more than its standard error. So the choice does not swing to and fro:
    to swing back, the evidence would have to turn by twice that.
    """
    best, now = int(marks.mean(axis=0).argmax()), grid.index(present)
    gains = marks[:, best] - marks[:, now]
    gain, error = float(gains.mean()), float(gains.std(ddof=1) / np.sqrt(len(gains)))
    clear = gain >= LEAST_GAIN and gain > error
    return HalfLife(grid[best] if clear else present, present, gain if clear else 0.0, error, len(gains), source)
