"""Decisions on events. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Calendar
from icalendar import Event as Entry

from kith.connect.data import (
    CAPACITY_LIMIT,
    LINK_LIMIT,
    PLACE_LIMIT,
    TITLE_LIMIT,
    BadCapacity,
    BadEventLink,
    EndsBeforeStart,
    EventDraft,
    EventInPast,
    EventValue,
    NoStart,
    NoTitle,
    SeatsTaken,
    UnknownZone,
)
from kith.lib.text import clean_line

LASTS = timedelta(hours=2)  # where no end is told
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def checked_event(draft: EventDraft, *, now: datetime, going: int = 0, was: datetime | None = None) -> EventDraft:
    """Return an event as it is kept. One whose beginning stays as it `was` may have begun.

    Raises:
        NoTitle, NoStart, EventInPast, EndsBeforeStart, UnknownZone, BadCapacity, BadEventLink: as they say.
        SeatsTaken: more are coming than there would be seats.

    """
    title, link = clean_line(draft.title)[:TITLE_LIMIT], draft.link.strip()[:LINK_LIMIT]
    if not title:
        raise NoTitle
    if draft.zone not in available_timezones():
        raise UnknownZone(zone=clean_line(draft.zone)[:40])
    if link and not link.lower().startswith(("https://", "http://")):
        raise BadEventLink
    _check_times(draft, now, was)
    _check_seats(draft.capacity, going)
    return replace(draft, title=title, link=clean_line(link), place=clean_line(draft.place)[:PLACE_LIMIT])


def _check_times(draft: EventDraft, now: datetime, was: datetime | None) -> None:
    if draft.starts_at is None:
        raise NoStart
    if draft.starts_at <= now and draft.starts_at != was:
        raise EventInPast
    if draft.ends_at is not None and draft.ends_at <= draft.starts_at:
        raise EndsBeforeStart


def _check_seats(capacity: int | None, going: int) -> None:
    if capacity is None:
        return
    if not 1 <= capacity <= CAPACITY_LIMIT:
        raise BadCapacity(limit=f"{CAPACITY_LIMIT:,}")
    if capacity < going:
        raise SeatsTaken(going=going)


def ended_at(starts_at: datetime, ends_at: datetime | None) -> datetime:
    return ends_at or starts_at + LASTS


def reminder(starts_at: datetime, now: datetime) -> int:
    """Return which word is due: 2 within the last hour, 1 within the last day, 0 before that and once it began."""
    left = starts_at - now
    return 0 if left <= timedelta(0) or left > DAY else 2 if left <= HOUR else 1


def calendar(name: str, entries: list[tuple[str, int, EventValue, str, str]], *, now: datetime) -> bytes:
    """Return a calendar (RFC 5545) of events: each with its uid, its sequence, its text and its address."""
    found = Calendar()
    for key, value in (
        ("prodid", "-//Kith//kith//"),
        ("version", "2.0"),
        ("x-wr-calname", name),
        ("method", "PUBLISH"),
    ):
        found.add(key, value)
    for uid, sequence, event, text, address in entries:
        found.add_component(_entry(uid, sequence, event, text, address, now))
    return bytes(found.to_ical())


def _entry(uid: str, sequence: int, event: EventValue, text: str, address: str, now: datetime) -> Entry:
    zone, entry = ZoneInfo(event.zone), Entry()
    entry.add("uid", uid)
    entry.add("sequence", sequence)
    entry.add("dtstamp", now)
    entry.add("summary", event.title)
    entry.add("dtstart", event.starts_at.astimezone(zone))
    entry.add("dtend", ended_at(event.starts_at, event.ends_at).astimezone(zone))
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("description", f"{text}\n\n{address}")
    entry.add("url", event.link or address)
    if place := event.place or event.link:
        entry.add("location", place)
    return entry
