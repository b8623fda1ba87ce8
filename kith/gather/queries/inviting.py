"""Reads of invitations: what is out, who brought whom, what came of it, and who is asked to vouch."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet, Sum

from kith.energy.api import acted_within
from kith.gather import rules
from kith.gather.data import (
    ACTIVE_DAYS,
    Branch,
    CameBy,
    InvitationValue,
    Inviting,
    NoSuchInvitation,
    Quota,
    Sponsorship,
)
from kith.gather.models import Application, Coming, Invitation, Sanction
from kith.gather.queries.conduct import limits
from kith.gather.queries.tiers import ladder
from kith.people.api import Community, Membership, Standing

SHOWN = 200


def _rows(community: Community) -> "QuerySet[Invitation]":
    rows = Invitation.objects.filter(community=community).select_related("by")
    return rows.annotate(came=Count("comings")).order_by("-pk")


def as_invitation(row: Invitation) -> InvitationValue:
    """Map a row counted by `_rows`."""
    return InvitationValue(
        row.pk, row.by_id, row.by.name, row.note, row.uses, row.uses_left, getattr(row, "came", 0), row.made_at,
        row.expires_at, row.withdrawn_at,
    )  # fmt: skip


def invitations(community: Community, *, by_id: int | None = None, limit: int = SHOWN) -> list[InvitationValue]:
    """Return the links somebody made, or all, the newest first. One query."""
    rows = _rows(community) if by_id is None else _rows(community).filter(by=by_id)
    return [as_invitation(r) for r in rows[:limit]]


def invitation(community: Community, invitation_id: int) -> InvitationValue:
    """Return one link.

    Raises:
        NoSuchInvitation: there is none of this id here.

    """
    row = _rows(community).filter(pk=invitation_id).first()
    if row is None:
        raise NoSuchInvitation
    return as_invitation(row)


def may_invite(community: Community, place: Standing) -> bool:
    """Tell whether a member may invite at all."""
    return rules.may_invite(ladder(community), limits(community), position=place.tier_position, is_staff=place.is_staff)


def quota(community: Community, place: Standing, now: datetime) -> Quota:
    """Return how many people a member may have invited at a time, and how many may still come by their open links."""
    most = rules.most_invited(
        ladder(community), limits(community), position=place.tier_position, is_staff=place.is_staff
    )
    rows = Invitation.objects.filter(community=community, by=place.person_id, expires_at__gt=now)
    return Quota(most, rows.aggregate(out=Sum("uses_left"))["out"] or 0)


def came_by(community: Community) -> list[CameBy]:
    """Return by whom everybody came whom somebody brought. One query."""
    rows = Coming.objects.filter(community=community).values_list("person_id", "host_id", "way", "at")
    return [CameBy(*row) for row in rows]


def invitation_tree(community: Community, *, under: int | None = None) -> list[Branch]:
    """Return who brought whom (`rules.tree`), all or below somebody. One query."""
    found = rules.tree(came_by(community))
    return found if under is None else rules.branch_of(found, under)


def host_of(community: Community, person_id: int) -> CameBy | None:
    """Return by whom somebody came. One query."""
    rows = Coming.objects.filter(community=community, person=person_id)
    row = rows.values_list("person_id", "host_id", "way", "at").first()
    return CameBy(*row) if row else None


def inviting(
    community: Community, *, since: datetime, until: datetime, now: datetime, also: Iterable[int] = ()
) -> tuple[Inviting, list[Inviting]]:
    """Return what came of inviting from a moment to before another: the sum, and by host, most brought first.

    Active is who is a member and did something in the thirty days before `now`; banned, on whom a ban was laid since. Hosts
    named in `also` stand at the end where there is nothing of them to count. Five queries.
    """
    made = Invitation.objects.filter(community=community, made_at__gte=since, made_at__lt=until).values_list(
        "by_id", "uses"
    )
    rows = Coming.objects.filter(community=community, at__gte=since, at__lt=until)
    came = list(rows.order_by("pk").values_list("person_id", "host_id"))
    stayed = _members(community, [person for person, _ in came])
    banned = set(
        Sanction.objects.filter(community=community, kind="ban", made_at__gte=since, person__in=[p for p, _ in came])
        .exclude(person__in=stayed).values_list("person_id", flat=True)
    )  # fmt: skip
    spans = [(p, now - timedelta(days=ACTIVE_DAYS), now) for p in sorted(stayed)]
    active = {p for (p, _, _), acted in zip(spans, acted_within(community, spans), strict=True) if acted}
    counts = rules.inviting_of(list(made), came, stayed=stayed, active=active, banned=banned)
    counted = {c.person_id for c in counts}
    return rules.total(counts), [*counts, *(Inviting(host) for host in dict.fromkeys(also) if host not in counted)]


def _members(community: Community, ids: Iterable[int]) -> set[int]:
    rows = Membership.objects.within(community.pk).filter(person_id__in=list(ids))
    return set(rows.values_list("person_id", flat=True))


def sponsorships(community: Community, person_id: int, *, limit: int = 50) -> list[Sponsorship]:
    """Return who names somebody as their sponsor, those who wait first. One query."""
    rows = Application.objects.select_related("person").filter(community=community, sponsor=person_id).order_by("-pk")
    found = [Sponsorship(r.pk, r.person.name, r.made_at, r.sponsor_state, r.state) for r in rows[:limit]]
    return sorted(found, key=lambda s: s.state != "asked" or s.decided != "pending")


def count_sponsorships(community: Community, person_id: int) -> int:
    """Count who waits for somebody's word."""
    return Application.objects.filter(
        community=community, sponsor=person_id, sponsor_state="asked", state="pending"
    ).count()
