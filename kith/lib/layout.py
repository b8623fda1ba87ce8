"""The picture of a network: circles of people packed by how much they exchange, the unconnected outside.

Two levels, because one force layout of thousands is a ball of hair. The same ties give the same picture.
"""

import math
from dataclasses import dataclass

import igraph
import numpy as np

from kith.lib.graph import Flags, Numbers, Pairs, Rows, degree, share_of, sum_at
from kith.lib.graph_circles import LOOSE, Circles, exchange, find_circles, graph_of, same_chances
from kith.lib.graph_pack import WIDTH_TO_HEIGHT, pack

SEED = 3
GRID_FROM = 400  # above so many people the exact forces cost more than they show


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each person stands, x and y in -1..1, and in which circle (LOOSE for the orbit)."""

    at: Numbers
    circles: Circles


def lay_out(pairs: Pairs) -> Layout:
    graph = graph_of(pairs)
    circles = find_circles(pairs, graph)
    radius = np.sqrt(np.bincount(circles.of[circles.of != LOOSE], minlength=circles.count)) + 0.8
    centre = pack(radius, exchange(circles, pairs))
    at = _inside(graph, circles, centre, radius)
    at += _leaning(at, pairs, circles, radius)
    _centre(at, circles.of != LOOSE)
    _orbit(at, circles, graph)
    reach = float(np.abs(at).max(initial=0.0))
    return Layout(at / reach if reach else at, circles)


def _inside(graph: igraph.Graph, circles: Circles, centre: Numbers, radius: Numbers) -> Numbers:
    """Put each circle's people into its disc, the most tied in the middle."""
    chance = np.random.default_rng(SEED)
    at = np.zeros((len(circles.of), 2))
    for number in range(circles.count):
        members = np.flatnonzero(circles.of == number)
        angle, nearness = _bearing(graph.induced_subgraph(members.tolist()))
        rank = np.empty(len(members))
        rank[np.argsort(nearness, kind="stable")] = np.arange(len(members))
        out = radius[number] * np.sqrt((rank + 0.5) / len(members)) * 0.97
        angle = angle + chance.normal(0, 0.05, len(members))
        at[members] = centre[number] + np.column_stack([np.cos(angle), np.sin(angle)]) * out[:, None]
    return at


def _bearing(circle: igraph.Graph) -> tuple[Numbers, Numbers]:
    """Return each member's angle in a force layout, and a key that sorts them from the middle out."""
    large = circle.vcount() > GRID_FROM
    with same_chances():
        drawn = circle.layout_fruchterman_reingold(
            weights="weight", niter=120 if large else 250, grid="grid" if large else "nogrid"
        )
    spot = np.array(drawn.coords)
    spot -= np.median(spot, axis=0)
    away = np.hypot(spot[:, 0], spot[:, 1])
    tied = np.log1p(np.array(circle.strength(weights="weight")))
    key = away / (np.quantile(away, 0.9) + 1e-9) - 0.35 * tied / (tied.max() + 1e-9)
    return np.arctan2(spot[:, 1], spot[:, 0]), key


def _leaning(at: Numbers, pairs: Pairs, circles: Circles, radius: Numbers) -> Numbers:
    """Return the step by which people with ties into other circles lean towards them."""
    a, b = pairs.a, pairs.b
    outward = (circles.of[a] != circles.of[b]) & (circles.of[a] != LOOSE) & (circles.of[b] != LOOSE)
    here, there = np.concatenate([a[outward], b[outward]]), np.concatenate([b[outward], a[outward]])
    count = sum_at(here, None, pairs.people)
    mean = np.column_stack([sum_at(here, at[there, axis], pairs.people) for axis in (0, 1)])
    way = np.where(count[:, None] > 0, mean / np.maximum(count, 1)[:, None] - at, 0.0)
    length = np.hypot(way[:, 0], way[:, 1])
    share = share_of(count, degree(pairs).astype(np.float64))
    own = np.append(radius, 0.0)[circles.of]  # LOOSE is -1, so the loose read the 0 at the end
    return way / (length[:, None] + 1e-9) * np.minimum(own * 0.5 * share**1.5, length)[:, None]


def _centre(at: Numbers, tied: Flags) -> None:
    if tied.any():
        at -= (at[tied].max(axis=0) + at[tied].min(axis=0)) / 2


def _orbit(at: Numbers, circles: Circles, graph: igraph.Graph) -> None:
    """Put the loose on a ring just outside, small islands side by side."""
    loose = np.flatnonzero(circles.of == LOOSE)
    tied = at[circles.of != LOOSE]
    stretch = math.sqrt(WIDTH_TO_HEIGHT)
    rim = float(np.quantile(np.hypot(tied[:, 0] / stretch, tied[:, 1] * stretch), 0.995)) if len(tied) else 1.0
    island = np.array(graph.connected_components().membership, np.int64)[loose]
    order = loose[np.argsort(island, kind="stable")]
    angle = np.arange(len(loose)) / max(1, len(loose)) * 2 * math.pi
    out = rim * (1.06 + 0.12 * np.random.default_rng(SEED).random(len(loose)))
    at[order] = np.column_stack([np.cos(angle) * out * stretch, np.sin(angle) * out / stretch])


def busiest(circles: Circles, tied: Rows | Numbers) -> Rows:
    """Return the person each circle is called after: the one with most `tied`, the first of equals."""
    order = np.argsort(-np.asarray(tied, np.float64), kind="stable")
    order = order[circles.of[order] != LOOSE]
    first = np.unique(circles.of[order], return_index=True)[1]
    named: Rows = order[first]
    return named
