"""Groups as people see them."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from kith.launch.data import GroupValue, NoSuchGroup, SeatValue
from kith.launch.models import Group, Order, Seat
from kith.people.api import Community

LISTED = 100


def _rows(community: Community) -> QuerySet[Group]:
    return Group.objects.filter(community=community).select_related("opener", "campaign").prefetch_related("seats__person")  # fmt: skip


def as_group(row: Group, *, named: bool = True) -> GroupValue:
    """Map a group loaded with its opener, campaign, seats and who sits there; strangers are not told who."""
    there = sorted((s for s in row.seats.all() if s.status != "back"), key=lambda s: s.pk)
    return GroupValue(
        no=row.no, campaign_slug=row.campaign.slug, campaign_title=row.campaign.title, opener_id=row.opener_id if named else 0,
        opener=row.opener.name if named else "",
        size=row.size, status=row.status, deadline_at=row.deadline_at, ended_at=row.ended_at,
        seats=tuple(SeatValue(s.person_id if named else 0, s.person.name if named else "", s.status == "filled") for s in there),
    )  # fmt: skip


def group(community: Community, no: str, *, named: bool = True) -> GroupValue:
    """Return a group with who sits in it. Three queries.

    Raises:
        NoSuchGroup: there is none here.

    """
    found = _rows(community).filter(no=no).first()
    if found is None:
        raise NoSuchGroup
    return as_group(found, named=named)


def joinable(community: Community, slug: str, *, now: datetime, named: bool = True, limit: int = 6) -> list[GroupValue]:
    """Return groups of a launch that still have a seat, those that lack the fewest first. Three queries."""
    taken = Count("seats", filter=~Q(seats__status="back"))
    rows = _rows(community).filter(campaign__slug=slug, status="forming", deadline_at__gt=now).annotate(taken=taken)
    return [as_group(g, named=named) for g in rows.order_by("-taken", "deadline_at")[:limit]]


def groups(community: Community, slug: str, *, limit: int = LISTED) -> list[GroupValue]:
    """Return the groups of a launch, the newest first. Three queries."""
    return [as_group(g) for g in _rows(community).filter(campaign__slug=slug).order_by("-pk")[:limit]]


def group_of(order: Order) -> GroupValue | None:
    """Return the group an order sits in, None where it bought alone or gave its seat back."""
    seat = Seat.objects.filter(order=order).select_related("group").first()
    return group(order.community, seat.group.no) if seat else None
