"""Keeping order: texts that wait to be read, mutes and bans, limits. For those who run the community."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.connect import api as connect
from kith.gather import api as gather
from kith.lib.errors import Refusal
from kith.people import api as people
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.typed import whole
from kith.web.refusals import words

DAYS = (1, 7, 30, 365)
PAST = 20


@allow("staff")
def moderation(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what waits for a decision, whom a measure holds, and what was decided."""
    now, found = timezone.now(), gather.sanctions(here.community)
    facts: dict[str, Any] = {
        "cases": connect.cases(here.community), "past": connect.decided_cases(here.community, limit=PAST), "days": DAYS,
        "held": connect.held(here.community), "declined": connect.held(here.community, state="declined", limit=PAST),
        "running": [s for s in found if s.runs(now)], "ended": [s for s in found if not s.runs(now)][:PAST],
    }  # fmt: skip
    return render(request, "conduct/moderation.html", here, nav="moderation", **facts)


@allow("staff", "POST")
def held(request: HttpRequest, here: Here, held: int) -> HttpResponse:
    """Let a newcomer's text appear, or not."""
    assert here.person
    by, now = here.person, timezone.now()
    if request.POST.get("approve") == "1":
        connect.approve_held(community=here.community, held_id=held, by=by, now=now)
    else:
        connect.decline_held(
            community=here.community, held_id=held, by=by, now=now, reason=request.POST.get("reason", "")
        )
    return redirect("moderation", slug=here.slug)


def number_of(raw: str) -> int | None:
    """Read a whole number that somebody typed."""
    return whole(raw, None, digits=7)


@allow("staff", "GET", "POST")
def limits(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the limits on writing, or take new ones."""
    assert here.person
    values: dict[str, Any] = asdict(gather.limits(here.community))
    refused, status = "", 200
    if request.method == "POST":
        sent = {name: number_of(request.POST.get(name, "")) for name in gather.BOUNDS}
        marks = {name: int(request.POST.get(name) == "1") for name in ("holds_first", "needs_sponsor")}
        values = sent | marks
        try:
            gather.set_limits(community=here.community, changes=values, by=here.person, now=timezone.now())
            return redirect(f"{reverse('limits', kwargs={'slug': here.slug})}?saved=1")
        except gather.BadLimit as refusal:
            refused, status = words(refusal), refusal.status
            values = {name: request.POST.get(name, "")[:8] for name in gather.BOUNDS} | marks  # fmt: skip
    facts = {"values": values, "bounds": gather.BOUNDS, "refused": refused, "saved": "saved" in request.GET}
    return render(request, "conduct/limits.html", here, nav="moderation", status=status, **facts)


@allow("staff", "GET", "POST")
def measures(request: HttpRequest, here: Here, handle: str) -> HttpResponse:
    """Show what measures were taken against a member; a POST mutes or bans them."""
    assert here.person
    who, form = people.member(here.community, handle), request.POST
    refused, status = "", 200
    if request.method == "POST":
        try:
            _taken(here, who.person_id, form.get("kind", ""), form.get("reason", ""), form.get("days", ""))
            return redirect("moderation", slug=here.slug)
        except Refusal as refusal:
            refused, status = words(refusal), refusal.status
    facts = {
        "who": who, "past": gather.sanctions(here.community, person_id=who.person_id), "now": timezone.now(), "days": DAYS,
        "reason": form.get("reason", ""), "refused": refused,
    }  # fmt: skip
    return render(request, "conduct/measures.html", here, nav="moderation", status=status, **facts)


def _taken(here: Here, person_id: int, kind: str, reason: str, days: str) -> None:
    assert here.person
    gather.sanction(
        community=here.community, person_id=person_id, kind=kind, reason=reason, days=number_of(days), by=here.person,
        now=timezone.now(),
    )  # fmt: skip


@allow("staff", "POST")
def lift(request: HttpRequest, here: Here, measure: int) -> HttpResponse:
    """End a mute or a ban before its time."""
    assert here.person
    gather.lift(community=here.community, sanction_id=measure, by=here.person, now=timezone.now())
    return redirect("moderation", slug=here.slug)


urlpatterns = [
    path("c/<slug:slug>/moderation", moderation, name="moderation"),
    path("c/<slug:slug>/moderation/held/<int:held>", held, name="held"),
    path("c/<slug:slug>/moderation/limits", limits, name="limits"),
    path("c/<slug:slug>/moderation/measures/<int:measure>/lift", lift, name="lift"),
    path("c/<slug:slug>/m/<str:handle>/measures", measures, name="measures"),
]
