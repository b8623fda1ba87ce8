"""Burt's constraint for everybody: how far a person's contacts are tied to one another, and so hold nothing new for them.

c_i = Σ_j (p_ij + Σ_q p_iq·p_qj)², p_ij the share of i's energy that runs to j. Burt, Structural Holes (1992), §2.2. The inner sum has
terms only in triangles, so those are listed once, from their two least tied corners.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kith.lib.graph import Numbers, Pairs, Rows, share_of, sum_at

CHUNK = 4_000_000


@dataclass(frozen=True, slots=True)
class Triangles:
    """Three pairs each, by their place among the pairs: x-y, x-z and y-z with x < y < z in the order of `rank`."""

    xy: Rows
    xz: Rows
    yz: Rows


def constraint(pairs: Pairs) -> Numbers:
    """Return c of each person, 0 upward; 1 for who has one contact, 0 for none. Pairs carry energy, all of it."""
    strength = pairs.strength
    total = sum_at(np.concatenate([pairs.a, pairs.b]), np.tile(strength, 2), pairs.people)
    out, back = share_of(strength, total[pairs.a]), share_of(strength, total[pairs.b])
    via_out, via_back = _indirect(pairs, out, back)
    return sum_at(pairs.a, (out + via_out) ** 2, pairs.people) + sum_at(pairs.b, (back + via_back) ** 2, pairs.people)


def _indirect(pairs: Pairs, out: Numbers, back: Numbers) -> tuple[Numbers, Numbers]:
    """Return Σ_q p_iq·p_qj for each pair, from a to b and from b to a."""
    count = len(pairs.a)
    found = np.zeros(2 * count)
    shares = np.concatenate([out, back])  # of pair e from a to b at e, from b to a at e + count
    rank = ranks(pairs)
    flipped = count * (rank[pairs.a] > rank[pairs.b])
    up, down = (
        np.arange(count) + flipped,
        np.arange(count) + count - flipped,
    )  # toward the higher rank, toward the lower
    for t in triangles(pairs, rank):
        for target, first, second in (
            (up[t.xy], up[t.xz], down[t.yz]),
            (down[t.xy], up[t.yz], down[t.xz]),
            (up[t.xz], up[t.xy], up[t.yz]),
            (down[t.xz], down[t.yz], down[t.xy]),
            (up[t.yz], down[t.xy], up[t.xz]),
            (down[t.yz], down[t.xz], up[t.xy]),
        ):
            found += np.bincount(target, shares[first] * shares[second], minlength=2 * count)
    return found[:count], found[count:]


def ranks(pairs: Pairs) -> Rows:
    """Number people by how many pairs they are in, the least tied first."""
    degree = np.bincount(np.concatenate([pairs.a, pairs.b]), minlength=pairs.people)
    rank = np.empty(pairs.people, np.int64)
    rank[np.argsort(degree, kind="stable")] = np.arange(pairs.people)
    return rank


def triangles(pairs: Pairs, rank: Rows) -> Iterator[Triangles]:
    """Yield every triangle once, some millions of candidates at a time (Chiba and Nishizeki 1985: seen from the lowest rank)."""
    low = np.minimum(rank[pairs.a], rank[pairs.b])
    high = np.maximum(rank[pairs.a], rank[pairs.b])
    keys = low * pairs.people + high
    order = np.argsort(keys)
    keys, low, high = keys[order], low[order], high[order]
    end = np.searchsorted(low, low, side="right")
    after = end - np.arange(len(low)) - 1  # the later contacts of the same lowest corner
    sums = np.concatenate([[0], np.cumsum(after)])
    start = 0
    while start < len(low):
        stop = max(start + 1, int(np.searchsorted(sums, sums[start] + CHUNK, side="right")) - 1)
        first = np.repeat(np.arange(start, stop), after[start:stop])
        second = first + 1 + np.arange(len(first)) - np.repeat(sums[start:stop] - sums[start], after[start:stop])
        wanted = high[first] * pairs.people + high[second]
        third = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        closed = keys[third] == wanted
        yield Triangles(order[first[closed]], order[second[closed]], order[third[closed]])
        start = stop
