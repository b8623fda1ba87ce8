"""Background work of hooks: reading on every ten seconds, and a job for each address to which something is to be sent."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.hooks import actions
from kith.lib.queueing import queued


@app.periodic(cron="* * * * * */10")
@app.task(name="hooks.spread", queueing_lock="hooks.spread", lock="hooks.spread")
def spread(timestamp: int) -> None:
    """Lay out what happened; procrastinate passes the time of the schedule."""
    for hook_id in actions.spread(now=timezone.now()):
        queued(send.configure(queueing_lock=f"hooks.send:{hook_id}", lock=f"hooks.send:{hook_id}"), hook_id=hook_id)


@app.task(name="hooks.send")
def send(hook_id: int) -> None:
    """Send what is due to one address."""
    actions.send(hook_id=hook_id, now=timezone.now())


@app.periodic(cron="29 19 * * *")
@app.task(name="hooks.sweep", queueing_lock="hooks.sweep")
def sweep(timestamp: int) -> int:
    """Forget what was sent long ago."""
    return actions.sweep(now=timezone.now())
