"""Lists behind the Pulse: who may leave, and whom nobody hears."""

from datetime import datetime

from kith.people import api as people
from kith.people.api import Community
from kith.see.data import AtRisk, Unheard
from kith.see.queries.errands import latest_calls
from kith.see.queries.noticing import leaving, waiting
from kith.see.queries.pictures import somebodies


def at_risk(community: Community, *, at: datetime, limit: int = 50) -> tuple[AtRisk, ...]:
    """Return who is likely to fall silent, those first of whom most would be lost. Eight queries.

    Programs and who keeps out of rankings are not in it.
    """
    found = leaving(community, at=at, apart=people.unranked(community), limit=limit)
    who = somebodies(community, [one.person_id for one in found])
    taken = latest_calls(community, who)
    return tuple(
        AtRisk(who[one.person_id], one.risk, one.stake, one.silent_days, one.reason, taken.get(one.person_id))
        for one in found
        if one.person_id in who
    )


def unheard(community: Community, *, at: datetime) -> tuple[Unheard, ...]:
    """Return whom nobody turned to, newcomers first, of these the longest waiting. Six queries, one a pass over a month."""
    found = sorted(waiting(community, at=at), key=lambda w: (not w.is_newcomer, w.since_at, w.person_id))
    who = somebodies(community, [w.person_id for w in found])
    return tuple(Unheard(who[w.person_id], w.since_at, w.source, w.is_newcomer) for w in found if w.person_id in who)
