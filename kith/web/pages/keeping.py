"""What the reader keeps for themselves; and who waits to be heard, for those willing to answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.connect import api as connect
from kith.see import api as see
from kith.web.pages.guard import Here, NotForYou, allow, is_htmx, render


@allow("member")
def bookmarks(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what the reader keeps, `?before=` a number."""
    assert here.person
    before = request.GET.get("before", "")
    cursor = int(before) if before.isdecimal() and len(before) < 18 else None
    found = connect.kept(here.community, here.person, before=cursor)
    template = "bookmarks_page.html" if is_htmx(request) else "bookmarks.html"
    return render(request, template, here, nav="bookmarks", found=found)


@allow("member", "POST")
def bookmark(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Keep a post with a `note`; without `on`, keep it no longer."""
    assert here.person
    if "on" in request.POST:
        connect.keep(
            community=here.community, post_id=id, by=here.person, now=timezone.now(), note=request.POST.get("note", "")
        )
    else:
        connect.let_go(community=here.community, post_id=id, by=here.person)
    if request.POST.get("back") == "bookmarks":
        return redirect("bookmarks", slug=here.slug)
    return redirect("thread", slug=here.slug, id=id)


@allow("member")
def welcome(request: HttpRequest, here: Here) -> HttpResponse:
    """Show whom nobody has turned to for twelve hours, newcomers first, to those who run the community or said that they answer newcomers."""
    assert here.person
    if not here.runs and not connect.ears(here.community, here.person).answers_newcomers:
        raise NotForYou
    found = [u for u in see.unheard(here.community, at=timezone.now()) if u.who.person_id != here.person.pk]
    posts = [int(u.source[5:]) for u in found if u.source.startswith("post:") and u.source[5:].isdecimal()]
    titles = connect.titles(here.community, posts, reader=here.person)
    return render(request, "welcome.html", here, nav="welcome", found=found, titles=titles)


urlpatterns = [
    path("c/<slug:slug>/bookmarks", bookmarks, name="bookmarks"),
    path("c/<slug:slug>/p/<int:id>/bookmark", bookmark, name="bookmark"),
    path("c/<slug:slug>/welcome", welcome, name="welcome"),
]
