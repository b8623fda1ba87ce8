"""How sure a forecast is, told by the community's own past: the same was asked at earlier moments, and here is how far off it was.

The middle is what foretold best there: the simulation, or simply that all stays as it is, or half of each. The width is what would
have held four of five of the truths (split conformal prediction, Vovk 2005; Lei 2018), as far ahead as they were. All is in logarithms:
a band is a factor up and down.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kith.lib.graph import Numbers

HELD = 0.8  # the bands are from the 10th to the 90th of a hundred
NORMAL = 1.2816  # how many standard deviations that is on each side, where errors are normal
MIDDLES = ("month", "quarter", "simulation", "month_simulation", "quarter_simulation")
NAIVE = ("month", "quarter")
GROWTH = (0.0, 0.25, 0.5, 1.0)  # powers of the time ahead that errors may grow with
LEAST_CUTS = 4
ELSEWHERE = (
    0.2  # a week ahead, per root of the weeks, where there is too little past: what held both communities we tried
)
TIE = 0.002


@dataclass(frozen=True, slots=True)
class Asked:
    """One past moment, [measure, point], in ln(1 + number): what runs said in the middle and how far they spread, what came (NaN where
    that is not known yet); `month` and `quarter` [measure] are the newest four weeks and the mean of the newest three times four.
    """

    middle: Numbers
    spread: Numbers
    came: Numbers
    month: Numbers
    quarter: Numbers

    def forecasts(self) -> Numbers:
        """Return [middle, measure, point] for each of MIDDLES."""
        month, quarter = (np.broadcast_to(level[:, None], self.middle.shape) for level in (self.month, self.quarter))
        return np.stack([month, quarter, self.middle, (month + self.middle) / 2, (quarter + self.middle) / 2])


@dataclass(frozen=True, slots=True)
class Band:
    """A forecast of one measure, by the point, in ln(1 + number), and what it rests on.

    `by` is one of MIDDLES, `cuts` how many past moments; `errors` the mean absolute error of each of MIDDLES there, and `held` the share of
    truths held by bands made without the moment they are asked at; None without any.
    """

    middle: Numbers
    half: Numbers
    by: str
    cuts: int
    errors: dict[str, float]
    held: float | None


def banded(now: Asked, before: Sequence[Asked], ahead: Numbers) -> list[Band]:
    """Return the band of each measure. `ahead` are the weeks of the points; `came` of now is not read."""
    return [_band(now, before, ahead, measure) for measure in range(len(now.month))]


def _band(now: Asked, before: Sequence[Asked], ahead: Numbers, measure: int) -> Band:
    said = now.forecasts()[:, measure]
    if len(before) < LEAST_CUTS:
        half = np.maximum(ELSEWHERE * np.sqrt(ahead), NORMAL * now.spread[measure])
        return Band(said[0], half, MIDDLES[0], len(before), {}, None)
    off = np.stack([one.came[measure] - one.forecasts()[:, measure] for one in before])  # [cut, middle, point]
    errors = np.nanmean(np.abs(off), axis=(0, 2))
    best = _best(errors)
    half = _half(np.abs(off[:, best]), ahead)
    half = np.maximum(half, NORMAL * now.spread[measure] if MIDDLES[best] == "simulation" else 0)
    told = dict(zip(MIDDLES, (float(e) for e in errors), strict=True))
    return Band(said[best], half, MIDDLES[best], len(before), told, _held(np.abs(off), ahead))


def _best(errors: Numbers) -> int:
    """Return the first that is as good as the best: what stays as it is, unless another is clearly better."""
    return int(np.flatnonzero(errors <= errors.min() + TIE)[0])


def _half(off: Numbers, ahead: Numbers) -> Numbers:
    """Return how far off, by the point, four of five were: errors [cut, point] grow with a power of the time ahead."""
    known = np.isfinite(off)
    scales = [(ahead / ahead[-1]) ** power for power in GROWTH]
    scale = min(scales, key=lambda s: _surprise(off, known, s))
    share = min(1.0, HELD * (1 + 1 / len(off)))
    found: Numbers = np.quantile((off / scale)[known], share) * scale
    return found


def _surprise(off: Numbers, known: NDArray[np.bool_], scale: Numbers) -> float:
    """Return minus the log likelihood of errors falling off exponentially."""
    mean = max(float((off / scale)[known].mean()), 1e-9)
    return float(known.sum() * np.log(mean) + (np.log(scale) * known).sum())


def _held(off: Numbers, ahead: Numbers) -> float | None:
    """Return the share of truths held by bands made from all the other moments: the middle chosen there, and the width."""
    held, asked = 0, 0
    for cut in range(len(off)):
        others = np.delete(off, cut, axis=0)
        best = _best(np.nanmean(others, axis=(0, 2)))
        inside = off[cut, best] <= _half(others[:, best], ahead)
        held, asked = held + int(inside.sum()), asked + int(np.isfinite(off[cut, best]).sum())
    return held / asked if asked else None
