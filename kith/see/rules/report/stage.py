"""From broadcast over platform to community, over the whole life.

ρ: acts toward somebody per message. κ: the share of all energy that touches the one most touched. T: reciprocity. All within
a window, undecayed. Broadcast if ρ < .15 or κ >= .6; else platform if T < .35; else community. A community whose messages all
name somebody has ρ >= 1. Source: reference network §5.8, 129 of 137 yearly windows of 10 communities as labelled.
"""

from itertools import pairwise

import numpy as np

from kith.lib.acts import DAY_SECONDS
from kith.lib.graph import reciprocity, sum_at
from kith.see.data import Stage, Window
from kith.see.rules.report.reading import TICK, Reading, when

BROADCAST_PER_POST = 0.15
BROADCAST_TOUCH = 0.6
PLATFORM_RECIPROCITY = 0.35
LEAST = 30  # messages
LEAST_PEOPLE = 3  # two who talk to each other are no community yet, and no broadcast
YEAR = 365.25
WINDOWS_LIMIT = 40


def stage(reading: Reading) -> Stage:
    """Return the windows, oldest first; the newest ends at the moment."""
    windows = tuple(_window(reading, since, until) for since, until in windows_of(reading))
    return Stage(windows[-1].stage if windows else None, windows)


def windows_of(reading: Reading) -> list[tuple[float, float]]:
    """Return years of a life of six years and more, half-years of two and more, quarters of a shorter one."""
    if not len(reading.acts):
        return []
    life = (reading.at - float(reading.acts.at[0])) / DAY_SECONDS
    width = YEAR if life >= 6 * YEAR else YEAR / 2 if life >= 2 * YEAR else YEAR / 4
    count = min(WINDOWS_LIMIT, max(1, round(life / width)))
    edges = [reading.at + TICK - width * DAY_SECONDS * back for back in range(count, -1, -1)]
    edges[0] = min(edges[0], float(reading.acts.at[0])) if count < WINDOWS_LIMIT else edges[0]
    return list(pairwise(edges))


def named(per_post: float, top_touch: float, two_way: float) -> str:
    """Return the stage three numbers decide."""
    if per_post < BROADCAST_PER_POST or top_touch >= BROADCAST_TOUCH:
        return "broadcast"
    return "platform" if two_way < PLATFORM_RECIPROCITY else "community"


def _window(reading: Reading, since: float, until: float) -> Window:
    acts = reading.acts.between(since, until)
    low, high = np.searchsorted(reading.acts.at, [since, until])
    toward = (acts.other >= 0) & (acts.other != acts.actor)
    posts, directed = int(reading.is_message[low:high].sum()) or len(acts), int(toward.sum())
    if posts < LEAST or int(reading.counted.sum()) < LEAST_PEOPLE:
        return Window(when(since), when(until), posts, directed, None, None, None, None)
    pairs = reading.contacts.within(since, until)
    energy = float(pairs.strength.sum())
    ends, both = np.concatenate([pairs.a, pairs.b]), np.tile(pairs.strength, 2)
    touch = min(1.0, float(sum_at(ends, both, pairs.people).max()) / energy) if energy else 0.0
    two_way = reciprocity(pairs)
    name = named(directed / posts, touch, two_way)
    return Window(when(since), when(until), posts, directed, directed / posts, touch, two_way, name)
