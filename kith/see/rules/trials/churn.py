"""Trial of the risk to leave: of all who were here lately, who will be silent for as long again?

Weights are learnt in the first 60 % of the time (where 500 members were seen; else the shipped ones stand) and asked in the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from kith.lib.acts import DAY_SECONDS, Acts
from kith.lib.graph import Flags, Numbers, Rows
from kith.lib.scores import auc, precision, recall
from kith.see.data import SCORE, Coefficients, Record
from kith.see.rules.churn import (
    LEAST_EXAMPLES,
    NEWCOMER_DAYS,
    RIVALS,
    SHIPPED,
    Habits,
    chances,
    faded_half_life,
    fit,
    habits,
    tellable,
)
from kith.see.rules.trials.marking import NOT_YET, TOO_FEW, Measures, ends, enough, mark, nothing, told
from kith.see.rules.trials.plan import MOST_DAYS, Plan

LEARNT = 0.6
LISTED = 0.5  # who is likelier to leave than to stay stands on the list


@dataclass(frozen=True, slots=True)
class Case:
    """Who was here at a cut, what was known of them, and who left."""

    at: float
    known: Habits
    rows: Rows
    left: Flags


def case(acts: Acts, at: float, days: float) -> Case:
    known = habits(acts, at, days)
    rows = np.flatnonzero(known.here)
    later = np.bincount(acts.between(at, ends(at, days)).actor, minlength=acts.people) > 0
    return Case(at, known, rows, ~later[rows])


def cuts(plan: Plan) -> Numbers:
    """Return every moment that has a window before and after it: half a window apart, a third where windows are short."""
    window = plan.far_days * DAY_SECONDS
    step = window / (2 if plan.far_days >= MOST_DAYS else 3)
    return np.arange(plan.start + 2 * window, plan.end - window + 1, step)


def learn(acts: Acts, moments: Sequence[float], days: float) -> Coefficients | None:
    """Return the weights of a community's own past; None below 500 members seen."""
    cases = [case(acts, at, days) for at in moments]
    if len(np.unique(np.concatenate([c.rows for c in cases] or [np.zeros(0, np.int64)]))) < LEAST_EXAMPLES:
        return None
    return fit(np.vstack([c.known.matrix(c.rows) for c in cases]), np.concatenate([c.left for c in cases]), days)


def learnt_now(acts: Acts, plan: Plan) -> Coefficients | None:
    """Return the weights to use from now on: from every window that is over."""
    return learn(acts, [float(at) for at in cuts(plan)], plan.far_days)


def trial(acts: Acts, plan: Plan) -> Record:
    """Ask in every window of the last 40 %; all answers together make one mark, as in the published trial."""
    days, every = plan.far_days, cuts(plan)
    if not len(every):
        return nothing(TOO_FEW, faded_half_life(days))
    split = min([every[0] + LEARNT * (every[-1] - every[0]), *plan.asked])
    asked = _asked(plan, every, split)
    past = [float(at) for at in every if ends(float(at), days) <= split]
    weights = learn(acts, past, days) or replace(SHIPPED, window_days=days)
    cases = [case(acts, at, days) for at in asked]
    left = np.concatenate([c.left for c in cases] or [np.zeros(0, bool)])
    if not enough(left):
        return nothing(TOO_FEW if asked else NOT_YET, faded_half_life(days))
    spans = [(c.at, ends(c.at, days)) for c in cases]
    marks = mark(_scores(acts, cases, weights), _measures(cases, left, weights))
    return told(marks, n=len(left), spans=spans, half_life_days=faded_half_life(days))


def _scores(acts: Acts, cases: Sequence[Case], weights: Coefficients) -> dict[str, Numbers]:
    ours = np.concatenate([chances(c.known, c.rows, weights) for c in cases])
    simple = {name: [rival(acts, c.at, weights.window_days)[c.rows] for c in cases] for name, rival in RIVALS.items()}
    return {SCORE: ours} | {name: np.concatenate(found) for name, found in simple.items()}


def _measures(cases: Sequence[Case], left: Flags, weights: Coefficients) -> Measures:
    """AUC of all; then of those of whom something is said: how many of the leavers a list of the likely finds, and how
    many on it leave, every rival with a list as long; AUC of newcomers, who stand on no list.
    """
    said = np.concatenate([tellable(c.known)[c.rows] for c in cases])
    new = np.concatenate([c.known.tenure_days[c.rows] < NEWCOMER_DAYS for c in cases])
    likely = np.concatenate([chances(c.known, c.rows, weights) for c in cases])
    listed = max(1, int((likely[said] >= LISTED).sum()))
    return {
        "auc": partial(auc, left),
        "found": lambda score: recall(left[said], score[said], listed),
        "right": lambda score: precision(left[said], score[said], listed),
        "newcomer_auc": lambda score: auc(left[new], score[new]) if enough(left[new]) else None,
    }


def _asked(plan: Plan, every: Numbers, split: float) -> list[float]:
    if plan.asked:
        return [float(at) for at in plan.reported(plan.far_days)]
    later = np.linspace(split, every[-1], plan.cuts) if plan.cuts else every[every >= split]
    return [float(at) for at in later]
