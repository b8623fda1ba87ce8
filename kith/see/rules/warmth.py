"""Degrees: the product's unit of warmth, and how it changes."""

import math
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

HALF_WARM = 6.0  # live acts at which a tie has 50°: about three answers each way that have not faded
BANDS = (8.0, 25.0, 50.0, 75.0)  # where slate turns to sand, amber, orange, vermilion
SILENT_AFTER = timedelta(days=30)
COOLING_AFTER_DAYS = 14
COOLING_FROM = 25.0
FADED_HALF_LIVES = 10  # older acts add less than a thousandth

Array = NDArray[np.float64]


def degrees(live_acts: float) -> float:
    """Return 100·s/(s+6): 0 live acts 0°, 1 14°, 6 50°, 18 75°. Rises with every act, never reaches 100°."""
    return 100.0 * live_acts / (live_acts + HALF_WARM) if math.isfinite(live_acts) else 100.0


def band(warmth: float) -> int:
    """Return the colour 0..4 of a warmth in degrees."""
    return sum(warmth >= edge for edge in BANDS)


def bands(live_acts: Array) -> NDArray[np.int64]:
    """Return the colours of many strengths in live acts."""
    return np.digitize(100.0 * live_acts / (live_acts + HALF_WARM), BANDS).astype(np.int64)


def moment(now: datetime, last_act_at: datetime | None) -> datetime:
    """Return when to look at a network: now, or its last act if nobody acted for 30 days.

    An old group just imported would otherwise be a grey picture of nothing; the page says of when it is.
    """
    if last_act_at is None or now - last_act_at <= SILENT_AFTER:
        return now
    return last_act_at


def faded(days: float, half_life_days: float) -> float:
    return float(0.5 ** (days / half_life_days))


def over_time(
    acts: Iterable[tuple[datetime, float]], moments: Sequence[datetime], half_life_days: float
) -> list[float]:
    """Return the live energy at each moment, given (when, energy) of days; moments rise.

    A day's acts count as if done at its noon, which errs by less than 1 % for half-lives of a month or more.
    """
    found: list[float] = []
    live, last = 0.0, None
    waiting = deque(sorted(acts))
    for at in moments:
        while waiting and waiting[0][0] <= at:
            start, energy = waiting.popleft()
            noon = min(start + timedelta(hours=12), at)
            live, last = live * _since(last, noon, half_life_days) + energy, noon
        live, last = live * _since(last, at, half_life_days), at
        found.append(live)
    return found


def _since(last: datetime | None, at: datetime, half_life_days: float) -> float:
    return faded((at - last) / timedelta(days=1), half_life_days) if last else 0.0


def cooled(strength: float, last_at: datetime, at: datetime, half_life_days: float) -> float | None:
    """Return the degrees a tie had at its last act if it is cooling, else None.

    Cooling: it was at least 25° warm, is silent for two weeks, and has lost a colour since. Nothing was added
    after the last act, so what it was follows from what it is.
    """
    silent_days = (at - last_at) / timedelta(days=1)
    then = degrees(strength / faded(silent_days, half_life_days))
    if silent_days < COOLING_AFTER_DAYS or then < COOLING_FROM or band(degrees(strength)) == band(then):
        return None
    return then


def is_stale(*, made_at: datetime, took_seconds: float, read_to: int, newest: int, now: datetime) -> bool:
    """Say whether a picture is to be made again: acts came since, and it is old for what it cost.

    Old is 200 times the cost (pictures take 1/200 of a core at most), between five seconds and ten minutes.
    """
    patience = timedelta(seconds=min(600.0, max(5.0, 200 * took_seconds)))
    return newest != read_to and now - made_at > patience
