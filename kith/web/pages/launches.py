"""Launches as people see them: what opens when, one launch, and ordering from it."""

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.launch import api as launch
from kith.launch.api import ContactValue, GiftWish, GroupValue, LaunchPage, Turn, Wanted
from kith.lib import passes
from kith.lib.errors import Refusal
from kith.lib.passes import Lane
from kith.lib.svg_sky import sky
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.links import visitor
from kith.web.pages.where_it_goes import where_bar, where_of
from kith.web.refusals import words

CONTACT = ("name", "phone", "address")


@allow("see")
def launches(request: HttpRequest, here: Here) -> HttpResponse:
    """List the launches, those that open last first."""
    found = launch.campaigns(here.community, with_drafts=here.runs)
    mine = launch.channels_of(here.community, here.person) if here.person and here.is_member else []
    return render(request, "launch/list.html", here, nav="launches", launches=found, mine=mine, now=timezone.now())


@allow("see")
def page(request: HttpRequest, here: Here, launch_slug: str) -> HttpResponse:
    """Show a launch: what it sells, on which terms, for how long."""
    return _page(request, here, _found(here, launch_slug))


def _found(here: Here, slug: str) -> LaunchPage:
    return launch.launch_page(here.community, slug, now=timezone.now(), with_drafts=here.runs)


def _page(request: HttpRequest, here: Here, found: LaunchPage, status: int = 200, **more: Any) -> HttpResponse:
    known = launch.last_contact(here.community, here.person) if here.person else None
    through = launch.brought_by(
        here.community, found.campaign.slug, reader=here.person, visitor=visitor(request), now=found.now
    )
    groups = (
        launch.joinable(here.community, found.campaign.slug, now=found.now, named=here.person is not None)
        if found.campaign.kind == "group"
        else []
    )
    lane, turn = _lane(here, found, through is not None, visitor(request))
    facts: dict[str, Any] = {
        "lane": lane, "turn": turn,
        "through": through, "where": where_of(here, found), "where_bar": where_bar, "disclosure": launch.disclosure(), "groups": groups, "group": None, "found": found, "sky": sky(found.campaign.id), "refused": "", "key": uuid.uuid4().hex, "contact": known or ContactValue("", "", ""),
        "chosen": _first(found), "shows_energy": False, "address": "", "gift_on": False, "gift_to": "", "gift_words": "", "coupon": request.GET.get("coupon", "")[:100],
    }  # fmt: skip
    return render(request, "launch/page.html", here, status=status, **facts | more)


def _lane(here: Here, found: LaunchPage, is_brought: bool, known_as: str) -> tuple[Lane | None, Turn | None]:  # noqa: FBT001
    """Return what orders by the fast lane, and the reader's place in its line; None where orders go by the form alone."""
    c = found.campaign
    if here.person is None or c.kind not in launch.LANE_KINDS or not (found.is_open or c.status == "ready"):
        return None, None
    if is_brought:  # the lane knows people, no browsers
        launch.adopt_touches(community=here.community, visitor=known_as, person=here.person)
    turn = launch.turn_of(here.community, c.slug, here.person)
    lane = passes.lane(
        key=settings.SECRET_KEY, community_id=here.community.pk, slug=here.slug, launch=c.slug, person_id=here.person.pk, now=found.now
    )  # fmt: skip
    return lane, turn if turn.number and turn.must_wait else None


def _first(found: LaunchPage) -> dict[int, str]:
    """Choose one of the first thing that can be had: most come for that."""
    there = [i for i in found.items if i.left]
    return {there[0].id: "1"} if there else {}


def _quantities(sent: QueryDict) -> dict[int, str]:
    """Return what was typed by item."""
    names = [name for name in sent if name.startswith("qty-") and name[4:].isdecimal() and len(name) < 20]
    return {int(name[4:]): str(sent[name]) for name in names}


@allow("see")
def group_page(request: HttpRequest, here: Here, group: str) -> HttpResponse:
    """Show a group that buys together: who is in, until when, and how to join."""
    found = _joined(here, group)
    return _page(request, here, _found(here, found.campaign_slug), group=found, address=request.build_absolute_uri())


def _joined(here: Here, no: str) -> GroupValue:
    return launch.group(here.community, no[:20], named=here.person is not None)


def _gift(sent: QueryDict) -> GiftWish | None:
    return GiftWish(sent.get("gift_to", ""), sent.get("gift_words", "")) if sent.get("is_gift") == "1" else None


@allow("guest", "POST")
def order(request: HttpRequest, here: Here, launch_slug: str) -> HttpResponse:
    """Place an order; what is wrong is said above the form, and nothing typed is lost."""
    assert here.person
    sent = _quantities(request.POST)
    contact = ContactValue(*(request.POST.get(name, "") for name in CONTACT))
    launch.adopt_touches(community=here.community, visitor=visitor(request), person=here.person)
    try:
        made = launch.place(
            community=here.community, campaign=launch_slug, buyer=here.person, contact=contact, now=timezone.now(),
            wanted=[Wanted(pk, launch.quantity(raw)) for pk, raw in sent.items() if raw.strip() not in {"", "0"}],
            client_key=request.POST.get("key", ""), terms_digest=request.POST.get("terms", ""),
            shows_energy=request.POST.get("shows_energy") == "1", group=request.POST.get("group", "")[:20], gift=_gift(request.POST), coupons=request.POST.get("coupon", "")[:200].replace("，", " ").replace(",", " ").split(),
        )  # fmt: skip
    except launch.NoSuchLaunch:
        raise
    except launch.MustWait as refusal:
        launch.take_turn(community=here.community, campaign=launch_slug, person=here.person, now=timezone.now())
        return _refused(request, here, launch_slug, refusal, contact, sent)
    except Refusal as refusal:
        return _refused(request, here, launch_slug, refusal, contact, sent)
    return redirect("order", slug=here.slug, no=made.no)


def _refused(
    request: HttpRequest, here: Here, launch_slug: str, refusal: Refusal, contact: ContactValue, sent: dict[int, str]
) -> HttpResponse:
    more: dict[str, Any] = {
        "refused": words(refusal), "contact": contact, "chosen": sent, "coupon": request.POST.get("coupon", "")[:100],
        "shows_energy": request.POST.get("shows_energy") == "1", "gift_on": request.POST.get("is_gift") == "1",
        "gift_to": request.POST.get("gift_to", "")[:60], "gift_words": request.POST.get("gift_words", "")[:200],
    }  # fmt: skip
    if isinstance(refusal, launch.MustWait):  # the same order when they come again
        more["key"] = request.POST.get("key", "")
    if request.POST.get("group"):
        more["group"] = _joined(here, request.POST["group"])
    return _page(request, here, _found(here, launch_slug), status=refusal.status, **more)


urlpatterns = [
    path("c/<slug:slug>/launches", launches, name="launches"),
    path("c/<slug:slug>/launches/<slug:launch_slug>", page, name="launch"),
    path("c/<slug:slug>/launches/<slug:launch_slug>/order", order, name="place_order"),
    path("c/<slug:slug>/groups/<str:group>", group_page, name="group"),
]
