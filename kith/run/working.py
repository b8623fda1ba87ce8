"""The worker: tasks and schedules from PostgreSQL, by procrastinate."""

import asyncio
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections
from procrastinate.contrib.django import app

from kith.run.orphan import follow_parent

# A task that runs longer than this at the end is given up and done again later.
STOP_SECONDS = 6
STALLED_SECONDS = 30


@app.periodic(cron="* * * * *")
@app.task(name="run.revive", queueing_lock="run.revive")
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
        await revive(timestamp=0)
        await app.run_worker_async(
            concurrency=concurrency,
            wait=wait,
            shutdown_graceful_timeout=STOP_SECONDS,
            # A schedule of every minute would leave half a million rows a year; failures stay, for the doctor.
            delete_jobs="successful",
            task_middleware=[_with_a_live_connection],
        )


def _with_a_live_connection(task: Callable[[], Any], *_: object) -> object:
    """Do for a task what Django does for a request: its thread may hold a connection that died since."""
    close_old_connections()
    try:
        return task()
    finally:
        close_old_connections()
