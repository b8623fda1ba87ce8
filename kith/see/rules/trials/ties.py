"""Trial of tie strength: of all pairs in touch lately, which will be in touch again?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from kith.lib.acts import DAY_SECONDS, Acts
from kith.lib.graph import Flags, Numbers, Rows
from kith.lib.scores import auc
from kith.see.data import SCORE, Record
from kith.see.rules.trials.marking import Window, ends, enough, mark, record
from kith.see.rules.trials.plan import Plan

GRID = (7.0, 15.0, 30.0, 60.0, 90.0, 180.0)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs asked about, by a rising key; act i is of pair `where[i]`."""

    key: Rows
    where: Rows
    weight: Numbers
    at: Numbers

    def strength(self, at: float, half_life_days: float) -> Numbers:
        """Live acts of both directions together."""
        live = self.weight * np.exp2((self.at - at) / (half_life_days * DAY_SECONDS))
        return np.bincount(self.where, live, minlength=len(self.key)).astype(np.float64)

    def rivals(self) -> Mapping[str, Numbers]:
        last = np.full(len(self.key), -np.inf)
        np.maximum.at(last, self.where, self.at)
        return {"count": np.bincount(self.where, minlength=len(self.key)).astype(np.float64), "recency": last}


def pairs(acts: Acts, at: float, look_back_days: float) -> Pairs:
    """Return who was in touch before a moment, and how."""
    past = acts.between(at - look_back_days * DAY_SECONDS, at).toward_others()
    key, where = np.unique(_keys(past), return_inverse=True)
    return Pairs(key, where, past.weight, past.at)


def again(asked: Pairs, acts: Acts, at: float, days: float) -> tuple[Flags, Flags]:
    """Say which pairs were in touch within the days after a moment, and which in both directions."""
    later = acts.between(at, ends(at, days)).toward_others()
    up, down = later.actor < later.other, later.actor > later.other
    keys = _keys(later)
    either, both = np.isin(asked.key, keys), np.isin(asked.key, keys[up]) & np.isin(asked.key, keys[down])
    return either, both


def _keys(acts: Acts) -> Rows:
    keys: Rows = np.minimum(acts.actor, acts.other) * acts.people + np.maximum(acts.actor, acts.other)
    return keys


def trial(acts: Acts, plan: Plan, half_life_days: float) -> Record:
    cuts = plan.reported(plan.near_days)
    found = [window for at in cuts.tolist() if (window := _window(acts, plan, at, half_life_days))]
    return record(found, half_life_days=half_life_days, asked=len(cuts))


def _window(acts: Acts, plan: Plan, at: float, half_life_days: float) -> Window | None:
    asked = pairs(acts, at, plan.look_back_days)
    either, both = again(asked, acts, at, plan.near_days)
    if not enough(either):
        return None
    scores = {SCORE: asked.strength(at, half_life_days), **asked.rivals()}
    measures = {"auc": partial(auc, either), "two_way_auc": partial(auc, both)}
    return Window(at, ends(at, plan.near_days), len(either), mark(scores, measures))


def by_half_life(acts: Acts, plan: Plan, at: float, grid: tuple[float, ...]) -> list[float] | None:
    """Return the AUC of each half-life at a cut; None where there is too little to say."""
    asked = pairs(acts, at, plan.look_back_days)
    either, _ = again(asked, acts, at, plan.near_days)
    if not enough(either):
        return None
    return [auc(either, asked.strength(at, days)) or 0.0 for days in grid]
