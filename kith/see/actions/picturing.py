"""Writes of see: a new picture of a community, from the energy book."""

import gzip
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from kith.energy import api as energy
from kith.lib.graph import Numbers, reciprocity
from kith.lib.graph_map import VERSION, encode
from kith.people.api import Community
from kith.see.actions.reading import read_acts, read_roll
from kith.see.data import SCORE, Summary
from kith.see.models import Node, Picture, Report
from kith.see.queries import as_summary, ranking
from kith.see.rules.rivals import RIVALS
from kith.see.rules.roll import Roll
from kith.see.rules.survey import PEOPLE_LIMIT, Book, Survey, active, labels, survey
from kith.see.rules.warmth import FADED_HALF_LIVES, degrees, is_stale, moment, over_time

WEEKS = 17
CHEAP_SECONDS = 0.5
TICK = timedelta(microseconds=1)  # the moment itself counts: it may be that of the last act
LOCK = 0x736565  # "see": the first half of the advisory lock, the community is the second
COLUMNS = (
    "community_id", "person_id", "score", "energy_in", "energy_out", "ties", "two_way", "warmth",
    "percentile", "rank", "circle", "is_super", "reasons",
)  # fmt: skip


def look(*, community: Community, now: datetime) -> Summary:
    """Return the numbers of the picture, made first if there is none or it is stale and cheap to make.

    A stale one that is dear stays until the periodic task replaces it within ten minutes: no reader waits.
    """
    found = Picture.objects.defer("gzipped", "labels").filter(community=community).first()
    if found is None or not _is_readable(found):
        return refresh(community=community, now=now)
    newest = energy.last_id(community)
    stale = is_stale(
        made_at=found.made_at, took_seconds=found.took_seconds, read_to=found.read_to, newest=newest, now=now
    )
    if stale and found.took_seconds < CHEAP_SECONDS:
        return refresh(community=community, now=now)
    return as_summary(found)


def outdate(*, community: Community) -> None:
    """Have picture and report made anew though no act was added: after people left, came or were merged."""
    Picture.objects.filter(community=community).update(read_to=-1)
    Report.objects.filter(community=community).update(read_to=-1)


@transaction.atomic
def refresh(*, community: Community, now: datetime) -> Summary:
    """Make the picture of a community anew: one at a time, all of it or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, community.pk & 0x7FFFFFFF])
    began = time.monotonic()
    community.refresh_from_db(fields=["tie_half_life_days", "node_half_life_days"])  # perhaps tuned since it was read
    totals = energy.totals(community)
    at = moment(now, totals["last_at"])
    roll = read_roll(community)
    book = _book(community, at)
    found = survey(book, roll, at.timestamp(), _order(community, roll, at))
    _write_nodes(community, found)
    numbers = _numbers(community, found, book, totals, at)
    before = Picture.objects.filter(community=community).values_list("version", flat=True).first()
    made, _ = Picture.objects.update_or_create(
        community=community,
        defaults={
            "version": (before or 0) + 1,
            "made_at": now,
            "at": at,
            "read_to": totals["last_id"],
            "took_seconds": time.monotonic() - began,
            "gzipped": gzip.compress(encode(found.picture), 6, mtime=0),
            "labels": labels(found, totals["first_at"]),
            "numbers": numbers,
        },
    )
    return as_summary(made)


def refresh_all(*, now: datetime) -> int:
    """Make every stale picture anew; returns how many were. What nobody looked at yet waits for that."""
    count = 0
    for found in Picture.objects.select_related("community").defer("gzipped", "labels").order_by("pk"):
        newest = energy.last_id(found.community)
        if not _is_readable(found) or (newest != found.read_to and now - found.made_at >= timedelta(minutes=1)):
            refresh(community=found.community, now=now)
            count += 1
    return count


def _is_readable(found: Picture) -> bool:
    """Say whether a map is written as pages of today read it: an older Kith may have left it."""
    return bool(found.numbers.get("format") == VERSION)


def _book(community: Community, at: datetime) -> Book:
    found = energy.tie_columns(community, at=at)
    return Book(found.a, found.b, found.live, found.node_live, found.first_at, found.last_at)


def _order(community: Community, roll: Roll, at: datetime) -> Numbers | None:
    """Return what ranks the members where not the score does: only then acts are read, those of the window before."""
    by, days = ranking(community, "super_nodes")
    if by == SCORE:
        return None
    since = None if by == "recency" else at - timedelta(days=days)
    acts, _ = read_acts(community, roll, since=since)
    return RIVALS[by](acts, at.timestamp() + TICK.total_seconds(), days)


def _numbers(community: Community, found: Survey, book: Book, totals: dict[str, Any], at: datetime) -> dict[str, Any]:
    live = float(found.pairs.strength.sum())
    temperature = degrees(live / found.active) if found.active else 0.0
    return {
        "format": VERSION,
        "people": len(found.roll.person),
        "tied": int((found.ties > 0).sum()),
        "acts": totals["acts"],
        "ties": totals["ties"],
        "pairs": len(found.pairs.a),
        "two_way_percent": round(100 * float(found.pairs.two_way.mean())) if len(found.pairs.a) else 0,
        "reciprocity": reciprocity(found.pairs),
        "super_nodes": len(found.supers),
        "circles": len(found.circle_names),
        "clarity": found.clarity,
        "has_clear_circles": found.has_clear_circles,
        "energy": live,
        "active": found.active,
        "temperature": temperature,
        "weeks": [*_temperature_by_week(community, book, at)[:-1], round(temperature, 2)],
        "shown": min(len(found.roll.person), PEOPLE_LIMIT),
        "shown_ties": len(found.picture.a),
    }


def _temperature_by_week(community: Community, book: Book, at: datetime) -> list[float]:
    moments = [at - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    since = moments[0] - timedelta(days=FADED_HALF_LIVES * community.tie_half_life_days)
    days = energy.by_period(community, since=max(since, datetime(1970, 1, 1, tzinfo=UTC)), until=at + TICK, unit="day")
    energies = over_time([(day, total) for day, _, total in days], moments, community.tie_half_life_days)
    counts = [active(book, moment_.timestamp()) for moment_ in moments]
    return [round(degrees(e / n), 2) if n else 0.0 for e, n in zip(energies, counts, strict=True)]


def _write_nodes(community: Community, found: Survey) -> None:
    Node.objects.filter(community=community).delete()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY see_node ({', '.join(COLUMNS)}) FROM STDIN") as copy,
    ):
        for row in _node_rows(community, found):
            copy.write_row(row)


def _node_rows(community: Community, found: Survey) -> Iterator[tuple[Any, ...]]:
    supers = set(found.supers.tolist())
    columns = (
        found.roll.person, found.score, found.energy_in, found.energy_out, found.ties, found.two_way,
        found.warmth, found.percentile, found.rank, found.circle,
    )  # fmt: skip
    for row, values in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
        if found.roll.is_refusing[row]:
            continue
        why = json.dumps([{"code": r.code, "facts": r.facts} for r in found.reasons[row]], ensure_ascii=False)
        yield (community.pk, *values, row in supers, why)
