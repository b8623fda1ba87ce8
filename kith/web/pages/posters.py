"""Posters that invite: made and counted here, opened by strangers at /i/CODE."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from kith.connect import api as connect
from kith.connect.api import NoSuchPoster, Poster
from kith.gather import api as gather
from kith.launch import api as launch
from kith.lib.poster import Words, poster
from kith.people import api as people
from kith.people.api import Community, Person
from kith.web.jinja import initial
from kith.web.pages.agreements import accepted_of
from kith.web.pages.arrivals import COOKIE, COOKIE_SECONDS
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.joining import held
from kith.web.pages.links import VENDOR
from kith.web.refusals import words
from kith.web.signed_in import reader


@allow("member", "GET", "POST")
def posters(request: HttpRequest, here: Here) -> HttpResponse:
    """List the reader's posters, to who runs the community everybody's; a POST makes one or closes one."""
    assert here.person
    if request.method != "POST":
        return _list(request, here)
    form, now = request.POST, timezone.now()
    try:
        if closing := form.get("close", ""):
            many = int(closing) if closing.isdecimal() and len(closing) < 18 else 0
            connect.close_poster(community=here.community, poster_id=many, by=here.person, now=now)
        else:
            lets_in = form.get("lets_in", "")
            many = int(lets_in) if lets_in.isdecimal() and len(lets_in) < 5 else 0
            connect.make_poster(
                community=here.community, by=here.person, campaign=form.get("campaign", ""), lets_in=many, now=now
            )
    except (connect.TooManyPosters, connect.MayNotInvite) as refusal:
        return _list(request, here, refused=words(refusal), status=refusal.status)
    return redirect("posters", slug=here.slug)


def _list(request: HttpRequest, here: Here, status: int = 200, **more: Any) -> HttpResponse:
    assert here.person
    found = connect.posters_of(here.community, by=None if here.runs else here.person)
    mine = [p for p in found if p.by_id == here.person.pk and p.closed_at is None]
    may = here.runs or here.community.entered_by != "invitation"
    facts = {"mine": mine, "rest": [p for p in found if p not in mine], "may": may, "address": address, "refused": ""}
    return render(request, "posters.html", here, nav="posters", status=status, most=connect.LETS_IN_LIMIT, **facts | more)  # fmt: skip


def address(code: str) -> str:
    return settings.ADDRESS + reverse("by_poster", kwargs={"code": code})


@allow("member")
def poster_picture(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Draw a poster; one's own, or for who runs the community anybody's."""
    assert here.person
    there, found = connect.poster_by_code(code)
    if there.pk != here.community.pk or not (here.runs or found.by_id == here.person.pk):
        raise NoSuchPoster
    c = here.community
    said = Words(
        community=c.name, kicker=found.campaign, title=c.pursuit, by=_("%(name)s invites you") % {"name": found.by_name},
        lines=(_("Press and hold, or scan,"), _("to see who we are")), disclosure="", address=address(code), initial=initial(found.by_name),
    )  # fmt: skip
    answer = HttpResponse(poster(said, seed=found.id, folder=VENDOR), content_type="image/png")
    answer["Content-Disposition"] = f'inline; filename="kith-{c.slug}-{code}.png"'
    patch_cache_control(answer, private=True, max_age=300)
    return answer


@allow("anyone", "GET", "POST")
def by_poster(request: HttpRequest, code: str) -> HttpResponse:
    """Say who invites where, and note in the browser by which poster; a POST comes in by one that lets people in."""
    community, found = connect.poster_by_code(code)
    person = reader(request)
    if request.method == "POST" and person:
        return _come_in(request, found, community, person)
    if people.standing(community, person):
        return redirect("feed", slug=community.slug)
    answer = _invited(request, found, community)
    if request.method == "GET" and not launch.is_program(
        request.headers.get("User-Agent", ""), request.headers.get("Sec-Purpose", "")
    ):
        connect.see_poster(code=code)
        answer.set_signed_cookie(
            COOKIE, code, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return answer


def _invited(request: HttpRequest, found: Poster, community: Community, refused: str = "", status: int = 200) -> HttpResponse:  # fmt: skip
    answer = render(
        request, "by_poster.html", community=community, by=found.by_name, lets_in=found.lets_in > 0 and reader(request), code=found.code,
        values=held(community), is_closed=community.entered_by == "invitation" and not found.lets_in, refused=refused,
        agreements=gather.agreements(community), accepted=accepted_of(request), status=status,
    )  # fmt: skip
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _come_in(request: HttpRequest, found: Poster, community: Community, person: Person) -> HttpResponse:
    try:
        let_in = connect.enter_by_poster(
            code=found.code, person=person, now=timezone.now(), accepted=accepted_of(request)
        )
    except gather.AgreementsMissing as refusal:
        return _invited(request, found, community, words(refusal), refusal.status)
    except (people.AlreadyMember, gather.OperatorsOnly):
        let_in = False
    return redirect("feed" if let_in else "join", slug=community.slug)


urlpatterns = [
    path("i/<slug:code>", by_poster, name="by_poster"),
    path("c/<slug:slug>/posters", posters, name="posters"),
    path("c/<slug:slug>/posters/<slug:code>.png", poster_picture, name="poster_picture"),
]
