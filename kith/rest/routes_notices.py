"""Notifications: what you were told, and how you want to be told."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.connect import api as connect
from kith.connect.api import MembersOnly
from kith.people import api as people
from kith.people.api import Community
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import READER, WRITER, Asked, person, seen
from kith.rest.fields import Id, Limit, Slug
from kith.rest.fields_daily import Before, NewDevice, NewEars, NewWish, ReadThese

router = Router(tags=["Notifications"])
C = "/communities/{slug}"
PAGE = 60


def inside(request: Asked, slug: str) -> Community:
    """Return a community the caller belongs to.

    Raises:
        NotFound, SignInFirst, MembersOnly: as they say.

    """
    community = seen(request, slug)
    if people.standing(community, person(request)) is None:
        raise MembersOnly
    return community


@router.get(f"{C}/notices", auth=READER, response=answers(schemas.Notices, 404, 422), summary="Read notifications")
def notices(request: Asked, slug: Slug, before: Before = 0, limit: Limit = PAGE) -> connect.Notices:
    """Return what you were told, newest first; of `limit` notices those of one kind on one thing come as one."""
    return connect.notices(inside(request, slug), person(request), before=before or None, limit=limit)


@router.get(f"{C}/notices/unread", auth=READER, response=answers(schemas.Unread, 404, 422), summary="Count unread notifications")  # fmt: skip
def unread(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return how many you have not read."""
    [row] = people.ask(connect.bell(inside(request, slug).slug, person(request).pk))
    return {"unread": row[0] if row else 0}


@router.post(f"{C}/notices/read", auth=WRITER, response=answers(None, *BODY, 404, status=204), summary="Mark as read")
def mark_read(request: Asked, slug: Slug, data: ReadThese) -> Status[None]:
    """Mark notices as read: some, or all."""
    connect.mark_read(community=inside(request, slug), by=person(request), ids=data.ids, now=timezone.now())
    return Status(204, None)


@router.get(f"{C}/notices/wishes", auth=READER, response=answers(schemas.NoticeWishes, 404, 422), summary="Get how you are told")  # fmt: skip
def notice_wishes(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return how you want to hear of each kind, everywhere and in single spaces."""
    return _wishes(inside(request, slug), request)


@router.put(f"{C}/notices/wishes", auth=WRITER, response=answers(schemas.NoticeWishes, *BODY, 404), summary="Say how you are told")  # fmt: skip
def set_notice_wish(request: Asked, slug: Slug, data: NewWish) -> dict[str, Any]:
    """Say how you want to hear of a kind, everywhere or in a space: off, bell, or mail beside the bell."""
    community = inside(request, slug)
    connect.wish(community=community, by=person(request), kind=data.kind, way=data.way, space=data.space)
    return _wishes(community, request)


def _wishes(community: Community, request: Asked) -> dict[str, Any]:
    found = connect.wishes(community, person(request))
    return {"wishes": [{"kind": kind, "space": space, "way": way} for (kind, space), way in found.items()]}


@router.get(f"{C}/notices/hearing", auth=READER, response=answers(schemas.Heard, 404, 422), summary="Get when mail reaches you")  # fmt: skip
def hearing(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return your digest, quiet hours, and whether mail may reach you."""
    return asdict(connect.ears(inside(request, slug), person(request)))


@router.put(f"{C}/notices/hearing", auth=WRITER, response=answers(schemas.Heard, *BODY, 404), summary="Say when mail reaches you")  # fmt: skip
def set_hearing(request: Asked, slug: Slug, data: NewEars) -> dict[str, Any]:
    """Say when mail may reach you; what is left out takes its default."""
    wanted = connect.Ears(**data.dict())
    return asdict(connect.hear(community=inside(request, slug), by=person(request), ears=wanted))


@router.put(f"{C}/posts/{{post_id}}/mute", auth=WRITER, response=answers(None, 404, 422, status=204), summary="Mute a thread")  # fmt: skip
def mute(request: Asked, slug: Slug, post_id: Id) -> Status[None]:
    """Hear nothing more of the thread a post stands in."""
    connect.mute(community=inside(request, slug), by=person(request), post_id=post_id, on=True)
    return Status(204, None)


@router.delete(f"{C}/posts/{{post_id}}/mute", auth=WRITER, response=answers(None, 404, 422, status=204), summary="Unmute a thread")  # fmt: skip
def unmute(request: Asked, slug: Slug, post_id: Id) -> Status[None]:
    """Hear of a thread again."""
    connect.mute(community=inside(request, slug), by=person(request), post_id=post_id, on=False)
    return Status(204, None)


@router.get("/me/devices", auth=READER, response=answers(schemas.Devices), summary="List your devices")
def devices(request: Asked) -> dict[str, Any]:
    """Return the browsers that show you notices while no page is open, and the key a browser is to be given for it."""
    return {"push_key": connect.push_key(), "devices": connect.devices(person(request))}


@router.post(
    "/me/devices", auth=WRITER, response=answers(schemas.Device, *BODY, 409, status=201), summary="Add a device"
)
def add_device(request: Asked, data: NewDevice) -> Status[connect.DeviceValue]:
    """Have notices shown on a browser of yours, by what it said when it subscribed; of ten the oldest makes room."""
    wanted = connect.NewDevice(**data.dict())
    return Status(201, connect.add_device(by=person(request), device=wanted, now=timezone.now()))


@router.delete("/me/devices/{device_id}", auth=WRITER, response=answers(None, 404, 422, status=204), summary="Remove a device")  # fmt: skip
def drop_device(request: Asked, device_id: Id) -> Status[None]:
    """Show notices no more on a browser of yours."""
    connect.drop_device(by=person(request), device_id=device_id)
    return Status(204, None)
