"""The past of a map: who was there and how warm every tie was, moment after moment, everybody where they lie now.

A frame is a buffer as `graph_map` writes them:

uint32   VERSION, people n, ties m, 0
uint8    band of a person × n    0..4, NOT_YET for who had neither come nor acted
uint8    band of a tie    × m    0..4, NOT_YET before the first act; in the order of the map
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from kith.lib.acts import DAY_SECONDS, Acts
from kith.lib.graph import Numbers, Pairs, Rows, closest

VERSION = 1
NOT_YET = 255
FAINT = 1e-3  # live acts: less would not move a person by a fiftieth of a degree
Bands = Callable[[Numbers], Rows]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is on the map, as rows of the acts (-1 for who is no member any more), and which two each tie joins, as rows of the map.

    `came_at` is when each row of the acts joined, epoch seconds.
    """

    rows: Rows
    a: Rows
    b: Rows
    came_at: Numbers


@dataclass(frozen=True, slots=True)
class _History:
    """The acts that tie, the place of each among the pairs, and when each pair was first in touch; `keys` rise."""

    acts: Acts
    pair: Rows
    keys: Rows
    first: Numbers


def film(
    acts: Acts, cast: Cast, moments: Numbers, half_life_days: float, bands: Bands, near: int
) -> Iterator[tuple[Bytes, Bytes]]:
    """Yield the bands of people and of ties at rising moments; a person has that of the mean of their `near` warmest ties.

    Costs a sort of the acts, and per moment a pass over the pairs: a hundredth of a second for a hundred thousand.
    """
    seen_at, history = _seen(acts, cast), _history(acts)
    drawn = _places(history.keys, cast, acts.people)
    met_at = _at(history.first, drawn, np.inf)
    for at, strength in _strengths(history, moments, half_life_days):
        live = strength > FAINT
        a, b = history.keys[live] // acts.people, history.keys[live] % acts.people
        warmest = closest(Pairs(acts.people, a, b, strength[live], np.zeros(len(a))), near)
        people = np.where(seen_at < at, bands(_at(warmest, cast.rows)), NOT_YET)
        ties = np.where(met_at < at, bands(_at(strength, drawn)), NOT_YET)
        yield people.astype(np.uint8), ties.astype(np.uint8)


def _history(acts: Acts) -> _History:
    tying = acts.toward_others()
    low, high = np.minimum(tying.actor, tying.other), np.maximum(tying.actor, tying.other)
    keys, pair = np.unique(low * acts.people + high, return_inverse=True)
    first = np.full(len(keys), np.inf)
    np.minimum.at(first, pair, tying.at)
    return _History(tying, pair, keys, first)


def _strengths(history: _History, moments: Numbers, half_life_days: float) -> Iterator[tuple[float, Numbers]]:
    """Yield each moment and the live acts of every pair then."""
    strength, last, done = np.zeros(len(history.keys)), -np.inf, 0
    for at in moments.tolist():
        new = history.acts.between(last, at)
        fresh = new.weight * np.exp2((new.at - at) / DAY_SECONDS / half_life_days)
        added = np.bincount(history.pair[done : done + len(new)], fresh, minlength=len(strength))
        strength = strength * np.exp2((last - at) / DAY_SECONDS / half_life_days) + added
        last, done = at, done + len(new)
        yield at, strength


def encode(people: Bytes, ties: Bytes) -> bytes:
    return np.array([VERSION, len(people), len(ties), 0], "<u4").tobytes() + people.tobytes() + ties.tobytes()


def decode(raw: bytes) -> tuple[Bytes, Bytes]:
    _, people, ties, _ = (int(n) for n in np.frombuffer(raw, "<u4", 4))
    return np.frombuffer(raw, np.uint8, people, 16), np.frombuffer(raw, np.uint8, ties, 16 + people)


def months(first: datetime, last: datetime) -> dict[str, float]:
    """Return the months ("2026-03") from the one of `first` to the one before that of `last`, each with its end (epoch seconds, UTC)."""
    begin, end = (moment.astimezone(UTC).year * 12 + moment.astimezone(UTC).month - 1 for moment in (first, last))
    return {
        f"{n // 12}-{n % 12 + 1:02}": datetime((n + 1) // 12, (n + 1) % 12 + 1, 1, tzinfo=UTC).timestamp()
        for n in range(begin, end)
    }


def _seen(acts: Acts, cast: Cast) -> Numbers:
    """Return since when each person of the map is there: they joined, acted, or somebody turned to them."""
    seen = cast.came_at.copy()
    np.minimum.at(seen, acts.actor, acts.at)
    toward = acts.other >= 0
    np.minimum.at(seen, acts.other[toward], acts.at[toward])
    return _at(seen, cast.rows, np.inf)


def _places(keys: Rows, cast: Cast, people: int) -> Rows:
    """Return where among the pairs each tie of the map stands, -1 for one without acts."""
    a, b = cast.rows[cast.a], cast.rows[cast.b]
    wanted = np.minimum(a, b) * people + np.maximum(a, b)
    near = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    found = (a >= 0) & (b >= 0) & (keys[near] == wanted) if len(keys) else np.zeros(len(wanted), bool)
    return np.where(found, near, -1)


def _at(values: Numbers, places: Rows, missing: float = 0.0) -> Numbers:
    return np.append(values, missing)[places]
