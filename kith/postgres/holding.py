"""Hold the server while it is needed. Whoever comes first starts it; whoever leaves last stops it.

The holders are counted by a shared file lock, so one that is killed is forgotten by the kernel at once:
no list of pids goes stale. A server left running by killed holders is taken over by the next one.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from kith.postgres.account import account_for
from kith.postgres.cluster import Server, ensure, find, stop
from kith.postgres.data import DatabaseOfAnother, Place
from kith.postgres.locks import locked, open_lock, share_lock, try_lock

SWITCH_SECONDS = 400  # longer than the longest start
NOTHING: Mapping[str, str] = {}


class Held:
    """One hold on the server of a data folder."""

    def __init__(self, folder: Path, tuning: Mapping[str, str] = NOTHING) -> None:
        self._place = _place(folder)
        self._tuning = tuning
        self._lease = open_lock(self._place.held)

    def up(self) -> Server:
        """Start the server unless it runs; also after it died under us."""
        with locked(self._place.switch, SWITCH_SECONDS):
            share_lock(self._lease)
            return ensure(self._place, account_for(self._place.cluster), self._tuning)

    def url(self, database: str) -> str:
        """Return the DATABASE_URL of one database, which is made when missing."""
        with locked(self._place.switch, SWITCH_SECONDS):
            server = ensure(self._place, account_for(self._place.cluster), self._tuning)
            _make_database(server, database)
        return address(server, database)

    def leave(self) -> None:
        """Let go, and stop the server if nobody else holds it."""
        with locked(self._place.switch, SWITCH_SECONDS):
            last = try_lock(self._lease)
            if last:
                stop(self._place)
            os.close(self._lease)


@contextmanager
def hold(folder: Path, tuning: Mapping[str, str] = NOTHING) -> Iterator[Held]:
    held = Held(folder, tuning)
    try:
        held.up()
        yield held
    finally:
        held.leave()


@contextmanager
def running(folder: Path, *, database: str = "kith", tuning: Mapping[str, str] = NOTHING) -> Iterator[str]:
    """Yield the DATABASE_URL of the embedded server of KITH_DATA, which runs at least as long as this lasts.

    `tuning` are server settings that count only when this call is the one that starts the server.
    """
    with hold(folder, tuning) as held:
        yield held.url(database)


def is_running(folder: Path) -> bool:
    return find(Place(folder.resolve())) is not None


def address(server: Server, database: str) -> str:
    return f"postgresql:///{quote(database)}?host={quote(str(server.sockets), safe='/')}&user=postgres"


def _place(folder: Path) -> Place:
    whole = folder.expanduser().resolve()
    try:
        whole.mkdir(parents=True, exist_ok=True)
    except PermissionError as fault:
        raise DatabaseOfAnother(folder=whole) from fault
    return Place(whole)


def _make_database(server: Server, database: str) -> None:
    with psycopg.connect(address(server, "postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [database])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
