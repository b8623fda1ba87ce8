"""Events and calendars."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from pydantic import Field

from kith.connect import api as connect
from kith.connect.api import EventDraft
from kith.people.api import Community
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import ANYBODY, READER, WRITER, Asked, person, seen
from kith.rest.fields import NO_NUL, Id, Key, PageNumber, Slug
from kith.rest.fields_events import Cancelled, Coming, EventFields, NewEvent, WhoArrives
from kith.rest.schemas.events import Arrival, CalendarAddresses, Events, Guests, Ics, OwnAnswer

router = Router(tags=["Events"])
EVENTS = "/communities/{slug}/events"
EVENT = f"{EVENTS}/{{event_id}}"
SAID = schemas.PostWithLatest
Past = Annotated[bool, Field(json_schema_extra={"description": "Those that are over instead, the latest first."})]
OfChapter = Annotated[str, Field(max_length=40, pattern=NO_NUL, json_schema_extra={"description": "Only of this chapter; empty for all."})]  # fmt: skip


def draft_of(data: EventFields) -> EventDraft:
    return EventDraft(
        title=data.title, starts_at=data.starts_at, ends_at=data.ends_at, zone=data.zone, place=data.place, link=data.link,
        capacity=data.capacity, chapter=data.chapter,
    )  # fmt: skip


def host_of(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def held(request: Asked, slug: str, event_id: int) -> Community:
    """Return the community of an event the caller holds, or runs.

    Raises:
        NotAnEvent, HostsOnly: as they say.

    """
    community = seen(request, slug)
    connect.check_host(community=community, post_id=event_id, by=person(request))
    return community


@router.get(EVENTS, auth=ANYBODY, response=answers(Events, 404, 422), summary="List events")
def events(
    request: Asked, slug: Slug, past: Past = False, chapter: OfChapter = "", page: PageNumber = 1,  # noqa: FBT002 -- a query parameter
) -> connect.Events:  # fmt: skip
    """Return events to come, the next first."""
    return connect.events(
        community=seen(request, slug), reader=request.auth.person, now=timezone.now(), is_past=past, chapter=chapter, page=page
    )  # fmt: skip


@router.post(EVENTS, auth=WRITER, response=answers(SAID, *BODY, 404, 409, status=201), summary="Hold an event")
def hold_event(request: Asked, slug: Slug, data: NewEvent, key: Key = "") -> Status[connect.Said]:
    """Announce an event that you hold."""
    said = connect.hold_event(
        community=seen(request, slug), text=data.text, event=draft_of(data), by=person(request), now=timezone.now(),
        space=data.space, key=key,
    )  # fmt: skip
    return Status(201, said)


@router.put(EVENT, auth=WRITER, response=answers(SAID, *BODY, 404, 409), summary="Change an event")
def amend_event(request: Asked, slug: Slug, event_id: Id, data: EventFields) -> connect.Said:
    """Change an event you hold; moved in time or place, all who answered are told."""
    return connect.amend_event(
        community=seen(request, slug), post_id=event_id, event=draft_of(data), by=person(request), now=timezone.now()
    )


@router.post(f"{EVENT}/cancel", auth=WRITER, response=answers(SAID, *BODY, 404, 409), summary="Cancel an event")
def cancel_event(request: Asked, slug: Slug, event_id: Id, data: Cancelled) -> connect.Said:
    """Cancel an event you hold; all who answered are told."""
    return connect.cancel_event(
        community=seen(request, slug), post_id=event_id, reason=data.reason, by=person(request), now=timezone.now()
    )


@router.get(f"{EVENT}/answer", auth=READER, response=answers(OwnAnswer, 404, 422), summary="Get your answer")
def own_answer(request: Asked, slug: Slug, event_id: Id) -> connect.OwnAnswer:
    """Return what you answered, with the code that opens the door."""
    found = connect.own_answer(seen(request, slug), event_id, person(request))
    if found is None:
        raise connect.NotAnEvent
    return found


@router.put(f"{EVENT}/answer", auth=WRITER, response=answers(SAID, *BODY, 404, 409), summary="Answer an event")
def answer_event(request: Asked, slug: Slug, event_id: Id, data: Coming) -> connect.Said:
    """Say yes, maybe or no. Yes without a free seat is a place in the line, which moves up by itself."""
    return connect.answer_event(
        community=seen(request, slug), post_id=event_id, answer=data.answer, by=person(request), now=timezone.now()
    )


@router.get(f"{EVENT}/guests", auth=READER, response=answers(Guests, 403, 404, 422), summary="List who comes")
def guests(request: Asked, slug: Slug, event_id: Id) -> dict[str, Any]:
    """Return who answered and who came; for who holds the event and operators."""
    return {"guests": connect.guests(held(request, slug, event_id), event_id)}


@router.post(f"{EVENT}/arrivals", auth=WRITER, response=answers(Arrival, *BODY, 404, 409), summary="Let somebody in")
def let_in(request: Asked, slug: Slug, event_id: Id, data: WhoArrives) -> connect.Arrival:
    """Let somebody in by their code or @handle; whoever came is counted once, however often shown."""
    return connect.let_in(
        community=seen(request, slug), post_id=event_id, who=data.who, by=person(request), now=timezone.now()
    )


@router.get(f"{EVENT}/ics", auth=ANYBODY, response=answers(Ics, 404, 422), summary="Get an event as a calendar")
def event_calendar(request: Asked, slug: Slug, event_id: Id) -> dict[str, str]:
    """Return one event as iCalendar (RFC 5545)."""
    found = connect.event_calendar(
        community=seen(request, slug), post_id=event_id, reader=request.auth.person, host=host_of(request), now=timezone.now()
    )  # fmt: skip
    return {"ics": found.decode()}


@router.post(
    "/communities/{slug}/calendar", auth=WRITER, response=answers(CalendarAddresses, 404, 422, status=201),
    summary="Make calendar addresses",
)  # fmt: skip
def open_calendar(request: Asked, slug: Slug) -> Status[dict[str, str]]:
    """Make your secret calendar addresses anew; those before open nothing any more. They are told only now."""
    secret = connect.open_calendar(community=seen(request, slug), by=person(request), now=timezone.now())
    return Status(201, {which: f"{host_of(request)}/calendar/{secret}/{which}.ics" for which in ("all", "mine")})


@router.delete(
    "/communities/{slug}/calendar", auth=WRITER, response=answers(None, 404, 422, status=204), summary="End calendar addresses"
)  # fmt: skip
def close_calendar(request: Asked, slug: Slug) -> Status[None]:
    """End your secret calendar addresses."""
    connect.close_calendar(community=seen(request, slug), by=person(request))
    return Status(204, None)
