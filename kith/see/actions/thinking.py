"""What if: reads of the whole network as of its picture. What is read is kept ten minutes, by picture."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

import numpy as np
from django.core.cache import cache

from kith.energy import api as energy
from kith.lib.contacts import warm
from kith.lib.errors import NotFound
from kith.lib.graph import Flags, Rows, Ties, pair_up, ties_from
from kith.lib.graph_without import joined, without
from kith.people import api as people
from kith.people.api import Community
from kith.see.actions.picturing import TICK
from kith.see.actions.reading import read_acts_among, read_roll
from kith.see.data import SCORE, Introduction, LaunchSeeds, NotMeasured, Seed, TooManyAtOnce, With, Without
from kith.see.models import Node, Picture
from kith.see.queries import introductions, introductions_of, ranking
from kith.see.queries.pictures import somebodies
from kith.see.rules.report.removal import WARM
from kith.see.rules.roll import NO_ROW, rows_of
from kith.see.rules.seeds import Seeds, greedy, in_order, pick

KEPT_SECONDS = 600
GONE_LIMIT = 20
SEEDS_LIMIT = 50
WAITING = {"proposed", "asked"}

Network = tuple[Rows, Flags, Ties]


def think_without(community: Community, person_ids: Sequence[int]) -> Without:
    """Say what would go with some members, and who would be cut off; programs count for nobody. Five queries at most.

    Raises:
        TooManyAtOnce: they are more than GONE_LIMIT.
        NotMeasured: one is no member, a program, or refuses measures.
    """
    if len(set(person_ids)) > GONE_LIMIT:
        raise TooManyAtOnce(limit=GONE_LIMIT)
    places = people.standings(community, person_ids)
    if len(places) < len(set(person_ids)) or any(p.refuses_measures or p.is_bot for p in places.values()):
        raise NotMeasured
    ids, _, ties = _network(community)
    gone = np.isin(ids, list(person_ids))
    pairs, energy_all = warm(pair_up(ties), WARM), float(ties.weight.sum())
    lost = ties.weight[gone[ties.src] | gone[ties.dst]].sum()
    fallen = without(len(ids), pairs.a, pairs.b, gone)
    who = somebodies(community, person_ids)
    return Without(
        gone=tuple(who[person] for person in dict.fromkeys(person_ids)),
        loss=float(lost) / energy_all if energy_all else 0.0,
        ties=int((gone[pairs.a] | gone[pairs.b]).sum()),
        parts=fallen.parts,
        connected=len(np.unique(np.concatenate([pairs.a, pairs.b]))),
        cut_off=tuple(ids[fallen.cut_off].tolist()),
    )


def think_with(community: Community, person_id: int | None, *, now: datetime) -> With:
    """Say what would come of the introductions that are proposed or asked: all, or those somebody may make. Nine queries at most."""
    found = introductions(community, now=now) if person_id is None else introductions_of(community, person_id, now=now)
    pairs = tuple(one for one in found if one.state in WAITING)
    ids, _, ties = _network(community)
    met = warm(pair_up(ties), WARM)
    a, b = (rows_of(ids, np.array([getattr(one, end).person_id for one in pairs], np.int64)) for end in ("a", "b"))
    there = (a != NO_ROW) & (b != NO_ROW)
    come = joined(len(ids), met.a, met.b, a[there], b[there])
    return With(pairs, tuple(ids[come.joined].tolist()), _across(community, pairs))


def launch_seeds(community: Community, *, count: int, leave_out: Collection[int] = ()) -> LaunchSeeds:
    """Return whom to begin a launch with, at most SEEDS_LIMIT; programs, who hides, and `leave_out` (ids) are not among them.

    Chosen greedily (rules.seeds), or by a simple order that did better on the community's own past. Who is left out can still be moved.
    """
    left = blake2b(repr(sorted(leave_out)).encode(), digest_size=8).hexdigest()
    key = f"seeds:{community.pk}:{_picture(community)[0]}:{ranking(community, 'seeds')[0]}:{left}"
    found: list[tuple[int, float]] | None = cache.get(key)
    ids, hidden, ties = _network(community)
    barred = hidden | np.isin(ids, list(leave_out))
    if found is None:
        chosen = _chosen(community, ids, barred, ties)
        found = list(zip(ids[chosen.rows].tolist(), chosen.adds.tolist(), strict=True))
        cache.set(key, found, KEPT_SECONDS)
    who = somebodies(community, [person for person, _ in found])
    totals = np.cumsum([adds for _, adds in found]).tolist()
    seeds = [
        Seed(who[person], adds, total) for (person, adds), total in zip(found, totals, strict=True) if person in who
    ]
    return LaunchSeeds(tuple(seeds[: max(0, count)]), len(ids))


def _chosen(community: Community, ids: Rows, barred: Flags, ties: Ties) -> Seeds:
    """Choose seeds by what ranks here: greedily, or by a simple order that did better on the community's own past."""
    by, days = ranking(community, "seeds")
    if by == SCORE:
        return greedy(ties, SEEDS_LIMIT, barred)
    at = _picture(community)[1]
    acts, _ = read_acts_among(community, ids, since=at - timedelta(days=days))
    until = (at + TICK).timestamp()
    return in_order(
        ties, pick(acts, until, half_life_days=days, window_days=days, count=SEEDS_LIMIT, by=by, barred=barred)
    )


def _network(community: Community) -> Network:
    """Return the people by rising id without programs, who may be in no list, and the ties between them at the picture's moment.

    Raises:
        NotFound: no picture was made yet.
    """
    version, at = _picture(community)
    key = f"network:{community.pk}:{version}"
    found: Network | None = cache.get(key)
    if found is None:
        roll = read_roll(community)
        read = energy.tie_columns(community, at=at)
        human = np.flatnonzero(~roll.is_bot)
        ids = roll.person[human]
        a, b = rows_of(ids, read.a), rows_of(ids, read.b)
        keep = (a != NO_ROW) & (b != NO_ROW)
        found = (ids, roll.is_hidden[human], ties_from(len(ids), a[keep], b[keep], read.live[keep]))
        cache.set(key, found, KEPT_SECONDS)
    return found


def _picture(community: Community) -> tuple[int, datetime]:
    found = Picture.objects.filter(community=community).values_list("version", "at").first()
    if found is None:
        raise NotFound
    return found


def _across(community: Community, pairs: Sequence[Introduction]) -> int:
    ends = {one.a.person_id for one in pairs} | {one.b.person_id for one in pairs}
    rows = Node.objects.filter(community=community, person_id__in=ends, circle__gte=0)
    circle = dict(rows.values_list("person_id", "circle"))
    found = ((circle.get(one.a.person_id), circle.get(one.b.person_id)) for one in pairs)
    return sum(a is not None and b is not None and a != b for a, b in found)
