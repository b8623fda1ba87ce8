"""Columns (专栏): reading one in order, writing in it; and for who runs the community, who may read which space."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.connect import api as connect
from kith.connect.api import GatedSpace
from kith.launch import api as launch
from kith.lib.errors import Refusal
from kith.people.api import Tier
from kith.web.pages.guard import Here, allow, render
from kith.web.refusals import words

FORM = {
    "is_column": "1",
    "reads": "plan",
    "needs": "",
    "called": "",
    "tier_from": "",
    "preview_chars": "200",
    "authors": "",
}


@allow("see")
def column(request: HttpRequest, here: Here, space_id: int) -> HttpResponse:
    """Show a column: its posts in order, what is closed by its title, and how to join."""
    return _page(request, here, space_id)


def _page(request: HttpRequest, here: Here, space_id: int, refused: str = "", status: int = 200) -> HttpResponse:
    found = connect.column(here.community, space_id, reader=here.person)
    lock = found.space.lock
    plans = launch.plans(here.community, family=lock.needs, now=timezone.now()) if lock and lock.needs else []
    place = f"column-{space_id}"
    draft = connect.draft(here.community, here.person, place) if here.person and found.space.may_write else None
    facts = {"column": found, "plans": plans, "draft": draft, "place": place, "refused": refused, "typed": request.POST}
    return render(request, "column.html", here, nav="feed", status=status, **facts)


@allow("member", "POST")
def write_next(request: HttpRequest, here: Here, space_id: int) -> HttpResponse:
    """Write the next post of a column; what is refused is said above it, and nothing typed is lost."""
    assert here.person
    found = connect.gated_space(here.community, space_id, reader=here.person)
    sent = request.POST
    try:
        said = connect.post(
            community=here.community, text=sent.get("text", ""), by=here.person, now=timezone.now(), space=found.gate.name,
            kind="viewpoint" if found.gate.is_column else "talk", key=sent.get("key", ""), is_free=sent.get("is_free") == "1",
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, here, space_id, words(refusal), refusal.status)
    return redirect("thread", slug=here.slug, id=said.id)


@allow("member", "POST")
def free(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Open a post of a gated space to all, or close it again."""
    assert here.person
    said = connect.set_free(
        community=here.community, post_id=id, is_free=request.POST.get("is_free") == "1", by=here.person, now=timezone.now()
    )  # fmt: skip
    return (
        redirect("column", slug=here.slug, space_id=said.space_id)
        if said.space_id
        else redirect("feed", slug=here.slug)
    )


@allow("staff", "GET", "POST")
def gate(request: HttpRequest, here: Here, space_id: int) -> HttpResponse:
    """Say who may read a space, and who writes in a column; what is wrong is said, and nothing typed is lost."""
    assert here.person
    known = connect.gated_space(here.community, space_id, reader=here.person)
    typed, refused, status = FORM | _typed(known), "", 200
    if request.method == "POST":
        typed |= {name: request.POST.get(name, "") for name in FORM}
        try:
            _write(here, space_id, typed)
        except Refusal as refusal:
            refused, status = words(refusal), refusal.status
        else:
            return redirect("column", slug=here.slug, space_id=space_id)
    facts: dict[str, Any] = {
        "typed": typed, "refused": refused, "known": known, "plans": _families(here),
        "tiers": list(Tier.objects.filter(community=here.community).order_by("position").values_list("position", "name")),
    }  # fmt: skip
    return render(request, "gate.html", here, nav="settings", status=status, **facts)


def _typed(known: GatedSpace) -> dict[str, str]:
    g = known.gate
    return {
        "is_column": "1" if g.is_column else "", "reads": g.reads, "needs": g.needs, "called": g.called if g.reads == "plan" else "",
        "tier_from": str(g.tier_from), "preview_chars": str(g.preview_chars), "authors": " ".join(f"@{a.handle}" for a in known.authors if a.handle),
    }  # fmt: skip


def _families(here: Here) -> list[tuple[str, str]]:
    """Return the families of plans that are offered, each with the title of its first."""
    found: dict[str, str] = {}
    for offer in launch.offers(here.community):
        if offer.kind == "plan":
            found.setdefault(offer.family, offer.title)
    return list(found.items())


def _write(here: Here, space_id: int, typed: dict[str, str]) -> GatedSpace:
    assert here.person
    called, tier_from = typed["called"], _whole(typed["tier_from"] or "0")
    if typed["reads"] == "plan" and not called.strip():
        called = dict(_families(here)).get(typed["needs"], "")
    if typed["reads"] == "tier":
        called = Tier.objects.filter(community=here.community, position=tier_from).values_list("name", flat=True).first() or ""  # fmt: skip
    return connect.set_gate(
        community=here.community, by=here.person, now=timezone.now(), space_id=space_id, is_column=typed["is_column"] == "1", reads=typed["reads"],
        needs=typed["needs"].strip(), tier_from=tier_from, called=called, preview_chars=_whole(typed["preview_chars"]),
        authors=typed["authors"].replace("，", " ").replace(",", " ").split(),
    )  # fmt: skip


def _whole(raw: str) -> int:
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= 4):
        raise connect.BadGate
    return int(raw)


urlpatterns = [
    path("c/<slug:slug>/columns/<int:space_id>", column, name="column"),
    path("c/<slug:slug>/columns/<int:space_id>/write", write_next, name="write_next"),
    path("c/<slug:slug>/columns/<int:space_id>/gate", gate, name="gate"),
    path("c/<slug:slug>/p/<int:id>/free", free, name="free"),
]
