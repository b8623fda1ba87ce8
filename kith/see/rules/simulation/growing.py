"""Grow a community week by week in many runs at once, under several choices that share every throw of the dice.

A run draws a block of the past to live by. Each week, everybody with a habit acts again by the chance of their habit and then does
what was done in a week of theirs; people come, and come back after long silence, as in weeks of the block. As the same
throw decides under every choice, two choices differ by what was chosen alone, and not by luck.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from kith.see.data import SIMULATED
from kith.see.rules.simulation.life import Life, Start
from kith.see.rules.simulation.world import Terms, World

TOGETHER = 20  # runs a time: what they need stays in a processor's cache


def grown(
    start: Start, choices: Sequence[Terms], *, weeks: int, runs: int, seed: int, points: Sequence[int],
    count: Callable[[int], None] = lambda done: None,
) -> NDArray[np.float64]:  # fmt: skip
    """Return [choice, measure, run, point]: people, acts and pairs in touch of the WINDOW weeks before each point (weeks from now)."""
    batches = [range(low, min(low + TOGETHER, runs)) for low in range(0, runs, TOGETHER)]
    found = []
    for batch in batches:
        life = Life(start, weeks, np.random.default_rng([seed, batch.start]), len(batch))
        found.append(_batch(life, choices, weeks, points))
        count(len(batch))
    return np.concatenate(found, axis=2)


def _batch(life: Life, choices: Sequence[Terms], weeks: int, points: Sequence[int]) -> NDArray[np.float64]:
    worlds = [World(life, terms) for terms in choices]
    found = np.zeros((len(choices), len(SIMULATED), life.runs, len(points)))
    for week in range(1, weeks + 1):
        throw, pick = (life.rng.random((life.runs, life.ends[week]), np.float32) for _ in range(2))
        for world in worlds:
            world.live(week, throw, pick)
        for at in [i for i, point in enumerate(points) if point == week]:
            for c, world in enumerate(worlds):
                found[c, :, :, at] = world.seen(week)
    return found
