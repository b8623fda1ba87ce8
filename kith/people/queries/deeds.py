"""Reading the record: by the page of a community, and by those who tell others."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from kith.people.data import Deed, Place
from kith.people.models import Community
from kith.people.models import Deed as Row

# A transaction that still runs may hold an id below one that is visible: nothing at or after the oldest such is given.
SETTLED = "tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


def as_deed(row: Row) -> Deed:
    return Deed(
        row.pk,
        row.community_id,
        row.kind,
        row.by_id,
        row.person_id,
        row.subject,
        row.detail,
        row.at,
        Place(row.tx, row.pk),
    )


def deeds(
    community: Community, *, kinds: Sequence[str] = (), by_id: int | None = None, since: datetime | None = None, until: datetime | None = None,
    before: int | None = None, limit: int = 50,
) -> list[Deed]:  # fmt: skip
    """Return what was done here, newest first: of some kinds (empty: all), by somebody, from a moment to before another.

    `before` is an id to go on from.
    """
    wanted = {"kind__in": kinds or None, "by": by_id, "at__gte": since, "at__lt": until, "pk__lt": before}
    rows = Row.objects.filter(
        community=community, **{name: value for name, value in wanted.items() if value is not None}
    )
    return [as_deed(r) for r in rows.order_by("-pk")[:limit]]


def deeds_of(community: Community, subject: str) -> list[Deed]:
    """Return what was done to one thing ("post:17"), oldest first."""
    return [as_deed(r) for r in Row.objects.filter(community=community, subject=subject).order_by("pk")]


def deeds_between(community: Community, kinds: Sequence[str], *, since: datetime, until: datetime) -> list[Deed]:
    """Return what was done of some kinds within a span of time, oldest first. One query."""
    rows = Row.objects.filter(community=community, kind__in=kinds, at__gte=since, at__lt=until)
    return [as_deed(r) for r in rows.order_by("pk")]


def last_deed_to(community: Community, person_id: int, kinds: Sequence[str]) -> Deed | None:
    """Return the newest deed of some kinds that was done to somebody. One query."""
    row = Row.objects.filter(community=community, person_id=person_id, kind__in=kinds).order_by("-pk").first()
    return as_deed(row) if row else None


def deeds_after(place: Place, limit: int = 500) -> list[Deed]:
    """Return what was done on the whole server after a place, in the order in which to go on; each deed is given once.

    Deeds of transactions that may still be joined by an earlier one are held back until those have ended.
    """
    rows = Row.objects.raw(
        f"SELECT * FROM people_deed WHERE (tx, id) > (%s, %s) AND {SETTLED} ORDER BY tx, id LIMIT %s", [*place, limit]
    )
    return [as_deed(r) for r in rows]


def end_of_deeds() -> Place:
    """Return the place behind all settled deeds, where a new reader begins."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tx, id FROM people_deed WHERE {SETTLED} ORDER BY tx DESC, id DESC LIMIT 1")
        row = cursor.fetchone()
    return Place(*row) if row else Place(0, 0)
