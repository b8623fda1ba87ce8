"""Inviting: a member's own links, branch and sponsorships; for who runs the community what came of it all, and who brought whom."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.gather import api as gather
from kith.gather.api import Branch, QuotaReached
from kith.launch import api as launch
from kith.launch.api import PaidBy
from kith.lib.errors import Refusal
from kith.lib.spans import span
from kith.people import api as people
from kith.people.api import Standing
from kith.web.pages.downloads import csv_file
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.typed import whole
from kith.web.refusals import words

USES, DAYS = (1, 2, 5, 20), (7, 30, 90)
SPAN_DAYS = 90
SHOWN = 200
HEAD = ("name", "handle", "depth", "brought_by", "way", "at", "brought", "below")


def typed(request: HttpRequest, name: str, otherwise: int) -> int:
    """Return a number of uses or days from a form."""
    return whole(request.POST.get(name, ""), otherwise, digits=4)


@allow("member", "GET", "POST")
def invitations(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the reader's links, those they brought, and who names them as sponsor; a POST makes a link and shows it this once."""
    assert here.person
    if request.method != "POST":
        return _own(request, here)
    try:
        token = gather.invite(
            community=here.community, by=here.person, now=timezone.now(), uses=typed(request, "uses", 1),
            days=typed(request, "days", 30), note=request.POST.get("note", ""),
        )  # fmt: skip
    except QuotaReached as refusal:
        return _own(request, here, refused=words(refusal), status=refusal.status)
    link = request.build_absolute_uri(reverse("invitation", kwargs={"slug": here.slug, "token": token}))
    return _own(request, here, link=link)


def _own(request: HttpRequest, here: Here, status: int = 200, **more: Any) -> HttpResponse:
    assert here.standing
    me, now = here.standing, timezone.now()
    branch = gather.invitation_tree(here.community, under=me.person_id)
    facts: dict[str, Any] = {
        "made": gather.invitations(here.community, by_id=me.person_id, limit=50), "may": gather.may_invite(here.community, me),
        "quota": gather.quota(here.community, me, now), "branch": branch[1 : SHOWN + 1], "places": _places(here, branch[: SHOWN + 1]),
        "base": branch[0].depth + 1 if branch else 0, "asked": gather.sponsorships(here.community, me.person_id), "came": gather.host_of(here.community, me.person_id),
        "uses": USES, "days": DAYS, "now": now, "link": "", "refused": "",
    }  # fmt: skip
    facts["host"] = people.standings(here.community, [facts["came"].host_id]) if facts["came"] else {}
    return render(request, "entering/invitations.html", here, nav="me", status=status, **facts | more)


def _places(here: Here, rows: list[Branch]) -> dict[int, Standing]:
    return people.standings(here.community, {p for b in rows for p in (b.person_id, b.host_id) if p})


@allow("member", "POST")
def withdraw_invitation(request: HttpRequest, here: Here, invitation_id: int) -> HttpResponse:
    """Take a link back: one's own, or for who runs the community any; `back` says from which page."""
    assert here.person
    gather.withdraw_invitation(
        community=here.community, invitation_id=invitation_id, by=here.person, now=timezone.now()
    )
    return redirect("inviting" if request.POST.get("back") == "inviting" else "invitations", slug=here.slug)


@allow("member", "POST")
def vouch(request: HttpRequest, here: Here, sponsorship_id: int) -> HttpResponse:
    """Vouch for who names the reader as sponsor (`yes` 1), or do not."""
    assert here.person
    gather.answer_sponsorship(
        community=here.community, application_id=sponsorship_id, yes=request.POST.get("yes") == "1", by=here.person,
        now=timezone.now(),
    )  # fmt: skip
    return redirect(reverse("invitations", kwargs={"slug": here.slug}) + "#sponsor")


def spanned(request: HttpRequest, back_days: int) -> tuple[datetime, datetime, str]:
    """Return the span of days a page is asked for, and what is wrong with it in words; then the usual one."""
    now, zone = timezone.now(), timezone.get_current_timezone()
    sent = [request.GET.get(name, "")[:12] for name in ("since", "until")]
    try:
        return *span(*sent, now=now, zone=zone, back_days=back_days), ""
    except Refusal as refusal:
        return *span("", "", now=now, zone=zone, back_days=back_days), words(refusal)


@allow("staff")
def inviting(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what came of inviting between two days (`since`, `until`), the links that are out, and the tree; `under` opens a branch."""
    now = timezone.now()
    since, until, wrong = spanned(request, SPAN_DAYS)
    paid = _paid(here, since, until)
    total, hosts = gather.inviting(here.community, since=since, until=until, now=now, also=filter(None, paid))
    under = request.GET.get("under", "")[:48]
    whose = people.member(here.community, under) if under else None
    tree = gather.invitation_tree(here.community, under=whose.person_id if whose else None)
    shown = tree[:SHOWN]
    named = _places(here, shown) | people.standings(here.community, {h.person_id for h in hosts[:SHOWN] if h.person_id})
    return render(
        request, "entering/inviting.html", here, nav="door", total=total, hosts=hosts[:SHOWN], paid=paid, tree=shown, whole=len(tree), whose=whose,
        places=named, open=[i for i in gather.invitations(here.community) if i.is_open(now)], wrong=wrong, status=422 if wrong else 200,
        since=since.date(), until=(until - timedelta(days=1)).date(),
    )  # fmt: skip


def _paid(here: Here, since: datetime, until: datetime) -> dict[int | None, list[PaidBy]]:
    """Return what those paid whom somebody brought, whenever they came, by host; None: by all."""
    guests = [(c.host_id, c.person_id, c.at) for c in gather.came_by(here.community)]
    found: dict[int | None, list[PaidBy]] = {}
    for row in launch.paid_by_guests(here.community, guests, since=since, until=until):
        found.setdefault(row.host_id, []).append(row)
    return found


@allow("staff")
def invitation_tree(request: HttpRequest, here: Here) -> StreamingHttpResponse:
    """Give the whole tree of who brought whom as a table."""
    tree = gather.invitation_tree(here.community)
    places = _places(here, tree)
    rows = (
        (
            who.name if (who := places.get(b.person_id)) else "", who.handle if who else "", b.depth,
            host.handle if (host := places.get(b.host_id or 0)) else "", b.way, b.at.isoformat() if b.at else "", b.brought, b.below,
        )
        for b in tree
    )  # fmt: skip
    return csv_file(f"{here.slug}-invited.csv", HEAD, rows)


urlpatterns = [
    path("c/<slug:slug>/invitations", invitations, name="invitations"),
    path("c/<slug:slug>/invitations/<int:invitation_id>/withdraw", withdraw_invitation, name="withdraw_invitation"),
    path("c/<slug:slug>/sponsorships/<int:sponsorship_id>", vouch, name="vouch"),
    path("c/<slug:slug>/door/inviting", inviting, name="inviting"),
    path("c/<slug:slug>/door/inviting.csv", invitation_tree, name="invitation_tree"),
]
