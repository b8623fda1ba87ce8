"""Posters that invite, and group codes."""

from dataclasses import asdict
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from ninja import File, Router, Status
from ninja.files import UploadedFile

from kith.connect import api as connect
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, READER, WRITER, Asked, person, run
from kith.rest.fields import Id, Slug
from kith.rest.fields_outreach import CameBy, NewChatGroup, NewGroupCode, NewPoster
from kith.rest.routes_communities import door_of
from kith.rest.routes_pulse import entered
from kith.rest.schemas import outreach as schemas

router = Router(tags=["Outreach"])
C = "/communities/{slug}"
G = f"{C}/group-codes"
ONE = f"{G}/{{group_code_id}}"
GROUP = f"{ONE}/groups/{{group_id}}"


def _poster(found: connect.Poster) -> dict[str, Any]:
    return {**asdict(found), "address": settings.ADDRESS + reverse("by_poster", kwargs={"code": found.code})}


def _group_code(found: connect.GroupCode) -> dict[str, Any]:
    groups = [{**asdict(g), "expires_at": g.expires_at} for g in found.groups]
    visits = [{"on": on, "visits": many} for on, many in found.visits]
    address = settings.ADDRESS + reverse("group_page", kwargs={"code": found.code})
    return {**asdict(found), "address": address, "groups": groups, "visits": visits, "needs": found.needs}


