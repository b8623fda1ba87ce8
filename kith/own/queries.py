"""What somebody asked for, what keeps them from leaving, and which rows are theirs."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Q

from kith.launch import api as launch
from kith.own import rules
from kith.own.data import BundleValue, NoSuchBundle, NotReady, Obstacles
from kith.own.models import Bundle
from kith.people import api as people
from kith.people.api import Community, Person
from kith.share import api as share


def room() -> Path:
    """Return the folder of exports, made at first use and readable by its owner only."""
    folder = Path(settings.DATA) / "exports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def as_bundle(row: Bundle) -> BundleValue:
    slug = row.community.slug if row.community else ""
    return BundleValue(row.pk, slug, row.state, row.asked_at, row.made_at, row.until_at, row.size, room() / row.file)


def bundles_of(*, person: Person, community: Community | None, now: datetime) -> list[BundleValue]:
    """Return what somebody asked for and can still get, newest first: of a community, or of their own data."""
    rows = Bundle.objects.filter(Q(until_at=None) | Q(until_at__gt=now), community=community, person=person)
    return [as_bundle(row) for row in rows.select_related("community").order_by("-pk")[:10]]


def bundle(*, person: Person, community: Community | None, bundle_id: int, now: datetime) -> BundleValue:
    """Return an export that is ready, for whoever asked for it.

    Raises:
        NoSuchBundle: there is none of that number, it is another's, or its time is over.
        NotReady: it is being made.

    """
    row = Bundle.objects.select_related("community").filter(pk=bundle_id, person=person, community=community).first()
    if row is None or row.state == "failed" or (row.until_at is not None and row.until_at <= now):
        raise NoSuchBundle
    if row.state != "ready":
        raise NotReady
    found = as_bundle(row)
    if not found.path.is_file():
        raise NoSuchBundle
    return found


def lines_of(person: Person) -> list[int]:
    """Return the ids that are somebody's in the books: their own, and those of the lines they claimed."""
    claimed = Person.objects.filter(merged_into=person).order_by("pk").values_list("pk", flat=True)
    return [person.pk, *claimed]


def touched(ids: Iterable[int]) -> list[Community]:
    """Return the communities in which anything is of these people. One query a table."""
    found: set[int] = set()
    given = {"ids": list(ids)}
    with connection.cursor() as cursor:
        for table in rules.CATALOGUE:
            if table.name in rules.SERVER or table.name in rules.VIA:
                continue
            cursor.execute(f"SELECT DISTINCT community_id FROM {table.name} t WHERE {table.whose}", given)
            found |= {pk for (pk,) in cursor.fetchall()}
    return list(Community.objects.filter(pk__in=found).order_by("pk"))


def obstacles(person: Person) -> Obstacles:
    """Return what keeps somebody from deleting their account."""
    here = touched(lines_of(person))
    owed = [(c.slug, c.name) for c in here if _is_owed(c, person)]
    founded = [(c.slug, c.name) for c in here if people.is_last_founder(c, person)]
    return Obstacles(tuple(founded), tuple(launch.open_orders(person)), tuple(owed))


def _is_owed(community: Community, person: Person) -> bool:
    found = share.money_of(community, person).by_currency
    return any(m.owed_minor > 0 or m.promised_minor or m.on_way_minor for m in found)


@cache
def tables() -> tuple[str, ...]:
    """Return every table that is a community's, by name."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("kith.")]
    return tuple(sorted({m._meta.db_table for m in ours} - rules.SERVER))  # noqa: SLF001 -- Django's documented way


def of_person(table: str, whose: str, hides: Iterable[str], ids: list[int]) -> Iterator[str]:
    """Go through rows of a table that are somebody's, each as JSON, oldest first as far as the table knows."""
    sql = f"SELECT (to_jsonb(t) - %(hides)s::text[])::text FROM {table} t WHERE {whose} ORDER BY (to_jsonb(t) ->> 'id')::bigint"
    return _streamed(sql, {"ids": ids, "hides": list(hides)})


def of_community(table: str, community: Community, *, is_whole: bool) -> Iterator[str]:
    """Go through the rows of a table that are a community's, each as JSON. Of messages, without `is_whole`, those that were reported."""
    hides = [*rules.SECRET.get(table, ()), *rules.ACCOUNT]
    where = "t.community_id = %(community)s"
    if table in rules.VIA:
        column, to, key = rules.VIA[table]
        where = f"t.{column} IN (SELECT {key} FROM {to} WHERE community_id = %(community)s)"
    if table == "connect_message" and not is_whole:
        where += " AND t.reported_at IS NOT NULL"
    sql = f"SELECT (to_jsonb(t) - %(hides)s::text[])::text FROM {table} t WHERE {where}"
    return _streamed(sql, {"community": community.pk, "hides": hides})


def people_in(community: Community, *, is_whole: bool) -> Iterator[str]:
    """Go through everybody the rows of a community name; with their addresses only in the whole export."""
    named = " UNION ".join(
        f"SELECT {column} FROM {table.name} t WHERE community_id = %(community)s"
        for table in rules.CATALOGUE
        if table.name not in rules.SERVER and table.name not in rules.VIA
        for column in (*table.own, *table.others, *table.knows)
    )
    hides = [*rules.ACCOUNT, *(() if is_whole else ("email", "language"))]
    sql = f"SELECT (to_jsonb(t) - %(hides)s::text[])::text FROM people_person t WHERE id IN ({named}) ORDER BY id"
    return _streamed(sql, {"community": community.pk, "hides": hides})


def _streamed(sql: str, given: dict[str, Any]) -> Iterator[str]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, given)
        for (line,) in cursor:
            yield line
