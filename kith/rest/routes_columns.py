"""Who may read which space, and columns."""

from typing import Any

from django.utils import timezone
from ninja import Router

from kith.connect import api as connect
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, ANYBODY, WRITER, Asked, person, run, seen
from kith.rest.fields import Id, Slug
from kith.rest.fields_columns import Free, NewGate
from kith.rest.schemas import columns as schemas
from kith.rest.schemas import talk

router = Router(tags=["Columns"])
C = "/communities/{slug}"
S = C + "/columns/{space_id}"


@router.get(
    f"{C}/columns",
    auth=ANYBODY,
    response=answers(schemas.GatedSpaces, 404, 422),
    summary="List spaces with their gates",
)
def columns(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return all spaces, columns first, and what closes each to you."""
    return {"spaces": connect.gated_spaces(seen(request, slug), reader=request.auth.person)}


@router.get(S, auth=ANYBODY, response=answers(schemas.Column, 404, 422), summary="Read a column's contents")
def column(request: Asked, slug: Slug, space_id: Id) -> connect.Column:
    """Return a column or space with its posts in order; what is closed to you by its title and preview."""
    return connect.column(seen(request, slug), space_id, reader=request.auth.person)


@router.put(
    f"{S}/gate", auth=ADMIN, response=answers(schemas.GatedSpace, *BODY, 404), summary="Say who may read a space"
)
def set_gate(request: Asked, slug: Slug, space_id: Id, data: NewGate) -> connect.GatedSpace:
    """Say who may read a space, and who writes in a column; it holds at once for all that was said there; for operators."""
    return connect.set_gate(
        community=run(request, slug), by=person(request), now=timezone.now(), space_id=space_id, **data.dict()
    )


@router.put(
    f"{C}/posts/{{post_id}}/free", auth=WRITER, response=answers(talk.PostWithLatest, *BODY, 404), summary="Free a post"
)
def set_free(request: Asked, slug: Slug, post_id: Id, data: Free) -> connect.Said:
    """Open a post of yours to those who may not read its space, or close it again; operators any."""
    return connect.set_free(
        community=seen(request, slug), post_id=post_id, is_free=data.is_free, by=person(request), now=timezone.now()
    )
