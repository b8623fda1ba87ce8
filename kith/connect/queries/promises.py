"""Reads of promises: who said they come and came, who began a challenge and kept it up. Numbers only, nobody by name.

A line in a chain promises too, but nothing tells whether it was kept: chains are not counted.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q

from kith.connect.models import Challenge, Checkin, Event
from kith.connect.queries.daily import bounds, day_of
from kith.connect.rules.promises import DOOR_CLOSES, kept_up
from kith.people.api import Community
from kith.see.api import Tally

PROMISES = ("event", "checkin")


def promises(community: Community, *, now: datetime) -> list[Tally]:
    """Return what was promised at events and in challenges that are over, and what was kept. Three queries."""
    return [*_events(community, now), *_challenges(community, day_of(now))]


def _events(community: Community, now: datetime) -> list[Tally]:
    """Count who had a seat and came, where anybody was let in: without a door nobody knows who came."""
    over = Event.objects.filter(
        community=community, cancelled_at=None, arrived__gt=0, starts_at__lt=now - DOOR_CLOSES, post__deleted_at=None
    )
    yes = Q(answers__answer="yes")
    rows = over.annotate(said=Count("answers", filter=yes), came=Count("answers", filter=yes & Q(answers__arrived_at__isnull=False)))  # fmt: skip
    found = rows.order_by("pk").values_list("pk", "starts_at", "came", "said")
    return [Tally("event", f"post:{pk}", at, came, said) for pk, at, came, said in found if said]


def _challenges(community: Community, today: date) -> list[Tally]:
    """Count who began, and who kept it up."""
    over = Challenge.objects.filter(community=community, ends_on__lt=today, post__deleted_at=None)
    ends = dict(over.order_by("pk").values_list("pk", "ends_on"))
    began, kept = defaultdict[int, int](int), defaultdict[int, int](int)
    rows = Checkin.objects.filter(challenge__in=list(ends)).values_list("challenge", "person")
    for pk, _, first_on, days in rows.annotate(first=Min("on"), days=Count("pk")).order_by():
        began[pk] += 1
        kept[pk] += kept_up(days, first_on, ends[pk])
    return [
        Tally("checkin", f"post:{pk}", bounds(ends[pk])[1] - timedelta(seconds=1), kept[pk], many)
        for pk, many in began.items()
    ]
