"""The form of a kind of post that is more than a text."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.connect import api as connect
from kith.connect.api import SentAlready, SpaceStaffOnly
from kith.lib.errors import NotFound, Refusal
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.kinds import KINDS, Kind
from kith.web.refusals import words


@allow("member", "GET", "POST")
def write(request: HttpRequest, here: Here, kind: str) -> HttpResponse:
    """Show the form of a kind, or make a post of it; what is wrong is said beside its field, and nothing typed is lost.

    `?space=` a space's name, to begin with.
    """
    entry = KINDS.get(kind)
    if entry is None or entry.write is None:
        raise NotFound
    if entry.is_staffs and not here.runs:
        raise SpaceStaffOnly
    now, place = timezone.now(), f"new-{kind}"
    if request.method != "POST":
        draft = connect.draft(here.community, here.person, place) if here.person else None
        begun = {"text": draft.text, "key": draft.key} if draft else {"text": "", "key": str(uuid.uuid4())}
        return _form(request, here, kind, entry.start(here, now) | begun | {"space": request.GET.get("space", "")})
    try:
        said = entry.write(here, request.POST, now)
    except Refusal as refusal:
        return _refused(request, here, kind, entry, refusal)
    return redirect("thread", slug=here.slug, id=said.id)


def _refused(request: HttpRequest, here: Here, kind: str, entry: Kind, refusal: Refusal) -> HttpResponse:
    typed = entry.start(here, timezone.now()) | {name: request.POST.get(name, "") for name in request.POST}
    if isinstance(refusal, SentAlready):
        typed["key"] = str(uuid.uuid4())
    field = entry.faults.get(type(refusal), "")
    return _form(request, here, kind, typed, wrong={field: words(refusal)} if field else {}, refused=words(refusal), status=refusal.status)  # fmt: skip


def _form(
    request: HttpRequest, here: Here, kind: str, typed: dict[str, str], *, wrong: dict[str, str] | None = None,
    refused: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    spaces = [s for s in connect.spaces(here.community) if s.takes(kind)]
    return render(
        request, "write.html", here, nav="feed", kind=kind, entry=KINDS[kind], typed=typed, wrong=wrong or {}, refused=refused,
        spaces=spaces, status=status, place=f"new-{kind}", **KINDS[kind].form_facts(here),
    )  # fmt: skip


urlpatterns = [path("c/<slug:slug>/write/<slug:kind>", write, name="write")]
