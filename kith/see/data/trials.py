"""How see did on a community's own history, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from kith.lib.errors import NotFound

TRIED = ("ties", "super_nodes", "churn", "introductions", "seeds")
SCORE = "score"
# In the order in which they are told; of those a trial has, the first decides who leads. JSON of the database keeps no order.
MEASURES = (
    "auc", "two_way_auc", "spearman", "ndcg50", "found", "right", "newcomer_auc", "precision100", "coverage",
)  # fmt: skip

Marks = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Record:
    """How an order did on held-out time, beside the simple orders it must beat.

    `metric` and each of `baselines` hold the same measures, 0..1 but for spearman, in the order of MEASURES;
    the first decides who `leads`: "score" or the name of a baseline. `n` cases were asked about in `windows`, each from the moment of asking to the end
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

    def as_json(self) -> dict[str, Any]:
        """Return what `kith see --validate --json` prints of it."""
        found = {
            "metric": _rounded(self.metric),
            "baselines": {name: _rounded(marks) for name, marks in self.baselines.items()},
            "n": self.n,
            "half_life_days": self.half_life_days,
            "windows": [[since.isoformat(), until.isoformat()] for since, until in self.windows],
            "beats": self.beats,
            "leads": self.leads,
        }
        return found | ({"too_little": self.too_little} if self.too_little else {})

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        windows = [(datetime.fromisoformat(since), datetime.fromisoformat(until)) for since, until in kept["windows"]]
        others = {name: _ordered(marks) for name, marks in kept["baselines"].items()}
        return cls(
            _ordered(kept["metric"]), others, kept["n"], kept["half_life_days"], tuple(windows), kept["leads"],
            kept.get("too_little", ""),
        )  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Coefficients:
    """What the chance to leave is weighed with: `intercept` + Σ weight·habit (rules.churn); they hold for one window."""

    window_days: float
    intercept: float
    silence: float
    acts: float
    weeks: float
    tenure: float


@dataclass(frozen=True, slots=True)
class Trials:
    """All trials of a community and what was chosen from them; `is_fixed` half-lives were set by hand.

    `coefficients` were learnt here if `is_learnt`; `span` is when the history tried begins and ends, None for an empty one.
    """

    made_at: datetime
    records: Mapping[str, Record]
    tie: HalfLife
    node: HalfLife
    is_fixed: bool
    coefficients: Coefficients
    is_learnt: bool
    people: int
    acts: int

    def leads(self, name: str) -> str:
        """Return what ranks: the score, or the simple order that did better."""
        return self.records[name].leads


class NotTriedYet(NotFound):
    sentence = "Nothing was tried on this community's history yet."


def _ordered(marks: Marks) -> dict[str, float]:
    return {name: marks[name] for name in MEASURES if name in marks}


def _rounded(marks: Marks) -> dict[str, float]:
    return {name: round(value, 6) for name, value in marks.items()}
