"""One's own place in a community: how one is seen, what one is asked, and what rests on one in the network."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.gather import api as gather
from kith.launch import api as launch
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Standing
from kith.see import api as see
from kith.see.api import Measure, Node, NotMeasured, NotOnTheMap, NotReported, SeenTie
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.meetings import forget_asked

PARTS = ("sight", "introductions", "letters")
NAMED = 6
HELPED = 2


@allow("member", "GET", "POST")
def mine(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how the reader is seen here and what they are asked; a POST takes one `part` (PARTS)."""
    assert here.standing
    if request.method != "POST":
        asked = see.questions(here.community, here.standing.person_id, now=timezone.now(), answered=True)
        climb = gather.climb(community=here.community, person_id=here.standing.person_id, now=timezone.now())
        roles = gather.figures_of(here.community, here.standing.person_id)
        kept = gather.treasures(here.community, now=timezone.now(), today=timezone.localdate())
        alarms = [t for t in kept if t.is_alarming and t.custodian_id == here.standing.person_id]
        return render(
            request,
            "mine.html",
            here,
            nav="me",
            asked=asked,
            climb=climb,
            roles=roles,
            alarms=alarms,
            sponsoring=gather.count_sponsorships(here.community, here.standing.person_id),
            saved=request.GET.get("saved", ""),
        )
    part = request.POST.get("part", "")
    if part not in PARTS:
        raise NotFound
    _save(request, here, here.standing, part)
    return redirect(f"{reverse('mine', kwargs={'slug': here.slug})}?saved={part}#{part}")


def _save(request: HttpRequest, here: Here, me: Standing, part: str) -> None:
    about: dict[str, Any] = {"community": here.community, "person_id": me.person_id}
    if part == "introductions":
        declined = "introductions" not in request.POST
        people.decline(**about, introductions=declined)
        if declined:
            see.forget_introductions(**about)
    elif part == "letters":
        people.decline(**about, letters="letters" not in request.POST)
    else:
        sight = request.POST.get("sight", "")
        see.choose_sight(
            **about, hides_rank=sight != "seen", refuses_measures=sight == "unmeasured", now=timezone.now()
        )
        cache.delete_many([f"supers:{here.community.pk}", f"cooling:{here.community.pk}:{me.person_id}"])
    forget_asked(here, me.person_id)


@allow("member")
def own_node(request: HttpRequest, here: Here) -> HttpResponse:
    """Tell the reader, in words, whom they connect, what rests on them, and what would help."""
    assert here.standing
    me, now = here.standing.person_id, timezone.now()
    see.look(community=here.community, now=now)
    node, measure, ties = _node(here, me), _measure(here, me), _ties(here, me)
    return render(
        request, "see/node.html", here, nav="me", node=node, measure=measure, ties=ties[:NAMED], sentence=see.own_sentence,
        places=_places(ties), asking=see.introductions_of(here.community, me, now=now)[:HELPED] if node and node.who.is_super else (),
        sales=launch.sales_without(here.community, me), brings=launch.channels_of(here.community, here.person)[:NAMED] if here.person else [],
        waiting=_waiting(here, me), cooling=see.cooling(here.community, me, now=now, limit=HELPED) if ties else (), define=see.definition,
    )  # fmt: skip


def _node(here: Here, me: int) -> Node | None:
    try:
        return see.node(here.community, me)
    except NotOnTheMap:
        return None


def _measure(here: Here, me: int) -> Measure | None:
    try:
        see.report(here.community, now=timezone.now())
        return see.measure(here.community, me)
    except (NotMeasured, NotReported):
        return None


def _ties(here: Here, me: int) -> tuple[SeenTie, ...]:
    try:
        return see.ties_of(here.community, me, at=timezone.now())
    except NotMeasured:
        return ()


def _places(ties: tuple[SeenTie, ...]) -> list[tuple[str, int]]:
    """Return in which chapters one knows how many people, most first."""
    count: dict[str, int] = {}
    for tie in ties:
        if tie.who.chapter:
            count[tie.who.chapter] = count.get(tie.who.chapter, 0) + 1
    return sorted(count.items(), key=lambda place: (-place[1], place[0]))


def _waiting(here: Here, me: int) -> list[tuple[Standing, str]]:
    """Return newcomers nobody turned to, with what they said, of the last report."""
    try:
        waiting = see.report(here.community, now=timezone.now()).findings.newcomers.waiting
    except NotReported:
        return []
    sources = {w.person: w.source for w in waiting if w.person != me}
    places = people.standings(here.community, list(sources)[: 2 * HELPED])
    return [(places[p], source) for p, source in sources.items() if p in places][:HELPED]


urlpatterns = [
    path("c/<slug:slug>/me", mine, name="mine"),
    path("c/<slug:slug>/me/node", own_node, name="own_node"),
]
