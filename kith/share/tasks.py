"""Background work of share; harmless when run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.share import actions


@app.periodic(cron="* * * * *")
@app.task(name="share.tick", queueing_lock="share.tick", lock="share.tick")
def tick(timestamp: int) -> None:
    """Ask providers about payouts whose end nobody told."""
    actions.poll_payouts(now=timezone.now())
