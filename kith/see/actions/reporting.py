"""Writes of see: the report of a community, from the whole energy book."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from kith.energy import api as energy
from kith.people import api as people
from kith.people.api import Community
from kith.see.actions.reading import read_acts, read_roll
from kith.see.data import NotReported
from kith.see.data import Report as ReportView
from kith.see.models import Measure, Report
from kith.see.queries import as_report, as_stored, coefficients, ranking, tallies
from kith.see.rules.report.findings import findings
from kith.see.rules.report.members import FIELDS, Members, lines, members
from kith.see.rules.report.newcomers import waiting_rows
from kith.see.rules.report.reading import Reading, last_act_at, read
from kith.see.rules.report.removal import Leaving, leaving
from kith.see.rules.warmth import is_stale, moment

CHEAP_SECONDS = 0.5
SMALL = 20_000  # members; more are measured by the task, and nobody waits for it
BLOCK = 2_000  # lines given to COPY at once
LOCK = 0x726570  # "rep": the first half of the advisory lock, the community is the second


def report(community: Community, *, now: datetime) -> ReportView:
    """Return the report, made first when there is none of a small community, or it is stale and cheap to make.

    Raises:
        NotReported: the community is large and its first report is not made yet; the task makes it within ten minutes.
    """
    found = Report.objects.filter(community=community).first()
    if found is None:
        if people.count(community) > SMALL:
            raise NotReported
        return make_report(community=community, now=now)
    newest = energy.last_id(community)
    stale = is_stale(
        made_at=found.made_at, took_seconds=found.took_seconds, read_to=found.read_to, newest=newest, now=now
    )
    if stale and found.took_seconds < CHEAP_SECONDS:
        return make_report(community=community, now=now)
    return as_report(found)


@transaction.atomic
def make_report(*, community: Community, now: datetime) -> ReportView:
    """Read the whole book and write findings and measures anew: one at a time, all of it or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, community.pk & 0x7FFFFFFF])
    began = time.monotonic()
    newest = energy.last_id(community)
    reading = _reading(community, now)
    left = leaving(reading)
    at = datetime.fromtimestamp(reading.at, UTC)
    waits = reading.roll.person[waiting_rows(reading)].tolist()
    found = findings(reading, left, energy.first_words(community, waits), tallies(community))
    _write_measures(community, reading, left, members(reading, coefficients(community), ranking(community, "churn")[0]))
    made, _ = Report.objects.update_or_create(
        community=community,
        defaults={
            "made_at": now,
            "at": at,
            "read_to": newest,
            "took_seconds": time.monotonic() - began,
            "findings": as_stored(found),
        },
    )
    return as_report(made)


def due(*, nightly: bool) -> list[int]:
    """Return the communities whose report is to be made: there is none or it was outdated, `nightly` also where acts came."""
    read_to = dict(Report.objects.values_list("community_id", "read_to"))
    found = people.every_community()
    if nightly:
        return [c.pk for c in found if read_to.get(c.pk, -1) != energy.last_id(c)]
    return [c.pk for c in found if read_to.get(c.pk, -1) < 0]


def _reading(community: Community, now: datetime) -> Reading:
    roll = read_roll(community)
    acts, kinds = read_acts(community, roll)
    last = last_act_at(acts, now.timestamp())
    at = moment(now, None if last is None else datetime.fromtimestamp(last, UTC))
    return read(
        acts, roll, kinds, at=at.timestamp(), tie_half_life_days=community.tie_half_life_days,
        node_half_life_days=community.node_half_life_days,
    )  # fmt: skip


def _write_measures(community: Community, reading: Reading, left: Leaving, found: Members) -> None:
    Measure.objects.filter(community=community).delete()
    copy_in = f"COPY see_measure (community_id, {', '.join(FIELDS)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copy_in) as copy:
        written = (f"{community.pk}\t{_as_text(line)}\n" for line in lines(reading, left, found))
        # Their own words do without COPY's escapes: numbers, moments and JSON of numbers.
        while block := "".join(islice(written, BLOCK)):
            copy.write(block)


def _as_text(line: Iterable[Any]) -> str:
    return "\t".join("\\N" if value is None else str(value) for value in line)
