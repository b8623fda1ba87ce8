"""Whom to introduce to whom: active people who were never in touch and have somebody in common.

score = soft Adamic-Adar · √(activity of one · activity of the other) [· (0.2 + cosine of their spaces), where known].
Soft Adamic-Adar: Σ over common acquaintances m of (1−e^(−w_am))·(1−e^(−w_bm)) / ln(acquaintances of m), w in live acts of
both directions (after Adamic and Adar 2003). It foretells ties that would form anyway: what an introduction adds is measured
by holding a random half back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_array, diags_array

from kith.lib.acts import DAY_SECONDS, Acts, decayed
from kith.lib.graph import Flags, Numbers, Rows, sum_at
from kith.see.data import SCORE
from kith.see.rules.seeds import chance

ALIVE = 0.05  # live acts from which a tie makes acquaintances
ACTIVE_DAYS = 90.0
MOST_ACTIVE = 2_500
SPACE_FLOOR = 0.2
MUTUALS_NAMED = 10

Matrix: TypeAlias = csr_array  # untyped: scipy ships no types


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two rows that might do each other good; `mutuals` are whom both know, the one who links them best first."""

    a: int
    b: int
    score: float
    mutuals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Who knows whom as of a moment, as sparse people × people: `soft` 0..1, `alive` 0 or 1, `ever` in touch at all."""

    soft: Matrix
    alive: Matrix
    ever: Matrix
    activity: Numbers
    degree: Numbers


@dataclass(frozen=True, slots=True)
class Strangers:
    """All pairs a < b among the active who were never in touch and have an acquaintance in common, with their score."""

    a: Rows
    b: Rows
    score: Numbers


def acquaintance(acts: Acts, at: float, half_life_days: float) -> Acquaintance:
    past = acts.before(at)
    ties, toward = decayed(past, at, half_life_days), past.toward_others()
    both = _two_way(ties.src, ties.dst, ties.weight, acts.people)
    alive = both.copy()
    alive.data = (alive.data > ALIVE).astype(np.float64)
    alive.eliminate_zeros()
    soft = both.copy()
    soft.data = chance(soft.data)
    fading = np.exp2((past.at - at) / (half_life_days * DAY_SECONDS))
    return Acquaintance(
        soft=soft,
        alive=alive,
        ever=_two_way(toward.actor, toward.other, np.ones(len(toward)), acts.people),
        activity=sum_at(past.actor, fading, acts.people),
        degree=np.diff(alive.indptr).astype(np.float64),
    )


def most_active(acts: Acts, at: float, window_days: float, limit: int = MOST_ACTIVE) -> Rows:
    """Return who acted within the window, by rising row; of more than `limit` those who did most."""
    many = np.bincount(acts.between(at - window_days * DAY_SECONDS, at).actor, minlength=acts.people)
    active = np.flatnonzero(many)
    return np.sort(active[np.argsort(-many[active], kind="stable")[:limit]])


def strangers(known: Acquaintance, active: Rows, spaces: Matrix | None = None, by: str = SCORE) -> Strangers:
    """Score every pair of the active; time and memory go with the square of their number (2,500: 0.3 GB).

    `spaces` is people × spaces, how active each is in each. `by` another of RIVALS orders by that instead.
    """
    a, b = _never_met(known, active)
    if by != SCORE:
        return Strangers(active[a], active[b], RIVALS[by](known, active, a, b))
    soft = known.soft[active]
    score = _at_pairs(soft @ diags_array(rarity(known.degree)) @ soft.T, a, b)
    score *= np.sqrt(known.activity[active[a]] * known.activity[active[b]])
    if spaces is not None:
        score *= SPACE_FLOOR + _cosine(spaces[active], a, b)
    return Strangers(active[a], active[b], score)


def common(known: Acquaintance, active: Rows, a: Rows, b: Rows) -> Numbers:
    """How many acquaintances two have in common."""
    alive = known.alive[active]
    return _at_pairs(alive @ alive.T, a, b)


def adamic_adar(known: Acquaintance, active: Rows, a: Rows, b: Rows) -> Numbers:
    """The same, each the more the fewer they know (Adamic and Adar 2003)."""
    alive = known.alive[active]
    return _at_pairs(alive @ diags_array(rarity(known.degree)) @ alive.T, a, b)


def degrees(known: Acquaintance, active: Rows, a: Rows, b: Rows) -> Numbers:
    """How many acquaintances one has times how many the other has."""
    return known.degree[active[a]] * known.degree[active[b]]


def posts(known: Acquaintance, active: Rows, a: Rows, b: Rows) -> Numbers:
    """The decayed acts of one times those of the other."""
    return known.activity[active[a]] * known.activity[active[b]]


RIVALS: Mapping[str, Callable[[Acquaintance, Rows, Rows, Rows], Numbers]] = {
    "common_neighbours": common,
    "adamic_adar": adamic_adar,
    "degree": degrees,
    "posts": posts,
}


def rarity(degree: Numbers) -> Numbers:
    """Return what an acquaintance tells: more, the fewer they know."""
    told: Numbers = 1 / np.log(np.maximum(degree, 2))
    return told


def _never_met(known: Acquaintance, active: Rows) -> tuple[Rows, Rows]:
    """Return pairs of places in `active`, the first smaller, with an acquaintance in common, never in touch."""
    alive = known.alive[active]
    met = known.ever[active][:, active].toarray() > 0
    a, b = np.nonzero(np.triu(((alive @ alive.T).toarray() > 0) & ~met, 1))
    return a.astype(np.int64), b.astype(np.int64)


def _at_pairs(square: Matrix, a: Rows, b: Rows) -> Numbers:
    found: Numbers = square.toarray()[a, b]
    return found


def candidates(
    acts: Acts, at: float, *, half_life_days: float, window_days: float = ACTIVE_DAYS, limit: int = 50,
    barred: Flags | None = None, spaces: Matrix | None = None, by: str = SCORE,
) -> tuple[Meeting, ...]:  # fmt: skip
    """Return the best introductions of a moment, at most `limit`; `barred` (bots, who refuses) are in none and link nobody.

    `by` is what ranks here (`Chosen.introductions`): the score, or a rival that did better on the community's own history.
    """
    acts = acts if barred is None else acts.without(barred)
    known = acquaintance(acts, at, half_life_days)
    found = strangers(known, most_active(acts, at, window_days), spaces, by)
    best = np.argsort(-found.score, kind="stable")[:limit]
    return tuple(_meeting(known, int(found.a[p]), int(found.b[p]), float(found.score[p])) for p in best.tolist())


def _meeting(known: Acquaintance, a: int, b: int, score: float) -> Meeting:
    links = known.soft[[a]].multiply(known.soft[[b]]).multiply(known.alive[[a]].multiply(known.alive[[b]])).tocsr()
    worth = links.data * rarity(known.degree)[links.indices]
    best = np.lexsort((links.indices, -worth))[:MUTUALS_NAMED]
    return Meeting(a, b, score, tuple(links.indices[best].tolist()))


def _two_way(src: Rows, dst: Rows, weight: Numbers, people: int) -> Matrix:
    """Return a symmetric matrix of what flows between two people either way; repeated pairs add up."""
    both = (np.concatenate([src, dst]), np.concatenate([dst, src]))
    found: Matrix = csr_array((np.tile(weight, 2), both), shape=(people, people))
    return found


def _cosine(spaces: Matrix, a: Rows, b: Rows) -> Numbers:
    length = np.sqrt(np.asarray(spaces.multiply(spaces).sum(axis=1)).ravel())
    unit = diags_array(np.divide(1, length, out=np.zeros_like(length), where=length > 0)) @ spaces
    return _at_pairs(unit @ unit.T, a, b)
