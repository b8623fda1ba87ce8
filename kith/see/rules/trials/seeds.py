"""Trial of launch seeds: which share of those who will be in touch with anybody turns to one of 20 chosen?"""

import numpy as np

from kith.lib.acts import Acts
from kith.lib.scores import coverage
from kith.see.data import SCORE, Marks, Record
from kith.see.rules.seeds import RIVALS, pick
from kith.see.rules.trials.marking import LEAST_CASES, Window, ends, record
from kith.see.rules.trials.plan import Plan
from kith.see.rules.trials.super_nodes import active

MOST = 20
ONE_IN = 10  # of a small community: so many active members to a seed


def trial(acts: Acts, plan: Plan, half_life_days: float) -> Record:
    cuts = plan.reported(plan.far_days)
    found = [window for at in cuts.tolist() if (window := _window(acts, plan, at, half_life_days))]
    return record(found, half_life_days=half_life_days, asked=len(cuts))


def _window(acts: Acts, plan: Plan, at: float, half_life_days: float) -> Window | None:
    days, many = plan.far_days, len(active(acts, at, plan.far_days))
    later = acts.between(at, ends(at, days)).toward_others()
    everyone = np.unique(np.concatenate([later.actor, later.other]))
    if min(many, len(everyone)) < LEAST_CASES:
        return None
    count = min(MOST, many // ONE_IN)
    marks: dict[str, Marks] = {}
    for name in (SCORE, *RIVALS):
        chosen = pick(acts, at, half_life_days=half_life_days, window_days=days, count=count, by=name)
        marks[name] = {"coverage": coverage(chosen, later.actor, later.other, acts.people) or 0.0}
    return Window(at, ends(at, days), len(everyone), marks)
