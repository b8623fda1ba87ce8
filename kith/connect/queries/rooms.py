"""Reads of spaces by whom they belong to."""

from kith.connect.models import Room, Space
from kith.people.api import Community


def space_names(community: Community) -> dict[int, str]:
    """Return every space by its id. One query."""
    return dict(Space.objects.filter(community=community).order_by("name").values_list("pk", "name"))


def spaces_of_chapter(community: Community, chapter_id: int) -> list[str]:
    """Return the names of a chapter's spaces. One query."""
    rows = Room.objects.filter(community=community, chapter_id=chapter_id).order_by("space__name")
    return list(rows.values_list("space__name", flat=True))


def space_of_circle(community: Community, circle_id: int) -> str:
    """Return the name of a circle's space, empty where it has none. One query."""
    rows = Room.objects.filter(community=community, circle_id=circle_id)
    return rows.values_list("space__name", flat=True).first() or ""
