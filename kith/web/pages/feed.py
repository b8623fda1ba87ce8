"""The first page of a community: how warm it is, what was said, who is cooling."""

from datetime import datetime
from typing import Any, NamedTuple, Self, TypedDict
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kith.connect import api as connect
from kith.connect.api import Heads, Opened, SpaceValue
from kith.lib import svg
from kith.people.api import Question, Value
from kith.see import api as see
from kith.see.api import Cooling
from kith.web.pages.cards import cards
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.kept import kept
from kith.web.pages.kinds import KINDS, formed, plain
from kith.web.pages.meetings import questions

PANEL = 4
AROUND_SECONDS = 60
COOLING_SECONDS = 300
TEASED = 3


class Choice(TypedDict):
    kind: str
    unanswered: bool
    space: str
    before: str


def opening(request: HttpRequest, community_id: int, reader_id: int | None) -> Question:
    return connect.opening(community_id, reader_id, now=timezone.now(), **Wanted.read(request).choice)


@allow("see", ahead=opening)
def feed(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the feed; `?kind=` one of the kinds of post or open (asks without an answer), `?space=`, `?before=` a cursor."""
    now = timezone.now()
    found, asked = connect.Opening(here.answer, here.person.pk if here.person else None), questions(here, now)

    def facts() -> dict[str, Any]:
        cool, wanted = cooling(here, now), Wanted.read(request)
        return {
            "nav": "feed", "cooling": cool, "asked": asked, "teaser": teaser(here, now), "around": around(request, here, now),
            "greeting": greeting(here, now), "live": here.live(found.news), "headline": headline(here, len(cool)), **facts_of_feed(request, here, wanted, found.read()),
        }  # fmt: skip

    return kept(request, "feed.html", here, under=(found.news, found.raw, asked), facts=facts)


@allow("see")
def more(request: HttpRequest, here: Here) -> HttpResponse:
    """Return the next page of the feed as a fragment."""
    wanted = Wanted.read(request)
    found = connect.heads(here.community, reader=here.person, now=timezone.now(), **wanted.choice)
    return render(request, "feed_page.html", here, **page_of(request, here, wanted, found))


class Wanted(NamedTuple):
    """Which posts the address asks for."""

    kind: str
    space: str
    before: str

    @classmethod
    def read(cls, request: HttpRequest) -> Self:
        kind = request.GET.get("kind", "")
        return cls(
            kind if kind in KINDS or kind == "open" else "", request.GET.get("space", ""), request.GET.get("before", "")
        )

    @property
    def choice(self) -> Choice:
        """Return it as connect names it."""
        return {
            "kind": "ask" if self.kind == "open" else self.kind,
            "unanswered": self.kind == "open",
            "space": self.space,
            "before": self.before,
        }


def facts_of_feed(
    request: HttpRequest, here: Here, wanted: Wanted, found: Opened, space: SpaceValue | None = None
) -> dict[str, Any]:
    """Return what a feed opens with, of the whole community or of a space."""
    chips = [(name, kind.word) for name, kind in plain(here, space).items()]
    forms = [(name, kind.word, kind.icon) for name, kind in formed(here, space).items()]
    return {
        "draft": found.draft, "spaces": found.spaces, "at": space, "chips": tuple(chips),
        "forms": tuple(forms), "pinned": cards(request, here, list(found.pinned)) if found.pinned else "",
        "boards": tuple((kind.board, kind.many, kind.icon) for kind in KINDS.values() if kind.board),
        "lists": tuple((name, kind.many) for name, kind in KINDS.items() if name not in {"talk", "ask", "viewpoint"}),
        **page_of(request, here, wanted, found.heads),
    }  # fmt: skip


def page_of(request: HttpRequest, here: Here, wanted: Wanted, found: Heads) -> dict[str, Any]:
    """Return what a page of the feed is made of."""
    chosen = {k: v for k, v in (("kind", wanted.kind), ("space", wanted.space)) if v}
    query = urlencode(chosen) + "&" if chosen else ""
    return {
        "cards": cards(request, here, found.heads),
        "next": found.next,
        "kind": wanted.kind,
        "space": wanted.space,
        "query": query,
    }


def cooling(here: Here, now: datetime) -> tuple[Cooling, ...]:
    """Return the reader's cooling ties, as of five minutes ago."""
    if here.standing is None or here.standing.refuses_measures:
        return ()
    key = f"cooling:{here.community.pk}:{here.standing.person_id}"
    found: tuple[Cooling, ...] | None = cache.get(key)
    if found is None:
        found = tuple(see.cooling(here.community, here.standing.person_id, now=now, limit=PANEL))
        cache.set(key, found, COOLING_SECONDS)
    return found


def around(request: HttpRequest, here: Here, now: datetime) -> dict[str, str]:
    """Return what stands around the posts, the same for every reader of a language, as of a minute ago: warmth and side."""
    key = f"around:{here.community.pk}:{get_language()}"
    found: dict[str, str] | None = cache.get(key)
    if found is None:
        summary = see.look(community=here.community, now=now)
        facts = {
            "here": here, "summary": summary, "chart": temperature(summary.weeks),
            "supers": see.super_nodes(here.community, limit=PANEL),
            "values": list(Value.objects.filter(community=here.community).order_by("position")),
        }  # fmt: skip
        found = {n: get_template(f"feed_{n}.html", using="jinja2").render(facts, request) for n in ("warmth", "side")}
        cache.set(key, found, AROUND_SECONDS)
    return found


def teaser(here: Here, now: datetime) -> dict[str, Any] | None:
    """Return the pulse in short for who runs the community, as of a minute ago; the headline is in their language."""
    if not here.runs:
        return None
    key = f"teaser:{here.community.pk}:{get_language()}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = _pulse(here, now)
        cache.set(key, found, AROUND_SECONDS)
    return found or None


def _pulse(here: Here, now: datetime) -> dict[str, Any]:
    """Return the headline and the first errands that are running; nothing before the first night."""
    try:
        running = [e for e in see.errands(here.community, now=now) if e.is_running][:TEASED]
        titles = tuple((e.id, e.who.person_id, e.who.name, e.who.is_super, see.errand_title(e)) for e in running)
        return {"headline": see.headline(see.report(here.community, now=now)), "errands": titles}
    except see.NotReported:
        return {}


def temperature(weeks: tuple[float, ...]) -> str:
    """Draw the temperature of the last weeks."""
    label = _("Community temperature over %(weeks)s weeks, now %(now).1f degrees") % {
        "weeks": len(weeks), "now": weeks[-1] if weeks else 0
    }  # fmt: skip
    return svg.line(weeks, title=label, unit="°", height=64, axis=False, color="var(--w4)", key="temperature")


def greeting(here: Here, now: datetime) -> str:
    """Greet a member by name and hour, a guest by the community's name."""
    if not here.standing:
        return here.community.name
    hour = now.astimezone(ZoneInfo(settings.TIME_ZONE)).hour
    words = (
        _("Good morning, %s")
        if 5 <= hour < 12
        else _("Good afternoon, %s")
        if 12 <= hour < 18
        else _("Good evening, %s")
    )
    return words % here.standing.name


def headline(here: Here, cooling: int) -> str:
    """Say what there is to do, or what the community is for."""
    if cooling:
        return ngettext("%(num)s of your ties is cooling.", "%(num)s of your ties are cooling.", cooling) % {
            "num": cooling
        }
    return here.community.pursuit


urlpatterns = [
    path("c/<slug:slug>/", feed, name="feed"),
    path("c/<slug:slug>/more", more, name="more"),
]
