"""Writes of launch: tell see how many who accepted a launch sold, and how many came of those expected."""

from datetime import datetime

from kith.launch.models import Channel
from kith.launch.queries.promises import PROMISES, promises
from kith.people.api import Community
from kith.see import api as see


def tell_promises(*, community: Community, now: datetime) -> bool:
    """Count anew and give it down; says whether anything changed."""
    return see.give_tallies(community=community, names=PROMISES, tallies=promises(community, now=now))


def tell_every_promise(*, now: datetime) -> int:
    """Do so wherever anybody accepted a launch; returns in how many communities anything changed."""
    asked = Channel.objects.filter(accepted_at__isnull=False).order_by().values("community").distinct()
    here = Community.objects.filter(pk__in=asked).order_by("pk")
    return sum(tell_promises(community=community, now=now) for community in here)
