"""Putting a job before the workers, of which only one is to wait at a time."""

from typing import Any

from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer


def queued(job: JobDeferrer, **facts: Any) -> bool:
    """Queue a task that was configured with a queueing lock; False where one of that lock waits already."""
    try:
        job.defer(**facts)
    except AlreadyEnqueued:
        return False
    return True
