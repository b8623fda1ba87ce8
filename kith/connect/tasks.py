"""Background work of connect."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.connect import actions


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
