"""Trial of the super-node score: of all active members, whom will most people turn to?"""

import numpy as np

from kith.lib.acts import DAY_SECONDS, Acts, decayed, folded
from kith.lib.graph import Numbers, Rows, super_score
from kith.lib.scores import ndcg, spearman
from kith.see.data import SCORE, Record
from kith.see.rules.rivals import RIVALS
from kith.see.rules.trials.marking import LEAST_CASES, LEAST_TRUE, Measures, Window, ends, mark, record
from kith.see.rules.trials.plan import Plan

GRID = (7.0, 15.0, 30.0, 45.0, 60.0, 90.0)
FIRST = 50


def active(acts: Acts, at: float, days: float) -> Rows:
    """Return who acted within the days before a moment."""
    return np.unique(acts.between(at - days * DAY_SECONDS, at).actor)


def turned(acts: Acts, at: float, days: float) -> Numbers:
    """Return to each person how many people turned within the days after a moment."""
    later = acts.between(at, ends(at, days)).toward_others()
    pairs = np.unique(later.actor * acts.people + later.other)
    return np.bincount(pairs % max(acts.people, 1), minlength=acts.people).astype(np.float64)


def scores(acts: Acts, at: float, days: float, half_life_days: float) -> dict[str, Numbers]:
    """Return every order of people as of a moment."""
    ours = super_score(decayed(acts, at, half_life_days))
    return {SCORE: ours} | {name: rival(acts, at, days) for name, rival in RIVALS.items()}


def trial(acts: Acts, plan: Plan, half_life_days: float) -> Record:
    cuts = plan.reported(plan.far_days)
    found = [window for at in cuts.tolist() if (window := _window(acts, plan, at, half_life_days))]
    return record(found, half_life_days=half_life_days, asked=len(cuts))


def _window(acts: Acts, plan: Plan, at: float, half_life_days: float) -> Window | None:
    rows, came = active(acts, at, plan.far_days), turned(acts, at, plan.far_days)
    if not _enough(came[rows]):
        return None
    found = {name: score[rows] for name, score in scores(acts, at, plan.far_days, half_life_days).items()}
    measures: Measures = {
        "spearman": lambda score: spearman(came[rows], score) or 0.0,  # who orders nobody foretells nothing
        "ndcg50": lambda score: ndcg(came[rows], score, FIRST),
    }
    return Window(at, ends(at, plan.far_days), len(rows), mark(found, measures))


def by_half_life(acts: Acts, plan: Plan, at: float, grid: tuple[float, ...]) -> list[float] | None:
    """Return Spearman's ρ of each half-life at a cut; None where there is too little to say."""
    rows, came = active(acts, at, plan.far_days), turned(acts, at, plan.far_days)
    if not _enough(came[rows]):
        return None
    known = folded(acts, at)
    return [spearman(came[rows], super_score(known.ties(days))[rows]) or 0.0 for days in grid]


def _enough(came: Numbers) -> bool:
    return len(came) >= LEAST_CASES and int((came > 0).sum()) >= LEAST_TRUE and float(np.ptp(came)) > 0
