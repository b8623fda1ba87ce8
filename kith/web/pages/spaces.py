"""Spaces: their list, the feed of one, and their settings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.connect import api as connect
from kith.connect.api import SpaceValue
from kith.lib.errors import Refusal
from kith.people import api as people
from kith.web.pages.feed import Wanted, facts_of_feed
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.kinds import KINDS
from kith.web.pages.typed import whole
from kith.web.refusals import words


@allow("see")
def spaces(request: HttpRequest, here: Here) -> HttpResponse:
    """List the spaces, and for who runs the community the archived ones."""
    found = connect.spaces(here.community, archived=here.runs)
    return render(
        request,
        "spaces.html",
        here,
        nav="feed",
        spaces=found,
        counts=connect.space_counts(here.community),
        gates=gates_of(here),
    )


def gates_of(here: Here) -> dict[int, connect.GatedSpace]:
    """Return who may read each space."""
    return {g.gate.space_id: g for g in connect.gated_spaces(here.community, reader=here.person)}


@allow("see")
def space(request: HttpRequest, here: Here, space_id: int) -> HttpResponse:
    """Show what was said in a space; filtered as the feed is."""
    found = connect.space(here.community, space_id)
    wanted = Wanted.read(request)._replace(space=found.name)
    who = here.person.pk if here.person else None
    [answer] = people.ask(connect.opening(here.community.pk, who, now=timezone.now(), **wanted.choice))
    assert answer
    opening = connect.Opening(answer, who)
    facts = facts_of_feed(request, here, wanted, opening.read(), found)
    soon = connect.space_answers(here.community, space_id, now=timezone.now()) if here.runs else None
    return render(request, "space.html", here, nav="feed", soon=soon, live=here.live(opening.news), **facts)


@allow("staff", "GET", "POST")
def settings(request: HttpRequest, here: Here) -> HttpResponse:
    """Make, change, order and archive spaces."""
    refused, status, typed = "", 200, {"id": "", "name": "", "about": "", "kinds": [], "slow": ""}
    if request.method == "POST":
        try:
            _change(request, here)
        except Refusal as refusal:
            form = request.POST
            refused, status = words(refusal), refusal.status
            typed = {"id": form.get("id", ""), "name": form.get("name", ""), "about": form.get("about", ""), "kinds": form.getlist("kinds"), "slow": form.get("slow", "")}  # fmt: skip
        else:
            return redirect(f"{reverse('spaces_settings', kwargs={'slug': here.slug})}?saved=1")
    return render(
        request, "spaces_settings.html", here, nav="settings", spaces=connect.spaces(here.community, archived=True), kinds=KINDS,
        refused=refused, typed=typed, status=status, saved=request.GET.get("saved", ""), counts=connect.space_counts(here.community),
    )  # fmt: skip


def _change(request: HttpRequest, here: Here) -> None:
    assert here.person
    form: Any = request.POST
    common: dict[str, Any] = {"community": here.community, "by": here.person, "now": timezone.now()}
    wanted = form.get("id", "")
    space_id = int(wanted) if wanted.isdecimal() and len(wanted) < 18 else 0
    kinds = [] if form.get("all") else form.getlist("kinds")
    what = {
        "name": form.get("name", ""),
        "about": form.get("about", ""),
        "kinds": kinds,
        "slow_seconds": seconds(form.get("slow", "")),
    }
    match form.get("go", ""):
        case "make":
            connect.make_space(**what, **common)
        case "up" | "down" as way:
            connect.order_spaces(space_ids=_moved(connect.spaces(here.community), space_id, way), **common)
        case "archive" | "open" as to:
            connect.archive_space(space_id=space_id, is_archived=to == "archive", **common)
        case _:
            connect.amend_space(space_id=space_id, **what, **common)


def seconds(raw: str) -> int:
    """Read seconds of a form; an empty field is none, and what is no number is refused as too few."""
    return whole(raw.strip() or "0", -1, digits=8)


def _moved(found: list[SpaceValue], space_id: int, way: str) -> list[int]:
    """Return the order of spaces with one of them moved a place."""
    ids = [s.id for s in found]
    if space_id not in ids:
        raise connect.NoSuchSpace
    at = ids.index(space_id)
    to = max(0, at - 1) if way == "up" else min(len(ids) - 1, at + 1)
    ids.insert(to, ids.pop(at))
    return ids


urlpatterns = [
    path("c/<slug:slug>/spaces", spaces, name="spaces"),
    path("c/<slug:slug>/spaces/<int:space_id>", space, name="space"),
    path("c/<slug:slug>/settings/spaces", settings, name="spaces_settings"),
]
