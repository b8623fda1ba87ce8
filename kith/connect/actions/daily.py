"""Making the daily report: on the morning after, or when somebody looks."""

from datetime import date, datetime, timedelta

from django.db import transaction

from kith.connect.data import LEAST_MESSAGES, Daily
from kith.connect.models import DailyReport
from kith.connect.queries import daily as queries
from kith.people.api import Community, note_deed


def daily_report(*, community: Community, on: date, now: datetime) -> Daily:
    """Return the report of a day. A day that is over is kept; it is found anew when lines of it came in since.

    Raises:
        NoSuchDay: it lies in the future, or before the community began.

    """
    queries.checked_day(community, on, now)
    if on == queries.day_of(now):
        return queries.told(community, on, queries.findings(community, on), now)
    return queries.told(community, on, _kept(community, on, now).findings, now)


def _kept(community: Community, on: date, now: datetime) -> DailyReport:
    row, counted = queries.kept(community, on), queries.count_lines(community, on)
    if row is None or row.counted < counted:
        found = {"counted": counted, "findings": queries.findings(community, on), "made_at": now}
        row, _ = DailyReport.objects.update_or_create(community=community, on=on, defaults=found)
    return row


@transaction.atomic
def tell_daily(*, community: Community, now: datetime) -> bool:
    """Make yesterday's report and note in the record that it is there, once; a day of fewer than five messages is not told of."""
    on = queries.day_of(now) - timedelta(days=1)
    row = _kept(community, on, now)
    many = row.findings["numbers"][0]
    if many < LEAST_MESSAGES:
        return False
    if not DailyReport.objects.filter(pk=row.pk, told_at=None).update(told_at=now):
        return False
    note_deed(
        community=community, kind="connect.daily", by=None, subject=f"day:{on}", detail={"messages": many}, now=now
    )
    return True
