"""Circles: the groups of people who exchange more with each other than with the rest (Leiden, modularity)."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import igraph
import numpy as np

from kith.lib.graph import Numbers, Pairs, Rows

CLEAR = 0.3  # below this modularity a random network of the same degrees looks much the same (Newman 2004)
CIRCLES_LIMIT = 120  # a picture with more is dust; also fits the uint8 of the map
LOOSE = -1
SEED = 3

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Circles:
    """`of[i]` is the circle of person i, or LOOSE; circle 0 is the largest; `clarity` is modularity Q."""

    of: Rows
    count: int
    clarity: float

    @property
    def clear(self) -> bool:
        return self.clarity >= CLEAR


@contextmanager
def same_chances() -> Iterator[None]:
    """Give igraph's single, process-wide random source a fixed seed, one thread at a time."""
    with _one_at_a_time:
        igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 -- a picture, not a secret
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)


def graph_of(pairs: Pairs) -> igraph.Graph:
    graph = igraph.Graph(pairs.people, np.column_stack([pairs.a, pairs.b]).tolist())
    graph.es["weight"] = pairs.strength.tolist()
    return graph


def find_circles(pairs: Pairs, graph: igraph.Graph) -> Circles:
    """Find circles of a fair size; who is in none (no ties, or a small island) is loose."""
    if not len(pairs.a):
        return Circles(np.full(pairs.people, LOOSE), 0, 0.0)
    with same_chances():
        found = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=6)
    clarity = float(graph.modularity(found.membership, weights="weight"))
    circle = _without_islands(np.array(found.membership), graph)
    return _numbered(_joined(circle, pairs), clarity)


def _without_islands(circle: Rows, graph: igraph.Graph) -> Rows:
    """Set who stands alone, or in an island of two or three beside larger ones, loose."""
    island = np.array(graph.connected_components().membership)
    size = np.bincount(island)[island]
    return np.where(size < max(2, min(4, size.max())), LOOSE, circle)


def _joined(circle: Rows, pairs: Pairs) -> Rows:
    """Join circles too small to draw to the large one they exchange most with; islands become loose."""
    large = _large(circle)
    while len(target := _targets(circle, large, pairs)):
        moves = dict(target)
        circle = np.array([moves.get(c, c) for c in circle.tolist()])
    return np.where(np.isin(circle, large), circle, LOOSE)


def _large(circle: Rows) -> Rows:
    people = int((circle != LOOSE).sum())
    names, sizes = np.unique(circle[circle != LOOSE], return_counts=True)
    least = min(max(3, min(10, people // 10), people // 500), int(sizes.max()))
    order = np.argsort(-sizes, kind="stable")[:CIRCLES_LIMIT]
    return names[order[sizes[order] >= least]]


def _targets(circle: Rows, large: Rows, pairs: Pairs) -> list[tuple[int, int]]:
    """Return, for every small circle that touches a large one, the large one it exchanges most with."""
    here, there = np.concatenate([pairs.a, pairs.b]), np.concatenate([pairs.b, pairs.a])
    source, target = circle[here], circle[there]
    keep = ~np.isin(source, large) & (source != LOOSE) & np.isin(target, large)
    base = int(circle.max()) + 1
    keys, where = np.unique(source[keep] * base + target[keep], return_inverse=True)
    energy = np.bincount(where, np.tile(pairs.strength, 2)[keep], minlength=len(keys))
    best = {int(key) // base: int(key) % base for key in keys[np.argsort(energy, kind="stable")]}
    return list(best.items())


def _numbered(circle: Rows, clarity: float) -> Circles:
    names, sizes = np.unique(circle[circle != LOOSE], return_counts=True)
    order = names[np.argsort(-sizes, kind="stable")]
    number = {int(name): i for i, name in enumerate(order)}
    return Circles(np.array([number.get(c, LOOSE) for c in circle.tolist()], np.int64), len(order), clarity)


def exchange(circles: Circles, pairs: Pairs) -> Numbers:
    """Return the symmetric table of live acts between circles, nothing on the diagonal."""
    table = np.zeros((circles.count, circles.count))
    a, b = circles.of[pairs.a], circles.of[pairs.b]
    across = (a != b) & (a != LOOSE) & (b != LOOSE)
    np.add.at(table, (a[across], b[across]), pairs.strength[across])
    return table + table.T
