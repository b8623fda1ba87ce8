"""Flags: naming the rule a text breaks; deciding; appealing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.connect import api as connect
from kith.gather import api as gather
from kith.lib.errors import Refusal
from kith.web.pages.conduct import own, page
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.moderation import number_of
from kith.web.refusals import words


@allow("member", "GET", "POST")
def flag(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Ask which rule a text breaks; a POST flags it."""
    assert here.person
    said, form = connect.one(here.community, id, reader=here.person), request.POST
    refused, status = "", 200
    if request.method == "POST":
        chosen = number_of(form.get("agreement", ""))
        try:
            connect.flag(
                community=here.community, post_id=id, by=here.person, now=timezone.now(), agreement_id=chosen, note=form.get("note", ""),
            )  # fmt: skip
            return redirect(f"{reverse('conduct', kwargs={'slug': here.slug})}?flagged=1")
        except Refusal as refusal:
            refused, status = words(refusal), refusal.status
    facts = {
        "said": said,
        "agreements": gather.agreements(here.community),
        "refused": refused,
        "note": form.get("note", ""),
    }
    return render(request, "conduct/flag.html", here, nav="feed", status=status, **facts)


@allow("staff", "POST")
def decide_case(request: HttpRequest, here: Here, case: int) -> HttpResponse:
    """Leave a flagged text, or take it away, and mute or ban its author with it."""
    assert here.person
    form = request.POST
    connect.decide_case(
        community=here.community, case_id=case, outcome=form.get("outcome", ""), reason=form.get("reason", ""),
        days=number_of(form.get("days", "")), by=here.person, now=timezone.now(),
    )  # fmt: skip
    return redirect("moderation", slug=here.slug)


@allow("account", "POST")
def appeal(request: HttpRequest, slug: str, case: int) -> HttpResponse:
    """Ask that somebody else looks at a decision against one's own words."""
    here = own(request, slug)
    assert here.person
    text = request.POST.get("text", "")
    try:
        connect.appeal(community=here.community, case_id=case, text=text, by=here.person, now=timezone.now())
    except connect.EmptyAppeal as refusal:
        return page(request, here, refused=words(refusal), status=refusal.status)
    return redirect("conduct", slug=slug)


@allow("staff", "POST")
def decide_appeal(request: HttpRequest, here: Here, case: int) -> HttpResponse:
    """Grant an appeal, or not."""
    assert here.person
    grant, why = request.POST.get("grant") == "1", request.POST.get("reason", "")
    connect.decide_appeal(
        community=here.community, case_id=case, grant=grant, reason=why, by=here.person, now=timezone.now()
    )
    return redirect("moderation", slug=here.slug)


urlpatterns = [
    path("c/<slug:slug>/p/<int:id>/flag", flag, name="flag"),
    path("c/<slug:slug>/moderation/cases/<int:case>", decide_case, name="decide_case"),
    path("c/<slug:slug>/moderation/cases/<int:case>/appeal", decide_appeal, name="decide_appeal"),
    path("c/<slug:slug>/conduct/cases/<int:case>", appeal, name="appeal"),
]
