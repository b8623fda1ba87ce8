"""Announcements: their form, and the list of groups outside to which the text is copied by hand."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.connect import api as connect
from kith.connect.api import PinTooLong, Said, TooManyGroups
from kith.lib.errors import Refusal
from kith.web.pages.guard import Here, allow, is_htmx, render
from kith.web.pages.local_time import local, read

PINNED = timedelta(days=7)
FAULTS: Mapping[type[Refusal], str] = {PinTooLong: "until", TooManyGroups: "groups"}


def start(here: Here, now: datetime) -> dict[str, str]:
    """Pin for a week, and copy to the groups that the latest one went to."""
    return {"until": local(now + PINNED), "groups": "\n".join(connect.last_groups(here.community))}


def write(here: Here, form: QueryDict, now: datetime) -> Said:
    assert here.person
    return connect.announce(
        community=here.community, text=form.get("text", ""), by=here.person, now=now, space=form.get("space", ""),
        key=form.get("key", ""), pinned_until=read(form.get("until", "")), groups=form.get("groups", "").splitlines(),
    )  # fmt: skip


def facts(here: Here, said: Said, now: datetime) -> dict[str, Any]:
    """Return until when it is pinned and, for who runs the community, the groups."""
    if not here.runs:
        return {}
    found = connect.announcement(here.community, said.id)
    address = reverse("thread", kwargs={"slug": here.slug, "id": said.id})
    return {"announcement": found, "pinned": bool(found and found.pinned_until and found.pinned_until > now), "until": local(now + PINNED), "address": address}  # fmt: skip


@allow("staff", "POST")
def pin(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Pin an announcement until the moment sent; an empty one takes it down."""
    assert here.person
    connect.pin(
        community=here.community, post_id=id, pinned_until=read(request.POST.get("until", "")), by=here.person, now=timezone.now()
    )  # fmt: skip
    return redirect("thread", slug=here.slug, id=id)


@allow("staff", "POST")
def copied(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Tick a group off, or take the tick back; without a group the list itself is written anew."""
    assert here.person
    form, now = request.POST, timezone.now()
    if "groups" in form:
        connect.set_groups(community=here.community, post_id=id, groups=form["groups"].splitlines(), by=here.person)
    else:
        wanted = form.get("copy", "")
        connect.tick_copy(
            community=here.community, post_id=id, copy_id=int(wanted) if wanted.isdecimal() and len(wanted) < 18 else 0,
            is_done=form.get("done") == "1", by=here.person, now=now,
        )  # fmt: skip
    if not is_htmx(request):
        return redirect(reverse("thread", kwargs={"slug": here.slug, "id": id}) + "#copies")
    said = connect.one(here.community, id, reader=here.person)
    return render(request, "kinds/announcement_thread.html", here, said=said, facts=facts(here, said, now))


urlpatterns = [
    path("c/<slug:slug>/p/<int:id>/pin", pin, name="pin"),
    path("c/<slug:slug>/p/<int:id>/copied", copied, name="copied"),
]
