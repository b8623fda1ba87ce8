"""Dividing sales among those whom buyers met on the way: five models beside the last touch. For reports, not for pay.

All of them describe what happened together, none says what caused it. What each does not say: the last touch, who opened the door;
linear and Shapley, what came late; Markov, anything where nobody left without buying. Weights are parts of a million.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from kith.lib.split import WHOLE_PPM, Ordered, apportion

HALF_LIFE_DAYS = 7.0
ENDS_PPM = 400_000  # of the first and of the last, where there are three or more; the others share the rest
MARKOV_LIMIT = 200
P = TypeVar("P", bound=Ordered)
H = TypeVar("H", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody who was met, and how many days before the order."""

    who: int
    days_before: float = 0.0


def last_touch(path: Sequence[Step]) -> dict[int, int]:
    return {path[-1].who: WHOLE_PPM}


def linear(path: Sequence[Step]) -> dict[int, int]:
    """Every touch counts the same."""
    return _divided([(step.who, 1) for step in path])


def position(path: Sequence[Step]) -> dict[int, int]:
    """First and last touch get two fifths each, those between them share the fifth that is left; two share evenly."""
    if len(path) < 3:
        return linear(path)
    between = len(path) - 2
    ends, middle = ENDS_PPM * between, WHOLE_PPM - 2 * ENDS_PPM
    return _divided([(s.who, ends if n in {0, len(path) - 1} else middle) for n, s in enumerate(path)])


def decay(path: Sequence[Step], half_life_days: float = HALF_LIFE_DAYS) -> dict[int, int]:
    """A touch counts half for every half-life it lies back before the last of them."""
    newest = min(step.days_before for step in path)
    return _divided([(s.who, round(1e12 * 2 ** -min((s.days_before - newest) / half_life_days, 60))) for s in path])


def shapley(path: Sequence[Step]) -> dict[int, int]:
    """Every one who was met counts the same, however often.

    Where a coalition is worth the sales whose buyers met nobody outside it, this is exactly the Shapley value: a sale is a
    unanimity game of those who were met, and the value of that is divided evenly (Harsanyi dividends, 1959). No 2^n is needed.
    """
    return _divided([(who, 1) for who in dict.fromkeys(step.who for step in path)])


def _divided(weights: Iterable[tuple[int, int]]) -> dict[int, int]:
    total: dict[int, int] = {}
    for who, weight in weights:
        total[who] = total.get(who, 0) + weight
    return {who: part for who, part in apportion(WHOLE_PPM, total).items() if part}


def removal_effects(bought: Sequence[Sequence[int]], left: Sequence[Sequence[int]]) -> dict[int, float]:
    """Return what share of sales would be lost without each: 1 − p(sale without them) / p(sale), of a chain of the paths walked.

    `bought` and `left` are paths that ended in a sale, and in none. Above MARKOV_LIMIT people only those met most often are
    states; who is met otherwise is passed over. Empty where nobody bought. (Anderl, Becker, von Wangenheim, Schumann 2016.)
    """
    often: dict[int, int] = {}
    for path in (*bought, *left):
        for who in path:
            often[who] = often.get(who, 0) + 1
    people = sorted(sorted(often, key=lambda who: (-often[who], who))[:MARKOV_LIMIT])
    row = {who: n for n, who in enumerate(people)}
    start, moves, sale = _chain(bought, left, row)
    whole = _reached(start, moves, sale)
    if not people or whole <= 0:
        return {}
    return {who: min(1.0, max(0.0, 1 - _without(start, moves, sale, n) / whole)) for who, n in row.items()}


Chain = tuple[np.ndarray, np.ndarray, np.ndarray]


def _chain(bought: Sequence[Sequence[int]], left: Sequence[Sequence[int]], row: Mapping[int, int]) -> Chain:
    """Return how likely a walk begins with each, goes from each to each, and ends from each in a sale."""
    many = len(row)
    start, moves, sale, gone = np.zeros(many), np.zeros((many, many)), np.zeros(many), np.zeros(many)
    for paths, end in ((bought, sale), (left, gone)):
        for path in paths:
            steps = [row[who] for who in path if who in row]
            steps = [s for n, s in enumerate(steps) if n == 0 or s != steps[n - 1]]
            if steps:
                start[steps[0]] += 1
                end[steps[-1]] += 1
                np.add.at(moves, (steps[:-1], steps[1:]), 1)
    out = np.maximum(moves.sum(axis=1) + sale + gone, 1)
    return start / max(1.0, start.sum()), moves / out[:, None], sale / out


def _reached(start: np.ndarray, moves: np.ndarray, sale: np.ndarray) -> float:
    return float(start @ np.linalg.solve(np.eye(len(start)) - moves, sale)) if len(start) else 0.0


def _without(start: np.ndarray, moves: np.ndarray, sale: np.ndarray, n: int) -> float:
    """Return how likely a sale is if whoever would come to one of them leaves instead."""
    kept = np.arange(len(start)) != n
    return _reached(start[kept], moves[np.ix_(kept, kept)], sale[kept])


def shared(effects: Mapping[int, float], total: int) -> dict[int, int]:
    """Divide a total by effects; nothing where there are none."""
    weights = {who: round(1e12 * effect) for who, effect in effects.items()}
    return apportion(total, weights) if any(weights.values()) else {}


MODELS = {"last_touch": last_touch, "linear": linear, "position": position, "decay": decay, "shapley": shapley}
