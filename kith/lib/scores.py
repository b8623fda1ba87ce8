"""How well an order foretold what came: the measures of every back-test.

`score` orders from high to low. None stands for "cannot be said": nothing came true, everything did, or all are equal.
Equal scores count as ordered by chance: every measure is its mean over their orders.
"""

import numpy as np

from kith.lib.graph import Flags, Numbers, Rows


def ranks(values: Numbers) -> Numbers:
    """Return places 1..n from the lowest up; equals share the mean of theirs."""
    _, where, many = np.unique(values, return_inverse=True, return_counts=True)
    shared: Numbers = np.cumsum(many) - (many - 1) / 2
    return shared[where]


def auc(came_true: Flags, score: Numbers) -> float | None:
    """Return how often a case that came true stood above one that did not, 0..1; 0.5 is chance (Mann and Whitney 1947)."""
    true = int(came_true.sum())
    false = len(came_true) - true
    if not true or not false:
        return None
    return float((ranks(score)[came_true].sum() - true * (true + 1) / 2) / (true * false))


def spearman(one: Numbers, other: Numbers) -> float | None:
    """Return the correlation of two orders, -1..1."""
    if len(one) < 2:
        return None
    a, b = ranks(one) - (len(one) + 1) / 2, ranks(other) - (len(other) + 1) / 2
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return min(1.0, max(-1.0, float(a @ b) / spread)) if spread else None


def ndcg(worth: Numbers, score: Numbers, k: int) -> float | None:
    """Return the worth of the first k, discounted by log2 of the place, as a share of the best order's (Järvelin 2002)."""
    discount = 1 / np.log2(np.arange(2, min(k, len(worth)) + 2))
    best = float(np.sort(worth)[::-1][:k] @ discount)
    return float(by_chance(worth, score)[:k] @ discount) / best if best > 0 else None


def precision(came_true: Flags, score: Numbers, k: int) -> float | None:
    """Return which share of the first k came true; of all, if there are fewer than k."""
    if not len(came_true):
        return None
    return float(by_chance(came_true.astype(np.float64), score)[:k].mean())


def recall(came_true: Flags, score: Numbers, k: int) -> float | None:
    """Return which share of what came true stood among the first k."""
    true = int(came_true.sum())
    return float(by_chance(came_true.astype(np.float64), score)[:k].sum()) / true if true else None


def coverage(chosen: Rows, src: Rows, dst: Rows, people: int) -> float | None:
    """Return which share of all who were in touch at all (src→dst) turned to one of the chosen, themselves left out."""
    is_chosen = np.zeros(people, bool)
    is_chosen[chosen] = True
    everyone = np.unique(np.concatenate([src, dst]))
    turned = np.unique(src[is_chosen[dst] & ~is_chosen[src]])
    return len(turned) / len(everyone) if len(everyone) else None


def by_chance(worth: Numbers, score: Numbers) -> Numbers:
    """Return the worth in the order of the scores, equals with the mean of theirs: what chance gives at each place."""
    _, where, many = np.unique(-score, return_inverse=True, return_counts=True)
    mean = np.bincount(where, worth, minlength=len(many)) / many
    return np.repeat(mean, many)
