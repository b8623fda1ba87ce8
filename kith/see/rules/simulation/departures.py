"""What became of a community's own people when one of those who held it together left: the past a departure is foretold from.

At moments of the past: who of the TOP by super-node score did nothing in the weeks after, and of whom did they hold which share of the
attention? Those are compared with others of the same habits who had nothing from them. Found on MathOverflow .16 (standard error
.27, 14 departures), on CollegeMsg .23 (.18, 67): people miss a fifth of what they lose, give or take as much.
"""

from dataclasses import dataclass

import numpy as np

from kith.lib.acts import DAY_SECONDS, Acts, decayed
from kith.lib.graph import Flags, Numbers, Rows, sum_at, super_score
from kith.see.rules.simulation.habits import CLASS, CLASSES
from kith.see.rules.simulation.weeks import MEMORY, WEEK_SECONDS, Past, past, weeks_of

TOP = 50
STEP = 6  # weeks between the moments
MOST = 60  # moments
AFTER = 13  # weeks of silence that count as having left; in a life of less than two years 4
LEAST = 10  # departures
LEAST_SHARE = 0.02
LEAST_ALIKE = 10
BEFORE = (0.2, 0.2)  # mean and spread of what people miss, where nothing is known: the two communities above


@dataclass(frozen=True, slots=True)
class Missed:
    """Which part (0 nothing, 1 all) people miss of the attention they lose: mean and standard error, and from how many departures."""

    part: float
    error: float
    n: int


def missed(known: Past, half_life_days: float) -> Missed:
    """Learn it from the past, drawn to what was seen elsewhere; from fewer than LEAST departures nothing is learnt."""
    found = np.array(_cases(known, half_life_days)).reshape(-1, 2)
    mean, spread = BEFORE
    if len(found) < LEAST or found[:, 1].sum() <= 0:
        return Missed(mean, spread, len(found))
    part = found[:, 0].sum() / found[:, 1].sum()
    off = found[:, 0] - part * found[:, 1]
    error = float(np.sqrt((off**2).sum()) / found[:, 1].sum())  # a ratio's, departures as the cases
    weight = spread**2 / (spread**2 + error**2)
    return Missed(float(weight * part + (1 - weight) * mean), float(np.sqrt(weight) * error), len(found))


def _cases(known: Past, half_life_days: float) -> list[tuple[float, float]]:
    acts, end = known.acts, known.at
    lived = int(weeks_of(acts.at[:1], end).max(initial=-1)) + 1
    after = AFTER if lived >= 104 else 4
    moments = [end - week * WEEK_SECONDS for week in range(after, lived - MEMORY, STEP)][:MOST]
    return [case for at in moments for case in _left(acts, at, after, half_life_days)]


def _left(acts: Acts, at: float, after: int, half_life_days: float) -> list[tuple[float, float]]:
    """Return of each departure at a moment: Σ share·(expected − seen) and Σ share²·expected, of weeks with an act."""
    lately = acts.between(at - 12 * half_life_days * DAY_SECONDS, at)
    ties, then = decayed(lately, at, half_life_days), past(lately, at)
    score = super_score(ties)
    seen = _weeks_with_act(acts.between(at, at + after * WEEK_SECONDS), at, after)
    best = np.argsort(-score, kind="stable")[:TOP]
    gone = best[(seen[best] == 0) & (score[best] > 0)]
    whole = sum_at(ties.dst, ties.weight, ties.people)
    shares = (sum_at(ties.dst, ties.weight * (ties.src == who), ties.people) / np.maximum(whole, 1e-9) for who in gone)
    return [
        case
        for who, share in zip(gone, shares, strict=True)
        if (case := _compared(then, then.rows != who, share[then.rows], seen[then.rows]))
    ]


def _weeks_with_act(later: Acts, at: float, many: int) -> Rows:
    week = np.minimum(((later.at - at) // WEEK_SECONDS).astype(np.int64), many - 1)
    came = np.unique(later.actor * many + week)
    return np.bincount(came // many, minlength=later.people)


def _compared(then: Past, stays: Flags, share: Numbers, seen: Rows) -> tuple[float, float] | None:
    mask = then.masks(-1)
    kind, here = CLASS[mask], (mask > 0) & stays
    alike = here & (share == 0)
    many = np.bincount(kind[alike], minlength=CLASSES)
    usual = np.bincount(kind[alike], seen[alike], minlength=CLASSES) / np.maximum(many, 1)
    hit = here & (share >= LEAST_SHARE) & (many[kind] >= LEAST_ALIKE)
    expected = usual[kind[hit]]
    weight = float((share[hit] ** 2 * expected).sum())
    return (float((share[hit] * (expected - seen[hit])).sum()), weight) if weight > 0 else None
