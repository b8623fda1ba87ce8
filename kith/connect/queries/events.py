"""Reads of events: their extra, the list of them, guests, and what a calendar holds."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Q

from kith.connect import rules
from kith.connect.data import EventValue, Guest, NotAnEvent, OwnAnswer
from kith.connect.models import Answer, CalendarKey, Event
from kith.connect.queries.authors import author_of
from kith.people.api import Community, Person, standing, standings

EVENTS_PAGE = 20
BACK = timedelta(days=60)  # how far a calendar reaches back
CALENDAR_LIMIT = 500
MARK = "SELECT a.answer FROM connect_answer a WHERE a.event_id = p.id AND a.person_id = %(reader)s"


def event_extras(community: Community, post_ids: Sequence[int], reader_id: int | None) -> dict[int, EventValue]:
    """Return what events have besides their text, by post. Two queries."""
    rows = Event.objects.filter(community=community, pk__in=post_ids).select_related("chapter", "post")
    mine = Answer.objects.filter(event__in=post_ids, person_id=reader_id or 0).values_list("event_id", "answer")
    answers = dict(mine) if reader_id else {}
    return {e.pk: event_value(e, answers.get(e.pk, ""), is_host=e.post.author_id == reader_id) for e in rows}


def event_value(e: Event, answer: str = "", *, is_host: bool = False) -> EventValue:
    return EventValue(
        title=e.title, starts_at=e.starts_at, ends_at=e.ends_at, zone=e.zone, place=e.place,
        link=e.link if is_host or answer == "yes" else "", capacity=e.capacity, chapter=e.chapter.name if e.chapter else "",
        going=e.going, waiting=e.waiting, arrived=e.arrived, is_cancelled=e.cancelled_at is not None,
        cancel_reason=e.cancel_reason, answer=answer,
    )  # fmt: skip


def event_row(community: Community, post_id: int) -> Event:
    """Return a standing event.

    Raises:
        NotAnEvent: it is none, or is gone.

    """
    rows = Event.objects.filter(community=community, pk=post_id, post__deleted_at=None)
    found = rows.select_related("post__author", "chapter", "community").first()
    if found is None:
        raise NotAnEvent
    return found


def own_answer(community: Community, post_id: int, person: Person) -> OwnAnswer | None:
    """Return what somebody answered, None where nothing. Two queries at most."""
    row = Answer.objects.filter(event__community=community, event=post_id, person=person).first()
    if row is None:
        return None
    before = Q(at__lt=row.at) | Q(at=row.at, pk__lt=row.pk)
    nth = Answer.objects.filter(before, event=post_id, answer="waiting").count() + 1 if row.answer == "waiting" else 0
    return OwnAnswer(row.answer, row.code, nth, row.arrived_at)


def guests(community: Community, post_id: int) -> list[Guest]:
    """Return who answered, those who come first, then those in the line, each by when they answered. Two queries."""
    order = {"yes": 0, "waiting": 1, "maybe": 2, "no": 3}
    rows = list(
        Answer.objects.filter(event=event_row(community, post_id)).select_related("person").order_by("at", "pk")
    )
    places = standings(community, [r.person_id for r in rows])
    found = [Guest(author_of(places, r.person), r.answer, r.at, r.arrived_at) for r in rows]
    return sorted(found, key=lambda g: order[g.answer])


def event_ids(community: Community, *, now: datetime, is_past: bool, chapter: str, page: int) -> tuple[list[int], int, int]:  # fmt: skip
    """Return the ids of a page of events, the next first, or of those that began before, the latest first."""
    rows = Event.objects.filter(community=community, post__deleted_at=None)
    since = now - rules.LASTS
    running = Q(starts_at__gte=since) | Q(ends_at__gte=now)
    rows = rows.exclude(running) if is_past else rows.filter(running)
    rows = rows.filter(chapter__name=chapter) if chapter else rows
    pages = max(1, -(-rows.count() // EVENTS_PAGE))
    at = min(max(1, page), pages)
    ordered = rows.order_by("-starts_at", "-pk") if is_past else rows.order_by("starts_at", "pk")
    return list(ordered.values_list("pk", flat=True)[(at - 1) * EVENTS_PAGE : at * EVENTS_PAGE]), at, pages


def calendar_rows(community: Community, *, now: datetime, person_id: int | None = None) -> list[Event]:
    """Return the events a calendar holds: all, or those somebody comes to or may come to. One query."""
    rows = Event.objects.filter(community=community, post__deleted_at=None, starts_at__gte=now - BACK)
    if person_id is not None:
        rows = rows.filter(answers__person=person_id, answers__answer__in=["yes", "maybe", "waiting"])
    return list(rows.select_related("post", "chapter").order_by("starts_at", "pk")[:CALENDAR_LIMIT])


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def holder_of(secret: str) -> tuple[Community, Person] | None:
    """Return whose calendar of which community a secret opens; nobody's once they left."""
    row = CalendarKey.objects.filter(digest=digest_of(secret)).select_related("community", "person").first()
    if row is None or standing(row.community, row.person) is None:
        return None
    return row.community, row.person


def has_calendar(community: Community, person: Person) -> bool:
    return CalendarKey.objects.filter(community=community, person=person).exists()


def excerpt_of(event: Event) -> str:
    """Return the beginning of an event's text, for a calendar; nothing while flags cover it."""
    return rules.excerpt(event.post.text, 400) if event.post.blurred_at is None else ""
