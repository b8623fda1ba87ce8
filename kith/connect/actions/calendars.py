"""Calendars: their secret addresses, and what stands behind them."""

import secrets
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from kith.connect import rules
from kith.connect.actions.saying import checked_place
from kith.connect.data import NotAnEvent
from kith.connect.models import CalendarKey, Event
from kith.connect.queries import calendar_rows, digest_of, event_row, event_value, excerpt_of, holder_of, titles
from kith.lib.errors import NotFound
from kith.people.api import Community, Person


@transaction.atomic
def open_calendar(*, community: Community, by: Person, now: datetime) -> str:
    """Make the secret of one's own calendar address anew, and return it once; the one before opens nothing any more.

    Raises:
        MembersOnly: as it says.

    """
    checked_place(community, by)
    secret = secrets.token_urlsafe(24)
    kept = {"digest": digest_of(secret), "made_at": now}
    CalendarKey.objects.update_or_create(community=community, person=by, defaults=kept)
    return secret


def close_calendar(*, community: Community, by: Person) -> None:
    """End one's own calendar address; none, none ended."""
    CalendarKey.objects.filter(community=community, person=by).delete()


def calendar_of(*, secret: str, is_own: bool, host: str, now: datetime) -> bytes:
    """Return the calendar that a secret opens: of the whole community, or of what its holder comes to.

    Raises:
        NotFound: the secret was replaced, or its holder left.

    """
    holder = holder_of(secret)
    if holder is None:
        raise NotFound
    community, person = holder
    rows = calendar_rows(community, now=now, person_id=person.pk if is_own else None)
    return _calendar(community, _open(community, rows, person), host, now)


def event_calendar(*, community: Community, post_id: int, reader: Person | None, host: str, now: datetime) -> bytes:
    """Return one event as a calendar.

    Raises:
        NotAnEvent: there is none, or it is closed to the reader.

    """
    row = event_row(community, post_id)
    if not _open(community, [row], reader):
        raise NotAnEvent
    return _calendar(community, [row], host, now)


def _open(community: Community, rows: list[Event], reader: Person | None) -> list[Event]:
    """Leave out what is closed to a reader."""
    shown = titles(community, [r.pk for r in rows], reader=reader)
    return [r for r in rows if r.pk in shown]


def _calendar(community: Community, rows: list[Event], host: str, now: datetime) -> bytes:
    entries = []
    for e in rows:
        address = f"{host}{reverse('thread', kwargs={'slug': community.slug, 'id': e.pk})}"
        uid = f"kith-{community.slug}-{e.pk}@{host.partition('://')[2] or host}"
        entries.append((uid, e.sequence, event_value(e), excerpt_of(e), address))
    return rules.calendar(community.name, entries, now=now)
