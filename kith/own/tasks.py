"""Background work of own."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.own import actions


@app.task(name="own.make_bundle")
def make_bundle(bundle_id: int) -> bool:
    """Make an export somebody asked for."""
    return actions.make_bundle(bundle_id=bundle_id, now=timezone.now())


@app.task(name="own.sweep_sessions")
def sweep_sessions(person_id: int) -> int:
    """Remove the sessions of somebody who left."""
    return actions.sweep_sessions(person_id=person_id)


@app.periodic(cron="17 * * * *")
@app.task(name="own.sweep_bundles", queueing_lock="own.sweep_bundles", lock="own.sweep_bundles")
def sweep_bundles(timestamp: int) -> int:
    """Clear away exports whose time is over."""
    return actions.sweep_bundles(now=timezone.now())
