"""Background work of bring."""

from django.utils import timezone
from procrastinate.contrib.django import app

from kith.bring import actions


@app.task(name="bring.work")
def work(job_id: int) -> bool:
    """Make an import somebody asked for on a page."""
    return actions.work(job_id=job_id, now=timezone.now())
