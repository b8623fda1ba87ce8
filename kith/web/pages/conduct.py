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
    if standing is None and not gather.sanctions(community, person_id=person.pk, limit=1):
        raise NotFound
    return Here(community, standing, person)


@allow("account")
def conduct(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what waits, what was decided, and what can be done about it."""
    here = own(request, slug)
    assert here.person
    facts: dict[str, Any] = {
        "held": connect.held_of(here.community, here.person), "now": timezone.now(),
        "measures": gather.sanctions(here.community, person_id=here.person.pk), "kept": "kept" in request.GET,
    }  # fmt: skip
    return render(
        request, "conduct/own.html", here if here.standing else None, nav="me", community=here.community, **facts
    )


urlpatterns = [path("c/<slug:slug>/conduct", conduct, name="conduct")]
