"""Pictures by who uploaded them."""

from collections.abc import Iterable

from kith.connect.models import Image


def pictures_of(person_ids: Iterable[int]) -> list[tuple[int, str]]:
    """Return what people uploaded anywhere: (community, digest), oldest first. One query."""
    return list(Image.objects.filter(by__in=list(person_ids)).order_by("pk").values_list("community_id", "digest"))
