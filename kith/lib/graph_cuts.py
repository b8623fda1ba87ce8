"""What a network falls into, and who holds it together: components, and the people without whom others would be cut off.

Articulation points by Tarjan and Vishkin, "An efficient parallel biconnectivity algorithm", SIAM J. Comput. 14 (1985): any
spanning forest will do, so every step is one pass over columns, level by level of a breadth-first forest. No recursion. Flat
forests are quick; a chain of a million people would take a million steps.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from kith.lib.graph import Flags, Rows, sum_at


@dataclass(frozen=True, slots=True)
class Cuts:
    """Per person, if they alone were taken away: `parts` their component would fall into, `cut_off` people who would lose its largest part."""

    parts: Rows
    cut_off: Rows


@dataclass(frozen=True, slots=True)
class Forest:
    """A breadth-first forest: `parent` (itself for a root), `root`, `levels` of people by depth, `size` of each subtree, `place` in preorder."""

    parent: Rows
    root: Rows
    levels: tuple[Rows, ...]
    size: Rows
    place: Rows

    @property
    def is_root(self) -> Flags:
        alone: Flags = self.parent == np.arange(len(self.parent))
        return alone


def components(people: int, a: Rows, b: Rows) -> Rows:
    """Number the components, 0 upward in the order of their lowest row; return each person's."""
    ties = csr_array((np.ones(len(a), np.int8), (a.astype(np.int32), b.astype(np.int32))), shape=(people, people))
    found: Rows = connected_components(ties, directed=False)[1].astype(np.int64)
    return found


def cuts(people: int, a: Rows, b: Rows) -> Cuts:
    """Take away each person in turn, for all at once. `a`, `b` are each pair once. Four seconds for seven million pairs."""
    tree = forest(people, a, b)
    held = tree.size[tree.root] - 1  # the others of the component
    block = _blocks(tree, a, b)
    child = np.flatnonzero(~tree.is_root)
    parent = tree.parent[child]
    apart = tree.is_root[parent] | (block[child] != block[parent])
    child, parent = child[apart], parent[apart]
    names, where = np.unique(block[child], return_inverse=True)
    weight = sum_at(where, tree.size[child], len(names)).astype(np.int64)
    top = np.zeros(len(names), np.int64)
    top[where] = parent
    below = sum_at(top, weight, people).astype(np.int64)
    rest = np.where(tree.is_root, 0, held - below)
    largest = rest.copy()
    np.maximum.at(largest, top, weight)
    parts = np.bincount(top, minlength=people) + (rest > 0)
    return Cuts(parts, held - largest)


def forest(people: int, a: Rows, b: Rows) -> Forest:
    """Grow every component from its lowest row, at once: all of them hang on one more person, who is taken away again."""
    component = components(people, a, b)
    tops = np.zeros(int(component.max(initial=-1)) + 1, np.int64)
    tops[component[::-1]] = np.arange(people)[::-1]  # of several the lowest row is written last, and stays
    ends = (np.append(a, np.full(len(tops), people)).astype(np.int32), np.append(b, tops).astype(np.int32))
    ties = csr_array((np.ones(len(ends[0]), np.int8), ends), shape=(people + 1, people + 1))
    order, above = breadth_first_order(ties, people, directed=False)
    order, parent = order[1:].astype(np.int64), above[:people].astype(np.int64)
    parent[tops] = tops
    levels = _levels(order, parent, len(tops))
    size = _sizes(parent, levels)
    return Forest(parent, tops[component], tuple(levels), size, _places(parent, levels, size))


def _levels(order: Rows, parent: Rows, roots: int) -> list[Rows]:
    """Cut the breadth-first order where a new depth begins: parents come in the order of their children."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    above = place[parent[order]]
    above[:roots] = -1
    edges = [0, roots]
    while edges[-1] < len(order):
        edges.append(int(np.searchsorted(above, edges[-1])))
    return [order[start:end] for start, end in pairwise(edges)]


def _sizes(parent: Rows, levels: list[Rows]) -> Rows:
    size = np.ones(len(parent), np.int64)
    for level in levels[:0:-1]:
        np.add.at(size, parent[level], size[level])
    return size


def _places(parent: Rows, levels: list[Rows], size: Rows) -> Rows:
    """Number people in preorder: a subtree is then a run of numbers."""
    place = np.zeros(len(parent), np.int64)
    roots = levels[0]
    place[roots] = np.cumsum(size[roots]) - size[roots]
    for level in levels[1:]:
        rows = level[np.argsort(parent[level], kind="stable")]
        before = np.cumsum(size[rows]) - size[rows]
        first = np.searchsorted(parent[rows], parent[rows])
        place[rows] = place[parent[rows]] + 1 + before - before[first]
    return place


def _blocks(tree: Forest, a: Rows, b: Rows) -> Rows:
    """Return for each non-root person the block their tie to the parent belongs to: two ties on one cycle share a block."""
    people, place, last = len(tree.parent), tree.place, tree.place + tree.size
    in_tree = (tree.parent[a] == b) | (tree.parent[b] == a)
    a, b = a[~in_tree], b[~in_tree]
    low, high = _spans(tree, a, b)
    swap = place[a] > place[b]
    a, b = np.where(swap, b, a), np.where(swap, a, b)
    across = place[b] >= last[a]
    child = np.flatnonzero(~tree.is_root & ~tree.is_root[tree.parent])
    parent = tree.parent[child]
    passes = (low[child] < place[parent]) | (high[child] >= last[parent])
    return components(people, np.concatenate([a[across], child[passes]]), np.concatenate([b[across], parent[passes]]))


def _spans(tree: Forest, a: Rows, b: Rows) -> tuple[Rows, Rows]:
    """Return the lowest and highest place each subtree reaches by ties outside of the forest."""
    low, high = tree.place.copy(), tree.place.copy()
    for here, there in ((a, b), (b, a)):
        np.minimum.at(low, here, tree.place[there])
        np.maximum.at(high, here, tree.place[there])
    for level in tree.levels[:0:-1]:
        np.minimum.at(low, tree.parent[level], low[level])
        np.maximum.at(high, tree.parent[level], high[level])
    return low, high


def largest(people: int, a: Rows, b: Rows) -> int:
    """Return the size of the largest component among people with a tie; 0 without ties."""
    if not len(a):
        return 0
    return int(np.bincount(components(people, a, b)).max())
