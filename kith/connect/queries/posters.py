"""Reads of posters."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kith.connect.data import NoSuchPoster
from kith.connect.data import Poster as Value
from kith.connect.models import Arrival, Poster
from kith.lib.codes import CODE
from kith.people.api import Community, Membership, Person


def poster_value(row: Poster) -> Value:
    """Map a row counted by `counted_posters`."""
    return Value(
        row.pk, row.code, row.by_id, row.by.name, row.campaign, row.made_at, row.closed_at, row.lets_in, row.seen,
        getattr(row, "came", 0), getattr(row, "stayed", 0),
    )  # fmt: skip


def counted_posters(community: Community) -> "QuerySet[Poster]":
    member = Membership.objects.filter(community=community, person=OuterRef("person"))
    stayed = Arrival.objects.filter(poster__community=community).annotate(is_in=Exists(member)).filter(is_in=True)
    return (
        Poster.objects.filter(community=community)
        .select_related("by")
        .annotate(
            came=Count("arrivals", distinct=True),
            stayed=Count("arrivals", distinct=True, filter=Q(arrivals__in=stayed)),
        )
    )


def posters_of(community: Community, *, by: Person | None = None) -> list[Value]:
    """Return the posters of somebody, or of everybody, the newest first; those that hang before the closed. One query."""
    rows = counted_posters(community)
    if by is not None:
        rows = rows.filter(by=by)
    return [poster_value(row) for row in rows.order_by("closed_at", "-made_at", "-pk")[:500]]


def poster_by_code(code: str) -> tuple[Community, Value]:
    """Return a poster that hangs, and where it leads.

    Raises:
        NoSuchPoster: it was closed, or never was.

    """
    row = None
    if CODE.fullmatch(code):
        row = Poster.objects.select_related("by", "community").filter(code=code, closed_at=None).first()
    if row is None:
        raise NoSuchPoster
    return row.community, poster_value(row)


def poster(community: Community, poster_id: int) -> Value:
    """Return a poster with what came of it.

    Raises:
        NoSuchPoster: there is none of this id here.

    """
    row = counted_posters(community).filter(pk=poster_id).first()
    if row is None:
        raise NoSuchPoster
    return poster_value(row)


def came_by(community: Community, person_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Return by whose poster and for which campaign people came, by person. One query."""
    rows = Arrival.objects.filter(community=community, person__in=person_ids)
    return {
        person: (name, campaign)
        for person, name, campaign in rows.values_list("person_id", "poster__by__name", "poster__campaign")
    }
