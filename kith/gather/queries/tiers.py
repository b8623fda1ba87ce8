"""Reads of tiers: the ladder, what members have, who moved."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db.models import Q

from kith.energy import api as energy
from kith.energy.api import Earned
from kith.gather import rules
from kith.gather.data import LadderValue, Progress, TierMove, TierValue
from kith.gather.models import Ladder, TierTerms
from kith.people import api as people
from kith.people.api import Community, Deed, Membership

UP, DOWN, HELD, RELEASED = "gather.tier_up", "gather.tier_down", "gather.tier_held", "gather.tier_released"


def ladder(community: Community) -> LadderValue:
    """Return the tiers of a community with what they need and give. Two queries, one where none was ever written."""
    row = Ladder.objects.filter(pk=community.pk).first()
    if row is None:
        return LadderValue()
    terms = TierTerms.objects.select_related("tier").filter(community=community).order_by("tier__position")
    return LadderValue(
        tiers=tuple(
            TierValue(t.tier_id, t.tier.name, t.tier.position, t.needs, t.by_hand, t.limits) for t in terms
        ),
        window_days=row.window_days, grace_days=row.grace_days, rights=row.rights, base_limits=row.base_limits,
    )  # fmt: skip


def measured(community: Community, ids: Sequence[int] | None = None) -> list[tuple[int, int | None, datetime]]:
    """Return (person, tier, joined) of the members who are measured, all or some: no programs, nobody who refuses. One query."""
    rows = Membership.objects.within(community.pk).filter(refuses_measures=False, is_bot=False, person__is_bot=False)
    rows = rows if ids is None else rows.filter(person_id__in=ids)
    return list(rows.values_list("person_id", "tier_id", "joined_at"))


def had(
    community: Community, found: LadderValue, joined: Mapping[int, datetime], *, now: datetime, everybody: bool
) -> dict[int, dict[str, int]]:
    """Return what members have of each measure. Two queries."""
    bots = Membership.objects.within(community.pk).filter(Q(is_bot=True) | Q(person__is_bot=True))
    earned = energy.earned(
        community, since=now - timedelta(days=found.window_days), until=now, people=None if everybody else list(joined),
        programs=list(bots.values_list("person_id", flat=True)),
    )  # fmt: skip
    return {
        person: asdict(earned.get(person, Earned())) | {"days_here": max(0, (now - at).days)}
        for person, at in joined.items()
    }


def why(deed: Deed, tier: TierValue | None) -> list[Progress]:
    """Return what somebody had of what a tier needs, as the record of their move says."""
    return rules.lines({k: int(v) for k, v in deed.detail.items() if k != "by_hand"}, tier)


def tier_moves(community: Community, *, since: datetime, until: datetime) -> list[TierMove]:
    """Return who went up or down between two moments, oldest first. Two queries."""
    names = {t.pk: t.name for t in people.tiers(community)}
    found = people.deeds_between(community, (UP, DOWN, HELD), since=since, until=until)
    return [
        TierMove(
            d.person_id or 0, names.get(int(d.detail["before"]), ""), names.get(int(d.detail["after"]), ""),
            int(d.detail["after_position"]) > int(d.detail["before_position"]), d.kind == HELD, d.at,
        )
        for d in found
        if d.detail["after_position"] != d.detail["before_position"]
    ]  # fmt: skip
