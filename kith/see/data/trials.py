"""How see did on a community's own history, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

TRIED = ("ties", "super_nodes", "churn", "introductions", "seeds")
SCORE = "score"

Marks = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Record:
    """How an order did on held-out time, beside the simple orders it must beat.

    `metric` and each of `baselines` hold the same measures, 0..1 but for spearman; the first is the one that decides who
    `leads`: "score" or the name of a baseline. `n` cases were asked about in `windows`, each from the moment of asking to the end
    of what was foretold. Where `too_little` (a code) says why nothing can be said, both are empty and n is 0.
    """

    metric: Marks
    baselines: Mapping[str, Marks]
    n: int
    half_life_days: float
    windows: tuple[tuple[datetime, datetime], ...]
    leads: str = SCORE
    too_little: str = ""

    @property
    def beats(self) -> bool:
        return bool(self.metric) and self.leads == SCORE


@dataclass(frozen=True, slots=True)
class HalfLife:
    """A half-life and where it comes from.

    `gain` is how much better than `before` it did in `windows` trials (of AUC for ties, of Spearman's ρ for super nodes), give or
    take `error`; `source` says which: "earlier" cuts whose windows end before the reported ones begin, the "same" cuts, or
    "none": too little to choose from.
    """

    days: float
    before: float
    gain: float
    error: float
    windows: int
    source: str
