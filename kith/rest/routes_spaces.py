"""Spaces, and announcements."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.connect import api as connect
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, ANYBODY, Asked, person, seen
from kith.rest.fields import Id, Key, Slug
from kith.rest.fields_spaces import AmendedSpace, CopyDone, CopyGroups, NewAnnouncement, NewSpace, Pin, SpaceOrder
from kith.rest.schemas.spaces import Announcement, Space, SpaceAnswers, Spaces

router = Router(tags=["Talk"])
SPACE = "/communities/{slug}/spaces/{space_id}"
ANNOUNCEMENT = "/communities/{slug}/announcements/{announcement_id}"


@router.get("/communities/{slug}/spaces", auth=ANYBODY, response=answers(Spaces, 404, 422), summary="List spaces")
def spaces(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the spaces in their order, the archived ones last."""
    community = seen(request, slug)
    return {"spaces": connect.spaces(community, archived=True)}


@router.post(
    "/communities/{slug}/spaces",
    auth=ADMIN,
    response=answers(Space, *BODY, 404, 409, status=201),
    summary="Make a space",
)
def make_space(request: Asked, slug: Slug, data: NewSpace) -> Status[connect.SpaceValue]:
    """Make a space, shown after the others; without `kinds` it takes every kind of post."""
    made = connect.make_space(
        community=seen(request, slug), name=data.name, about=data.about, kinds=data.kinds, slow_seconds=data.slow_seconds, by=person(request), now=timezone.now()
    )  # fmt: skip
    return Status(201, made)


@router.put("/communities/{slug}/spaces", auth=ADMIN, response=answers(Spaces, *BODY, 404), summary="Order the spaces")
def order_spaces(request: Asked, slug: Slug, data: SpaceOrder) -> dict[str, Any]:
    """Show the spaces in the order of these ids; those not named come after, as they were."""
    found = connect.order_spaces(
        community=seen(request, slug), space_ids=data.space_ids, by=person(request), now=timezone.now()
    )
    return {"spaces": found}


@router.get(SPACE, auth=ANYBODY, response=answers(Space, 404, 422), summary="Get a space")
def space(request: Asked, slug: Slug, space_id: Id) -> connect.SpaceValue:
    """Return a space; its posts are those of the feed with `space`."""
    return connect.space(seen(request, slug), space_id)


@router.patch(SPACE, auth=ADMIN, response=answers(Space, *BODY, 404, 409), summary="Change or archive a space")
def amend_space(request: Asked, slug: Slug, space_id: Id, data: AmendedSpace) -> connect.SpaceValue:
    """Change what is given and leave the rest. An archived space can be read and answered, and takes no new post."""
    common: dict[str, Any] = {
        "community": seen(request, slug), "space_id": space_id, "by": person(request), "now": timezone.now()
    }  # fmt: skip
    found = connect.amend_space(
        name=data.name, about=data.about, kinds=data.kinds, slow_seconds=data.slow_seconds, **common
    )
    return found if data.is_archived is None else connect.archive_space(is_archived=data.is_archived, **common)


@router.get(
    f"{SPACE}/answers", auth=ADMIN, response=answers(SpaceAnswers, 403, 404, 422), summary="How soon a space answers"
)
def space_answers(request: Asked, slug: Slug, space_id: Id) -> connect.SpaceAnswers:
    """Return the time to the first answer of somebody else, over 90 days, and who is unheard. For the founder and operators."""
    community = seen(request, slug)
    connect.checked_staff(community, person(request))
    return connect.space_answers(community, connect.space(community, space_id).id, now=timezone.now())


@router.post(
    "/communities/{slug}/announcements", auth=ADMIN, response=answers(schemas.PostWithLatest, *BODY, 404, 409, status=201),
    summary="Announce something",
)  # fmt: skip
def announce(request: Asked, slug: Slug, data: NewAnnouncement, key: Key = "") -> Status[connect.Said]:
    """Announce something, pinned above the feed until a moment. `groups` are those outside it is to be copied to by hand."""
    said = connect.announce(
        community=seen(request, slug), text=data.text, space=data.space, pinned_until=data.pinned_until, groups=data.groups,
        by=person(request), now=timezone.now(), key=key,
    )  # fmt: skip
    return Status(201, said)


@router.get(ANNOUNCEMENT, auth=ADMIN, response=answers(Announcement, 403, 404, 422), summary="Look at an announcement")
def announcement(request: Asked, slug: Slug, announcement_id: Id) -> connect.AnnouncementValue:
    """Return until when it is pinned and the groups it goes to. For the founder and operators."""
    return connect.announcement_for(community=seen(request, slug), post_id=announcement_id, by=person(request))


@router.put(
    f"{ANNOUNCEMENT}/pin", auth=ADMIN, response=answers(Announcement, *BODY, 404), summary="Pin an announcement"
)
def pin(request: Asked, slug: Slug, announcement_id: Id, data: Pin) -> connect.AnnouncementValue:
    """Pin an announcement above the feed until a moment; null takes it down."""
    return connect.pin(
        community=seen(request, slug), post_id=announcement_id, pinned_until=data.pinned_until, by=person(request), now=timezone.now()
    )  # fmt: skip


@router.put(f"{ANNOUNCEMENT}/groups", auth=ADMIN, response=answers(Announcement, *BODY, 404), summary="Name the groups")
def set_groups(request: Asked, slug: Slug, announcement_id: Id, data: CopyGroups) -> connect.AnnouncementValue:
    """Write anew which groups outside it goes to; those that stay keep what is done."""
    return connect.set_groups(
        community=seen(request, slug), post_id=announcement_id, groups=data.groups, by=person(request)
    )


@router.put(
    f"{ANNOUNCEMENT}/groups/{{copy_id}}", auth=ADMIN, response=answers(Announcement, *BODY, 404), summary="Tick a group off"
)  # fmt: skip
def tick_copy(
    request: Asked, slug: Slug, announcement_id: Id, copy_id: Id, data: CopyDone
) -> connect.AnnouncementValue:
    """Say that the announcement was copied to a group, or take that back."""
    return connect.tick_copy(
        community=seen(request, slug), post_id=announcement_id, copy_id=copy_id, is_done=data.is_done, by=person(request), now=timezone.now()
    )  # fmt: skip
