"""Reads of announcements."""

from collections import defaultdict
from collections.abc import Sequence

from kith.connect.data import AnnouncementValue, CopyTo
from kith.connect.models import Announcement, Copy
from kith.people.api import Community

# The ids of posts pinned now, the newest first; the first part of what a feed opens with.
PINNED_LIMIT = 3


def announcements(community: Community, post_ids: Sequence[int], reader_id: int | None) -> dict[int, AnnouncementValue]:
    """Return what announcements have besides their text, by post, without the list of groups."""
    rows = Announcement.objects.filter(community=community, post__in=post_ids)
    return {a.pk: AnnouncementValue(a.pinned_until) for a in rows}


def announcement(community: Community, post_id: int) -> AnnouncementValue | None:
    """Return an announcement with the list of groups it goes to, None for a post of another kind. Two queries."""
    row = Announcement.objects.filter(community=community, pk=post_id, post__deleted_at=None).first()
    if row is None:
        return None
    return AnnouncementValue(row.pinned_until, tuple(_copies([row.pk])[row.pk]))


def _copies(ids: Sequence[int]) -> dict[int, list[CopyTo]]:
    found: dict[int, list[CopyTo]] = defaultdict(list)
    for c in Copy.objects.select_related("done_by").filter(announcement__in=ids).order_by("pk"):
        found[c.announcement_id].append(CopyTo(c.pk, c.group, c.done_at, c.done_by.name if c.done_by else ""))
    return found


def last_groups(community: Community) -> list[str]:
    """Return the groups that the latest announcement went to: a community's groups seldom change from one to the next."""
    last = Announcement.objects.filter(community=community, copies__isnull=False).order_by("-pk").first()
    return list(last.copies.order_by("pk").values_list("group", flat=True)) if last else []
