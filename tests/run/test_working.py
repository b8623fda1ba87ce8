"""`kith work`: what was queued is done, also what a killed worker had begun."""

from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest

from kith.postgres.api import running
from tests.run.world import Kith

QUEUE = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status, args, worker_id)
    VALUES ('default', %s, %s, %s, '{"timestamp": 0}', %s) RETURNING id
"""
TASK = "see.refresh_all"
GONE = None


@pytest.fixture
def database(kith: Kith) -> Iterator[psycopg.Connection]:
    with running(kith.data) as url, psycopg.connect(url, autocommit=True) as connection:
        yield connection


def queue(database: psycopg.Connection, task: str, status: str, worker: int | None = None) -> int:
    return one(database, QUEUE, [task, task, status, worker])


def worker(database: psycopg.Connection, age: str) -> int:
    return one(
        database,
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
        [age],
    )


def one(database: psycopg.Connection, query: LiteralString, values: list[object]) -> int:
    row = database.execute(query, values).fetchone()
    assert row is not None
    return int(row[0])


def after_work(kith: Kith, database: psycopg.Connection, job: int) -> str | None:
    """Return what became of the job; None when it was done, for then its row goes."""
    done = kith.run("work", "--until-idle")
    assert done.returncode == 0, done.stderr
    row = database.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job]).fetchone()
    return row[0] if row else None


def test_what_is_queued_is_done_and_leaves_no_row(kith: Kith, database: psycopg.Connection) -> None:
    assert after_work(kith, database, queue(database, TASK, "todo")) is GONE


def test_what_a_killed_worker_had_begun_is_done_again(kith: Kith, database: psycopg.Connection) -> None:
    job = queue(database, TASK, "doing", worker(database, "1 minute"))
    assert after_work(kith, database, job) is GONE


def test_what_a_living_worker_does_is_left_to_it(kith: Kith, database: psycopg.Connection) -> None:
    job = queue(database, TASK, "doing", worker(database, "1 second"))
    assert after_work(kith, database, job) == "doing"


def test_a_task_that_fails_stays_to_be_told(kith: Kith, database: psycopg.Connection) -> None:
    assert after_work(kith, database, queue(database, "no.such", "todo")) == "failed"
