"""Oneself, communities and their members."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.connect import api as connect
from kith.energy import api as energy
from kith.gather import api as gather
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Community, Person, Standing
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import ANYBODY, READER, WRITER, Asked, check_scope, person, seen
from kith.rest.fields import After, Handle, InRole, Joining, Limit, NewCommunity, Search, Slug

router = Router(tags=["Communities"])
FIRST = 50


@router.get("/me", auth=READER, response=answers(schemas.Me), summary="Who am I")
def me(request: Asked) -> dict[str, Any]:
    """Return the person who calls, and the token they call with."""
    who = person(request)
    return {"id": who.pk, "name": who.name, "email": who.email, "language": who.language, "token": request.auth.token}


@router.get("/communities", auth=ANYBODY, response=answers(schemas.Communities), summary="List communities")
def communities(request: Asked) -> dict[str, Any]:
    """Return the communities you belong to, and those anybody may see."""
    who = request.auth.person
    return {"mine": people.communities_of(who) if who else [], "public": people.public_communities()}


@router.post(
    "/communities",
    auth=WRITER,
    response=answers(schemas.Community, *BODY, 409, status=201),
    summary="Found a community",
)
def found_community(request: Asked, data: NewCommunity) -> Status[schemas.Community]:
    """Make a community with yourself as its founder."""
    made = people.found(
        **data.dict(exclude={"values", "rules"}),
        rules_text=data.rules,
        values=[(v.word, v.sentence) for v in data.values],
        by=person(request),
        now=timezone.now(),
    )
    return Status(201, schemas.whole(made, people.standing(made, person(request)), 1))


@router.get(
    "/communities/{slug}", auth=ANYBODY, response=answers(schemas.Community, 404, 422), summary="Get a community"
)
def community(request: Asked, slug: Slug) -> schemas.Community:
    """Return its name, pursuit, values, rules and boundary, and where you stand in it."""
    found = people.community(slug)
    return schemas.whole(found, people.checked_sight(found, request.auth.person), people.count(found))


def door_of(slug: str, who: Person | None) -> tuple[Community, Standing | None]:
    """Return a community at whose door one may knock.

    Raises:
        NotFound: there is none, or it neither shows itself to this person nor lets anybody ask to come in.

    """
    found = people.community(slug)
    standing = people.standing(found, who)
    if found.entered_by == "invitation" and not people.may_see(visible_to=found.visible_to, standing=standing):
        raise NotFound
    return found, standing


@router.get("/communities/{slug}/door", auth=ANYBODY, response=answers(schemas.Door, 404, 422), summary="See the door")
def door(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return what one must know to ask to come in; a hidden community by invitation has no door."""
    who = request.auth.person
    found, _ = door_of(slug, who)
    return {
        **{name: getattr(found, name) for name in ("slug", "name", "pursuit", "rules", "entered_by", "questions")},
        "values": schemas.values_of(found),
        "agreements": gather.agreements(found),
        "application": gather.application_of(found, who) if who else None,
    }


@router.post(
    "/communities/{slug}/join",
    auth=WRITER,
    response=answers(schemas.Place, *BODY, 404, 409, status=201),
    summary="Join",
)
def join(request: Asked, slug: Slug, data: Joining) -> Status[Standing]:
    """Enter an open community, accepting its agreements where it has some."""
    found, _ = door_of(slug, person(request))
    return Status(201, gather.join(community=found, person=person(request), now=timezone.now(), accepted=data.accepted))


@router.get(
    "/communities/{slug}/members", auth=ANYBODY, response=answers(schemas.Members, 404, 422), summary="List members"
)
def members(
    request: Asked, slug: Slug, search: Search = "", role: InRole = "", after: After = "", limit: Limit = FIRST
) -> dict[str, Any]:
    """Return members by handle, a page at a time."""
    found = people.members(seen(request, slug), search=search, role=role, after=after, limit=limit + 1)
    more, page = found[limit:], found[:limit]
    return {"members": page, "next": page[-1].handle if more else ""}


@router.get(
    "/communities/{slug}/members/{handle}",
    auth=ANYBODY,
    response=answers(schemas.Place, 404, 422),
    summary="Get a member",
)
def member(request: Asked, slug: Slug, handle: Handle) -> Standing:
    """Return one member by handle."""
    return people.member(seen(request, slug), handle)


@router.get(
    "/communities/{slug}/members/{handle}/posts",
    auth=ANYBODY, response=answers(schemas.Feed, 404, 422), summary="List a member's posts",
)  # fmt: skip
def posts_of(request: Asked, slug: Slug, handle: Handle, limit: Limit = 30) -> connect.Feed:
    """Return a member's newest posts."""
    found = seen(request, slug)
    author = people.member(found, handle)
    return connect.feed(found, reader=request.auth.person, author_id=author.person_id, limit=limit)


@router.get(
    "/communities/{slug}/members/{handle}/acts",
    auth=READER, response=answers(schemas.Acts, 404, 422), summary="List the acts behind a member's numbers",
)  # fmt: skip
def acts(request: Asked, slug: Slug, handle: Handle, limit: Limit = 100) -> dict[str, Any]:
    """Return the lines of the energy book a member gave or received: one's own, or as an operator (scope admin) anybody's."""
    found = seen(request, slug)
    whose = people.member(found, handle)
    if whose.person_id != person(request).pk:
        check_scope(request, "admin")
        if not people.may_run(people.standing(found, person(request))):
            raise gather.OperatorsOnly
    rows = energy.acts_of(found, whose.person_id, limit=limit)
    places = people.standings(found, {r.actor_id for r in rows} | {r.other_id for r in rows if r.other_id})
    return {"acts": [_act(row, places) for row in rows]}


def _act(row: energy.ActRow, places: dict[int, Standing]) -> dict[str, Any]:
    by, to = places.get(row.actor_id), places.get(row.other_id or 0)
    return {
        "id": row.id, "by": by.handle if by else "", "to": to.handle if to else "", "kind": row.kind,
        "weight": row.weight, "at": row.at, "source": row.source,
    }  # fmt: skip
