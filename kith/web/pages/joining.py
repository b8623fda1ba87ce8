"""Coming in: what a community shows at its door, applying, invitations, claims on imported lines.

Links carry their token in the address of a page that changes nothing; the forms there send it in the body, to addresses
without it, so that no refusal writes it into a log.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.connect import api as connect
from kith.gather import api as gather
from kith.gather.api import (
    AgreementsMissing,
    AlreadyApplied,
    AnswersMissing,
    LinkExpired,
    NoSuchSponsor,
    SponsorMissing,
)
from kith.lib.errors import NotFound, Refusal
from kith.people import api as people
from kith.people.api import AlreadyMember, Community, Person, Standing, Value
from kith.see import api as see
from kith.web.pages.agreements import accepted_of
from kith.web.pages.arrivals import arrived
from kith.web.pages.guard import Here, allow, render
from kith.web.refusals import words
from kith.web.signed_in import reader

RUNNERS = 6
LINK_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Knocking:
    """A community at whose door somebody stands, and who they are."""

    community: Community
    standing: Standing | None
    person: Person | None

    @property
    def is_shown(self) -> bool:
        return people.may_see(visible_to=self.community.visible_to, standing=self.standing)


def knocking(request: HttpRequest, slug: str) -> Knocking:
    person = reader(request)
    community = people.community(slug)
    return Knocking(community, people.standing(community, person), person)


def checked_door(request: HttpRequest, slug: str) -> Knocking:
    """Return who stands at a door one may knock at.

    Raises:
        NotFound: the community neither shows itself to this reader nor lets anybody ask to come in.

    """
    found = knocking(request, slug)
    if found.community.entered_by == "invitation" and not found.is_shown:
        raise NotFound
    return found


def held(community: Community) -> list[Value]:
    return list(Value.objects.filter(community=community).order_by("position"))


@allow("see")
def about(request: HttpRequest, here: Here) -> HttpResponse:
    """Say what the community is: pursuit, values, rules, who runs it, how one comes in."""
    running = [m for role in ("founder", "operator") for m in people.members(here.community, role=role, limit=RUNNERS)]
    agreed = gather.agreements(here.community)
    return render(
        request, "about.html", here, nav="about", values=held(here.community), running=running, agreements=agreed
    )


@allow("anyone", "GET", "POST")
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how one comes in; a POST enters: with an invitation's `token`, or an open community without one."""
    if request.method == "POST":
        return _enter(request, slug)
    found = checked_door(request, slug)
    if found.standing:
        return redirect("feed", slug=slug)
    return _door(request, found)


def _enter(request: HttpRequest, slug: str) -> HttpResponse:
    found = knocking(request, slug)
    token = request.POST.get("token", "")[:LINK_LIMIT]
    if not token and found.community.entered_by == "invitation" and not found.is_shown:
        raise NotFound
    if found.person is None:
        return redirect("join", slug=slug)
    try:
        _come_in(found, found.person, token, accepted_of(request))
        arrived(request, found.community, found.person)
    except AlreadyMember:
        pass  # a second click: they are where they wanted to be
    except AgreementsMissing as refusal:
        return _ask_again(request, found, token, refusal)
    return redirect("feed", slug=slug)


def _come_in(found: Knocking, person: Person, token: str, accepted: list[int]) -> None:
    entering: dict[str, Any] = {
        "community": found.community,
        "person": person,
        "now": timezone.now(),
        "accepted": accepted,
    }
    if token:
        gather.accept_invitation(**entering, token=token)
    else:
        gather.join(**entering)


def _ask_again(request: HttpRequest, found: Knocking, token: str, refusal: Refusal) -> HttpResponse:
    """Show the form anew with what is missing in it."""
    if not token:
        return _door(request, found, refused=words(refusal), status=refusal.status)
    by = gather.invitation_of(community=found.community, token=token, now=timezone.now())
    return _invited(request, found, token, by, refused=words(refusal), status=refusal.status)


def _invited(
    request: HttpRequest, found: Knocking, token: str, by: str, refused: str = "", status: int = 200
) -> HttpResponse:
    facts: dict[str, Any] = {
        "by": by,
        "token": token,
        "values": held(found.community),
        "agreements": gather.agreements(found.community),
    }
    return render(
        request, "join_invited.html", community=found.community, refused=refused, accepted=accepted_of(request), status=status, **facts,
    )  # fmt: skip


