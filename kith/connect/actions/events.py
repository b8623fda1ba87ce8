"""Events: held, moved, cancelled; answered, with a line that moves up by itself; and the door, which counts once."""

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from kith.connect import rules
from kith.connect.actions.news import tell
from kith.connect.actions.saying import checked_place, held, say
from kith.connect.data import (
    ANSWERS,
    CANCEL_LIMIT,
    Arrival,
    EventDraft,
    EventOver,
    Events,
    HostsOnly,
    NoSuchChapter,
    NotAGuest,
    Said,
    TooEarly,
    UnknownAnswer,
)
from kith.connect.models import Answer, Event, Post
from kith.connect.queries import author_of, check_open, event_ids, event_row, one, some
from kith.energy.api import NewAct, record
from kith.lib.text import clean_line
from kith.people.api import Chapter, Community, Person, by_handles, note_deed, standings

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another
CODE = 8
DOOR_OPENS = timedelta(days=1)


def hold_event(*, community: Community, text: str, event: EventDraft, by: Person, now: datetime, space: str = "", key: str = "") -> Said:  # fmt: skip
    """Announce an event. Who announces it holds it: its host.

    Raises:
        MembersOnly, EmptyText, TextTooLong, SentAlready, NoSuchSpace, SpaceArchived, KindNotHere: as they say.
        NoTitle, NoStart, EventInPast, EndsBeforeStart, UnknownZone, BadCapacity, BadEventLink, NoSuchChapter: as they say.

    """
    kept = rules.checked_event(event, now=now)
    with transaction.atomic():
        made, is_new = say(community=community, by=by, text=text, now=now, key=key, kind="event", space=space)
        if is_new:
            Event.objects.create(community=community, post=made, **_columns(community, kept))
    return one(community, made.pk, reader=by)


def _columns(community: Community, kept: EventDraft) -> dict[str, Any]:
    chapter = None
    if name := clean_line(kept.chapter):
        chapter = Chapter.objects.filter(community=community, name=name).first()
        if chapter is None:
            raise NoSuchChapter(chapter=name[:40])
    return asdict(kept) | {"chapter": chapter}


def _held(community: Community, post_id: int, by: Person) -> Event:
    """Return a standing event and hold its post until the transaction ends: seats are given one at a time."""
    event_row(community, post_id)
    check_open(community, held(community, post_id), by)
    return event_row(community, post_id)


def _check_host(community: Community, event: Event, by: Person) -> None:
    place = checked_place(community, by)
    if event.post.author_id != by.pk and not place.is_staff:
        raise HostsOnly


def check_host(*, community: Community, post_id: int, by: Person) -> None:
    """Let pass who holds an event, or runs the community.

    Raises:
        NotAnEvent, MembersOnly, HostsOnly: as they say.

    """
    _check_host(community, event_row(community, post_id), by)


def _check_running(event: Event, now: datetime) -> None:
    if event.cancelled_at is not None or rules.ended_at(event.starts_at, event.ends_at) <= now:
        raise EventOver


def _changed(event: Event, now: datetime) -> None:
    Post.objects.filter(pk=event.pk).update(version=F("version") + 1)
    tell(community=event.community, kind="edit", root_id=event.pk, post_id=event.pk, now=now)


def _tell_guests(event: Event, kind: str, by: Person | None, now: datetime, **detail: str | int | bool) -> int:
    """Note a deed for each who comes, may come or waits, from which they are told; returns how many."""
    rows = Answer.objects.filter(event=event, answer__in=["yes", "maybe", "waiting"]).select_related("person")
    for row in rows.order_by("pk"):
        note_deed(community=event.community, kind=kind, by=by, now=now, person=row.person, subject=f"post:{event.pk}", detail=detail)  # fmt: skip
    return len(rows)


@transaction.atomic
def amend_event(*, community: Community, post_id: int, event: EventDraft, by: Person, now: datetime) -> Said:
    """Change an event. Moved in time or place, all who answered are told; more seats go to the line at once.

    Raises:
        MembersOnly, NotAnEvent, HostsOnly, EventOver, SeatsTaken: as they say, and what `hold_event` refuses.

    """
    row = _held(community, post_id, by)
    _check_host(community, row, by)
    _check_running(row, now)
    kept = rules.checked_event(event, now=now, going=row.going, was=row.starts_at)
    was = (row.starts_at, row.ends_at, row.place, row.link)
    columns = _columns(community, kept)
    is_moved = was != (kept.starts_at, kept.ends_at, kept.place, kept.link)
    if is_moved:
        columns |= {"sequence": F("sequence") + 1, "reminded": 0}
    Event.objects.filter(pk=row.pk).update(**columns)
    if is_moved:
        _tell_guests(row, "connect.event_moved", by, now)
    _move_up(event_row(community, post_id), now)
    _changed(row, now)
    return one(community, post_id, reader=by)


@transaction.atomic
def cancel_event(*, community: Community, post_id: int, by: Person, now: datetime, reason: str = "") -> Said:
    """Cancel an event; all who answered are told, calendars strike it out.

    Raises:
        MembersOnly, NotAnEvent, HostsOnly, EventOver: as they say.

    """
    row = _held(community, post_id, by)
    _check_host(community, row, by)
    _check_running(row, now)
    words = clean_line(reason)[:CANCEL_LIMIT]
    Event.objects.filter(pk=row.pk).update(cancelled_at=now, cancel_reason=words, sequence=F("sequence") + 1)
    _tell_guests(row, "connect.event_cancelled", by, now)
    _changed(row, now)
    return one(community, post_id, reader=by)


