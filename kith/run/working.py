"""The worker: tasks and schedules from PostgreSQL, by procrastinate."""

import asyncio

from procrastinate.contrib.django import app

from kith.run.orphan import follow_parent

# A task that runs longer than this at the end is given up and done again later.
STOP_SECONDS = 6
STALLED_SECONDS = 30


@app.periodic(cron="* * * * *")
@app.task(name="run.revive", queueing_lock="run.revive", pass_context=False)
async def revive(timestamp: int) -> None:
    """Give the tasks of a killed worker back to the queue; their locks would stop all like them."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await app.job_manager.retry_job(job)


def work(*, concurrency: int, until_idle: bool = False) -> None:
    """Work until told to stop; or, with `until_idle`, until the queue is empty."""
    follow_parent()
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined] # DjangoConnector's own
        asyncio.run(_work(concurrency, wait=not until_idle))


async def _work(concurrency: int, *, wait: bool) -> None:
    async with app.open_async():
        await app.run_worker_async(concurrency=concurrency, wait=wait, shutdown_graceful_timeout=STOP_SECONDS)
