"""Agreements: read by whoever sees the community, written by founders, accepted before one writes on; who declines leaves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kith.gather import api as gather
from kith.gather.api import BadAgreement, TooManyAgreements
from kith.web.pages.guard import Here, allow, render
from kith.web.refusals import words

ACCEPTED_LIMIT = 60


def accepted_of(request: HttpRequest) -> list[int]:
    """Return the ids of the agreements ticked in a form."""
    sent = request.POST.getlist("accepted")[:ACCEPTED_LIMIT]
    return [int(raw) for raw in sent if raw.isdecimal() and raw.isascii() and len(raw) < 18]


def onward(request: HttpRequest, otherwise: str) -> str:
    """Return where the reader came from, if it is a page of this server."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise


@allow("see")
def agreements(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what holds; to a member, what is still to be accepted, with what it said before."""
    return _page(request, here)


def _page(request: HttpRequest, here: Here, *, refused: str = "", status: int = 200) -> HttpResponse:
    asked = gather.open_agreements(here.community, here.person) if here.person and here.is_member else []
    facts: dict[str, Any] = {
        "agreements": gather.agreements(here.community), "asked": {o.agreement.id: o for o in asked}, "refused": refused,
        "next": onward(request, ""), "is_founder": _is_founder(here),
        "accepted": gather.accepted_at(here.community, here.person) if here.person else {},
    }  # fmt: skip
    return render(request, "conduct/agreements.html", here, nav="about", status=status, **facts)


def _is_founder(here: Here) -> bool:
    return here.standing is not None and here.standing.role == "founder"


@allow("member", "POST")
def accept(request: HttpRequest, here: Here) -> HttpResponse:
    """Accept all that is asked, and go on."""
    assert here.person
    try:
        gather.accept_agreements(
            community=here.community, person=here.person, accepted=accepted_of(request), now=timezone.now()
        )
    except gather.AgreementsMissing as refusal:
        return _page(request, here, refused=words(refusal), status=refusal.status)
    return redirect(onward(request, reverse("feed", kwargs={"slug": here.slug})))


@allow("member", "GET", "POST")
def decline(request: HttpRequest, here: Here) -> HttpResponse:
    """Say what declining does; a POST leaves."""
    assert here.person
    if request.method != "POST":
        return render(request, "conduct/declining.html", here, nav="about")
    gather.decline_agreements(community=here.community, person=here.person, now=timezone.now())
    said = _("You have left. What you said stays under your name; the door is open if you change your mind.")
    return render(request, "refusal.html", sentence=said, code="")


@allow("founder", "GET", "POST")
def write(request: HttpRequest, here: Here, number: int | None = None) -> HttpResponse:
    """Write an agreement, or a new version of one."""
    assert here.person
    versions = gather.agreement_versions(here.community, number) if number else []
    title, text = (versions[0].title, versions[0].text) if versions else ("", "")
    refused, status = "", 200
    if request.method == "POST":
        title, text = request.POST.get("title", ""), request.POST.get("text", "")
        try:
            gather.write_agreement(
                community=here.community, title=title, text=text, by=here.person, now=timezone.now(), number=number
            )
            return redirect("agreements", slug=here.slug)
        except (BadAgreement, TooManyAgreements) as refusal:
            refused, status = words(refusal), refusal.status
    facts = {"versions": versions, "title": title, "text": text, "refused": refused, "number": number}
    return render(request, "conduct/agreement.html", here, nav="about", status=status, **facts)


@allow("see")
def versions(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Show every version of an agreement."""
    found = gather.agreement_versions(here.community, number)
    return render(request, "conduct/versions.html", here, nav="about", versions=found)


@allow("founder", "POST")
def retire(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Take an agreement back."""
    assert here.person
    gather.retire_agreement(community=here.community, number=number, by=here.person, now=timezone.now())
    return redirect("agreements", slug=here.slug)


urlpatterns = [
    path("c/<slug:slug>/agreements", agreements, name="agreements"),
    path("c/<slug:slug>/agreements/accept", accept, name="accept_agreements"),
    path("c/<slug:slug>/agreements/decline", decline, name="decline_agreements"),
    path("c/<slug:slug>/agreements/write", write, name="write_agreement"),
    path("c/<slug:slug>/agreements/<int:number>", versions, name="agreement_versions"),
    path("c/<slug:slug>/agreements/<int:number>/write", write, name="rewrite_agreement"),
    path("c/<slug:slug>/agreements/<int:number>/retire", retire, name="retire_agreement"),
]
