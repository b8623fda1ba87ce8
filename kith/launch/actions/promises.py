"""Writes of launch: tell see how many who accepted a launch sold, how many came of those expected, and what was sold."""

from datetime import datetime

from kith.launch.models import Campaign
from kith.launch.queries.promises import PROMISES, promises, sold
from kith.people.api import Community
from kith.see import api as see


def tell_promises(*, community: Community, now: datetime) -> bool:
    """Count anew and give it down; says whether anything changed."""
    tallies = [*promises(community, now=now), *sold(community, now=now)]
    return see.give_tallies(community=community, names=PROMISES, tallies=tallies)


def tell_every_promise(*, now: datetime) -> int:
    """Do so wherever there was a launch; returns in how many communities anything changed."""
    here = Community.objects.filter(pk__in=Campaign.objects.values("community")).order_by("pk")
    return sum(tell_promises(community=community, now=now) for community in here)