@transaction.atomic
def answer_event(*, community: Community, post_id: int, answer: str, by: Person, now: datetime) -> Said:
    """Say yes, maybe or no. Yes without a free seat is a place in the line; a seat given back goes to the next in it.

    Raises:
        MembersOnly, NotAnEvent, UnknownAnswer, EventOver: as they say.

    """
    checked_place(community, by)
    if answer not in ANSWERS:
        raise UnknownAnswer
    event = _held(community, post_id, by)
    _check_running(event, now)
    row = Answer.objects.filter(event=event, person=by).first()
    before = row.answer if row else ""
    if before == answer or (before == "waiting" and answer == "yes"):
        return one(community, post_id, reader=by)
    state = answer if answer != "yes" or _has_seat(event) else "waiting"
    _write(event, row, by, state, now)
    _count(event, before, state)
    if before == "yes":
        _move_up(event_row(community, post_id), now)
    _changed(event, now)
    return one(community, post_id, reader=by)


def _has_seat(event: Event) -> bool:
    return event.capacity is None or event.going < event.capacity


def _write(event: Event, row: Answer | None, person: Person, state: str, now: datetime) -> Answer:
    if row is None:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE))
        return Answer.objects.create(event=event, person=person, answer=state, code=code, at=now)
    row.answer, row.at = state, now
    row.save(update_fields=["answer", "at"])
    return row


def _count(event: Event, before: str, after: str) -> None:
    """Bring the counts of seats and of the line up to date; more seats than there are the database refuses."""
    Event.objects.filter(pk=event.pk).update(
        going=F("going") + int(after == "yes") - int(before == "yes"),
        waiting=F("waiting") + int(after == "waiting") - int(before == "waiting"),
    )


def _move_up(event: Event, now: datetime) -> None:
    """Give free seats to those who wait the longest; each is told by a deed."""
    line = Answer.objects.filter(event=event, answer="waiting").select_related("person").order_by("at", "pk")
    free = event.waiting if event.capacity is None else max(0, event.capacity - event.going)
    for row in line[:free]:
        Answer.objects.filter(pk=row.pk).update(answer="yes")
        _count(event, "waiting", "yes")
        note_deed(community=event.community, kind="connect.seat_freed", by=None, now=now, person=row.person, subject=f"post:{event.pk}")  # fmt: skip


@transaction.atomic
def let_in(*, community: Community, post_id: int, who: str, by: Person, now: datetime) -> Arrival:
    """Let somebody in at the door, by their code or by their handle (@…); whoever came is counted once, however often shown.

    A handle lets in members who had not answered, too. Coming is an act toward the host.

    Raises:
        MembersOnly, NotAnEvent, HostsOnly: as they say.
        EventOver: it was cancelled. TooEarly: it is more than a day ahead.
        NotAGuest: nobody has this code or handle.

    """
    event = _held(community, post_id, by)
    _check_host(community, event, by)
    if event.cancelled_at is not None:
        raise EventOver
    if now < event.starts_at - DOOR_OPENS:
        raise TooEarly
    row = _guest(event, who, now)
    is_first = bool(Answer.objects.filter(pk=row.pk, arrived_at=None).update(arrived_at=now, let_in_by=by))
    places = standings(community, [row.person_id])
    if is_first:
        Event.objects.filter(pk=event.pk).update(arrived=F("arrived") + 1)
        _changed(event, now)
        record(community=community, acts=_attendance(event, row.person_id, now))
    return Arrival(author_of(places, row.person), now if is_first else row.arrived_at or now, is_first)


def _guest(event: Event, who: str, now: datetime) -> Answer:
    rows = Answer.objects.filter(event=event).select_related("person")
    if found := rows.filter(code=who.strip().upper()).first():
        return found
    places = by_handles(event.community, [who.strip().removeprefix("@")])
    if not places:
        raise NotAGuest
    [place] = places.values()
    if found := rows.filter(person=place.person_id).first():
        return found
    return _write(event, None, Person.objects.get(pk=place.person_id), "no", now)


def _attendance(event: Event, person_id: int, now: datetime) -> list[NewAct]:
    if person_id == event.post.author_id:
        return []
    key = f"attend:{event.pk}:{person_id}"
    return [NewAct(person_id, "attend", now, key, f"post:{event.pk}", other_id=event.post.author_id)]


def events(
    *, community: Community, reader: Person | None, now: datetime, is_past: bool = False, chapter: str = "", page: int = 1
) -> Events:  # fmt: skip
    """Return a page of events to come, the next first, or of those that are over, the latest first."""
    ids, at, pages = event_ids(community, now=now, is_past=is_past, chapter=chapter, page=page)
    return Events(some(community, ids, reader=reader), at, pages)


def remind(*, now: datetime) -> int:
    """Remind who comes or may come, a day and an hour before, once each, by deeds; returns how many words went out."""
    many = 0
    soon = Event.objects.filter(
        cancelled_at=None, post__deleted_at=None, starts_at__gt=now, starts_at__lte=now + rules.DAY
    )
    for pk in list(soon.filter(reminded__lt=2).order_by("starts_at", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            event = Event.objects.select_for_update(of=("self",)).select_related("community", "post").get(pk=pk)
            due = rules.reminder(event.starts_at, now)
            if due > event.reminded:
                Event.objects.filter(pk=pk).update(reminded=due)
                many += _tell_guests(event, "connect.event_soon", None, now, hours=1 if due == 2 else 24)
    return many