@router.get(f"{C}/posters", auth=READER, response=answers(schemas.Posters, 404, 422), summary="List posters")
def list_posters(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return your posters with what came of each; to who runs the community everybody's."""
    community, me = entered(request, slug)
    found = connect.posters_of(community, by=None if me.is_staff else person(request))
    return {"posters": [_poster(p) for p in found]}


@router.post(f"{C}/posters", auth=WRITER, response=answers(schemas.Poster, *BODY, 404, 409, status=201), summary="Make a poster")  # fmt: skip
def make_poster(request: Asked, slug: Slug, data: NewPoster) -> Status[dict[str, Any]]:
    """Make a poster for a campaign; a second one for the same campaign is the same."""
    community, _ = entered(request, slug)
    made = connect.make_poster(community=community, by=person(request), now=timezone.now(), **data.dict())
    return Status(201, _poster(made))


@router.post(f"{C}/posters/{{poster_id}}/close", auth=WRITER, response=answers(schemas.Poster, 404, 422), summary="Take a poster down")  # fmt: skip
def close_poster(request: Asked, slug: Slug, poster_id: Id) -> dict[str, Any]:
    """Take a poster down: its code then leads nowhere."""
    community, _ = entered(request, slug)
    return _poster(
        connect.close_poster(community=community, poster_id=poster_id, by=person(request), now=timezone.now())
    )


@router.put(f"{C}/arrival", auth=WRITER, response=answers(schemas.Arrived, *BODY, 404), summary="Say by which poster you came")  # fmt: skip
def arrive(request: Asked, slug: Slug, data: CameBy) -> dict[str, Any]:
    """Say by which poster you came, after you applied or came in; the first one counts."""
    community, _ = door_of(slug, person(request))
    return {"is_new": connect.arrive(code=data.code, community=community, person=person(request), now=timezone.now())}


@router.get(G, auth=ADMIN, response=answers(schemas.GroupCodes, 404, 422), summary="List group codes")
def list_group_codes(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the group codes with the chat groups behind them; for operators."""
    found = connect.group_codes_of(run(request, slug), now=timezone.now())
    return {"group_codes": [_group_code(f) for f in found]}


@router.post(G, auth=ADMIN, response=answers(schemas.GroupCode, *BODY, 404, status=201), summary="Make a group code")
def make_group_code(request: Asked, slug: Slug, data: NewGroupCode) -> Status[dict[str, Any]]:
    """Make an address that never runs out, before chat groups that do; for operators."""
    made = connect.make_group_code(community=run(request, slug), by=person(request), now=timezone.now(), **data.dict())
    return Status(201, _group_code(made))


@router.get(ONE, auth=ADMIN, response=answers(schemas.GroupCode, 404, 422), summary="Show a group code")
def show_group_code(request: Asked, slug: Slug, group_code_id: Id) -> dict[str, Any]:
    """Return one group code; for operators."""
    return _group_code(connect.group_code(run(request, slug), group_code_id, now=timezone.now()))


@router.post(f"{ONE}/close", auth=ADMIN, response=answers(schemas.GroupCode, 404, 422), summary="Close a group code")
def close_group_code(request: Asked, slug: Slug, group_code_id: Id) -> dict[str, Any]:
    """Close an address for good; for operators."""
    return _group_code(
        connect.close_group_code(
            community=run(request, slug), group_code_id=group_code_id, by=person(request), now=timezone.now()
        )
    )


@router.post(f"{ONE}/groups", auth=ADMIN, response=answers(schemas.GroupCode, *BODY, 404, 409, status=201), summary="Add a chat group")  # fmt: skip
def add_chat_group(request: Asked, slug: Slug, group_code_id: Id, data: NewChatGroup) -> Status[dict[str, Any]]:
    """Put a chat group behind a code, last in turn; for operators."""
    community, by = run(request, slug), person(request)
    facts = data.dict()
    return Status(201, _group_code(connect.put_group(community=community, group_code_id=group_code_id, by=by, now=timezone.now(), **facts)))  # fmt: skip


@router.put(GROUP, auth=ADMIN, response=answers(schemas.GroupCode, *BODY, 404), summary="Change a chat group")
def change_chat_group(request: Asked, slug: Slug, group_code_id: Id, group_id: Id, data: NewChatGroup) -> dict[str, Any]:  # fmt: skip
    """Change a chat group; a new count of heads forgets how often it was shown since the last; for operators."""
    community, by = run(request, slug), person(request)
    facts = data.dict()
    return _group_code(connect.put_group(community=community, group_code_id=group_code_id, group_id=group_id, by=by, now=timezone.now(), **facts))  # fmt: skip


@router.post(f"{GROUP}/picture", auth=ADMIN, response=answers(schemas.GroupCode, *BODY, 404, 409, 415), summary="Upload a code")  # fmt: skip
def upload_group_picture(request: Asked, slug: Slug, group_code_id: Id, group_id: Id, file: File[UploadedFile]) -> dict[str, Any]:  # fmt: skip
    """Put today's code of a chat group in its place; a picture without a code to scan is refused; for operators."""
    return _group_code(
        connect.put_group_picture(
            community=run(request, slug), group_code_id=group_code_id, group_id=group_id, file=cast("BinaryIO", file),
            size=file.size or 0, by=person(request), now=timezone.now(),
        )
    )  # fmt: skip


@router.post(f"{GROUP}/first", auth=ADMIN, response=answers(schemas.GroupCode, 404, 422), summary="Show a chat group first")  # fmt: skip
def move_group(request: Asked, slug: Slug, group_code_id: Id, group_id: Id) -> dict[str, Any]:
    """Put a chat group first in turn; for operators."""
    community, by = run(request, slug), person(request)
    return _group_code(
        connect.move_group(
            community=community, group_code_id=group_code_id, group_id=group_id, by=by, now=timezone.now()
        )
    )


@router.delete(GROUP, auth=ADMIN, response=answers(schemas.GroupCode, 404, 422), summary="Remove a chat group")
def drop_group(request: Asked, slug: Slug, group_code_id: Id, group_id: Id) -> dict[str, Any]:
    """Take a chat group away from behind a code; for operators."""
    community, by = run(request, slug), person(request)
    return _group_code(
        connect.drop_group(
            community=community, group_code_id=group_code_id, group_id=group_id, by=by, now=timezone.now()
        )
    )
