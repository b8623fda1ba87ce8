"""Packing: discs put near those they exchange most with, none over another."""

import math

import igraph
import numpy as np

from kith.lib.graph import Numbers
from kith.lib.graph_circles import same_chances

WIDTH_TO_HEIGHT = 1.25
ROOM = 1.13  # discs keep an eighth of their radii free between them
STEPS, CALM_STEPS = 700, 100


def pack(radius: Numbers, exchange: Numbers) -> Numbers:
    """Return the centre of each disc: who exchange much stand near, none overlap, wider than high."""
    count = len(radius)
    if count < 2:
        return np.zeros((count, 2))
    start = _attract(radius, exchange)
    return _apart(_relax(_spread(start, radius), radius), radius)


def _attract(radius: Numbers, exchange: Numbers) -> Numbers:
    rows, columns = np.nonzero(np.triu(exchange, 1))
    graph = igraph.Graph(len(radius), np.column_stack([rows, columns]).tolist())
    weight = exchange[rows, columns] / (radius[rows] * radius[columns])
    weight = weight / weight.max() + 0.02 if len(weight) else weight
    with same_chances():
        drawn = graph.layout_fruchterman_reingold(
            weights=weight.tolist() or None, seed=_ring(len(radius)).tolist(), niter=1500
        )
    return np.array(drawn.coords)


def _ring(count: int) -> Numbers:
    turn = np.arange(count) * (math.pi * (3 - math.sqrt(5)))  # the golden angle: no two on one line
    ring: Numbers = np.column_stack([np.cos(turn), np.sin(turn)]) * np.sqrt(np.arange(count) + 1.0)[:, None]
    return ring


def _spread(at: Numbers, radius: Numbers) -> Numbers:
    """Scale to about the size the discs need; a few far islands must not squeeze the rest into a point."""
    centred = at - np.median(at, axis=0)
    wide = np.quantile(np.abs(centred), 0.9, axis=0) + 1e-9
    tidy = np.clip(centred / wide, -2.0, 2.0)
    spread: Numbers = (tidy + _ring(len(radius)) * 1e-3) * radius.sum() * 0.22
    return spread


def _relax(at: Numbers, radius: Numbers) -> Numbers:
    """Push overlaps apart and pull everything to the middle, more gently at the end."""
    need = (radius[:, None] + radius[None]) * ROOM
    pull = np.array([0.012 / WIDTH_TO_HEIGHT, 0.012 * WIDTH_TO_HEIGHT])
    for step in range(STEPS):
        apart = at[:, None] - at[None]
        distance = np.hypot(apart[..., 0], apart[..., 1]) + 1e-9
        overlap = np.clip(need - distance, 0, None)
        np.fill_diagonal(overlap, 0)
        push = (apart / distance[..., None] * overlap[..., None]).sum(1) * 0.28
        at = at + push - at * pull * (1.0 if step < STEPS - CALM_STEPS else 0.2)
    return at


def _apart(at: Numbers, radius: Numbers) -> Numbers:
    """Grow the whole picture by what the worst remaining overlap needs."""
    rows, columns = np.triu_indices(len(radius), 1)
    distance = np.hypot(*(at[rows] - at[columns]).T) + 1e-12
    grow = float(((radius[rows] + radius[columns]) * 1.01 / distance).max())
    return at * max(1.0, grow)
