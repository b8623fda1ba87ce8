"""Groups that buy together."""

from typing import Any

from django.utils import timezone
from ninja import Router

from kith.launch import api as launch
from kith.rest.answers import answers
from kith.rest.caller import ANYBODY, Asked, seen
from kith.rest.fields import Slug
from kith.rest.fields_launch import LaunchSlug
from kith.rest.fields_sale import GroupNo
from kith.rest.schemas import sale as schemas

router = Router(tags=["Orders"])
C = "/communities/{slug}"


@router.get(
    f"{C}/launches/{{launch_slug}}/groups",
    auth=ANYBODY,
    response=answers(schemas.Groups, 404, 422),
    summary="List groups with a free seat",
)
def list_groups(request: Asked, slug: Slug, launch_slug: LaunchSlug) -> dict[str, Any]:
    """Return groups one can join, those that lack the fewest first; strangers are not told who sits there."""
    community, now = seen(request, slug), timezone.now()
    launch.launch_page(community, launch_slug, now=now)
    return {"groups": launch.joinable(community, launch_slug, now=now, named=request.auth.person is not None)}


@router.get(f"{C}/groups/{{group}}", auth=ANYBODY, response=answers(schemas.Group, 404, 422), summary="Show a group")
def show_group(request: Asked, slug: Slug, group: GroupNo) -> launch.GroupValue:
    """Return a group that buys together; one joins it by an order that names it."""
    return launch.group(seen(request, slug), group, named=request.auth.person is not None)
