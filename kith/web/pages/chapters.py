"""Chapters: the list with its numbers, the page of one, choosing and leading one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.connect import api as connect
from kith.gather import api as gather
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.web.pages.cards import cards
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.people import PAGE, listing

POSTS = 10


@allow("see")
def chapters(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the chapters with how many they are and who leads them; to staff the numbers of 30 days."""
    leads = gather.leads(here.community)
    places = people.standings(here.community, {p for ids in leads.values() for p in ids})
    return render(
        request, "gather/chapters.html", here, nav="people", chapters=people.chapters(here.community), sizes=people.chapter_sizes(here.community),
        leads=leads, places=places,
    )  # fmt: skip


@allow("staff")
def chapter_numbers(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what each chapter did in 30 days, and all together, each person once."""
    report = gather.chapter_report(here.community, now=timezone.now())
    return render(request, "gather/chapter_numbers.html", here, nav="pulse", report=report)


@allow("staff", "POST")
def open_chapter(request: HttpRequest, here: Here) -> HttpResponse:
    """Make a chapter of a `name` and what it says of itself (`about`)."""
    assert here.person
    made = gather.open_chapter(
        community=here.community, name=request.POST.get("name", ""), about=request.POST.get("about", ""), by=here.person,
        now=timezone.now(),
    )  # fmt: skip
    return redirect("chapter", slug=here.slug, chapter_id=made.pk)


@allow("see")
def chapter(request: HttpRequest, here: Here, chapter_id: int) -> HttpResponse:
    """Show a chapter: its leads, its people by handle (`?after=`), its spaces and what is said there."""
    found = people.chapter(here.community, chapter_id)
    rows = people.members(
        here.community, chapter_id=chapter_id, after=request.GET.get("after", "")[:48], limit=PAGE + 1
    )
    facts = {"chapter": found, **listing(here, rows)}
    if request.headers.get("HX-Request"):
        return render(request, "gather/chapter_page.html", here, **facts)
    return render(request, "gather/chapter.html", here, nav="people", **facts, **_around(request, here, chapter_id))


def _around(request: HttpRequest, here: Here, chapter_id: int) -> dict[str, Any]:
    """Return what stands around the people of a chapter."""
    ids = gather.leads(here.community).get(chapter_id, [])
    places = people.standings(here.community, ids)
    said = connect.heads(here.community, reader=here.person, chapter_id=chapter_id, limit=POSTS)
    me = here.standing
    return {
        "leads": [places[i] for i in ids if i in places], "size": people.chapter_sizes(here.community).get(chapter_id, 0),
        "is_mine": bool(me and me.chapter_id == chapter_id), "may_lead": here.runs or bool(me and me.person_id in ids),
        "spaces": connect.spaces_of_chapter(here.community, chapter_id), "cards": cards(request, here, said.heads),
    }  # fmt: skip


@allow("member", "POST")
def chapter_do(request: HttpRequest, here: Here, chapter_id: int, to: str) -> HttpResponse:
    """Do something with a chapter: join, leave; its leads amend, space, out (`handle`); staff lead, dismiss (`handle`), close."""
    assert here.person
    facts: dict[str, Any] = {"community": here.community, "by": here.person, "now": timezone.now()}
    sent = request.POST
    if to in {"join", "leave"}:
        people.chapter(here.community, chapter_id)
        gather.choose_chapter(**facts, chapter_id=chapter_id if to == "join" else None)
    elif to == "amend":
        gather.amend_chapter(**facts, chapter_id=chapter_id, name=sent.get("name", ""), about=sent.get("about", ""))
    elif to == "space":
        connect.open_chapter_space(**facts, chapter_id=chapter_id, name=sent.get("name", ""))
    elif to == "close":
        gather.close_chapter(**facts, chapter_id=chapter_id)
        return redirect("chapters", slug=here.slug)
    elif to in {"lead", "dismiss", "out"}:
        _with_member(here, chapter_id, to, sent.get("handle", ""), facts)
    else:
        raise NotFound
    return redirect("chapter", slug=here.slug, chapter_id=chapter_id)


def _with_member(here: Here, chapter_id: int, to: str, handle: str, facts: dict[str, Any]) -> None:
    who = people.member(here.community, handle.strip().removeprefix("@")[:48]).person_id
    if to == "lead":
        gather.appoint_lead(**facts, chapter_id=chapter_id, person_id=who)
    elif to == "dismiss":
        gather.dismiss_lead(**facts, chapter_id=chapter_id, person_id=who)
    else:
        gather.choose_chapter(**facts, chapter_id=None, person_id=who)


urlpatterns = [
    path("c/<slug:slug>/chapters", chapters, name="chapters"),
    path("c/<slug:slug>/chapters/open", open_chapter, name="open_chapter"),
    path("c/<slug:slug>/pulse/chapters", chapter_numbers, name="chapter_numbers"),
    path("c/<slug:slug>/chapters/<int:chapter_id>", chapter, name="chapter"),
    path("c/<slug:slug>/chapters/<int:chapter_id>/<slug:to>", chapter_do, name="chapter_do"),
]
