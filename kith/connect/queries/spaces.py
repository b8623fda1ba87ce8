"""Reads of spaces."""

from typing import Any

from django.db.models import Count, Max, Q

from kith.connect.data import NoSuchSpace, SpaceCount, SpaceValue
from kith.connect.models import Post, Space
from kith.people.api import Community

# Asked together with what else a feed opens with.
SPACES = """
    SELECT id, name, about, kinds, archived_at IS NOT NULL, slow_seconds FROM connect_space
    WHERE community_id = %(community)s AND archived_at IS NULL ORDER BY position, name
"""


def as_space(row: Space) -> SpaceValue:
    return SpaceValue(row.pk, row.name, row.about, tuple(row.kinds), row.archived_at is not None, row.slow_seconds)


def space_of(row: tuple[Any, ...]) -> SpaceValue:
    """Read a row of SPACES."""
    return SpaceValue(row[0], row[1], row[2], tuple(row[3]), row[4], row[5])


def spaces(community: Community, *, archived: bool = False) -> list[SpaceValue]:
    """Return the spaces in the order they are shown; the archived ones only when asked for, after the others. One query."""
    rows = Space.objects.filter(community=community)
    rows = rows if archived else rows.filter(archived_at=None)
    found = [as_space(s) for s in rows.order_by("position", "name")]
    return sorted(found, key=lambda s: s.is_archived)


def space(community: Community, space_id: int) -> SpaceValue:
    """Return a space.

    Raises:
        NoSuchSpace: it is not one of this community.

    """
    found = Space.objects.filter(community=community, pk=space_id).first()
    if found is None:
        raise NoSuchSpace
    return as_space(found)


def space_counts(community: Community) -> dict[int, SpaceCount]:
    """Return by space how much was said there; spaces where nothing was said are left out. One query."""
    threads = Post.objects.filter(community=community, root=None, deleted_at=None).exclude(space=None)
    rows = threads.values("space").annotate(many=Count("pk"), last=Max("at"))
    return {r["space"]: SpaceCount(r["many"], r["last"]) for r in rows.filter(~Q(space=None)).order_by()}
