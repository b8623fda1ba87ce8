"""Background work of share; harmless when run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.share import actions


@app.periodic(cron="* * * * *")
@app.task(name="share.tick", queueing_lock="share.tick", lock="share.tick")
def tick(timestamp: int) -> None:
    """Ask providers about payouts whose end nobody told."""
    actions.poll_payouts(now=timezone.now())


@app.periodic(cron="41 17 1 * *")
@app.task(name="share.close_month", queueing_lock="share.close_month", lock="share.close_month")
def close_month(timestamp: int) -> None:
    """Write the statements of the month before, in the night after its last day."""
    actions.close_month(now=timezone.now())
