"""The database connection of a page: kept between visits, and replaced when the server hung up."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import close_old_connections, connection


@pytest.fixture
def pid(transactional_db: None) -> Iterator[int]:
    """Return the process that serves us at the other end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found = int(cursor.fetchone()[0])
    yield found
    connection.close()


def hang_up(pid: int) -> None:
    """End a connection from the server's side, as a restart does."""
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_a_connection_that_is_idle_is_usable_and_asks_nothing(pid: int) -> None:
    assert connection.is_usable()
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        asked = other.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone()
    assert asked == ("SELECT pg_backend_pid()",)


def test_a_connection_the_server_hung_up_on_is_not(pid: int) -> None:
    hang_up(pid)
    assert not connection.is_usable()


def test_the_next_visit_gets_another(pid: int) -> None:
    hang_up(pid)
    close_old_connections()  # as between two requests
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != pid
