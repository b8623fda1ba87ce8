"""Texts begun and pictures for them."""

from typing import Any, BinaryIO, cast

from django.utils import timezone
from ninja import File, Router, Status, UploadedFile

from kith.connect import api as connect
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Community
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import READER, WRITER, Asked, person, seen
from kith.rest.fields import DraftText, Key, Place, Slug

router = Router(tags=["Talk"])
DRAFT = "/communities/{slug}/drafts/{place}"


def inside(request: Asked, slug: str) -> Community:
    """Return a community the caller is a member of.

    Raises:
        NotFound: it does not show itself.
        MembersOnly: it does, but they have no place in it.

    """
    community = seen(request, slug)
    if people.standing(community, person(request)) is None:
        raise connect.MembersOnly
    return community


@router.get(DRAFT, auth=READER, response=answers(schemas.Draft, 404, 422), summary="Get a draft")
def draft(request: Asked, slug: Slug, place: Place) -> connect.Draft:
    """Return the text you have begun at a place."""
    found = connect.draft(inside(request, slug), person(request), place)
    if found is None:
        raise NotFound
    return found


@router.put(DRAFT, auth=WRITER, response=answers(schemas.Draft, *BODY, 404), summary="Keep a draft")
def keep_draft(request: Asked, slug: Slug, place: Place, data: DraftText, key: Key = "") -> connect.Draft:
    """Keep a text begun at a place; its key stays the same until it is sent."""
    return connect.save_draft(
        community=seen(request, slug), by=person(request), place=place, text=data.text, kind=data.kind,
        now=timezone.now(), key=key,
    )  # fmt: skip


@router.delete(DRAFT, auth=WRITER, response=answers(None, 404, 422, status=204), summary="Drop a draft")
def drop_draft(request: Asked, slug: Slug, place: Place) -> Status[None]:
    """Forget the text begun at a place."""
    connect.drop_draft(community=inside(request, slug), by=person(request), place=place)
    return Status(204, None)


@router.post(
    "/communities/{slug}/images", auth=WRITER, response=answers(schemas.Picture, *BODY, 404, 415, status=201),
    summary="Upload a picture",
)  # fmt: skip
def upload(request: Asked, slug: Slug, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Keep a PNG, JPEG, GIF or WebP of at most 10 MB and 40 megapixels, made small and without its metadata."""
    community = seen(request, slug)
    kept = connect.keep_picture(
        community=community, by=person(request), file=cast("BinaryIO", file), size=file.size or 0, now=timezone.now()
    )
    address = f"{connect.media_address(community)}{kept.digest}.webp"
    shown = {"digest": kept.digest, "width": kept.width, "height": kept.height}
    return Status(201, {**shown, "address": address, "markdown": f"![]({address})"})
