"""How likely a tie is used again within 90 days: logistic(a + b·ln s), s its live acts, fitted on the community's own past.

At four past moments, the newest 90 days ago, every pair in touch within the year before has its s, and whether an act passed
between the two in the 90 days after. Half of the moments' pairs are of other years than the newest, so a bad quarter does not
decide alone. Fitted by Newton's method on 200 bins of ln s. Source: reference network §5.1; AUC there .69-.84 (§4.1).
"""

import numpy as np

from kith.lib.acts import DAY_SECONDS
from kith.lib.graph import Flags, Numbers
from kith.see.data import Alive
from kith.see.rules.report.reading import Reading

HORIZON_DAYS = 90
YEAR_DAYS = 365
CUTS = 4
BINS = 200
LEAST_TIES = 100
LEAST_OF_EACH = 10


def alive(reading: Reading) -> Alive | None:
    """Return the fit; None when fewer than a hundred ties, or ten of either outcome, stand behind it."""
    found = [_cut(reading, reading.at - HORIZON_DAYS * DAY_SECONDS * back) for back in range(1, CUTS + 1)]
    strength = np.concatenate([s for s, _ in found])
    used = np.concatenate([u for _, u in found])
    if len(used) < LEAST_TIES or min(int(used.sum()), int((~used).sum())) < LEAST_OF_EACH:
        return None
    x, many, hits = _bins(np.log(strength), used)
    slope, intercept = fitted(x, many, hits)
    return Alive(slope, intercept, _auc(many, hits) if slope >= 0 else 1 - _auc(many, hits), len(used))


def chance(found: Alive, live_acts: Numbers) -> Numbers:
    """Return the probability for ties of so many live acts, 0..1; 0 for none."""
    known = np.maximum(live_acts, 1e-12)
    return 1 / (1 + np.exp(-np.clip(found.intercept + found.slope * np.log(known), -500, 500)))


def _cut(reading: Reading, at: float) -> tuple[Numbers, Flags]:
    recent = reading.contacts.touched(at - YEAR_DAYS * DAY_SECONDS, at)
    if not recent.any():
        return np.zeros(0), np.zeros(0, bool)
    strength = reading.contacts.live(at, reading.tie_half_life_days).strength
    used = reading.contacts.touched(at, at + HORIZON_DAYS * DAY_SECONDS)
    keep = recent & (strength > 0)
    return strength[keep], used[keep]


def _bins(x: Numbers, used: Flags) -> tuple[Numbers, Numbers, Numbers]:
    """Return the mean of ln s, how many ties and how many used, in bins of equal width, the lowest first."""
    low, high = float(x.min()), float(x.max())
    where = np.minimum((x - low) / max(high - low, 1e-9) * BINS, BINS - 1).astype(np.int64)
    many = np.bincount(where, minlength=BINS).astype(np.float64)
    sums, hits = (np.bincount(where, w, minlength=BINS).astype(np.float64) for w in (x, used))
    keep = many > 0
    return sums[keep] / many[keep], many[keep], hits[keep]


def fitted(x: Numbers, many: Numbers, hits: Numbers) -> tuple[float, float]:
    """Return slope and intercept of a logistic regression with a whisper of ridge, so that clean cuts stay finite."""
    beta = np.zeros(2)
    design = np.column_stack([x, np.ones(len(x))])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (hits - many * p) - 1e-3 * beta
        curve = design.T @ (design * (many * p * (1 - p))[:, None]) + 1e-3 * np.eye(2)
        step = np.linalg.solve(curve, gradient)
        beta += np.clip(step, -2, 2)
        if float(np.abs(step).max()) < 1e-9:
            break
    return float(beta[0]), float(beta[1])


def _auc(many: Numbers, hits: Numbers) -> float:
    """Return the chance that a used tie is stronger than an unused one, ties within a bin counting half."""
    misses = many - hits
    below = np.cumsum(misses) - misses
    return float((hits * (below + misses / 2)).sum() / (hits.sum() * misses.sum()))
