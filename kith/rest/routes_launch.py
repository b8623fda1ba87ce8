"""Launches: what is sold, and running it."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.launch import api as launch
from kith.people.api import may_run, standing
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, ANYBODY, Asked, person, run, seen
from kith.rest.fields import Slug
from kith.rest.fields_launch import LaunchDraft, LaunchSlug, NewLaunch, NewOffer, Restock, To
from kith.rest.schemas import launch as schemas

router = Router(tags=["Launches"])
C = "/communities/{slug}"
L = C + "/launches/{launch_slug}"


@router.get(f"{C}/launches", auth=ANYBODY, response=answers(schemas.Launches, 404, 422), summary="List launches")
def launches(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the launches, those that open last first; drafts only to who runs the community."""
    community = seen(request, slug)
    return {"launches": launch.campaigns(community, with_drafts=_runs(request, community))}


def _runs(request: Asked, community: Any) -> bool:
    return may_run(standing(community, request.auth.person))


@router.get(L, auth=ANYBODY, response=answers(schemas.WholeLaunch, 404, 422), summary="Show a launch")
def show_launch(request: Asked, slug: Slug, launch_slug: LaunchSlug) -> launch.LaunchPage:
    """Return a launch with what it sells, by the server's clock."""
    community = seen(request, slug)
    return launch.launch_page(community, launch_slug, now=timezone.now(), with_drafts=_runs(request, community))


@router.get(f"{C}/offers", auth=ADMIN, response=answers(schemas.Offers, 404, 422), summary="List offers")
def list_offers(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return what can be sold, the retired last; for operators."""
    return {"offers": launch.offers(run(request, slug))}


@router.put(f"{C}/offers", auth=ADMIN, response=answers(schemas.Offer, *BODY, 404, 409), summary="Write an offer")
def write_offer(request: Asked, slug: Slug, data: NewOffer) -> launch.OfferValue:
    """Make an offer, or change the one of this number; a new price is a new version."""
    return launch.write_offer(community=run(request, slug), by=person(request), now=timezone.now(), **data.dict())


@router.post(
    f"{C}/launches", auth=ADMIN, response=answers(schemas.Launch, *BODY, 404, 409, status=201), summary="Write a launch"
)
def write_launch(request: Asked, slug: Slug, data: NewLaunch) -> Status[launch.CampaignValue]:
    """Make a launch as a draft, with its stock."""
    return Status(201, _written(request, slug, data.slug, data, edits=False))


@router.put(L, auth=ADMIN, response=answers(schemas.Launch, *BODY, 404, 409), summary="Change a launch")
def change_launch(request: Asked, slug: Slug, launch_slug: LaunchSlug, data: LaunchDraft) -> launch.CampaignValue:
    """Change a launch that has not opened; what is left out goes."""
    return _written(request, slug, launch_slug, data, edits=True)


def _written(request: Asked, slug: str, launch_slug: str, data: LaunchDraft, *, edits: bool) -> launch.CampaignValue:
    parts = data.dict(exclude={"slug", "items", "sale"}) | {"sale": launch.SaleRules(**data.sale.dict())}
    items = [launch.NewItem(i.sku, i.price_minor, i.stock) for i in data.items]
    return launch.write_campaign(
        community=run(request, slug), slug=launch_slug, items=items, by=person(request), now=timezone.now(), edits=edits, **parts
    )  # fmt: skip


@router.post(f"{L}/state", auth=ADMIN, response=answers(schemas.Launch, *BODY, 404, 409), summary="Bring a launch on")
def advance_launch(request: Asked, slug: Slug, launch_slug: LaunchSlug, data: To) -> launch.CampaignValue:
    """Make it ready, a draft again, open it or close it now."""
    return launch.advance(
        community=run(request, slug), slug=launch_slug, to=data.to, by=person(request), now=timezone.now()
    )


@router.post(f"{L}/stock", auth=ADMIN, response=answers(schemas.Restocked, *BODY, 404, 409), summary="Change stock")
def restock(request: Asked, slug: Slug, launch_slug: LaunchSlug, data: Restock) -> dict[str, int]:
    """Put units on the shelf or take some away; never below what is held for orders."""
    change = launch.restock(
        community=run(request, slug), slug=launch_slug, by=person(request), now=timezone.now(), **data.dict()
    )
    return {"change": change}


@router.get(f"{L}/run", auth=ADMIN, response=answers(schemas.RunSheet, 404, 422), summary="Show the run sheet")
def run_sheet(request: Asked, slug: Slug, launch_slug: LaunchSlug) -> launch.RunSheet:
    """Return how a launch goes and what there is to do; for operators."""
    community = run(request, slug)
    found = launch.launch_page(community, launch_slug, now=timezone.now(), with_drafts=True)
    return launch.run_sheet(community, found.campaign)
