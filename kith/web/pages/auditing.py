"""The record of what staff did: who, what, when; as a page and as a table. Nobody can change it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone

from kith.lib.errors import NotFound, Refusal
from kith.people import api as people
from kith.people.api import Deed, Person
from kith.web import deed_words
from kith.web.pages.downloads import csv_file
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.inviting import spanned
from kith.web.pages.typed import whole
from kith.web.refusals import words

PAGE, LOT = 50, 1000
SPAN_DAYS = 365
HEAD = ("id", "at", "kind", "what", "by", "by_id", "person", "person_id", "subject", "detail")


@allow("staff")
def audit(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what was done here: `who` did it, `kind` (a kind, "all", or empty for acts of staff), `since`, `until`, `before`."""
    wanted, wrong = _wanted(request, here)
    before = request.GET.get("before", "")
    number = whole(before, None)
    found = people.deeds(here.community, **wanted, before=number, limit=PAGE + 1)
    query = request.GET.copy()
    query.pop("before", None)
    return render(
        request, "conduct/audit.html", here, nav="settings", found=[_line(here, d) for d in found[:PAGE]], people=_named(found[:PAGE]), wrong=wrong,
        next=found[PAGE - 1].id if len(found) > PAGE else 0, kinds=deed_words.choices(), kind=request.GET.get("kind", ""), query=query.urlencode(),
        who=request.GET.get("who", "")[:48], since=wanted["since"].date(), until=(wanted["until"] - timedelta(days=1)).date(),
        places=people.standings(here.community, _ids(found)), status=422 if wrong else 200,
    )  # fmt: skip


def _wanted(request: HttpRequest, here: Here) -> tuple[dict[str, Any], str]:
    """Return what is asked for, and what is wrong with it in words."""
    since, until, wrong = spanned(request, SPAN_DAYS)
    kind, who = request.GET.get("kind", "")[:40], request.GET.get("who", "").strip().removeprefix("@")[:48]
    by_id = None
    try:
        by_id = people.member(here.community, who).person_id if who else None
    except Refusal as refusal:
        wrong = wrong or words(refusal)
        by_id = 0
    kinds = deed_words.STAFF if not kind else () if kind == "all" else (kind,)
    return {"kinds": tuple(kinds), "by_id": by_id, "since": since, "until": until}, wrong


def _ids(found: list[Deed]) -> set[int]:
    return {p for d in found for p in (d.by_id, d.person_id) if p}


def _named(found: list[Deed]) -> dict[int, str]:
    """Return the names of everybody in some deeds, also of who left. One query."""
    return {p.pk: p.name for p in Person.objects.filter(pk__in=_ids(found))}


def _line(here: Here, deed: Deed) -> tuple[Deed, str, list[tuple[str, str]], str]:
    """Return a deed with its sentence, its facts in words, and the path of what it was done to."""
    return deed, deed_words.sentence(deed.kind), deed_words.facts(deed.detail), leads_to(here.slug, deed.subject)


def leads_to(slug: str, subject: str) -> str:
    """Return where a page shows what a deed was done to; empty where none does."""
    noun, _, name = subject.partition(":")
    routes = {"post": ("thread", "id"), "order": ("order", "no"), "launch": ("launch", "launch_slug"), "payout": ("payout", "payout"), "circle": ("circle", "circle_id")}  # fmt: skip
    lists = {
        "application": "decided",
        "invitation": "inviting",
        "pool": "pools",
        "treasure": "treasures",
        "sanction": "moderation",
    }
    if noun in routes and name:
        route, key = routes[noun]
        return reverse(route, kwargs={"slug": slug, key: int(name) if key in {"id", "circle_id"} else name})
    return reverse(lists[noun], kwargs={"slug": slug}) if noun in lists else ""


@allow("staff")
def audit_table(request: HttpRequest, here: Here) -> StreamingHttpResponse:
    """Give what the page would show, all of it, as a table.

    Raises:
        NotFound: nobody is called so, or the days are none.

    """
    wanted, wrong = _wanted(request, here)
    if wrong:
        raise NotFound
    return csv_file(f"{here.slug}-record.csv", HEAD, _rows(here, wanted))


def _rows(here: Here, wanted: dict[str, Any]) -> Iterator[tuple[str | int, ...]]:
    before: int | None = None
    while found := people.deeds(here.community, **wanted, before=before, limit=LOT):
        names = _named(found)
        for d in found:
            yield d.id, _moment(d.at), d.kind, deed_words.sentence(d.kind), names.get(d.by_id or 0, ""), d.by_id or "", names.get(d.person_id or 0, ""), d.person_id or "", d.subject, _facts(d)  # fmt: skip
        before = found[-1].id


def _facts(deed: Deed) -> str:
    return "; ".join(f"{name}={value}" for name, value in deed.detail.items())


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


urlpatterns = [
    path("c/<slug:slug>/audit", audit, name="audit"),
    path("c/<slug:slug>/audit.csv", audit_table, name="audit_table"),
]
