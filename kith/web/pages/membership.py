"""Paid membership as its member sees it: what runs, whether it renews by itself, and gifts."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from kith.launch import api as launch
from kith.lib.errors import Refusal
from kith.lib.poster import Words, poster
from kith.web.jinja import full_day
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.links import VENDOR
from kith.web.refusals import words


@allow("guest")
def membership(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the reader's memberships, what renews by itself, and the gifts they bought."""
    return _page(request, here)


def _page(request: HttpRequest, here: Here, refused: str = "", status: int = 200) -> HttpResponse:
    assert here.person
    community, person, now = here.community, here.person, timezone.now()
    terms, mandates = launch.terms_of(community, person, now=now), launch.mandates_of(community, person)
    active = {m.family for m in mandates if m.status == "active"}
    running = {t.family for t in terms if t.state != "ended"} - active
    offered = [o for f in sorted(running) if (o := launch.renewal_offer(community, person, f, now=now)) and o.providers]
    facts = {
        "terms": terms, "mandates": mandates, "offered": offered, "refused": refused, "gifts": launch.gifts_of(community, person),
        "declining": launch.declines_in_sandbox(community, person), "plans": launch.plans(community, now=now),
    }  # fmt: skip
    return render(request, "launch/membership.html", here, nav="me", status=status, **facts)


@allow("guest", "POST")
def renew(request: HttpRequest, here: Here) -> HttpResponse:
    """Agree that a membership renews by itself, stop it, or have the sandbox decline (`go`)."""
    assert here.person
    sent, now = request.POST, timezone.now()
    number = sent.get("mandate", "")
    mandate = int(number) if number.isdecimal() and len(number) < 18 else 0
    try:
        if sent.get("go") == "stop":
            launch.stop_renewal(community=here.community, mandate_id=mandate, by=here.person, now=now)
        elif sent.get("go") in {"decline", "take"}:
            launch.decline_in_sandbox(community=here.community, mandate_id=mandate, declines=sent["go"] == "decline", by=here.person)  # fmt: skip
        else:
            digest = sent.get("digest", "") if sent.get("agreed") == "1" else ""
            launch.agree(
                community=here.community, family=sent.get("family", "")[:20], provider=sent.get("provider", "")[:12], digest=digest,
                by=here.person, now=now,
            )  # fmt: skip
    except Refusal as refusal:
        return _page(request, here, words(refusal), refusal.status)
    return redirect(reverse("membership", kwargs={"slug": here.slug}) + "#renewing")


@csrf_exempt  # by the link in a mail; it holds no token but the one in the address
@allow("anyone", "GET", "POST")
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop renewing; a POST does it. A GET changes nothing: scanners of mail follow every link."""
    if request.method == "POST":
        community, found = launch.stop_renewal_by_link(token=token, now=timezone.now())
    else:
        community, found = launch.renewal_by_link(token)
    return render(request, "launch/stop_renewal.html", community=community, found=found)


@allow("see", "GET")
def gift(request: HttpRequest, here: Here, gift_code: str) -> HttpResponse:
    """Show a gift to whoever has its link, with the way to redeem it; its giver can print it."""
    return _gift(request, here, gift_code)


def _gift(request: HttpRequest, here: Here, code: str, refused: str = "", status: int = 200) -> HttpResponse:
    found = launch.gift(here.community, code[:20])
    address = request.build_absolute_uri(reverse("gift", kwargs={"slug": here.slug, "gift_code": found.code}))
    facts = {
        "found": found,
        "refused": refused,
        "address": address,
        "qr": segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True),
    }
    return render(request, "launch/gift.html", here, nav="launches", status=status, **facts)


@allow("see")
def gift_poster(request: HttpRequest, here: Here, gift_code: str) -> HttpResponse:
    """Draw a gift as a picture to send or print; whoever has the link of it has its code."""
    found = launch.gift(here.community, gift_code[:20])
    address = request.build_absolute_uri(reverse("gift", kwargs={"slug": here.slug, "gift_code": found.code}))
    until = _("Redeem it until %(day)s") % {"day": full_day(found.expires_at)} if found.expires_at else ""
    said = Words(
        community=here.community.name, kicker=_("A gift for you"), title=found.title, by=_("From %(name)s") % {"name": found.giver},
        lines=(found.message[:60] or found.to_name or until, until if found.message or found.to_name else _("Scan it and see for yourself")),
        disclosure="", address=address,
    )  # fmt: skip
    answer = HttpResponse(poster(said, seed=len(found.message), folder=VENDOR), content_type="image/png")
    answer["Content-Disposition"] = 'inline; filename="gift.png"'
    answer["Cache-Control"] = "private, max-age=300"
    return answer


@allow("guest", "POST")
def redeem(request: HttpRequest, here: Here, gift_code: str) -> HttpResponse:
    """Begin the membership of a gift."""
    assert here.person
    try:
        launch.redeem(community=here.community, code=gift_code[:20], by=here.person, now=timezone.now())
    except launch.GiftNotNow as refusal:
        return _gift(request, here, gift_code, words(refusal), refusal.status)
    return redirect("membership", slug=here.slug)


urlpatterns = [
    path("c/<slug:slug>/me/membership", membership, name="membership"),
    path("c/<slug:slug>/me/membership/renewing", renew, name="renew"),
    path("c/<slug:slug>/gifts/<slug:gift_code>", gift, name="gift"),
    path("c/<slug:slug>/gifts/<slug:gift_code>/poster.png", gift_poster, name="gift_poster"),
    path("c/<slug:slug>/gifts/<slug:gift_code>/redeem", redeem, name="redeem"),
    path("renewals/<str:token>", stop, name="stop_renewal"),
]
