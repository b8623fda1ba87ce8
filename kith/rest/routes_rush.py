"""The order lane: a pass for it, and one's place in its line."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils import timezone
from ninja import Router

from kith.launch import api as launch
from kith.lib import passes
from kith.rest.answers import answers
from kith.rest.caller import READER, WRITER, Asked, person, seen
from kith.rest.fields import Slug
from kith.rest.fields_launch import LaunchSlug
from kith.rest.schemas import rush as schemas

router = Router(tags=["Orders"])
T = "/communities/{slug}/launches/{launch_slug}/turn"


@router.post(T, auth=WRITER, response=answers(schemas.LanePass, 404, 409, 422), summary="Get a pass for the order lane")
def take_turn(request: Asked, slug: Slug, launch_slug: LaunchSlug) -> dict[str, Any]:
    """Return a pass with which orders of a plain or flash launch go by the fast lane, and a place in the line where there is one.

    Send the body of “Order” by POST to `address` with `Authorization: Pass <order_pass>`. 201 is an order that is on disk; 202 a place in
    the line: send the same again after `Retry-After` seconds. One pass serves for many orders until it expires. Coupons and groups go by
    “Order”, which waits in the same line.
    """
    community, who, now = seen(request, slug), person(request), timezone.now()
    turn = launch.take_turn(community=community, campaign=launch_slug, person=who, now=now)
    lane = passes.lane(
        key=settings.SECRET_KEY, community_id=community.pk, slug=slug, launch=launch_slug, person_id=who.pk, now=now
    )
    return asdict(turn) | asdict(lane)


@router.get(T, auth=READER, response=answers(schemas.Turn, 404, 422), summary="Show your place in the line")
def show_turn(request: Asked, slug: Slug, launch_slug: LaunchSlug) -> launch.Turn:
    """Return your place in the line of a launch; with number 0, `ahead` is how many wait."""
    return launch.turn_of(seen(request, slug), launch_slug, person(request))
