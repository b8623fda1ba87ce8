"""Forward decay: scores that never need refreshing.

Source: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009. With a fixed landmark L and a half-life of H days,
score = log2(Σ weight·2^((at−L)/H)); the value at t is 2^(score − (t−L)/H). Order by score is the order at every moment.
"""

import math
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

LANDMARK = datetime(2020, 1, 1, tzinfo=UTC)
DAY_SECONDS = 86_400.0
WEIGHT_LIMIT = 1_000_000.0  # beyond it lie mistakes; infinity and NaN would spoil a tie for ever
MOST = 1000.0  # 2^1000: what an act of a far future comes to, instead of an overflow

# What an act is worth, by kind: how much attention it takes to give it (reference: explicit answers 1, fulfilled asks 2).
KINDS: dict[str, tuple[float, str]] = {
    "post": (0.0, "said something to nobody in particular"),
    "reply": (1.0, "answered somebody"),
    "comment": (1.0, "commented on somebody's words"),
    "quote": (1.0, "took up somebody's words"),
    "mention": (1.0, "called somebody by name"),
    "message": (1.0, "wrote to somebody"),
    "thank": (1.0, "thanked somebody"),
    "answer": (2.0, "gave the answer that was accepted"),
    "welcome": (1.0, "welcomed somebody"),
    "introduce": (2.0, "brought two people together"),
    "sponsor": (3.0, "vouched for somebody"),
    "attend": (1.0, "came to what somebody held"),
    "refer": (2.0, "brought somebody to a product"),
    "trade": (3.0, "completed an exchange"),
    "support": (0.5, "supported somebody's idea"),
    "credit": (2.0, "named somebody for what they brought to an idea"),
    "react": (0.2, "reacted with a sign"),
    "spoke_next": (0.5, "spoke right after somebody; implied, not stated"),
    "other": (1.0, "an act of another kind, imported"),
}

# Acts that say something and so may wait for an answer.
WORDS = ("post", "reply", "comment", "quote", "message", "spoke_next")


def periods(at: datetime, half_life_days: float) -> float:
    """Return how many half-lives lie between the landmark and a moment; negative before it."""
    return (at - LANDMARK).total_seconds() / (DAY_SECONDS * half_life_days)


def contribution(weight: float, at: datetime, half_life_days: float) -> float:
    """Return the score of a tie that consists of this act alone; weight > 0."""
    return math.log2(weight) + periods(at, half_life_days)


def added(score: float, other: float) -> float:
    """Return the score of two ties taken together; exact to 1e-15 in any order."""
    high, low = max(score, other), min(score, other)
    return high + math.log2(1 + 2.0 ** (low - high))


def live(score: float, at: datetime, half_life_days: float) -> float:
    """Return the decayed sum of weights at a moment."""
    return float(2.0 ** min(MOST, score - periods(at, half_life_days)))


def live_many(score: NDArray[np.float64], at: datetime, half_life_days: float) -> NDArray[np.float64]:
    """Do as `live` for a column of scores."""
    alive: NDArray[np.float64] = np.exp2(np.minimum(MOST, score - periods(at, half_life_days)))
    return alive


def may_weigh(weight: float | None) -> bool:
    """Tell whether an act may have this weight; None stands for that of its kind."""
    return weight is None or 0 <= weight <= WEIGHT_LIMIT
