"""Background work of see."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.see import actions


@app.periodic(cron="*/10 * * * *")
@app.task(name="see.refresh_all", queueing_lock="see.refresh_all", lock="see.refresh_all")
def refresh_all(timestamp: int) -> None:
    """Make pictures anew where acts were added; procrastinate passes the time of the schedule."""
    actions.refresh_all(now=timezone.now())


@app.periodic(cron="23 * * * *")
@app.task(name="see.errands", queueing_lock="see.errands", lock="see.errands")
def propose_errands(timestamp: int) -> None:
    """Bring what there is to do up to date everywhere, and record what came of what was done."""
    actions.propose_every_errand(now=timezone.now())
