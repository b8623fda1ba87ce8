"""What a network falls into, and who holds it together: components, and the people without whom others would be cut off.

Articulation points by Tarjan and Vishkin, "An efficient parallel biconnectivity algorithm", SIAM J. Comput. 14 (1985): any
spanning forest will do, so every step is one pass over columns, level by level of a breadth-first forest. No recursion.
"""

from dataclasses import dataclass

import numpy as np

from kith.lib.graph import Flags, Rows, sum_at


@dataclass(frozen=True, slots=True)
class Cuts:
    """Per person, if they alone were taken away: `parts` their component would fall into, `cut_off` people who would lose its largest part."""

    parts: Rows
    cut_off: Rows


@dataclass(frozen=True, slots=True)
class Forest:
    """A breadth-first forest: `parent` (itself for a root), `levels` of people by depth, `size` of each subtree, `place` in preorder."""

    parent: Rows
    levels: tuple[Rows, ...]
    size: Rows
    place: Rows

    @property
    def is_root(self) -> Flags:
        alone: Flags = self.parent == np.arange(len(self.parent))
        return alone


def components(people: int, a: Rows, b: Rows) -> Rows:
    """Return for each person the lowest row of their component (Shiloach and Vishkin: hook the higher root, then flatten)."""
    root = np.arange(people)
    while len(a):
        here, there = root[a], root[b]
        apart = here != there
        a, b, here, there = a[apart], b[apart], here[apart], there[apart]
        np.minimum.at(root, np.maximum(here, there), np.minimum(here, there))
        root = _flat(root)
    return root


def _flat(root: Rows) -> Rows:
    while True:
        higher = root[root]
        if np.array_equal(higher, root):
            return root
        root = higher


def cuts(people: int, a: Rows, b: Rows) -> Cuts:
    """Take away each person in turn, for all at once. `a`, `b` are each pair once. Four seconds for seven million pairs."""
    tree = forest(people, a, b)
    held = tree.size[components_of(tree)] - 1  # the others of the component
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


def components_of(tree: Forest) -> Rows:
    """Return each person's root."""
    root = np.arange(len(tree.parent))
    for level in tree.levels[1:]:
        root[level] = root[tree.parent[level]]
    return root


def forest(people: int, a: Rows, b: Rows) -> Forest:
    root = components(people, a, b)
    parent, depth = np.arange(people), np.where(root == np.arange(people), 0, -1)
    levels = [np.flatnonzero(depth == 0)]
    while len(a):
        now = len(levels) - 1
        for here, there in ((a, b), (b, a)):
            found = (depth[here] == now) & (depth[there] == -1)
            parent[there[found]] = here[found]
        reached = np.unique(np.concatenate([a[depth[a] == -1], b[depth[b] == -1]]))
        reached = reached[parent[reached] != reached]
        depth[reached] = now + 1
        levels.append(reached)
        waiting = (depth[a] == -1) | (depth[b] == -1)
        a, b = a[waiting], b[waiting]
    size = _sizes(parent, levels)
    return Forest(parent, tuple(levels), size, _places(parent, levels, size))


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