def _door(request: HttpRequest, found: Knocking, status: int = 200, **more: Any) -> HttpResponse:
    community = found.community
    applied = gather.application_of(community, found.person) if found.person else None
    facts: dict[str, Any] = {
        "answers": [],
        "refused": "",
        "agreements": gather.agreements(community),
        "accepted": accepted_of(request),
        "banned": _ban(found),
        "sponsor": "",
        "wrong_sponsor": "",
        "needs_sponsor": gather.limits(community).needs_sponsor,
    } | more
    return render(
        request, "join.html", community=community, shown=found.is_shown, applied=applied, again="again" in request.GET,
        values=held(community) if found.is_shown else [], status=status, **facts,
    )  # fmt: skip


def _ban(found: Knocking) -> str:
    """Say until when, and why, somebody may not come in."""
    if found.person is None:
        return ""
    try:
        gather.check_not_banned(found.community, found.person, timezone.now())
    except Refusal as refusal:
        return words(refusal)
    return ""


@allow("anyone", "POST")
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Send an application. What is missing is said beside the question, and nothing typed is lost."""
    found = checked_door(request, slug)
    if found.person is None or found.standing:
        return redirect("join", slug=slug)
    answers, sponsor = request.POST.getlist("answer"), request.POST.get("sponsor", "")[:60]
    try:
        gather.apply(
            community=found.community, person=found.person, answers=answers, now=timezone.now(), accepted=accepted_of(request),
            sponsor=sponsor,
        )  # fmt: skip
        arrived(request, found.community, found.person)
    except (AnswersMissing, AgreementsMissing, SponsorMissing, NoSuchSponsor) as refusal:
        wrong = words(refusal) if isinstance(refusal, SponsorMissing | NoSuchSponsor) else ""
        return _door(
            request,
            found,
            answers=answers,
            sponsor=sponsor,
            wrong_sponsor=wrong,
            refused=words(refusal),
            status=refusal.status,
        )
    except (AlreadyApplied, AlreadyMember):
        pass  # a second click: the page says how it stands
    return redirect("join", slug=slug)


@allow("anyone")
def invitation(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show who invites where; coming in is a click further."""
    try:
        found = knocking(request, slug)
        by = gather.invitation_of(community=found.community, token=token, now=timezone.now())
    except NotFound:
        raise LinkExpired from None  # whether there is such a community is not a stranger's business
    if found.standing:
        return redirect("feed", slug=slug)
    return _invited(request, found, token, by)


@allow("anyone")
def claim(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show whose lines a link offers, and what claiming does."""
    try:
        found = knocking(request, slug)
        name = gather.claim_of(community=found.community, token=token, now=timezone.now())
    except NotFound:
        raise LinkExpired from None
    return render(
        request, "claim.html", community=found.community, name=name, token=token, is_member=bool(found.standing)
    )


@allow("account", "POST")
def take_claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Make imported lines one's own: the place, the ties and the texts, together or not at all."""
    found = knocking(request, slug)
    assert found.person
    try:
        claim_lines(found.community, request.POST.get("token", "")[:LINK_LIMIT], found.person)
    except Refusal as refusal:
        return render(request, "claim_refused.html", sentence=words(refusal), status=refusal.status)
    return redirect("feed", slug=slug)


@transaction.atomic
def claim_lines(community: Community, token: str, person: Person) -> int:
    """Claim, and move the texts; returns how many. Gather cannot do it alone, because connect stands above it."""
    imported = gather.claim(community=community, token=token, person=person, now=timezone.now())
    see.follow(community=community, from_id=imported, to_id=person.pk)
    see.outdate(community=community)
    return connect.take_over(community=community, from_id=imported, to=person)


urlpatterns = [
    path("c/<slug:slug>/about", about, name="about"),
    path("c/<slug:slug>/join", join, name="join"),
    path("c/<slug:slug>/apply", apply, name="apply"),
    path("c/<slug:slug>/i/<str:token>", invitation, name="invitation"),
    path("c/<slug:slug>/claim", take_claim, name="take_claim"),
    path("c/<slug:slug>/claim/<str:token>", claim, name="claim"),
]
