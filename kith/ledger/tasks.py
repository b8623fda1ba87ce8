"""Background work of the value book; procrastinate passes the time of the schedule."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.ledger import actions


@app.periodic(cron="41 * * * *")
@app.task(name="ledger.keep_checkpoints", queueing_lock="ledger.keep_checkpoints", lock="ledger.keep_checkpoints")
def keep_checkpoints(timestamp: int) -> None:
    """Keep what accounts without a floor hold, so that reading them stays cheap."""
    actions.keep_all_checkpoints()


@app.periodic(cron="7 * * * *")
@app.task(name="ledger.seal", queueing_lock="ledger.seal", lock="ledger.seal")
def seal(timestamp: int) -> None:
    """Seal each day's book once, in the first hour of the next that finds somebody at work."""
    actions.seal_all(now=timezone.now())
