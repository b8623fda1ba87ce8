"""The door of a community: who waits, whom to invite, whose imported lines have no account yet. For operators."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.gather import api as gather
from kith.people import api as people
from kith.web.pages.guard import Here, allow, is_htmx, render
from kith.web.pages.inviting import typed
from kith.web.pages.typed import whole

DECIDED, PAGE_OF_DECIDED = 10, 30
PAGE = 20
USES, DAYS = (1, 5, 20, 100), (7, 30, 90)


@allow("staff")
def door(request: HttpRequest, here: Here) -> HttpResponse:
    """Show who waits and who was decided on, and how to let people in; `?q=` and `?after=` page the unclaimed."""
    return _door(request, here)


def _door(request: HttpRequest, here: Here, **more: Any) -> HttpResponse:
    facts: dict[str, Any] = {
        "waiting": gather.waiting(here.community), "decided": gather.decided(here.community, limit=DECIDED),
        "unclaimed_count": people.count(here.community, unclaimed=True), "uses": USES, "days": DAYS,
        "link": "", "offered": "", **_unclaimed(request, here),
    }  # fmt: skip
    return render(request, "door.html", here, nav="door", **facts | more)


def _unclaimed(request: HttpRequest, here: Here) -> dict[str, Any]:
    q = request.GET.get("q", "")[:60]
    found = people.members(
        here.community, search=q, after=request.GET.get("after", "")[:60], limit=PAGE + 1, unclaimed=True
    )
    return {"q": q, "unclaimed": found[:PAGE], "next": found[PAGE - 1].handle if len(found) > PAGE else ""}


@allow("staff")
def decided(request: HttpRequest, here: Here) -> HttpResponse:
    """Show past decisions with answers and reasons; `state` chooses, `before` pages."""
    state, before = request.GET.get("state", ""), request.GET.get("before", "")
    state = state if state in {"admitted", "declined"} else ""
    number = whole(before, None)
    found = gather.decided(here.community, state=state, before=number, limit=PAGE_OF_DECIDED + 1)
    shown = found[:PAGE_OF_DECIDED]
    following = shown[-1].id if len(found) > PAGE_OF_DECIDED else 0
    return render(request, "entering/decided.html", here, nav="door", found=shown, state=state, next=following)


@allow("staff")
def unclaimed(request: HttpRequest, here: Here) -> HttpResponse:
    """Return the list of members without account as a fragment."""
    return render(request, "door_unclaimed.html", here, link="", offered="", **_unclaimed(request, here))


@allow("staff", "POST")
def decide(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Admit or decline; a reason is shown to the applicant."""
    assert here.person
    applied = gather.decide(
        community=here.community, application_id=id, admit=request.POST.get("admit") == "1", by=here.person,
        reason=request.POST.get("reason", ""), now=timezone.now(),
    )  # fmt: skip
    return (
        render(request, "door_decided.html", here, a=applied) if is_htmx(request) else redirect("door", slug=here.slug)
    )


@allow("staff", "POST")
def invite(request: HttpRequest, here: Here) -> HttpResponse:
    """Make a link that lets people in, and show it this once."""
    assert here.person
    uses, days, note = typed(request, "uses", 1), typed(request, "days", 30), request.POST.get("note", "")
    token = gather.invite(community=here.community, by=here.person, now=timezone.now(), uses=uses, days=days, note=note)
    link = request.build_absolute_uri(reverse("invitation", kwargs={"slug": here.slug, "token": token}))
    if is_htmx(request):
        return render(request, "door_link.html", here, link=link, id="invitation", name="")
    return _door(request, here, link=link)


@allow("staff", "POST")
def offer_claim(request: HttpRequest, here: Here, handle: str) -> HttpResponse:
    """Make the link by which a member without account claims their lines, and show it this once."""
    assert here.person
    member = people.member(here.community, handle)
    token = gather.offer_claim(community=here.community, member=member, by=here.person, now=timezone.now())
    link = request.build_absolute_uri(reverse("claim", kwargs={"slug": here.slug, "token": token}))
    if is_htmx(request):
        return render(request, "door_link.html", here, link=link, id=f"claim-{member.person_id}", name=member.name)
    return _door(request, here, link=link, offered=member.handle, unclaimed=[member], next="")


urlpatterns = [
    path("c/<slug:slug>/door", door, name="door"),
    path("c/<slug:slug>/door/decided", decided, name="decided"),
    path("c/<slug:slug>/door/unclaimed", unclaimed, name="unclaimed"),
    path("c/<slug:slug>/door/<int:id>", decide, name="decide"),
    path("c/<slug:slug>/door/<str:handle>/claim", offer_claim, name="offer_claim"),
    path("c/<slug:slug>/invite", invite, name="invite"),
]
