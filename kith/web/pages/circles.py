"""Circles: members come together by themselves. And treasures: what a community would not want to lose."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.connect import api as connect
from kith.gather import api as gather
from kith.gather.api import TREASURES
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.web.figure_words import TREASURE_ICONS
from kith.web.pages.cards import cards
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.typed import whole

POSTS = 10


def _who(here: Here, handle: str) -> int:
    return people.member(here.community, handle.strip().removeprefix("@")[:48]).person_id


@allow("see")
def circles(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the circles; to staff those that ended too. Who may, starts one here."""
    me = here.standing
    return render(
        request, "gather/circles.html", here, nav="people", circles=gather.circles(here.community, reader=here.person),
        ended=gather.circles(here.community, reader=here.person, closed=True) if here.runs else [],
        may_start=bool(me and gather.may(here.community, me, "start_circle")),
    )  # fmt: skip


@allow("member", "POST")
def start_circle(request: HttpRequest, here: Here) -> HttpResponse:
    """Start a circle: `name`, `purpose`, `entered_by` open or request."""
    assert here.person
    sent = request.POST
    made = connect.start_circle(
        community=here.community, name=sent.get("name", ""), purpose=sent.get("purpose", ""), by=here.person,
        entered_by=sent.get("entered_by", "open"), now=timezone.now(),
    )  # fmt: skip
    return redirect("circle", slug=here.slug, circle_id=made.id)


@allow("see")
def circle(request: HttpRequest, here: Here, circle_id: int) -> HttpResponse:
    """Show a circle: what for, who is in it, what is said there."""
    found = gather.circle(here.community, circle_id, reader=here.person)
    rows = gather.circle_people(here.community, circle_id)
    places = people.standings(here.community, {p for p, _ in rows})
    space = connect.space_of_circle(here.community, circle_id)
    said = connect.heads(here.community, reader=here.person, space=space, limit=POSTS).heads if space else []
    inside = [(places[p], state) for p, state in rows if p in places and state != "asked"]
    return render(
        request, "gather/circle.html", here, nav="people", circle=found, inside=inside, space=space, cards=cards(request, here, said),
        asking=[places[p] for p, state in rows if p in places and state == "asked"], keeps=here.runs or found.mine == "keeper",
    )  # fmt: skip


@allow("member", "POST")
def circle_do(request: HttpRequest, here: Here, circle_id: int, to: str) -> HttpResponse:
    """Enter or leave a circle; its keepers admit, refuse and hand over (`handle`), or close it."""
    assert here.person
    facts: dict[str, Any] = {
        "community": here.community,
        "circle_id": circle_id,
        "by": here.person,
        "now": timezone.now(),
    }
    handle = request.POST.get("handle", "")
    if to == "enter":
        gather.enter_circle(**facts)
    elif to in {"admit", "refuse"}:
        gather.answer_asking(**facts, person_id=_who(here, handle), yes=to == "admit")
    elif to == "hand":
        gather.hand_circle(**facts, person_id=_who(here, handle))
    elif to in {"leave", "close"}:
        (gather.leave_circle if to == "leave" else gather.close_circle)(**facts)
        return redirect("circles", slug=here.slug)
    else:
        raise NotFound
    return redirect("circle", slug=here.slug, circle_id=circle_id)


@allow("see")
def treasures(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the treasures, those unused longest first."""
    found = gather.treasures(here.community, now=timezone.now(), today=timezone.localdate(), reader=here.person)
    ids = {p for t in found for p in (t.person_id, t.custodian_id) if p}
    return render(
        request, "gather/treasures.html", here, nav="people", treasures=found, places=people.standings(here.community, ids),
        kinds=TREASURES, icons=TREASURE_ICONS,
    )  # fmt: skip


@allow("staff", "POST")
def declare_treasure(request: HttpRequest, here: Here) -> HttpResponse:
    """Declare a treasure: `kind`, `name`, `about`, `person` for one, who keeps it (`custodian`), after how many days unused to tell."""
    assert here.person
    sent = request.POST
    person, keeper, days = sent.get("person", ""), sent.get("custodian", ""), sent.get("alarm_days", "")
    who = _who(here, person) if person.strip() else None
    gather.declare_treasure(
        community=here.community, kind=sent.get("kind", ""), name=sent.get("name", "") or _name(here, who), about=sent.get("about", ""),
        person_id=who, custodian_id=_who(here, keeper) if keeper.strip() else None, by=here.person, now=timezone.now(),
        alarm_days=whole(days, 60, digits=5),
    )  # fmt: skip
    return redirect("treasures", slug=here.slug)


def _name(here: Here, person_id: int | None) -> str:
    return people.standings(here.community, [person_id])[person_id].name if person_id else ""


@allow("member", "POST")
def treasure_do(request: HttpRequest, here: Here, treasure_id: int, to: str) -> HttpResponse:
    """Use a treasure; who keeps it entrusts it to somebody (`handle`) or retires it."""
    assert here.person
    facts: dict[str, Any] = {
        "community": here.community,
        "treasure_id": treasure_id,
        "by": here.person,
        "now": timezone.now(),
    }
    handle = request.POST.get("handle", "")
    if to == "use":
        gather.use_treasure(**facts, today=timezone.localdate())
    elif to == "entrust":
        gather.entrust_treasure(**facts, person_id=_who(here, handle) if handle.strip() else None)
    elif to == "retire":
        gather.retire_treasure(**facts)
    else:
        raise NotFound
    return redirect("treasures", slug=here.slug)


urlpatterns = [
    path("c/<slug:slug>/circles", circles, name="circles"),
    path("c/<slug:slug>/circles/start", start_circle, name="start_circle"),
    path("c/<slug:slug>/circles/<int:circle_id>", circle, name="circle"),
    path("c/<slug:slug>/circles/<int:circle_id>/<slug:to>", circle_do, name="circle_do"),
    path("c/<slug:slug>/treasures", treasures, name="treasures"),
    path("c/<slug:slug>/treasures/declare", declare_treasure, name="declare_treasure"),
    path("c/<slug:slug>/treasures/<int:treasure_id>/<slug:to>", treasure_do, name="treasure_do"),
]
