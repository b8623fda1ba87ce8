"""What the energy book shows: numbers, super nodes, ties."""

from typing import Any

from django.utils import timezone
from ninja import Router

from kith.people import api as people
from kith.people.api import Community
from kith.rest import schemas
from kith.rest.answers import answers
from kith.rest.caller import ADMIN, ANYBODY, Asked, run, seen
from kith.rest.fields import Handle, Limit, PageNumber, Search, Slug, Sort
from kith.see import api as see

router = Router(tags=["Network"])
MEMBER = "/communities/{slug}/members/{handle}"


def looked(request: Asked, slug: str) -> Community:
    """Return a community with a picture of its network; makes the first."""
    community = seen(request, slug)
    see.look(community=community, now=timezone.now())
    return community


@router.get(
    "/communities/{slug}/network",
    auth=ANYBODY,
    response=answers(schemas.Network, 404, 422),
    summary="Get the network in numbers",
)
def network(request: Asked, slug: Slug) -> see.Summary:
    """Return people, ties, energy and temperature."""
    return see.look(community=seen(request, slug), now=timezone.now())


@router.get(
    "/communities/{slug}/network/super-nodes", auth=ANYBODY, response=answers(schemas.SuperNodes, 404, 422),
    summary="List super nodes",
)  # fmt: skip
def super_nodes(request: Asked, slug: Slug, limit: Limit = 24) -> dict[str, Any]:
    """Return who holds the community together, each with the reasons in words."""
    return {"super_nodes": see.super_nodes(looked(request, slug), limit=limit)}


@router.get(
    "/communities/{slug}/network/people", auth=ANYBODY, response=answers(schemas.People, 404, 422),
    summary="List people by their place in the network",
)  # fmt: skip
def listing(request: Asked, slug: Slug, sort: Sort = "score", search: Search = "", page: PageNumber = 1) -> see.Listing:
    """Return the facts of the map as rows, 50 a page."""
    return see.listing(looked(request, slug), sort=sort, search=search, page=page)


@router.get(
    "/communities/{slug}/network/report", auth=ADMIN, response=answers(schemas.Report, 404, 422),
    summary="Get what the nightly report found",
)  # fmt: skip
def report(request: Asked, slug: Slug) -> see.Report:
    """Return stage, crises, dependence, cohorts, levels, newcomers and the rest; for who runs the community."""
    return see.report(run(request, slug), now=timezone.now())


@router.get(
    "/communities/{slug}/network/record", auth=ADMIN, response=answers(schemas.Trials, 404, 422),
    summary="Get how every score did on the community's own past",
)  # fmt: skip
def record(request: Asked, slug: Slug) -> see.Trials:
    """Return each score's figures beside those of the simple orders, what ranks, and the half-lives; for who runs the community."""
    return see.trials(run(request, slug))


@router.get(f"{MEMBER}/ties", auth=ANYBODY, response=answers(schemas.Ties, 404, 422), summary="List a member's ties")
def ties(request: Asked, slug: Slug, handle: Handle, limit: Limit = 50) -> dict[str, Any]:
    """Return whom a member is tied to, both directions, warmest first or by what foretells better here."""
    community = seen(request, slug)
    whose = people.member(community, handle)
    return {"ties": see.ties_of(community, whose.person_id, at=timezone.now(), limit=limit)}


@router.get(
    f"{MEMBER}/network",
    auth=ANYBODY,
    response=answers(schemas.PersonInNetwork, 404, 422),
    summary="Get a member in the network",
)
def person_in_network(request: Asked, slug: Slug, handle: Handle) -> see.PersonView:
    """Return a member's score, reasons, and 26 weeks of acts."""
    community = looked(request, slug)
    return see.person(community, people.member(community, handle).person_id, now=timezone.now())


@router.get(f"{MEMBER}/with/{{other}}", auth=ANYBODY, response=answers(schemas.Pair, 404, 422), summary="Get a pair")
def pair(request: Asked, slug: Slug, handle: Handle, other: Handle) -> see.PairView:
    """Return two members: their tie, how warm it was over half a year, their latest acts."""
    community = looked(request, slug)
    one, two = people.member(community, handle), people.member(community, other)
    return see.pair(community, one.person_id, two.person_id, now=timezone.now())
