"""Links of those who bring a launch to others: opening one, and the page of who it belongs to."""

from hashlib import blake2b
from pathlib import Path

import segno
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from kith.launch import api as launch
from kith.launch.api import ChannelResult, LaunchPage
from kith.lib.poster import Words, poster
from kith.share import api as share
from kith.web.jinja import moment, money
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.payer import address_of
from kith.web.refusals import words
from kith.web.signed_in import reader

COOKIE = "via"
COOKIE_SECONDS = 90 * 86_400
NEW_AN_HOUR = 60
VENDOR = Path(__file__).resolve().parents[1] / "static" / "vendor"


def visitor(request: HttpRequest) -> str:
    """Return what a browser was known by when it last opened a link; "" where it never did, or the cookie is not ours."""
    return str(request.get_signed_cookie(COOKIE, default="", max_age=COOKIE_SECONDS))


@allow("anyone")
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to a launch, and note through whom. Programs, previews and pages fetched ahead lead there too and leave nothing."""
    person = reader(request)
    found = launch.follow_link(code=code, reader=person)
    onward = redirect("launch", slug=found.community_slug, launch_slug=found.campaign_slug)
    patch_cache_control(onward, no_store=True)
    onward["X-Robots-Tag"] = "noindex"
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    if request.method != "GET" or launch.is_program(request.headers.get("User-Agent", ""), purpose):
        return onward
    known = visitor(request)
    if not known and person is None and _is_crowded(request, code):
        return onward
    known = known or launch.new_visitor()
    if launch.touch(code=code, reader=person, visitor=known, now=timezone.now()):
        onward.set_signed_cookie(
            COOKIE, known, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return onward


def _is_crowded(request: HttpRequest, code: str) -> bool:
    """Tell whether more new browsers came to a link from one address within an hour than people do: each process counts for itself."""
    key = f"touches:{code}:{blake2b(address_of(request).encode(), digest_size=12).hexdigest()}"
    cache.add(key, 0, 3600)
    try:
        return cache.incr(key) > NEW_AN_HOUR
    except ValueError:  # forgotten in between
        return False


@allow("member")
def links(request: HttpRequest, here: Here) -> HttpResponse:
    """List the launches the reader is asked to bring to others, or brings."""
    assert here.person
    found = launch.channels_of(here.community, here.person)
    return render(request, "launch/links.html", here, nav="launches", found=found, disclosure=launch.disclosure())


@allow("member", "GET", "POST")
def own_link(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Show the reader's link with what came of it; a POST accepts, declines or closes."""
    refused, status = "", 200
    if request.method == "POST":
        try:
            _answer(request, here, code)
        except (launch.DisclosureMissing, launch.NothingMoreToAnswer, launch.CannotBeAsked) as refusal:
            refused, status = words(refusal), refusal.status
        else:
            return redirect("own_link", slug=here.slug, code=code)
    return _own(request, here, code, refused, status)


def _answer(request: HttpRequest, here: Here, code: str) -> None:
    assert here.person
    go, now = request.POST.get("go", ""), timezone.now()
    if go == "accept":
        version = request.POST.get("disclosure", "")
        read = int(version) if version.isdecimal() and len(version) < 5 else 0
        launch.accept_channel(community=here.community, code=code, by=here.person, disclosure_version=read, now=now)
    elif go == "close":
        launch.close_channel(community=here.community, code=code, by=here.person, now=now)
    else:
        launch.decline_channel(community=here.community, code=code, by=here.person, now=now)


def _own(request: HttpRequest, here: Here, code: str, refused: str, status: int) -> HttpResponse:
    found, page = _mine(here, code)
    address = _address(request, code)
    facts = {
        "found": found, "page": page, "shares": share.promised_by_launch(here.community, found.channel.person_id, page.campaign.id), "address": address, "refused": refused, "version": launch.DISCLOSURE_VERSION,
        "disclosure": launch.disclosure(), "whole": launch.disclosure_whole(), "code": segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True),
    }  # fmt: skip
    return render(request, "launch/own_link.html", here, nav="launches", status=status, **facts)


def _mine(here: Here, code: str) -> tuple[ChannelResult, LaunchPage]:
    assert here.person
    found = launch.channel_result(here.community, code, reader=here.person)
    return found, launch.launch_page(here.community, found.channel.campaign_slug, now=timezone.now(), with_drafts=True)


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("link", kwargs={"code": code}))


@allow("member")
def own_poster(request: HttpRequest, here: Here, code: str) -> HttpResponse:
    """Draw the reader's poster, with the disclosure on it; only once they accepted."""
    found, page = _mine(here, code)
    if found.channel.accepted_at is None:
        raise launch.NoSuchChannel
    c, first = page.campaign, page.items[0]
    until = _("Until %(at)s") % {"at": moment(c.closes_at)} if c.closes_at else c.story.partition("\n")[0][:60]
    said = Words(
        community=here.community.name, kicker=f"{first.offer.title} · {money(first.price_minor, c.currency, c.scale)}", title=c.title,
        by=_("%(name)s invites you") % {"name": found.channel.name}, lines=(until, _("Scan it and see for yourself")),
        disclosure=launch.disclosure(), address=_address(request, code),
    )  # fmt: skip
    answer = HttpResponse(poster(said, seed=c.id, folder=VENDOR), content_type="image/png")
    answer["Content-Disposition"] = f'inline; filename="kith-{c.slug}-{code}.png"'
    patch_cache_control(answer, private=True, max_age=300)
    return answer


@allow("guest", "POST")
def end_bond(request: HttpRequest, here: Here) -> HttpResponse:
    """Let the reader go of whom they are bound to."""
    assert here.person
    launch.end_bond(community=here.community, buyer=here.person, now=timezone.now())
    return redirect("orders", slug=here.slug)


urlpatterns = [
    path("l/<slug:code>", link, name="link"),
    path("c/<slug:slug>/links", links, name="links"),
    path("c/<slug:slug>/links/<slug:code>", own_link, name="own_link"),
    path("c/<slug:slug>/links/<slug:code>/poster.png", own_poster, name="own_poster"),
    path("c/<slug:slug>/orders/bond", end_bond, name="end_bond"),
]
