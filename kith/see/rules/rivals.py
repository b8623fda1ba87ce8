"""The simple orders of people that ours must beat, and that rank where it does not.

Each looks at the `days` before a moment, except recency, which looks at everything before it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from kith.lib.acts import DAY_SECONDS, Acts, first_and_last
from kith.lib.graph import Numbers, degree, pair_up, sum_at, ties_from
from kith.lib.page_rank import page_rank

Rival = Callable[[Acts, float, float], Numbers]


def _window(acts: Acts, at: float, days: float) -> Acts:
    return acts.between(at - days * DAY_SECONDS, at)


def by_degree(acts: Acts, at: float, days: float) -> Numbers:
    """How many people each was in touch with, either way."""
    met = _window(acts, at, days).toward_others()
    return degree(pair_up(ties_from(acts.people, met.actor, met.other, np.ones(len(met))))).astype(np.float64)


def by_page_rank(acts: Acts, at: float, days: float) -> Numbers:
    """PageRank of who acted toward whom at all."""
    met = _window(acts, at, days).toward_others()
    ties = ties_from(acts.people, met.actor, met.other, np.ones(len(met)))
    return page_rank(replace(ties, weight=np.ones(len(ties.weight))))


def by_posts(acts: Acts, at: float, days: float) -> Numbers:
    """How many acts each did."""
    return sum_at(_window(acts, at, days).actor, None, acts.people)


def by_count(acts: Acts, at: float, days: float) -> Numbers:
    """How many acts each received."""
    return sum_at(_window(acts, at, days).toward_others().other, None, acts.people)


def by_recency(acts: Acts, at: float, days: float) -> Numbers:
    """When each acted last."""
    return np.maximum(first_and_last(acts.before(at))[1], -1e18)


RIVALS: Mapping[str, Rival] = {
    "count": by_count,
    "degree": by_degree,
    "pagerank": by_page_rank,
    "posts": by_posts,
    "recency": by_recency,
}
