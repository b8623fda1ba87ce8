"""From the answers of single windows to a record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from kith.lib.acts import DAY_SECONDS
from kith.lib.graph import Flags, Numbers
from kith.see.data import SCORE, Marks, Record

LEAST_CASES = 20
LEAST_TRUE = 5
LEAST_WINDOWS = 3
TOO_SHORT, TOO_FEW, NOT_YET = "too_short", "too_few", "not_yet"

Measures = Mapping[str, Callable[[Numbers], float | None]]


@dataclass(frozen=True, slots=True)
class Window:
    """What a trial found in one window: marks by score, the first measure first."""

    since: float
    until: float
    n: int
    marks: Mapping[str, Marks]


def enough(came_true: Flags) -> bool:
    """Say whether a window has cases enough of both kinds for a mark to mean something."""
    true = int(came_true.sum())
    return len(came_true) >= LEAST_CASES and min(true, len(came_true) - true) >= LEAST_TRUE


def mark(scores: Mapping[str, Numbers], measures: Measures) -> Mapping[str, Marks]:
    """Measure every score; a measure that cannot be said is left out."""
    return {name: {key: value for key, measure in measures.items() if (value := measure(score)) is not None} for name, score in scores.items()}  # fmt: skip


def record(windows: Sequence[Window], *, half_life_days: float, asked: int) -> Record:
    """Return the mean over windows; each window counts alike, as in the published trials. `asked` cuts were to be had."""
    if len(windows) < min(LEAST_WINDOWS, max(asked, 1)):
        return nothing(TOO_FEW if asked else NOT_YET, half_life_days)
    found = {name: _mean([w.marks[name] for w in windows]) for name in windows[0].marks}
    spans = [(w.since, w.until) for w in windows]
    return told(found, n=sum(w.n for w in windows), spans=spans, half_life_days=half_life_days)


def told(
    found: Mapping[str, Marks], *, n: int, spans: Sequence[tuple[float, float]], half_life_days: float
) -> Record:  # fmt: skip
    """Return a record of marks by score."""
    ours, others = found[SCORE], {name: marks for name, marks in found.items() if name != SCORE}
    windows = tuple((_moment(since), _moment(until)) for since, until in spans)
    return Record(ours, others, n, half_life_days, windows, leader(ours, others))


def leader(ours: Marks, others: Mapping[str, Marks]) -> str:
    """Return who does best by the first measure; ours, if nothing does better."""
    key = next(iter(ours))
    best = max(others, key=lambda name: others[name].get(key, -1.0))
    return SCORE if ours[key] >= others[best].get(key, -1.0) else best


def nothing(why: str, half_life_days: float) -> Record:
    return Record({}, {}, 0, half_life_days, (), too_little=why)


def ends(at: float, days: float) -> float:
    return at + days * DAY_SECONDS


def _mean(marks: Sequence[Marks]) -> Marks:
    keys = [key for key in marks[0] if all(key in m for m in marks)]
    return {key: float(np.mean([m[key] for m in marks])) for key in keys}


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
