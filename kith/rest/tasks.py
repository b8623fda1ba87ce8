"""Background work of the API."""

from procrastinate.contrib.django import app

from kith.rest import limits


@app.periodic(cron="47 * * * *")
@app.task(name="rest.sweep_rates", queueing_lock="rest.sweep_rates", lock="rest.sweep_rates")
def sweep_rates(timestamp: int) -> int:
    """Forget how often the API was called in minutes that are over."""
    return limits.sweep(minute=limits.minute_of(timestamp))
