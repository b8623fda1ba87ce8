"""Founding a community: four short steps on one family of addresses, then what to do first."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone, translation

from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Community, SlugTaken
from kith.web.pages.founding_draft import KEY, STEPS, VALUES, Draft, suggest
from kith.web.pages.guard import Here, allow, render
from kith.web.signed_in import reader


@allow("account", "GET", "POST")
def new(request: HttpRequest, step: str = "name") -> HttpResponse:
    """Show a step, or take it: `go` is next, back, keep, suggest, add or remove:N. Whatever is typed is kept first."""
    if step not in STEPS:
        raise NotFound
    draft = Draft.kept(request.session)
    if request.method != "POST":
        return _page(request, step, draft, checked="check" in request.GET)
    draft.take(request.POST)
    go = request.POST.get("go", "next")
    _rearrange(draft, go)
    if not draft.slug.strip() or (go == "suggest" and draft.slug == draft.suggested):
        draft.slug = draft.suggested = suggest(draft.name, _mail(request))
    request.session[KEY] = draft.facts()
    match go:
        case "keep":
            return HttpResponse(status=204)
        case "suggest":
            return JsonResponse({"slug": draft.slug})
        case "back":
            return redirect(_address(STEPS[max(0, STEPS.index(step) - 1)]))
        case "next":
            return _onward(request, step, draft)
        case _:
            return redirect(_address(step))


def _rearrange(draft: Draft, go: str) -> None:
    what, _, which = go.partition(":")
    if what == "add" and len(draft.values) < VALUES:
        draft.values = [*(draft.values or [["", ""]]), ["", ""]][:VALUES]
    if what == "remove" and which.isdecimal() and len(which) < 3:
        draft.values = [v for i, v in enumerate(draft.values) if i != int(which)]


def _onward(request: HttpRequest, step: str, draft: Draft) -> HttpResponse:
    if draft.faults(step):
        return _page(request, step, draft, checked=True, status=422)
    if step != STEPS[-1]:
        return redirect(_address(STEPS[STEPS.index(step) + 1]))
    for earlier in STEPS:
        if draft.faults(earlier):
            return redirect(f"{_address(earlier)}?check")
    try:
        made = _found(request, draft)
    except SlugTaken:  # somebody was faster since the first step
        return redirect(f"{_address('name')}?check")
    del request.session[KEY]
    return redirect("begin", slug=made.slug)


@transaction.atomic
def _found(request: HttpRequest, draft: Draft) -> Community:
    by = reader(request)
    assert by
    return people.found(
        name=draft.name, slug=draft.slug, pursuit=draft.pursuit, by=by, now=timezone.now(),
        values=[(word, sentence) for word, sentence in draft.values], rules_text=draft.rules, visible_to=draft.visible_to,
        entered_by=draft.entered_by, questions=draft.asked(), language=translation.get_language() or "zh-hans",
    )  # fmt: skip


def _page(request: HttpRequest, step: str, draft: Draft, *, checked: bool, status: int = 200) -> HttpResponse:
    rows = draft.values or [["", ""]]
    return render(
        request, "founding.html", step=step, steps=STEPS, at=STEPS.index(step), draft=draft, rows=rows, most=VALUES,
        faults=draft.faults(step) if checked else {}, status=status, host=request.get_host(),
    )  # fmt: skip


def _address(step: str) -> str:
    return reverse("new") if step == "name" else reverse("new_step", kwargs={"step": step})


def _mail(request: HttpRequest) -> str:
    person = reader(request)
    return (person.email if person else "") or ""


@allow("founder")
def begin(request: HttpRequest, here: Here) -> HttpResponse:
    """Say what to do first in a community that stands."""
    return render(request, "founding_done.html", here, nav="feed", members=here.members)


urlpatterns = [
    path("new", new, name="new"),
    path("new/<str:step>", new, name="new_step"),
    path("c/<slug:slug>/begin", begin, name="begin"),
]
