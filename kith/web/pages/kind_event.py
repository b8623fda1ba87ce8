"""Events: their form, the list, the answer, the door, who came, and calendars."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from urllib.parse import quote
from zoneinfo import available_timezones

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.connect import api as connect
from kith.connect.api import EventDraft, EventValue, Said
from kith.lib.errors import Refusal
from kith.people.api import Chapter
from kith.web.pages.cards import shown
from kith.web.pages.downloads import csv_file
from kith.web.pages.guard import Here, allow, is_htmx, render
from kith.web.pages.local_time import local, read
from kith.web.refusals import words

FAULTS: Mapping[type[Refusal], str] = {
    connect.NoTitle: "title", connect.NoStart: "starts", connect.EventInPast: "starts", connect.EndsBeforeStart: "ends",
    connect.UnknownZone: "zone", connect.BadCapacity: "capacity", connect.SeatsTaken: "capacity", connect.BadEventLink: "link",
    connect.NoSuchChapter: "chapter",
}  # fmt: skip
# Where communities mostly are; any other zone may be typed.
ZONES = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Australia/Sydney", "UTC")  # fmt: skip
FIELDS = ("title", "starts", "ends", "zone", "place", "link", "capacity", "chapter")


def start(here: Here, now: datetime) -> dict[str, str]:
    return dict.fromkeys(FIELDS, "") | {"zone": settings.TIME_ZONE}


def draft_of(form: QueryDict) -> EventDraft:
    """Read the form; hours are those of the place."""
    zone = form.get("zone", "").strip()
    known = zone if zone in available_timezones() else ""
    seats = form.get("capacity", "").strip()
    return EventDraft(
        title=form.get("title", ""), starts_at=read(form.get("starts", ""), known), ends_at=read(form.get("ends", ""), known), zone=zone,
        place=form.get("place", ""), link=form.get("link", ""), chapter=form.get("chapter", ""),
        capacity=(int(seats) if seats.isascii() and seats.isdecimal() and len(seats) < 9 else 0) if seats else None,
    )  # fmt: skip


def typed_of(event: EventValue) -> dict[str, str]:
    return {
        "title": event.title, "starts": local(event.starts_at, event.zone), "ends": local(event.ends_at, event.zone), "zone": event.zone,
        "place": event.place, "link": event.link, "capacity": "" if event.capacity is None else str(event.capacity), "chapter": event.chapter,
    }  # fmt: skip


def write(here: Here, form: QueryDict, now: datetime) -> Said:
    assert here.person
    return connect.hold_event(
        community=here.community, text=form.get("text", ""), event=draft_of(form), by=here.person, now=now,
        space=form.get("space", ""), key=form.get("key", ""),
    )  # fmt: skip


def form_facts(here: Here) -> dict[str, Any]:
    chapters = Chapter.objects.filter(community=here.community).order_by("name").values_list("name", flat=True)
    return {"zones": ZONES, "chapters": list(chapters)}


def holds(here: Here, said: Said) -> bool:
    """Tell whether the reader holds an event: announced it, or runs the community."""
    return said.mine or here.runs


def facts(here: Here, said: Said, now: datetime) -> dict[str, Any]:
    """Return the reader's own answer, with the code for the door."""
    event = cast("EventValue", said.extra)
    mine = connect.own_answer(here.community, said.id, here.person) if here.person and here.is_member else None
    return {"mine": mine, "holds": holds(here, said), "is_over": (event.ends_at or event.starts_at) < now}


def host_of(request: HttpRequest) -> str:
    """Return what addresses of this server begin with."""
    return request.build_absolute_uri("/").rstrip("/")


def _event(here: Here, post_id: int) -> Said:
    said = connect.one(here.community, post_id, reader=here.person)
    if not isinstance(said.extra, EventValue):
        raise connect.NotAnEvent
    return said


def _held(here: Here, post_id: int) -> Said:
    said = _event(here, post_id)
    if not holds(here, said):
        raise connect.HostsOnly
    return said


@allow("see")
def events(request: HttpRequest, here: Here) -> HttpResponse:
    """List events to come; `?past=1` those that are over, `?chapter=` those of a chapter, `?page=`."""
    asked, now = request.GET, timezone.now()
    page, is_past = asked.get("page", "1"), bool(asked.get("past"))
    found = connect.events(
        community=here.community, reader=here.person, now=now, is_past=is_past, chapter=asked.get("chapter", "")[:40],
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )  # fmt: skip
    return render(
        request, "events.html", here, nav="feed", found=found, cards=shown(request, here, found.events), is_past=is_past,
        chapter=asked.get("chapter", "")[:40], **form_facts(here),
    )  # fmt: skip


