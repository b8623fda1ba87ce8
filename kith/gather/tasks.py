"""Background work of gather; harmless when run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.gather import actions


@app.periodic(cron="* * * * *")
@app.task(name="gather.tiers", queueing_lock="gather.tiers", lock="gather.tiers")
def move_touched(timestamp: int) -> None:
    """Move up who has earned it since the last minute; procrastinate passes the time of the schedule."""
    actions.settle_touched(now=timezone.now())


@app.periodic(cron="50 18 * * *")
@app.task(name="gather.tiers_nightly", queueing_lock="gather.tiers_nightly", lock="gather.tiers")
def move_everybody(timestamp: int) -> None:
    """Measure everybody: a window has moved on by a day, and grace has ended for some."""
    actions.settle_everybody(now=timezone.now())


@app.periodic(cron="20 1 * * *")
@app.task(name="gather.treasures", queueing_lock="gather.treasures", lock="gather.treasures")
def notice_unused(timestamp: int) -> None:
    """Tell of treasures that nobody has used for long."""
    actions.sound_alarms(now=timezone.now())
