"""Notice what there is to do: who is unheard, who leaves, who helps, who might meet, what rests on the centre."""

from collections.abc import Collection
from datetime import datetime, timedelta

import numpy as np

from kith.energy import api as energy
from kith.lib.acts import NOBODY, Acts
from kith.people import api as people
from kith.people.api import Community, Standing
from kith.see.models import Introduction, Measure, Node, Report
from kith.see.rules.errands import (
    HELP_DAYS,
    LEAST_HELPED,
    RISKY,
    UNHEARD_AFTER,
    Burden,
    Helper,
    Leaving,
    Pair,
    Signs,
    Unheard,
)
from kith.see.rules.helping import helpers

NEWCOMER = timedelta(days=30)
HELP = ("reply", "answer", "comment", "introduce", "refer")
MOST = 200


def notice(community: Community, *, at: datetime) -> Signs:
    """Return the signs of a moment. About a dozen statements, one of them a pass over the acts of a month.

    Programs are in none. Who keeps out of rankings or refuses measures is in none that measures or orders people: they
    may be unheard, nothing else.
    """
    apart = people.unranked(community)
    return Signs(
        unheard=waiting(community, at=at),
        leaving=leaving(community, at=at, apart=apart),
        pairs=_pairs(community, apart),
        helpers=_helpers(community, at, apart),
        burden=_burden(community, apart),
    )


def waiting(community: Community, *, at: datetime) -> list[Unheard]:
    """Return whom nobody turned to for twelve hours: after a word of the last 30 days, or since they came in without one."""
    words = energy.waiting(community, since=at - NEWCOMER, until=at - UNHEARD_AFTER)
    places = people.standings(community, [w.person_id for w in words])
    said = [
        Unheard(w.person_id, w.at, w.source, is_newcomer=w.first_at > at - NEWCOMER)
        for w in words
        if w.person_id in places and not places[w.person_id].is_bot
    ]
    return said + _alone(community, at)


def _alone(community: Community, at: datetime) -> list[Unheard]:
    """Return who came in within 30 days, said nothing and was turned to by nobody."""
    came = [m for m in people.joined_since(community, at - NEWCOMER) if at - m.joined_at >= UNHEARD_AFTER]
    fresh = [m for m in came if not (m.is_bot or m.is_staff)]
    seen = energy.seen_among(community, [m.person_id for m in fresh])
    return [Unheard(m.person_id, m.joined_at, "", is_newcomer=True) for m in fresh if m.person_id not in seen]


def leaving(community: Community, *, at: datetime, apart: Collection[int], limit: int = MOST) -> list[Leaving]:
    """Return members likely to fall silent, those first of whom most would be lost. Two queries."""
    rows = Measure.objects.filter(community=community, risk__gte=RISKY, stake__gt=0).exclude(person_id__in=apart)
    found = list(rows.order_by("-stake", "person_id")[:limit])
    places = people.standings(community, [m.person_id for m in found])
    return [_leaving(m, at) for m in found if m.person_id in places]


def _leaving(m: Measure, at: datetime) -> Leaving:
    silent_days = max(0, (at - m.last_at).days) if m.last_at else 0
    return Leaving(m.person_id, m.risk or 0.0, m.stake, silent_days, int(m.facts["weeks"]), int(m.facts["ties"]))


def _pairs(community: Community, apart: Collection[int]) -> list[Pair]:
    rows = Introduction.objects.filter(community=community, held_out=False, asked_at=None, judged_at=None)
    found = list(rows.order_by("-score", "pk")[:MOST])
    places = people.standings(community, {p for i in found for p in (i.a_id, i.b_id, *i.mutual)})
    return [
        Pair(i.pk, i.a_id, i.b_id, i.score, mutual)
        for i in found
        if i.a_id in places and i.b_id in places and not {i.a_id, i.b_id} & set(apart)
        if (mutual := tuple(places[p].name for p in i.mutual if p in places and p not in apart))
    ]


def _helpers(community: Community, at: datetime, apart: Collection[int]) -> list[Helper]:
    read = energy.columns(community, since=at - timedelta(days=HELP_DAYS))
    ids = np.unique(np.concatenate([read.actor, read.other[read.other != NOBODY]]))
    other = np.where(read.other == NOBODY, NOBODY, np.searchsorted(ids, read.other))
    acts = Acts(len(ids), np.searchsorted(ids, read.actor), other, read.weight, read.at, read.kind)
    found = helpers(acts, [read.kinds.index(k) for k in HELP], read.kinds.index("thank"))
    best = sorted((h for h in found if h.unanswered >= LEAST_HELPED), key=lambda h: -h.unanswered)[:MOST]
    places = people.standings(community, [int(ids[h.person_id]) for h in best])
    named = [Helper(int(ids[h.person_id]), h.people, h.unanswered, h.thanks) for h in best]
    return [h for h in named if h.person_id not in apart and _may_be_thanked(places.get(h.person_id))]


def _may_be_thanked(place: Standing | None) -> bool:
    return place is not None and not (place.is_bot or place.is_staff)


def _burden(community: Community, apart: Collection[int]) -> Burden | None:
    """Return what rests on the centre, and the first super node outside it who could carry some of it."""
    report = Report.objects.filter(community=community).values_list("findings", flat=True).first()
    share = ((report or {}).get("dependence") or {}).get("centre_share")
    rows = Node.objects.filter(community=community, is_super=True).exclude(person_id__in=apart)
    supers = list(rows.order_by("rank", "person_id").values_list("person_id", "two_way")[:MOST])
    places = people.standings(community, [person for person, _ in supers])
    outside = [(p, n) for p, n in supers if p in places and not places[p].is_staff and not places[p].is_bot]
    staff = [m.person_id for m in people.members(community, role="founder", limit=MOST)]
    if share is None or not outside or not staff:
        return None
    nodes = (
        Node.objects.filter(community=community, person_id__in=staff)
        .order_by("rank")
        .values_list("person_id", flat=True)
    )
    to, both = outside[0]
    return Burden(round(100 * share), nodes.first() or staff[0], to, both)
