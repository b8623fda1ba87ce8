"""Writes of connect: tell see what was promised and kept at events and in challenges."""

from datetime import datetime

from kith.connect.models import Challenge, Event
from kith.connect.queries.promises import PROMISES, promises
from kith.people.api import Community
from kith.see import api as see


def tell_promises(*, community: Community, now: datetime) -> bool:
    """Count anew and give it down; says whether anything changed."""
    return see.give_tallies(community=community, names=PROMISES, tallies=promises(community, now=now))


def tell_every_promise(*, now: datetime) -> int:
    """Do so wherever there are events or challenges; returns in how many communities anything changed."""
    held = Event.objects.values("community").union(Challenge.objects.values("community"))
    here = Community.objects.filter(pk__in=[row["community"] for row in held]).order_by("pk")
    return sum(tell_promises(community=community, now=now) for community in here)
