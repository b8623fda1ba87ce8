"""Chains (接龙): their form, and what is done on their page: lines written, a text pasted in, closing, a file to take away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kith.connect import api as connect
from kith.connect.api import Said
from kith.lib.errors import Refusal
from kith.lib.tables import Cell
from kith.web.pages.downloads import csv_file
from kith.web.pages.guard import Here, allow
from kith.web.pages.local_time import NotAMoment, local, read
from kith.web.pages.threads import thread_page
from kith.web.refusals import words

FAULTS: Mapping[type[Refusal], str] = {
    connect.BadPattern: "pattern", connect.BadCap: "cap", connect.ClosesInThePast: "closes_at", NotAMoment: "closes_at",
}  # fmt: skip
# What a pasted line lacks.
PROBLEMS = {
    "missing": gettext_noop("something that must be filled is missing"),
    "not_number": gettext_noop("that is no number"),
    "known": gettext_noop("stands here already"),
    "full": gettext_noop("no room left"),
}


def start(here: Here, now: datetime) -> dict[str, str]:
    return {"pattern": _("Name-Quantity"), "seen_by": "all"}


def number(raw: str) -> int | None:
    """Read a number of a form; an empty field is none, and what is none is refused as too small."""
    if not raw.strip():
        return None
    return int(raw) if raw.strip().isdecimal() and len(raw) < 10 else 0


def write(here: Here, form: QueryDict, now: datetime) -> Said:
    assert here.person
    return connect.start_chain(
        community=here.community, text=form.get("text", ""), by=here.person, now=now, space=form.get("space", ""), key=form.get("key", ""),
        pattern=form.get("pattern", ""), example=form.get("example", ""), cap=number(form.get("cap", "")), seen_by=form.get("seen_by", "all"),
        counts_quantity=bool(form.get("counts_quantity")), closes_at=read(form.get("closes_at", "")),
    )  # fmt: skip


def facts(here: Here, said: Said, now: datetime) -> dict[str, Any]:
    try:
        chain = connect.chain(here.community, said.id, reader=here.person, now=now)
    except connect.Locked:
        return {}  # the page shows the preview of the post alone
    return {"chain": chain, "closes": local(chain.value.closes_at), "typed": {}, "refused": "", "pasted": None, "problems": PROBLEMS}  # fmt: skip


@allow("member", "POST")
def chain_act(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Write, change or take out a line, close or open the chain, read or take a pasted text; what is refused is said above, nothing typed is lost."""
    form, now = request.POST, timezone.now()
    go = form.get("go", "add")
    try:
        pasted = _done(here, id, form, go, now)
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _again(request, here, id, status=refusal.status, refused=words(refusal), typed=form)
    if go == "preview":
        return _again(request, here, id, pasted=pasted, typed=form)
    return redirect(reverse("thread", kwargs={"slug": here.slug, "id": id}) + "#chain")


def _done(here: Here, post_id: int, form: QueryDict, go: str, now: datetime) -> connect.Pasted | None:
    common: dict[str, Any] = {"community": here.community, "post_id": post_id, "by": here.person, "now": now}
    line = number(form.get("line", "")) or 0
    if go == "add":
        connect.add_line(**common, values=form.getlist("value"))
    elif go == "edit":
        connect.edit_line(**common, line_id=line, values=form.getlist("value"))
    elif go == "remove":
        connect.remove_line(**common, line_id=line)
    elif go in {"close", "open"}:
        connect.close_chain(**common, is_closed=go == "close")
    elif go == "amend":
        connect.amend_chain(**common, cap=number(form.get("cap", "")), closes_at=read(form.get("closes_at", "")))
    else:
        return connect.paste_chain(**common, text=form.get("pasted", ""), take=go == "take")
    return None


def _again(request: HttpRequest, here: Here, post_id: int, status: int = 200, **more: Any) -> HttpResponse:
    live = here.live(connect.newest_news(here.community))
    found = connect.thread(here.community, post_id, reader=here.person)
    shown = facts(here, found.post, timezone.now()) | more
    return thread_page(request, here, found, live=live, facts=shown, status=status)


@allow("see")
def chain_csv(request: HttpRequest, here: Here, id: int) -> HttpResponseBase:  # noqa: A002
    """Return the lines the reader may see, for a spreadsheet."""
    found = connect.chain(here.community, id, reader=here.person, now=timezone.now())
    head = ["#", *(c.name for c in found.value.columns), _("Written by"), _("When")]
    rows: list[list[Cell]] = [[line.n, *line.values, line.by_name, local(line.at)] for line in found.lines]
    return csv_file(f"chain-{id}.csv", head, rows)


urlpatterns = [
    path("c/<slug:slug>/p/<int:id>/chain", chain_act, name="chain_act"),
    path("c/<slug:slug>/p/<int:id>/chain.csv", chain_csv, name="chain_csv"),
]
