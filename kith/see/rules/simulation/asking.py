"""The same question at moments of the past: what would have been said then, and what came."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from kith.lib.acts import Acts
from kith.lib.graph import Numbers
from kith.see.data import LEAST_WEEKS, SIMULATED
from kith.see.rules.simulation import effects
from kith.see.rules.simulation.bands import Asked
from kith.see.rules.simulation.growing import grown
from kith.see.rules.simulation.habits import habits
from kith.see.rules.simulation.life import Start
from kith.see.rules.simulation.replays import replays
from kith.see.rules.simulation.weeks import MEMORY, WEEK_SECONDS, Past, past
from kith.see.rules.simulation.world import WINDOW, Terms

CUTS = 12  # past moments at which the same is asked
CUT_RUNS = 20
LEAST_CUT_RUNS = 5
ENOUGH_PEOPLE = 50_000  # who acted lately; with more, runs are fewer in proportion
LEAST_LIFE = 8  # weeks with a week before them
LEAST_ACTIVE = 5
LEAST_ACTS = 30

Count = Callable[[int], None]


def nothing_to_count(_: int) -> None:
    """Count nothing: nobody watches."""


def enough(known: Past) -> bool:
    """Say whether there is a life to learn from: weeks, people, acts."""
    active = int(known.active[:, :WINDOW].any(axis=1).sum())
    lately = known.acts.between(known.at - MEMORY * WEEK_SECONDS, known.at)
    return known.fitted >= LEAST_LIFE and active >= LEAST_ACTIVE and len(lately) >= LEAST_ACTS


def points(weeks: int) -> tuple[int, ...]:
    """Return the weeks ahead that are told: the last, and every fourth before it."""
    return tuple(range(weeks, LEAST_WEEKS - 1, -WINDOW))[::-1]


def asked_before(known: Past, weeks: int, count: Count = nothing_to_count) -> list[Asked]:
    """Ask the same at moments of the past, a quarter of the way apart, from nothing but what lay before each; newest first."""
    step = max(1, weeks // 4)
    moments = [known.at - i * step * WEEK_SECONDS for i in range(1, weeks + CUTS + 1) if i * step >= LEAST_WEEKS][:CUTS]
    found = []
    for at in moments:
        then = past(known.acts, at)
        if not enough(then):
            break
        found.append(asked_at(then, weeks, known))
        count(CUT_RUNS)
    return found


def asked_at(then: Past, weeks: int, later: Past | None = None) -> Asked:
    """Simulate from one moment if nothing is changed, and look up what came, as far as it is known `later`."""
    seen, ahead = effects.welcome(then), points(weeks)
    begun = Start(then, habits(then), replays(then), seen.answered, np.ones(1), np.zeros(1))
    many = affordable(CUT_RUNS, then, LEAST_CUT_RUNS)
    runs = grown(begun, [Terms(seen.answered)], weeks=weeks, runs=many, seed=0, points=ahead)[0]
    return asked_of(then, runs, None if later is None else _came(later, then.at, ahead))


def affordable(runs: int, known: Past, least: int) -> int:
    """Return how many runs are made of those wanted: fewer among very many people, where luck evens out within a run."""
    share = min(1.0, ENOUGH_PEOPLE / max(1, len(known.rows)))
    return max(min(least, runs), round(runs * share))


def asked_of(then: Past, runs: NDArray[np.float64], came: Numbers | None) -> Asked:
    told = np.log1p(runs)
    month = [counted(then.acts, then.at - back * WINDOW * WEEK_SECONDS) for back in range(3)]
    return Asked(
        np.median(told, axis=1), told.std(axis=1), np.full(told.shape[::2], np.nan) if came is None else came,
        np.log1p(month[0]), np.log1p(np.mean(month, axis=0)),
    )  # fmt: skip


def _came(later: Past, at: float, ahead: Sequence[int]) -> Numbers:
    ends = [at + point * WEEK_SECONDS for point in ahead]
    rows = [
        np.log1p(counted(later.acts, end)) if end <= later.at + 1 else np.full(len(SIMULATED), np.nan) for end in ends
    ]
    return np.stack(rows, axis=1)


def counted(acts: Acts, until: float) -> Numbers:
    """Return the people who acted, the acts and the pairs in touch of the WINDOW weeks before a moment."""
    window = acts.between(until - WINDOW * WEEK_SECONDS, until)
    met = (window.other >= 0) & (window.other != window.actor)
    a, b = window.actor[met], window.other[met]
    low, high = np.minimum(a, b), np.maximum(a, b)
    return np.array([len(np.unique(window.actor)), len(window), len(np.unique(low * acts.people + high))], np.float64)
