"""What a community is and where its boundary runs, and who runs it."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Community, Person, Standing, Value
from kith.see import api as see
from kith.web.pages.founding_draft import VALUES, Draft, Faults, refused
from kith.web.pages.guard import Here, NotForYou, allow, render

PARTS = ("about", "values", "rules", "boundary")
PAGE = 20


@allow("staff", "GET", "POST")
def settings(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the settings, or take one `part`: about, values, rules, boundary (the founder's alone)."""
    draft = _as_it_is(here.community)
    if request.method != "POST":
        return _page(request, here, draft)
    part = request.POST.get("part", "")
    if part not in PARTS:
        raise NotFound
    if part == "boundary":
        _only_founder(here)
    draft.take(request.POST)
    go, _, which = request.POST.get("go", "save").partition(":")
    if go in {"add", "remove"}:
        return _page(request, here, _rearranged(draft, go, which))
    faults = _faults(part, draft)
    if faults:
        return _page(request, here, draft, part=part, faults=faults, status=422)
    assert here.person
    _save(here.community, part, draft, here.person)
    return redirect(f"{reverse('settings', kwargs={'slug': here.slug})}?saved={part}#{part}")


def _only_founder(here: Here) -> None:
    if not here.standing or here.standing.role != "founder":
        raise NotForYou


def _as_it_is(community: Community) -> Draft:
    values = Value.objects.filter(community=community).order_by("position")
    return Draft(
        name=community.name, slug=community.slug, pursuit=community.pursuit, rules=community.rules,
        values=[[v.word, v.sentence] for v in values], visible_to=community.visible_to, entered_by=community.entered_by,
        questions="\n".join(community.questions),
    )  # fmt: skip


def _rearranged(draft: Draft, go: str, which: str) -> Draft:
    if go == "add":
        draft.values = [*(draft.values or [["", ""]]), ["", ""]][:VALUES]
    elif which.isdecimal() and len(which) < 3:
        draft.values = [v for i, v in enumerate(draft.values) if i != int(which)]
    return draft


def _faults(part: str, draft: Draft) -> Faults:
    if part != "about":
        return draft.faults(part)
    found = {
        "name": refused(people.checked_name, draft.name),
        "pursuit": refused(people.checked_pursuit, draft.pursuit),
    }
    return {name: sentence for name, sentence in found.items() if sentence}


def _save(community: Community, part: str, draft: Draft, by: Person) -> None:
    about: dict[str, Any] = {"community": community, "by": by, "now": timezone.now()}
    match part:
        case "about":
            people.set_up(**about, name=draft.name, pursuit=draft.pursuit)
        case "values":
            people.hold_dear(**about, values=[(word, sentence) for word, sentence in draft.values])
        case "rules":
            people.set_up(**about, rules_text=draft.rules)
        case _:
            people.set_up(**about, visible_to=draft.visible_to, entered_by=draft.entered_by, questions=draft.asked())


def _page(request: HttpRequest, here: Here, draft: Draft, *, part: str = "", faults: Faults | None = None, status: int = 200) -> HttpResponse:  # fmt: skip
    staff = [
        m for role in ("founder", "operator", "core") for m in people.members(here.community, role=role, limit=PAGE)
    ]
    q = request.GET.get("q", "")[:60]
    found = [m for m in people.members(here.community, search=q, limit=PAGE) if m not in staff] if q else []
    marked, suspects = _programs(here)
    return render(
        request, "settings.html", here, nav="settings", programs=marked, suspects=suspects, draft=draft, rows=draft.values or [["", ""]], most=VALUES, part=part,
        faults=faults or {}, saved=request.GET.get("saved", ""), staff=staff, found=found, q=q, status=status,
        is_founder=bool(here.standing and here.standing.role == "founder"), roles=people.ROLES,
    )  # fmt: skip


@allow("founder", "POST")
def role(request: HttpRequest, here: Here) -> HttpResponse:
    """Give a member another role; the last founder stays."""
    member = people.member(here.community, request.POST.get("handle", "")[:60])
    assert here.person
    people.give_role(
        community=here.community, person_id=member.person_id, role=request.POST.get("role", ""), by=here.person,
        now=timezone.now(),
    )  # fmt: skip
    return redirect(f"{reverse('settings', kwargs={'slug': here.slug})}?saved=roles#roles")


@allow("staff", "POST")
def program(request: HttpRequest, here: Here) -> HttpResponse:
    """Say that a member is a program (`is_bot` 1), or a person after all."""
    member = people.member(here.community, request.POST.get("handle", "")[:60])
    see.mark_bot(
        community=here.community,
        person_id=member.person_id,
        is_bot=request.POST.get("is_bot") == "1",
        now=timezone.now(),
        by=here.person,
    )
    cache.delete(f"supers:{here.community.pk}")
    if request.POST.get("back") == "settings":
        return redirect(f"{reverse('settings', kwargs={'slug': here.slug})}?saved=programs#programs")
    return redirect("member", slug=here.slug, handle=member.handle)


def _programs(here: Here) -> tuple[list[Standing], list[tuple[Standing, float, list[str]]]]:
    """Return the members marked as programs, and whom the last report suspects, with their share of the acts and why."""
    try:
        suspects = see.report(here.community, now=timezone.now()).findings.bots
    except see.NotReported:
        suspects = ()
    places = people.standings(here.community, [s.person for s in suspects])
    found = [(places[s.person], s.share, [see.suspicion(r) for r in s.why]) for s in suspects if s.person in places]
    return people.programs(here.community), [f for f in found if not f[0].is_bot]


urlpatterns = [
    path("c/<slug:slug>/settings", settings, name="settings"),
    path("c/<slug:slug>/settings/role", role, name="role"),
    path("c/<slug:slug>/settings/program", program, name="program"),
]
