"""Communities nobody lives in, for planning and benchmarks: seeded, up to a million people and twenty million acts in seconds.

A few act much and most little (power law); four fifths of first contacts stay within a circle; who was turned to turns back (45 %
of all acts reverse an earlier one, 5 % repeat it); people join over the whole time and drop out after lives of uneven length.
It is made to have the sizes and shapes of real books, not to predict one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kith.lib.acts import DAY_SECONDS, NOBODY, Acts
from kith.lib.graph import Numbers, Rows

KINDS = ("post", "reply", "thank")
POSTS, FRESH, REVERSED = 0.10, 0.40, 0.45  # of all acts; what is left repeats an earlier one
STEEP = 2.4  # person x of 0..1 acts like x^(1/2.4 - 1)
CIRCLE = 150  # people
WITHIN = 0.8
SILENT = 0.12  # members who never act and whom nobody turns to
LIFE_DAYS = 250.0
LAG_DAYS = 21.0


@dataclass(frozen=True, slots=True)
class Synthetic:
    """The acts, what their kinds are called, when each person joined (epoch seconds) and the circle they belong to."""

    acts: Acts
    kinds: tuple[str, ...]
    joined_at: Numbers
    circle: Rows


def synthetic(people: int, acts: int, *, until: float, days: float = 3 * 365.25, seed: int = 7) -> Synthetic:
    """Invent a community whose last act lies before `until` (epoch seconds). The same seed gives the same acts.

    A quarter of a microsecond and forty bytes an act.
    """
    chance = np.random.default_rng(seed)
    begin = until - days * DAY_SECONDS
    circles = max(1, people // CIRCLE)
    joined = begin + days * DAY_SECONDS * np.sqrt(chance.random(people)) * 0.98  # it grows: more join later
    if people < 2 or acts < 1:
        return Synthetic(_none(people), KINDS, joined, np.arange(people) % circles)
    life = chance.exponential(LIFE_DAYS * DAY_SECONDS, people).astype(np.float32)
    actor, other, at = _contacts(chance, people, acts, circles, joined, life, until)
    order = np.argsort(at)
    kind = np.where(other == NOBODY, 0, 1 + (chance.random(acts, np.float32) < 0.1)).astype(np.int16)
    weight = np.where(other == NOBODY, 0.0, 1.0)
    found = Acts(
        people, actor[order].astype(np.int64), other[order].astype(np.int64), weight[order], at[order], kind[order]
    )
    return Synthetic(found, KINDS, joined, np.arange(people) % circles)


def _contacts(
    chance: np.random.Generator, people: int, acts: int, circles: int, joined: Numbers, life: NDArray[np.float32], until: float
) -> tuple[NDArray[np.int32], NDArray[np.int32], Numbers]:  # fmt: skip
    posts, fresh = int(acts * POSTS), max(1, int(acts * FRESH))
    talkers = max(2, int(people * (1 - SILENT)))
    one = _drawn(chance, talkers, posts + fresh)
    other = _others(chance, talkers, circles, one[posts:])
    start = joined[one]
    start[posts:] = np.maximum(start[posts:], joined[other])
    lasting = np.minimum(life[one], until - start)
    at = start + chance.random(posts + fresh) * lasting * 0.999
    again = acts - posts - fresh
    of = chance.integers(0, fresh, again)
    back = chance.random(again, np.float32) < REVERSED / (1 - POSTS - FRESH)
    first = at[posts:][of]
    lag = chance.exponential(LAG_DAYS * DAY_SECONDS, again)
    later = np.where(first + lag < until, first + lag, first + (until - first) * chance.random(again))
    here, there = one[posts:][of], other[of]
    toward = np.concatenate([np.full(posts, NOBODY, np.int32), other, np.where(back, here, there)])
    return np.concatenate([one, np.where(back, there, here)]), toward, np.concatenate([at, later])


def _drawn(chance: np.random.Generator, people: int, count: int) -> NDArray[np.int32]:
    return np.minimum(people * chance.random(count) ** STEEP, people - 1).astype(np.int32)


def _others(chance: np.random.Generator, people: int, circles: int, one: NDArray[np.int32]) -> NDArray[np.int32]:
    """Turn each to somebody else: of their circle (every circles-th person), or to anybody."""
    anybody = _drawn(chance, people, len(one))
    size = (people - 1 - one % circles) // circles + 1
    near = one % circles + circles * np.minimum(size * chance.random(len(one)) ** STEEP, size - 1).astype(np.int32)
    other = np.where(chance.random(len(one), np.float32) < WITHIN, near, anybody).astype(np.int32)
    return np.where(other == one, (one + 1) % people, other).astype(np.int32)


def _none(people: int) -> Acts:
    nothing = np.zeros(0)
    rows = nothing.astype(np.int64)
    return Acts(people, rows, rows, nothing, nothing, nothing.astype(np.int16))
