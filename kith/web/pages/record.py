"""The record: how every score did on the community's own history, for who runs it; and how fast attention fades."""

import math

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.people import api as people
from kith.see import api as see
from kith.see.api import NotTriedYet, Trials
from kith.web.pages import record_words as words
from kith.web.pages.founding_draft import refused
from kith.web.pages.guard import Here, allow, render

ORDER = ("churn", "super_nodes", "ties", "introductions", "seeds")


@allow("staff")
def record(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what each list found on the community's own past, beside the simple orders."""
    return _page(request, here)


@allow("staff", "POST")
def try_now(request: HttpRequest, here: Here) -> HttpResponse:
    """Have everything tried by a worker."""
    assert here.person
    see.ask_for_trial(community=here.community, by=here.person)
    return _back(here, "trial")


@allow("staff", "POST")
def half_lives(request: HttpRequest, here: Here) -> HttpResponse:
    """Set the half-lives by hand, or let the trials choose them again (`go=free`)."""
    assert here.person
    now = timezone.now()
    if request.POST.get("go") == "free":
        see.free_half_lives(community=here.community, by=here.person, now=now)
        return _back(here, "free")
    tie, node = _number(request.POST.get("tie_days", "")), _number(request.POST.get("node_days", ""))
    wrong = refused(people.checked_half_life, tie) or refused(people.checked_half_life, node)
    if wrong:
        return _page(request, here, wrong=wrong, status=422)
    see.fix_half_lives(community=here.community, tie_days=tie, node_days=node, by=here.person, now=now)
    return _back(here, "fixed")


def _page(request: HttpRequest, here: Here, *, wrong: str = "", status: int = 200) -> HttpResponse:
    fixed = see.fixed_half_lives(here.community)
    in_force = (here.community.tie_half_life_days, here.community.node_half_life_days)
    shown = fixed or in_force
    typed = [
        request.POST.get(name, f"{days:g}")[:12] for name, days in zip(("tie_days", "node_days"), shown, strict=True)
    ]
    return render(
        request, "see/record.html", here, nav="pulse", tried=_tried(here), words=words, order=ORDER, fixed=fixed,
        in_force=in_force, typed=typed, wrong=wrong, said=request.GET.get("said", ""), see=see, status=status,
    )  # fmt: skip


def _tried(here: Here) -> Trials | None:
    try:
        return see.trials(here.community)
    except NotTriedYet:
        return None


def _number(raw: str) -> float:
    """Return what was typed as days; NaN, which every check refuses, for what is no number."""
    try:
        return float(raw.strip().replace(",", "."))
    except ValueError:
        return math.nan


def _back(here: Here, said: str) -> HttpResponse:
    return redirect(f"{reverse('record', kwargs={'slug': here.slug})}?said={said}#{said}")


urlpatterns = [
    path("c/<slug:slug>/pulse/record", record, name="record"),
    path("c/<slug:slug>/pulse/record/trial", try_now, name="record_trial"),
    path("c/<slug:slug>/pulse/record/half-lives", half_lives, name="half_lives"),
]
