"""Reads of tiers and chapters."""

from collections import Counter

from django.db.models import Count

from kith.lib.errors import NotFound
from kith.people.models import Chapter, Community, Membership, Tier


def tiers(community: Community) -> list[Tier]:
    """Return the tiers, lowest first. One query."""
    return list(Tier.objects.filter(community=community).order_by("position"))


def tier_sizes(community: Community) -> dict[int, int]:
    """Return how many members stand in each tier; 0 counts those in none. One query."""
    rows = Membership.objects.within(community.pk).values_list("tier_id").annotate(Count("pk")).order_by()
    return Counter({pk or 0: count for pk, count in rows})


def chapters(community: Community) -> list[Chapter]:
    """Return the chapters by name. One query."""
    return list(Chapter.objects.filter(community=community).order_by("name"))


def chapter(community: Community, chapter_id: int) -> Chapter:
    """Return a chapter of a community.

    Raises:
        NotFound: there is none under this id here.

    """
    found = Chapter.objects.filter(community=community, pk=chapter_id).first()
    if found is None:
        raise NotFound
    return found


def chapters_of(community: Community) -> dict[int, int]:
    """Return the chapter of each member who stands in one, without programs. One query."""
    rows = Membership.objects.within(community.pk).filter(is_bot=False, person__is_bot=False, chapter__isnull=False)
    return dict(rows.values_list("person_id", "chapter_id"))


def chapter_sizes(community: Community) -> dict[int, int]:
    """Return how many members stand in each chapter; 0 counts those in none. One query."""
    rows = Membership.objects.within(community.pk).values_list("chapter_id").annotate(Count("pk")).order_by()
    return Counter({pk or 0: count for pk, count in rows})