@allow("member", "POST")
def answer(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Say yes, maybe or no."""
    assert here.person
    connect.answer_event(
        community=here.community, post_id=id, answer=request.POST.get("answer", ""), by=here.person, now=timezone.now()
    )
    if not is_htmx(request):
        return redirect("thread", slug=here.slug, id=id)
    said = _event(here, id)
    return render(request, "kinds/event_thread.html", here, said=said, facts=facts(here, said, timezone.now()))


@allow("member", "GET", "POST")
def change(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Change an event, or cancel it (`go` cancel)."""
    assert here.person
    said, form = _held(here, id), request.POST
    typed, wrong, refused, status = typed_of(cast("EventValue", said.extra)), {}, "", 200
    if request.method == "POST":
        common: dict[str, Any] = {"community": here.community, "post_id": id, "by": here.person, "now": timezone.now()}
        try:
            if form.get("go") == "cancel":
                connect.cancel_event(reason=form.get("reason", ""), **common)
            else:
                connect.amend_event(event=draft_of(form), **common)
        except Refusal as refusal:
            typed = {name: form.get(name, "") for name in FIELDS} if "title" in form else typed
            refused, status = words(refusal), refusal.status
            wrong = {FAULTS[type(refusal)]: refused} if type(refusal) in FAULTS else {}
        else:
            return redirect("thread", slug=here.slug, id=id)
    return render(
        request, "event_change.html", here, nav="feed", said=said, typed=typed, wrong=wrong, refused=refused, status=status,
        **form_facts(here),
    )  # fmt: skip


@allow("member", "GET", "POST")
def door(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Let people in by code or name; the code on a guest's telephone opens this page with `?who=` filled."""
    assert here.person
    said = _held(here, id)
    who, found, refused, status = request.GET.get("who", "")[:60], None, "", 200
    if request.method == "POST":
        try:
            found = connect.let_in(community=here.community, post_id=id, who=request.POST.get("who", "")[:60], by=here.person, now=timezone.now())  # fmt: skip
            said, who = _event(here, id), ""
        except Refusal as refusal:
            refused, status, who = words(refusal), refusal.status, request.POST.get("who", "")[:60]
    return render(request, "event_door.html", here, nav="feed", said=said, who=who, found=found, refused=refused, status=status)  # fmt: skip


@allow("member")
def guests(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Show who answered and who came; for who holds the event."""
    said = _held(here, id)
    return render(request, "event_guests.html", here, nav="feed", said=said, guests=connect.guests(here.community, id))


@allow("member")
def guests_csv(request: HttpRequest, here: Here, id: int) -> HttpResponseBase:  # noqa: A002
    """Return that list as a table."""
    _held(here, id)
    rows = [
        (g.who.name, g.who.handle, g.answer, g.at.isoformat(), g.arrived_at.isoformat() if g.arrived_at else "")
        for g in connect.guests(here.community, id)
    ]
    return csv_file(f"event-{id}.csv", ("name", "handle", "answer", "answered_at", "arrived_at"), rows)


def _ics(content: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}.ics",
        "Cache-Control": "private, max-age=300",
    }
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@allow("see")
def event_ics(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Return one event for a calendar."""
    host = host_of(request)
    found = connect.event_calendar(
        community=here.community, post_id=id, reader=here.person, host=host, now=timezone.now()
    )
    return _ics(found, f"event-{id}")


@allow("member", "GET", "POST")
def calendar(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how to subscribe; a POST makes one's secret address anew, or ends it (`go` close)."""
    assert here.person
    addresses: dict[str, str] = {}
    if request.method == "POST" and request.POST.get("go") == "close":
        connect.close_calendar(community=here.community, by=here.person)
    elif request.method == "POST":
        secret = connect.open_calendar(community=here.community, by=here.person, now=timezone.now())
        host = host_of(request)
        addresses = {which: host + reverse("calendar_feed", kwargs={"secret": secret, "which": which}) for which in ("all", "mine")}  # fmt: skip
    has = connect.has_calendar(here.community, here.person)
    return render(request, "calendar.html", here, nav="feed", addresses=addresses, has=has)


@allow("anyone")
def calendar_feed(request: HttpRequest, secret: str, which: str) -> HttpResponse:
    """Return a calendar to whoever has its secret address: programs that fetch it cannot sign in."""
    host = host_of(request)
    return _ics(
        connect.calendar_of(secret=secret, is_own=which == "mine", host=host, now=timezone.now()), f"kith-{which}"
    )


urlpatterns = [
    path("c/<slug:slug>/events", events, name="events"),
    path("c/<slug:slug>/calendar", calendar, name="calendar"),
    path("calendar/<str:secret>/<slug:which>.ics", calendar_feed, name="calendar_feed"),
    path("c/<slug:slug>/p/<int:id>/answer", answer, name="answer_event"),
    path("c/<slug:slug>/p/<int:id>/change", change, name="change_event"),
    path("c/<slug:slug>/p/<int:id>/door", door, name="event_door"),
    path("c/<slug:slug>/p/<int:id>/guests", guests, name="event_guests"),
    path("c/<slug:slug>/p/<int:id>/guests.csv", guests_csv, name="event_guests_csv"),
    path("c/<slug:slug>/p/<int:id>/event.ics", event_ics, name="event_ics"),
]
