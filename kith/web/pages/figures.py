"""Core figures: who they are and what for, whom the book suggests, offering, answering and handing over a role."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.connect import api as connect
from kith.gather import api as gather
from kith.gather.api import FIGURES, BadDuty
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.web.pages.guard import Here, allow, render


@allow("see")
def figures(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the core figures by role; to staff those offered and suggested too."""
    found, offered, suggested = gather.figures(here.community), [], []
    if here.runs:
        offered = gather.offered(here.community)
        suggested = gather.suggested(here.community, now=timezone.now())
    ids = {f.person_id for f in [*found, *offered]} | {s.person_id for s in suggested}
    return render(
        request, "gather/figures.html", here, nav="people", figures=found, offered=offered, suggested=suggested, kinds=FIGURES,
        places=people.standings(here.community, ids), things=things(here),
    )  # fmt: skip


def things(here: Here) -> dict[str, dict[int, str]]:
    """Return what a duty may be about, by kind and id. Three queries."""
    treasures = gather.treasures(here.community, now=timezone.now(), today=timezone.localdate())
    return {
        "space": connect.space_names(here.community), "chapter": {c.pk: c.name for c in people.chapters(here.community)},
        "treasure": {t.id: t.name for t in treasures}, "newcomers": {},
    }  # fmt: skip


def duties(request: HttpRequest, here: Here) -> list[tuple[str, int]]:
    """Read the duties that were ticked: `duty` as kind:id, or newcomers.

    Raises:
        BadDuty: one is none, or about nothing here.

    """
    known = things(here)
    found = []
    for raw in request.POST.getlist("duty"):
        kind, _colon, thing = raw.partition(":")
        if kind == "newcomers":
            found.append((kind, 0))
        elif thing.isdecimal() and len(thing) < 18 and int(thing) in known.get(kind, {}):
            found.append((kind, int(thing)))
        else:
            raise BadDuty
    return found


@allow("staff", "POST")
def offer_figure(request: HttpRequest, here: Here) -> HttpResponse:
    """Offer somebody (`handle`) a role of a `kind`, `title` for one of our own, with `why` and duties."""
    assert here.person
    sent, now = request.POST, timezone.now()
    who = people.member(here.community, sent.get("handle", "").strip().removeprefix("@")[:48])
    kind = sent.get("kind", "")
    suggested = gather.suggested(here.community, now=now) if sent.get("suggested") else []
    reasons = next((s.reasons for s in suggested if (s.person_id, s.kind) == (who.person_id, kind)), ())
    gather.offer_figure(
        community=here.community, person_id=who.person_id, kind=kind, title=sent.get("title", ""), why=sent.get("why", ""),
        reasons=reasons, duties=duties(request, here), by=here.person, now=now,
    )  # fmt: skip
    return redirect("figures", slug=here.slug)


@allow("member", "POST")
def figure_do(request: HttpRequest, here: Here, figure_id: int, to: str) -> HttpResponse:
    """Answer an offer (accept, decline); who holds the role hands it over (`handle`) or ends it; staff write its duties."""
    assert here.person
    facts: dict[str, Any] = {
        "community": here.community,
        "figure_id": figure_id,
        "by": here.person,
        "now": timezone.now(),
    }
    if to in {"accept", "decline"}:
        gather.answer_figure(**facts, yes=to == "accept")
    elif to == "hand":
        who = people.member(here.community, request.POST.get("handle", "").strip().removeprefix("@")[:48])
        gather.hand_over(**facts, to_person_id=who.person_id)
    elif to == "end":
        gather.end_figure(**facts)
    elif to == "duties":
        gather.write_duties(**facts, duties=duties(request, here))
    else:
        raise NotFound
    return redirect("figures", slug=here.slug)


urlpatterns = [
    path("c/<slug:slug>/figures", figures, name="figures"),
    path("c/<slug:slug>/figures/offer", offer_figure, name="offer_figure"),
    path("c/<slug:slug>/figures/<int:figure_id>/<slug:to>", figure_do, name="figure_do"),
]
