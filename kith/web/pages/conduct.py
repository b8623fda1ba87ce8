"""How one stands with the rules here: what one's own texts wait for, and what measures hold one. Also for who was banned."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from kith.connect import api as connect
from kith.gather import api as gather
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.web.pages.guard import Here, allow, render
from kith.web.signed_in import reader


def own(request: HttpRequest, slug: str) -> Here:
    """Return a community for somebody who stands in it, or whom it has banned.

    Raises:
        NotFound: they are neither: whether there is such a community is not theirs to know.

    """
    person = reader(request)
    assert person
    community = people.community(slug)
    standing = people.standing(community, person)
    known = gather.sanctions(community, person_id=person.pk, limit=1) or connect.cases_of(community, person, limit=1)
    if standing is None and not known:
        raise NotFound
    return Here(community, standing, person)


@allow("account")
def conduct(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what waits, what was decided, and what can be done about it."""
    return page(request, own(request, slug))


def page(request: HttpRequest, here: Here, *, refused: str = "", status: int = 200) -> HttpResponse:
    assert here.person
    facts: dict[str, Any] = {
        "held": connect.held_of(here.community, here.person), "now": timezone.now(),
        "measures": gather.sanctions(here.community, person_id=here.person.pk), "kept": "kept" in request.GET,
        "cases": connect.cases_of(here.community, here.person), "flagged": connect.flagged_by(here.community, here.person),
        "thanked": "flagged" in request.GET, "refused": refused, "mine": here, "days": connect.APPEAL_DAYS,
    }  # fmt: skip
    return render(
        request,
        "conduct/own.html",
        here if here.standing else None,
        nav="me",
        community=here.community,
        status=status,
        **facts,
    )


urlpatterns = [path("c/<slug:slug>/conduct", conduct, name="conduct")]
