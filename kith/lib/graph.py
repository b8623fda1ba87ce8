"""Measures of a directed, weighted network held as arrays.

People are rows 0..people-1. A weight is the live energy of a tie: acts, each halved every half-life,
so "2.5 live acts". Every measure is finite for an empty, a silent and a one-person network.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kith.lib.errors import Refusal

Rows = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


class BadNetwork(Refusal):
    sentence = "This is not a network: %(why)s."


@dataclass(frozen=True, slots=True)
class Ties:
    """Directed ties src→dst: one per ordered pair, none to oneself, every weight positive."""

    people: int
    src: Rows
    dst: Rows
    weight: Numbers


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two people in touch, once per pair: a < b, `forward` flows a→b, `backward` b→a."""

    people: int
    a: Rows
    b: Rows
    forward: Numbers
    backward: Numbers

    @property
    def strength(self) -> Numbers:
        """Live acts in both directions together: what predicts best that the two will be in touch again."""
        return self.forward + self.backward

    @property
    def mutual(self) -> Numbers:
        """The part of the strength that is answered: twice the weaker direction."""
        return 2 * np.minimum(self.forward, self.backward)

    @property
    def two_way(self) -> Flags:
        return (self.forward > 0) & (self.backward > 0)


def ties_from(people: int, src: ArrayLike, dst: ArrayLike, weight: ArrayLike) -> Ties:
    """Check raw columns, drop what carries nothing (self-ties, weight 0) and add up repeated pairs."""
    rows_src, rows_dst = np.asarray(src, np.int64), np.asarray(dst, np.int64)
    numbers = np.asarray(weight, np.float64)
    _check(people, rows_src, rows_dst, numbers)
    keep = (rows_src != rows_dst) & (numbers > 0)
    keys, where = np.unique(rows_src[keep] * people + rows_dst[keep], return_inverse=True)
    total = np.bincount(where, numbers[keep], minlength=len(keys)).astype(np.float64)
    return Ties(people, keys // max(people, 1), keys % max(people, 1), total)


def _check(people: int, src: Rows, dst: Rows, weight: Numbers) -> None:
    if not src.shape == dst.shape == weight.shape or src.ndim != 1:
        raise BadNetwork(why="the columns differ in length")
    ends = np.concatenate([src, dst])
    if len(ends) and (ends.min() < 0 or ends.max() >= people):
        raise BadNetwork(why="a tie names a person who is not there")
    if not np.isfinite(weight).all() or (weight < 0).any():
        raise BadNetwork(why="a weight is negative or not a number")


def pair_up(ties: Ties) -> Pairs:
    """Fold the two directions of each pair together, in order of (a, b)."""
    low, high = np.minimum(ties.src, ties.dst), np.maximum(ties.src, ties.dst)
    keys, where = np.unique(low * ties.people + high, return_inverse=True)
    upward = ties.src < ties.dst
    forward = np.bincount(where, ties.weight * upward, minlength=len(keys)).astype(np.float64)
    backward = np.bincount(where, ties.weight * ~upward, minlength=len(keys)).astype(np.float64)
    return Pairs(ties.people, keys // max(ties.people, 1), keys % max(ties.people, 1), forward, backward)


def received(ties: Ties) -> Numbers:
    """Energy in: live acts aimed at each person."""
    return sum_at(ties.dst, ties.weight, ties.people)


def given(ties: Ties) -> Numbers:
    """Energy out: live acts each person aimed at others."""
    return sum_at(ties.src, ties.weight, ties.people)


def reach(ties: Ties) -> tuple[Numbers, Numbers]:
    """Return h_in and h_out, Σ√weight: breadth counts for more than one heavy tie."""
    root = np.sqrt(ties.weight)
    return sum_at(ties.dst, root, ties.people), sum_at(ties.src, root, ties.people)


def super_score(ties: Ties) -> Numbers:
    """SN = √(h_in · h_out): 0 for who only speaks or only listens. Its order never changes with the clock."""
    heard, speaks = reach(ties)
    score: Numbers = np.sqrt(heard * speaks)
    return score


def leaders(score: Numbers, carried: Numbers, share: float, at_most: float) -> Rows:
    """Return the fewest people, best first, who carry `share` of all `carried`; `at_most` caps their part."""
    order = np.argsort(-score, kind="stable")
    scored = int((score > 0).sum())
    if not scored:
        return order[:0]
    enough = int(np.searchsorted(np.cumsum(carried[order]), share * carried.sum() * (1 - 1e-12))) + 1
    return order[: min(enough, scored, max(1, round(scored * at_most)))]


def degree(pairs: Pairs) -> Rows:
    """Return how many people each is in touch with, either way."""
    return sum_at(_both(pairs), None, pairs.people).astype(np.int64)


def two_way_degree(pairs: Pairs) -> Rows:
    """Return how many people each exchanges with in both directions."""
    return sum_at(_both(pairs), np.tile(pairs.two_way, 2), pairs.people).astype(np.int64)


def person_reciprocity(pairs: Pairs) -> Numbers:
    """Return the answered part of each person's energy, 0..1; 0 for the silent."""
    mutual = sum_at(_both(pairs), np.tile(pairs.mutual, 2), pairs.people)
    return share_of(mutual, sum_at(_both(pairs), np.tile(pairs.strength, 2), pairs.people))


def reciprocity(pairs: Pairs) -> float:
    """T: the answered part of all energy, 0..1."""
    total = float(pairs.strength.sum())
    return min(1.0, float(pairs.mutual.sum()) / total) if total else 0.0


def closest(pairs: Pairs, count: int) -> Numbers:
    """Return the mean strength of each person's `count` strongest ties; missing ones count as 0."""
    person, strength = _both(pairs), np.tile(pairs.strength, 2)
    order = np.lexsort((-strength, person))
    person, strength = person[order], strength[order]
    place = np.arange(len(person)) - np.searchsorted(person, person)
    return sum_at(person[place < count], strength[place < count], pairs.people) / count


def percentile(values: Numbers) -> Numbers:
    """Return which share of the others stands below each, 0..100; 100 for one alone."""
    if len(values) < 2:
        return np.full(len(values), 100.0)
    below = np.searchsorted(np.sort(values), values, side="left")
    return 100.0 * below / (len(values) - 1)


def share_of(part: Numbers, whole: Numbers) -> Numbers:
    """Divide, clipped to 0..1, with 0 where there is nothing to divide."""
    return np.clip(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0), 0.0, 1.0)


def sum_at(rows: Rows, values: NDArray[np.generic] | None, people: int) -> Numbers:
    return np.bincount(rows, values, minlength=people).astype(np.float64)


def _both(pairs: Pairs) -> Rows:
    return np.concatenate([pairs.a, pairs.b])
