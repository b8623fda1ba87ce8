"""What somebody's tier lets them say and show."""

from datetime import datetime

from django.utils import timezone

from kith.connect.models import Post
from kith.gather import api as gather
from kith.people.api import Community, Standing


def check_saying(community: Community, place: Standing, text: str, now: datetime) -> None:
    """Let pass a text that its author's tier allows: links, and how much a day.

    Raises:
        TierTooLow, DayLimitReached: as gather says.

    """
    if place.is_staff:
        return
    check_link(community, place, text)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Post.objects.filter(author_id=place.person_id, community=community, at__gte=midnight, at__lte=now)
    gather.checked_limit(community, place, "posts_a_day", today.count)


def check_link(community: Community, place: Standing, text: str) -> None:
    """Let pass a text without links to elsewhere, or of somebody who may post them.

    Raises:
        TierTooLow: links begin with a higher tier.

    """
    if "http://" in text or "https://" in text:
        gather.checked_right(community, place, "link")
