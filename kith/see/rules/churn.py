"""Who is about to leave: the chance that somebody who was here lately will be silent for as long again.

Four habits decide it; what else was tried (ties, partners, gradient boosting) added nothing (docs/see.md). The shipped
weights were learnt from the Lean chat, MathOverflow and the R mailing lists with a window of 90 days; each loses
about 0.01 of AUC on a community it was not learnt from. Where a community has 500 examples of its own it learns its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kith.lib.acts import DAY_SECONDS, Acts, first_and_last
from kith.lib.graph import Flags, Numbers, Rows, percentile, sum_at
from kith.see.data import SCORE, Coefficients

WINDOW_DAYS = 90.0
WEEK_SECONDS = 7 * DAY_SECONDS
NEWCOMER_DAYS = 30.0
LEAST_ACTS = 3  # fewer are no habit yet that could be broken
LEAST_EXAMPLES = 500
RIDGE = 1.0  # a prior as strong as a handful of examples: keeps weights finite where one habit decides everything
ROUNDS = 50
SILENT_DAYS = 7


SHIPPED = Coefficients(WINDOW_DAYS, 1.014, 0.502, -0.414, -3.925, -0.093)


@dataclass(frozen=True, slots=True)
class Habits:
    """Per person at a moment: days since their last and their first act, acts ever, `weeks` of `of` with an act in the window.

    Days are infinite for who never acted; `here` says who acted within the window at all.
    """

    silent_days: Numbers
    tenure_days: Numbers
    acts: Rows
    weeks: Rows
    of: int
    here: Flags

    def matrix(self, rows: Rows | Flags) -> Numbers:
        """Return a line per person: 1, ln(1+silent days), ln(1+acts), share of weeks, ln(1+tenure days)."""
        columns = (
            np.ones(len(self.acts))[rows], np.log1p(self.silent_days[rows]), np.log1p(self.acts[rows]),
            self.weeks[rows] / self.of, np.log1p(self.tenure_days[rows]),
        )  # fmt: skip
        return np.column_stack(columns)


def habits(acts: Acts, at: float, window_days: float = WINDOW_DAYS) -> Habits:
    """Read the habits of everybody before a moment (epoch seconds); any act shows that somebody is there."""
    past = acts.before(at)
    first, last = first_and_last(past)
    window = past.between(at - window_days * DAY_SECONDS, np.inf)
    of = max(1, -int(-window_days // 7))
    week = np.minimum(((at - window.at) // WEEK_SECONDS).astype(np.int64), of - 1)
    came = np.zeros(acts.people * of, bool)
    came[window.actor * of + week] = True
    return Habits(
        silent_days=(at - last) / DAY_SECONDS,
        tenure_days=np.where(np.isfinite(first), (at - first) / DAY_SECONDS, np.inf),
        acts=np.bincount(past.actor, minlength=acts.people).astype(np.int64),
        weeks=came.reshape(acts.people, of).sum(axis=1),
        of=of,
        here=np.bincount(window.actor, minlength=acts.people) > 0,
    )


def weights(of: Coefficients) -> Numbers:
    """Return the weights in the order of `Habits.matrix`."""
    return np.array([of.intercept, of.silence, of.acts, of.weeks, of.tenure])


def chances(known: Habits, rows: Rows | Flags, coefficients: Coefficients) -> Numbers:
    """Return the chance 0..1 to fall silent of people who are `here`."""
    return _logistic(known.matrix(rows) @ weights(coefficients))


def tellable(known: Habits) -> Flags:
    """Say of whom there is enough to say: here within the window, no newcomer of 30 days, at least three acts."""
    enough: Flags = known.here & (known.tenure_days >= NEWCOMER_DAYS) & (known.acts >= LEAST_ACTS)
    return enough


def risks(acts: Acts, at: float, coefficients: Coefficients = SHIPPED) -> Numbers:
    """Return each person's chance to be silent for the window that follows; NaN where there is too little to say."""
    known = habits(acts, at, coefficients.window_days)
    rows = tellable(known)
    found = np.full(acts.people, np.nan)
    found[rows] = chances(known, rows, coefficients)
    return found


def leaning(acts: Acts, at: float, coefficients: Coefficients = SHIPPED, by: str = SCORE) -> Numbers:
    """Return what orders the list of who may leave, 0..1, by what ranks here (`Chosen.churn`); NaN as in `risks`.

    By the score it is the risk; by a simple order the share of those of whom something can be said who stand below.
    """
    found = risks(acts, at, coefficients)
    if by != SCORE:
        said = np.isfinite(found)
        found[said] = percentile(RIVALS[by](acts, at, coefficients.window_days)[said]) / 100
    return found


def by_recency(acts: Acts, at: float, window_days: float) -> Numbers:
    """How long each is silent."""
    return at - np.maximum(first_and_last(acts.before(at))[1], -1e18)


def by_posts(acts: Acts, at: float, window_days: float) -> Numbers:
    """How few acts each did in the window."""
    return -sum_at(acts.between(at - window_days * DAY_SECONDS, at).actor, None, acts.people)


def by_count(acts: Acts, at: float, window_days: float) -> Numbers:
    """How few acts each ever did."""
    return -sum_at(acts.before(at).actor, None, acts.people)


def by_decayed_posts(acts: Acts, at: float, window_days: float) -> Numbers:
    """The same, acts halved every two thirds of a window."""
    past = acts.before(at)
    live = np.exp2((past.at - at) / (faded_half_life(window_days) * DAY_SECONDS))
    return -sum_at(past.actor, live, acts.people)


def faded_half_life(window_days: float) -> float:
    return window_days / 1.5


RIVALS: Mapping[str, Callable[[Acts, float, float], Numbers]] = {
    "recency": by_recency,
    "posts": by_posts,
    "count": by_count,
    "decayed_posts": by_decayed_posts,
}


def fit(examples: Numbers, left: Flags, window_days: float) -> Coefficients:
    """Learn weights from lines of `Habits.matrix` and who left: logistic regression with a ridge, by Newton's method.

    The same examples give the same weights; they are finite even where all or none left.
    """
    found = np.zeros(examples.shape[1])
    penalty = np.full(examples.shape[1], RIDGE)
    penalty[0] = 1e-6
    for _ in range(ROUNDS):
        step = _newton(examples, left, found, penalty)
        now = _loss(examples, left, found, penalty)
        while _loss(examples, left, found + step, penalty) > now and np.abs(step).max() > 1e-9:
            step = step / 2
        found = found + step
        if np.abs(step).max() < 1e-8:
            break
    return Coefficients(window_days, *(float(w) for w in found))


def _newton(examples: Numbers, left: Flags, weights: Numbers, penalty: Numbers) -> Numbers:
    likely = _logistic(examples @ weights)
    slope = examples.T @ (left - likely) - penalty * weights
    bend = (examples * (likely * (1 - likely))[:, None]).T @ examples + np.diag(penalty)
    return np.asarray(np.linalg.solve(bend, slope), np.float64)


def _loss(examples: Numbers, left: Flags, weights: Numbers, penalty: Numbers) -> float:
    odds = examples @ weights
    return float((np.logaddexp(0, odds) - left * odds).sum() + 0.5 * (penalty * weights**2).sum())


def _logistic(odds: NDArray[np.float64]) -> Numbers:
    likely: Numbers = 0.5 * (1 + np.tanh(odds / 2))
    return likely
