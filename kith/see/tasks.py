"""Background work of see."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.see import actions


@app.periodic(cron="*/10 * * * *")
@app.task(name="see.refresh_all", queueing_lock="see.refresh_all", lock="see.refresh_all")
def refresh_all(timestamp: int) -> None:
    """Make pictures anew where acts were added; procrastinate passes the time of the schedule."""
    actions.refresh_all(now=timezone.now())
