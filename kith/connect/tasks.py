"""Background work of connect."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.connect import actions, queries
from kith.lib.errors import NotFound
from kith.lib.queueing import queued
from kith.people.api import community, every_community

MORNING = 6


@app.periodic(cron="17 * * * *")
@app.task(name="connect.sweep_news", queueing_lock="connect.sweep_news", lock="connect.sweep_news")
def sweep_news(timestamp: int) -> None:
    """Forget news that no open page can still ask for; procrastinate passes the time of the schedule."""
    actions.sweep_news(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="connect.tell_of_deeds", queueing_lock="connect.tell_of_deeds", lock="connect.tell_of_deeds")
def tell_of_deeds(timestamp: int) -> None:
    """Tell people of the decisions and other deeds that name them."""
    actions.tell_of_deeds(now=timezone.now())


@app.periodic(cron="11 * * * *")
@app.task(name="connect.dailies", queueing_lock="connect.dailies", lock="connect.dailies")
def dailies(timestamp: int) -> int:
    """Queue yesterday's reports from six in the morning on, by the server's clock; a job a community, so that none stops another."""
    now, count = datetime.fromtimestamp(timestamp, UTC), 0
    done = queries.settled(timezone.localdate(now) - timedelta(days=1))
    for here in every_community() if timezone.localtime(now).hour >= MORNING else ():
        if here.pk not in done:
            count += queued(daily.configure(queueing_lock=f"connect.daily:{here.pk}"), slug=here.slug)
    return count


@app.task(name="connect.daily")
def daily(slug: str) -> bool:
    """Make and tell yesterday's report of one community."""
    try:
        here = community(slug)
    except NotFound:
        return False  # it has gone since it was queued
    return actions.tell_daily(community=here, now=timezone.now())


@app.periodic(cron="50 18 * * *")
@app.task(name="connect.tell_promises", queueing_lock="connect.tell_promises", lock="connect.tell_promises")
def tell_promises(timestamp: int) -> int:
    """Count what was promised and kept, by night before the reports are made (see.report_all)."""
    return actions.tell_every_promise(now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="connect.remind", queueing_lock="connect.remind", lock="connect.remind")
def remind(timestamp: int) -> None:
    """Remind of events a day and an hour before."""
    actions.remind(now=timezone.now())
