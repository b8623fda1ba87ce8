"""Reads of circles and treasures."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from kith.gather.data import CircleValue, NoSuchCircle, NoSuchTreasure, TreasureValue
from kith.gather.models import Circle, CirclePlace, Treasure, TreasureUse
from kith.people.api import Community, Person


def as_circle(row: Circle) -> CircleValue:
    """Map a circle loaded by `circle_rows`."""
    return CircleValue(
        row.pk, row.name, row.purpose, row.entered_by, row.made_at, row.closed_at, row.inside, row.asking, row.mine or ""  # type: ignore[attr-defined]  # annotated
    )  # fmt: skip


def circle_rows(community: Community, reader: Person | None) -> "QuerySet[Circle]":
    mine = Max("places__state", filter=Q(places__person_id=reader.pk if reader else 0))
    inside = Count("places", filter=~Q(places__state="asked"))
    return Circle.objects.filter(community=community).annotate(
        inside=inside, asking=Count("places", filter=Q(places__state="asked")), mine=mine
    )


def circles(community: Community, *, reader: Person | None, closed: bool = False) -> list[CircleValue]:
    """Return the circles, the largest first; `closed` gives those that ended instead. One query."""
    rows = circle_rows(community, reader).filter(closed_at__isnull=not closed)
    return [as_circle(c) for c in rows.order_by("-inside", "name")]  # type: ignore[misc]  # annotated


def circle(community: Community, circle_id: int, *, reader: Person | None) -> CircleValue:
    """Return a circle, closed or not.

    Raises:
        NoSuchCircle: there is none under this id here.

    """
    row = circle_rows(community, reader).filter(pk=circle_id).first()
    if row is None:
        raise NoSuchCircle
    return as_circle(row)


def circle_people(community: Community, circle_id: int, limit: int = 200) -> list[tuple[int, str]]:
    """Return (person, state) of who is in a circle or asked, keepers first. One query."""
    rows = CirclePlace.objects.filter(community=community, circle_id=circle_id).order_by("-state", "at")
    return list(rows.values_list("person_id", "state")[:limit])


def in_circle(community: Community, circle_id: int, person_id: int) -> bool:
    """Tell whether somebody is in an open circle."""
    rows = CirclePlace.objects.filter(
        community=community, circle_id=circle_id, person_id=person_id, circle__closed_at=None
    )
    return rows.exclude(state="asked").exists()


def treasures(community: Community, *, now: datetime, today: date, reader: Person | None = None) -> list[TreasureValue]:
    """Return the treasures, those unused longest first. Two queries."""
    rows = Treasure.objects.filter(community=community, retired_at=None)
    return sorted(_values(rows, now, today, reader), key=lambda t: (-t.unused_days, t.name))


def treasure(
    community: Community, treasure_id: int, *, now: datetime, today: date, reader: Person | None = None
) -> TreasureValue:
    """Return a treasure.

    Raises:
        NoSuchTreasure: there is none under this id here, or it was retired.

    """
    found = _values(Treasure.objects.filter(community=community, retired_at=None, pk=treasure_id), now, today, reader)
    if not found:
        raise NoSuchTreasure
    return found[0]


def _values(rows: "QuerySet[Treasure]", now: datetime, today: date, reader: Person | None) -> Sequence[TreasureValue]:
    mine = TreasureUse.objects.filter(treasure=OuterRef("pk"), person_id=reader.pk if reader else 0, on=today)
    found = list(rows.annotate(used_today=Exists(mine)))
    users = dict(
        TreasureUse.objects.filter(treasure__in=[t.pk for t in found])
        .values_list("treasure_id").annotate(Count("person_id", distinct=True)).order_by()
    )  # fmt: skip
    return [
        TreasureValue(
            t.pk, t.kind, t.name, t.about, t.person_id, t.custodian_id, t.uses, users.get(t.pk, 0), t.made_at, t.last_used_at,
            t.alarm_days, max(0, (now - (t.last_used_at or t.made_at)).days), t.used_today,
        )
        for t in found
    ]  # fmt: skip
