"""Trial of introductions: of all active pairs that never met and share an acquaintance, which will be in touch?

This foretells ties that form anyway; what introducing adds is measured by holding a random half back.
"""

from functools import partial

import numpy as np

from kith.lib.acts import Acts
from kith.lib.graph import Flags, Numbers
from kith.lib.scores import auc, precision
from kith.see.data import SCORE, Record
from kith.see.rules.meeting import RIVALS, Strangers, acquaintance, most_active, strangers
from kith.see.rules.trials.marking import Measures, Window, ends, enough, mark, record
from kith.see.rules.trials.plan import Plan

FIRST = 100
CUTS = 8


def scores(acts: Acts, at: float, days: float, half_life_days: float) -> tuple[Strangers, dict[str, Numbers]]:
    """Return the pairs to be asked about as of a moment, and every order of them."""
    known, active = acquaintance(acts, at, half_life_days), most_active(acts, at, days)
    asked = strangers(known, active)
    a, b = (np.searchsorted(active, rows) for rows in (asked.a, asked.b))
    return asked, {SCORE: asked.score} | {name: rival(known, active, a, b) for name, rival in RIVALS.items()}


def met(asked: Strangers, acts: Acts, at: float, days: float) -> Flags:
    """Say which pairs were in touch, either way, within the days after a moment."""
    later = acts.between(at, ends(at, days)).toward_others()
    keys = np.minimum(later.actor, later.other) * acts.people + np.maximum(later.actor, later.other)
    return np.isin(asked.a * acts.people + asked.b, keys)


def trial(acts: Acts, plan: Plan, half_life_days: float) -> Record:
    cuts = plan.reported(plan.far_days, first=0.35, count=CUTS)
    found = [window for at in cuts.tolist() if (window := _window(acts, plan, at, half_life_days))]
    return record(found, half_life_days=half_life_days, asked=len(cuts))


def _window(acts: Acts, plan: Plan, at: float, half_life_days: float) -> Window | None:
    asked, found = scores(acts, at, plan.far_days, half_life_days)
    came = met(asked, acts, at, plan.far_days)
    if not enough(came):
        return None
    measures: Measures = {"auc": partial(auc, came), "precision100": lambda score: precision(came, score, FIRST)}
    return Window(at, ends(at, plan.far_days), len(came), mark(found | {"random": np.zeros(len(came))}, measures))
