"""Lived values: which were lived in a span, by how many people; and saying which one a text lived."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.connect import api as connect
from kith.people.api import Value
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.inviting import spanned

SPAN_DAYS = 90


@allow("see")
def lived_values(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how each value was lived between two days (`since`, `until`), with examples the reader may read."""
    since, until, wrong = spanned(request, SPAN_DAYS)
    found = connect.lived_values(here.community, since=since, until=until, reader=here.person)
    return render(
        request, "lived/report.html", here, nav="about", found=found, wrong=wrong, status=422 if wrong else 200, since=since.date(),
        until=(until - timedelta(days=1)).date(), most=max((v.people for v in found), default=0),
    )  # fmt: skip


@allow("member", "GET", "POST")
def lived(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Show which values a text lived; a POST says so of a `word`, or with `on` 0 takes that back."""
    assert here.person
    said = connect.one(here.community, id, reader=here.person)
    if request.method == "POST":
        connect.say_lived(
            community=here.community, post_id=id, word=request.POST.get("word", "")[:20], by=here.person, now=timezone.now(),
            on=request.POST.get("on") != "0",
        )  # fmt: skip
        return redirect("lived", slug=here.slug, id=id)
    tags = [] if said.lock else connect.lived_of(here.community, id)
    mine = {t.word for t in tags if t.by_id == here.person.pk}
    counts = {word: sum(t.word == word for t in tags) for word in {t.word for t in tags}}
    values = list(Value.objects.filter(community=here.community).order_by("position"))
    may = (said.mine or said.thanked) and not said.lock
    return render(
        request, "lived/tag.html", here, nav="feed", said=said, values=values, mine=mine, counts=counts, may=may
    )


urlpatterns = [
    path("c/<slug:slug>/values", lived_values, name="lived_values"),
    path("c/<slug:slug>/p/<int:id>/values", lived, name="lived"),
]
