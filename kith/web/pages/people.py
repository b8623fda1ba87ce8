"""The people of a community: the list, a person's page, and a pair's."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.connect import api as connect
from kith.gather import api as gather
from kith.lib import svg
from kith.people import api as people
from kith.people.api import Standing
from kith.see import api as see
from kith.see.api import NotMeasured, NotOnTheMap, PairView, PersonView
from kith.web.jinja import day
from kith.web.pages.cards import cards
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.typed import whole

PAGE = 60
POSTS = 5
TIES = 12


@allow("see")
def members(request: HttpRequest, here: Here) -> HttpResponse:
    """Show members by handle; `?q=` part of a name, handle or headline, `?chapter=` and `?tier=` ids (0: none), `?after=` a handle."""
    search = request.GET.get("q", "")[:60]
    chosen = {n: whole(request.GET.get(n, ""), None) for n in ("chapter", "tier")}
    found = people.members(
        here.community, search=search, by_headline=True, after=request.GET.get("after", "")[:48], limit=PAGE + 1,
        chapter_id=chosen["chapter"], tier_id=chosen["tier"],
    )  # fmt: skip
    sent = {"q": search} | {name: number for name, number in chosen.items() if number is not None}
    facts: dict[str, Any] = {
        "search": search, "query": f"{urlencode(sent)}&", **listing(here, found),
    }  # fmt: skip
    if request.headers.get("HX-Request"):
        return render(request, "people_page.html", here, **facts)
    lists: dict[str, Any] = {"chapters": people.chapters(here.community), "tiers": people.tiers(here.community)}
    return render(
        request,
        "people.html",
        here,
        nav="people",
        chapter_id=chosen["chapter"],
        tier_id=chosen["tier"],
        **lists,
        **facts,
    )


def listing(here: Here, found: list[Standing]) -> dict[str, Any]:
    """Return what a list of people is made of, of one more than are shown; `shown` names all of them that it shows: its piece is kept
    for every reader.
    """
    page, supers = found[:PAGE], here.supers
    marks = gather.figures_among(here.community, [m.person_id for m in page])
    shown = tuple(
        (m.person_id, m.handle, m.name, m.role, m.headline, m.chapter, m.tier, m.is_imported, m.person_id in supers, tuple(marks.get(m.person_id, ())))
        for m in page
    )  # fmt: skip
    more = page[-1].handle if len(found) > PAGE else ""
    return {"found": page, "more": more, "supers": supers, "marks": marks, "shown": shown}


@allow("see")
def member(request: HttpRequest, here: Here, handle: str) -> HttpResponse:
    """Show a person: who they are, whom they are tied to and how warmly, what they said; and the reader's own tie."""
    who, now = people.member(here.community, handle), timezone.now()
    see.look(community=here.community, now=now)
    is_me = here.standing is not None and here.standing.person_id == who.person_id
    said = connect.heads(here.community, reader=here.person, author_id=who.person_id, limit=POSTS)
    return render(
        request, "member.html", here, nav="me" if is_me else "people", who=who, is_me=is_me, seen=_seen(here, who),
        pair=None if is_me else _pair(here, who), cards=cards(request, here, said.heads), is_super=who.person_id in here.supers,
        ties_shown=TIES, chart=warmth_chart, **_tier(here, who), roles=gather.figures_of(here.community, who.person_id),
        credits=connect.credits_of(here.community, who.person_id, reader=here.person, limit=POSTS),
    )  # fmt: skip


def _seen(here: Here, who: Standing) -> PersonView | None:
    try:
        return see.person(here.community, who.person_id, now=timezone.now())
    except NotOnTheMap:
        return None


def _tier(here: Here, who: Standing) -> dict[str, Any]:
    """Return for staff where somebody stands on the ladder, so that they can hold them there."""
    if not here.runs:
        return {"climb": None, "ladder": None}
    found = gather.climb(community=here.community, person_id=who.person_id, now=timezone.now())
    return {"climb": found, "ladder": gather.ladder(here.community)}


def _pair(here: Here, who: Standing) -> PairView | None:
    if here.standing is None:
        return None
    try:
        return see.pair(here.community, here.standing.person_id, who.person_id, now=timezone.now())
    except NotMeasured:
        return None


@allow("member")
def pair(request: HttpRequest, here: Here, handle: str) -> HttpResponse:
    """Show the reader and somebody else: both directions, warmth over half a year, the acts behind it."""
    who = people.member(here.community, handle)
    assert here.standing
    if who.person_id == here.standing.person_id:
        return redirect("member", slug=here.slug, handle=who.handle)
    found = see.pair(here.community, here.standing.person_id, who.person_id, now=timezone.now())
    sources = {
        int(a.source[5:]): a.source for a in found.latest if a.source.startswith("post:") and a.source[5:].isdecimal()
    }
    return render(
        request, "pair.html", here, nav="people", who=who, pair=found, chart=warmth_chart, titles=connect.titles(here.community, sources, reader=here.person),
    )  # fmt: skip


def warmth_chart(found: PairView) -> str:
    """Draw the warmth of a pair, week by week."""
    label = _("Warmth of this tie over %(weeks)s weeks") % {"weeks": len(found.warmth)}
    values, days = [w for _, w in found.warmth], [day(at) for at, _ in found.warmth]
    return svg.line(values, days, title=label, unit="°", height=190, key="pair")


urlpatterns = [
    path("c/<slug:slug>/people", members, name="people"),
    path("c/<slug:slug>/m/<str:handle>", member, name="member"),
    path("c/<slug:slug>/m/<str:handle>/you", pair, name="pair"),
]
