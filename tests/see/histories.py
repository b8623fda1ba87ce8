"""Small invented histories as columns: what the pure rules of see are tried on."""

from collections.abc import Sequence

import numpy as np

from kith.lib.acts import DAY_SECONDS, NOBODY, Acts
from kith.lib.graph import Rows

Line = tuple[float, int, int]


def history(people: int, lines: Sequence[Line]) -> Acts:
    """Return acts from (day, actor, other), in any order; other NOBODY for none; each weighs 1."""
    rising = sorted(lines)
    return Acts(
        people=people,
        actor=np.array([line[1] for line in rising], np.int64),
        other=np.array([line[2] for line in rising], np.int64),
        weight=np.array([float(line[2] != NOBODY) for line in rising]),
        at=np.array([line[0] for line in rising], np.float64) * DAY_SECONDS,
        kind=np.zeros(len(rising), np.int16),
    )


def living(*, people: int = 40, days: int = 700, seed: int = 1) -> Acts:
    """Return a community with a life: a few busy people, habits, some who leave, who answers whom by acquaintance."""
    rng = np.random.default_rng(seed)
    zeal = rng.pareto(1.2, people) + 0.2
    joined, stays = rng.uniform(0, days * 0.6, people), rng.exponential(days * 0.6, people)
    friends = [rng.choice(people, 6, p=zeal / zeal.sum()) for _ in range(people)]
    lines = [
        (day + float(rng.uniform(0, 0.9)), int(person), _meet(rng, friends, int(person)))
        for day in range(days)
        for person in np.flatnonzero((joined <= day) & (day <= joined + stays) & (rng.random(people) < zeal * 0.15))
    ]
    said = [line for line in lines if line[1] != line[2]]
    answered = [
        (day + 0.05, b, a) for day, a, b in said if rng.random() < 0.4 and joined[b] <= day <= joined[b] + stays[b]
    ]
    return history(people, [*said, *answered])


def _meet(rng: np.random.Generator, friends: Sequence[Rows], person: int) -> int:
    """Return a friend, or now and then a friend of one."""
    friend = int(rng.choice(friends[person]))
    return friend if rng.random() < 0.8 else int(rng.choice(friends[friend]))


def shuffled_after(acts: Acts, at: float, *, seed: int = 5) -> Acts:
    """Return the same past with another future: who acts toward whom after a moment is drawn anew."""
    rng = np.random.default_rng(seed)
    later = acts.at >= at
    many = int(later.sum())
    actor, other, weight = acts.actor.copy(), acts.other.copy(), acts.weight.copy()
    actor[later], other[later] = rng.integers(0, acts.people, many), rng.integers(0, acts.people, many)
    weight[later] = rng.uniform(0, 100, many)
    return Acts(acts.people, actor, other, weight, acts.at, acts.kind)
